package all_test

import (
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// BenchmarkStep gives each PoC's own time a reading in a world of 2,000 seals, whose memory no cache holds at once. The
// world's time is not counted.
func BenchmarkStep(b *testing.B) {
	for i := range all.PoCs {
		poc := &all.PoCs[i]
		if all.SeesTruth[poc.Name] {
			continue // it reads the truth, not the readings
		}
		b.Run(poc.Name, func(b *testing.B) {
			var spent time.Duration
			readings := 0
			for b.Loop() {
				n, d := stepThrough(b, poc)
				readings, spent = readings+n, spent+d
			}
			b.ReportMetric(float64(spent.Nanoseconds())/float64(readings), "ns/reading")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// stepThrough plays a world and returns the readings heard and the time the detector took for all but the first day.
func stepThrough(tb testing.TB, poc *pocs.PoC) (readings int, spent time.Duration) {
	tb.Helper()
	sc, _, err := all.FindScenario("northern-corridor")
	if err != nil {
		tb.Fatal(err)
	}
	settings, err := sim.Resolve("setting", sc.Settings, map[string]string{"seals": "2000", "span_days": "7"})
	if err != nil {
		tb.Fatal(err)
	}
	params, err := sim.Resolve("parameter", poc.Params, nil)
	if err != nil {
		tb.Fatal(err)
	}
	w, err := sim.New(*sc, settings, 1)
	if err != nil {
		tb.Fatal(err)
	}
	d, err := poc.New(pocs.Setup{Params: params, Dice: exact.NewDice(1, poc.Name)})
	if err != nil {
		tb.Fatal(err)
	}
	warm := sc.Start.Add(24 * time.Hour)
	for batch := range w.Batches() {
		if batch.Now.After(warm) {
			readings += count(batch)
		}
		began := time.Now()
		if _, err := d.Step(batch); err != nil {
			tb.Fatal(err)
		}
		if batch.Now.After(warm) {
			spent += time.Since(began)
		}
	}
	return readings, spent
}

func count(b event.Batch) int {
	n := 0
	for i := range b.Events {
		if b.Events[i].Message.Kind() == seal.KindReading {
			n++
		}
	}
	return n
}

// TestNoAllocation says that a reading of a known seal, with nothing to say about it, costs no memory.
func TestNoAllocation(t *testing.T) {
	for i := range all.PoCs {
		poc := &all.PoCs[i]
		if all.SeesTruth[poc.Name] {
			continue
		}
		params, err := sim.Resolve("parameter", poc.Params, nil)
		if err != nil {
			t.Fatal(err)
		}
		d, err := poc.New(pocs.Setup{Params: params})
		if err != nil {
			t.Fatal(err)
		}
		var r seal.Reading
		r.Seal, r.Container = "SLB-00000007", "SLBU0000078"
		for f, v := range map[seal.Field]int64{seal.Boot: 1, seal.TS: 1, seal.Status: seal.Armed, seal.Fix: seal.Fix3D, seal.Lat: 1, seal.Lon: 1, seal.AccM: 30, seal.CN0SD: 400, seal.GRms: 10} {
			r.Set(f, v)
		}
		b := event.Batch{Now: sim.Find(all.Challenges[0].Scenarios, "land-bridge").Start.Add(time.Minute), Events: []event.Event{{Message: &r}}}
		if n := testing.AllocsPerRun(1000, func() {
			r.Val[seal.Seq]++
			r.Val[seal.TS] += 60_000
			if said, err := d.Step(b); err != nil || len(said) > 0 {
				t.Fatalf("%s: got %v, %v", poc.Name, said, err)
			}
		}); n != 0 {
			t.Errorf("%s: %g allocations a reading, want 0", poc.Name, n)
		}
	}
}
