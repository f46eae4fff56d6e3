// How fast a whole virtual-time run is, per reading, beside a bare sketch of physics and digest.
package all_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"testing"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
	"sealab/sim/exact"
)

// BenchmarkRun plays whole runs of a thousand seals, world and twins made, detector stepped, judged and digested; an
// operation is one reading.
func BenchmarkRun(b *testing.B) {
	ch := &all.Challenges[0]
	for i := range ch.Scenarios {
		for _, name := range []string{"rules", "kalman"} {
			b.Run(name+"/"+ch.Scenarios[i].Name, func(b *testing.B) { benchRun(b, ch, &ch.Scenarios[i], name) })
		}
	}
}

func benchRun(b *testing.B, ch *pocs.Challenge, sc *sim.Scenario, name string) {
	poc, err := all.FindPoC(name)
	if err != nil {
		b.Fatal(err)
	}
	params, err := sim.Resolve("parameter", poc.Params, nil)
	if err != nil {
		b.Fatal(err)
	}
	readings, seed := 0, uint64(0)
	for readings < b.N {
		seed++
		run, err := pocs.Trial{
			Challenge: ch, PoC: poc, Params: params, Scenario: sc, Settings: sim.Settings{"seals": 1000}, Seed: seed,
			Terms: pocs.DefaultTerms(),
		}.Play(context.Background())
		if err != nil || run.Reason != "" {
			b.Fatal(err, run.Reason)
		}
		readings += run.Readings
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(readings), "ns/reading")
	b.ReportMetric(float64(readings)/b.Elapsed().Seconds(), "readings/s")
}

// BenchmarkRunYardstick is the bare sketch: a dozen draws, a dozen numbers, one hash.
func BenchmarkRunYardstick(b *testing.B) {
	d := exact.NewDice(1, "sketch")
	sum := sha256.New()
	var rec []byte
	var x float64
	for n := range b.N {
		rec = rec[:0]
		for range 12 {
			x = float64(0.9*x) + d.Normal()
			rec = binary.AppendVarint(rec, exact.Round(1000*x))
		}
		rec = binary.LittleEndian.AppendUint64(rec, uint64(n))
		sum.Write(rec)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "readings/s")
}
