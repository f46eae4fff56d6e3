// What a seal's messages must keep physically, over several seeds: counters, clocks, battery, speed, and the radio's
// delays, losses and repeats.
package worlds_test

import (
	"slices"
	"testing"
	"time"

	"sealab/sim"
	"sealab/sim/geo"
	"sealab/sim/seal"
)

// heardReading is one delivery of a reading, with its own copy.
type heardReading struct {
	at time.Time
	r  seal.Reading
}

// listen plays a world and gives each honest seal's readings in the order of (boot, seq), repeats apart.
func listen(tb testing.TB, sc sim.Scenario, set sim.Settings, seed uint64) (bySeal map[string][]heardReading, repeats int) {
	tb.Helper()
	w, err := sim.New(sc, set, seed)
	if err != nil {
		tb.Fatal(err)
	}
	bySeal = map[string][]heardReading{}
	seen := map[[3]any]bool{}
	for b := range w.Batches() {
		for _, e := range b.Events {
			r, ok := e.Message.(*seal.Reading)
			if !ok {
				continue
			}
			key := [3]any{r.Seal, r.Val[seal.Boot], r.Val[seal.Seq]}
			if seen[key] {
				repeats++
				continue
			}
			seen[key] = true
			bySeal[r.Seal] = append(bySeal[r.Seal], heardReading{e.At, *r})
		}
	}
	for _, list := range bySeal {
		slices.SortFunc(list, func(a, b heardReading) int {
			if d := a.r.Val[seal.Boot] - b.r.Val[seal.Boot]; d != 0 {
				return int(d)
			}
			return int(a.r.Val[seal.Seq] - b.r.Val[seal.Seq])
		})
	}
	return bySeal, repeats
}

func TestSealsAgeForwards(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		for seed := uint64(1); seed <= 3; seed++ {
			all, _ := listen(t, sc, sim.Settings{"attacks": 0}, seed)
			for id, list := range all {
				for i := 1; i < len(list); i++ {
					checkNext(t, id, &list[i-1], &list[i])
				}
			}
		}
	})
}

// clockMs is how wrong a clock can be that drifts at 50 ppm and more for days without a fix (look-alike clock_step).
const clockMs = 15_000

func checkNext(t *testing.T, id string, a, b *heardReading) {
	t.Helper()
	va, vb := &a.r.Val, &b.r.Val
	if vb[seal.TS] < va[seal.TS]-clockMs {
		t.Errorf("%s: ts fell from %d to %d", id, va[seal.TS], vb[seal.TS])
	}
	if vb[seal.MAhUsed] < va[seal.MAhUsed] {
		t.Errorf("%s: the battery rose uncharged", id)
	}
	if vb[seal.Sent] < vb[seal.TS] {
		t.Errorf("%s: sent before it was made", id)
	}
	if buffered := vb[seal.Sent]-vb[seal.TS] >= 5_000; buffered != (vb[seal.Buffered] == 1) {
		t.Errorf("%s: waited %d ms, buffered %d", id, vb[seal.Sent]-vb[seal.TS], vb[seal.Buffered])
	}
	if late := b.at.UnixMilli() - vb[seal.Sent]; late < -clockMs || late > 3600_000 {
		t.Errorf("%s: heard %d ms after it was sent", id, late)
	}
	for f := range seal.Fields {
		if v, ok := b.r.Get(seal.Field(f)); ok && !seal.Field(f).InRange(v) {
			t.Errorf("%s: %s = %d is out of range", id, seal.Field(f), v)
		}
	}
	checkSpeed(t, id, &a.r, &b.r)
}

// checkSpeed compares two satellite fixes in a row: no box goes faster than a truck, wherever its receiver errs.
func checkSpeed(t *testing.T, id string, a, b *seal.Reading) {
	t.Helper()
	if !a.Is(seal.Fix, seal.Fix3D) || !b.Is(seal.Fix, seal.Fix3D) {
		return
	}
	dist := geo.DistanceM(deg(a, seal.Lat), deg(a, seal.Lon), deg(b, seal.Lat), deg(b, seal.Lon))
	dt := float64(b.Val[seal.TS]-a.Val[seal.TS]) / 1000
	if dist > 1500+dt*60/3.6*1.1 {
		t.Errorf("%s: %.0f m in %.0f s", id, dist, dt)
	}
}

func deg(r *seal.Reading, f seal.Field) float64 { return float64(r.Val[f]) / 1e6 }

// TestRadio measures latency, loss and repeats of a whole world against the assumptions it was made with.
func TestRadio(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		all, repeats := listen(t, sc, sim.Settings{"attacks": 0, "lookalikes": 0, "seals": 200}, 4)
		var late []int64
		heard, holes := 0, 0
		for _, list := range all {
			for i := range list {
				v := &list[i].r.Val
				heard++
				if i > 0 && v[seal.Boot] == list[i-1].r.Val[seal.Boot] {
					holes += int(v[seal.Seq] - list[i-1].r.Val[seal.Seq] - 1)
				}
				late = append(late, list[i].at.UnixMilli()-v[seal.Sent])
			}
		}
		slices.Sort(late)
		within(t, "median latency, s", float64(late[len(late)/2])/1000, 2.3, 2.9)
		within(t, "95 % latency, s", float64(late[len(late)*95/100])/1000, 14, 28) // with repeats after a lost attempt
		within(t, "share lost", float64(holes)/float64(heard), 0.0008, 0.0018)
		within(t, "share repeated", float64(repeats)/float64(heard), 0.008, 0.012)
	})
}

func within(t *testing.T, what string, got, lo, hi float64) {
	t.Helper()
	if got < lo || got > hi {
		t.Errorf("%s is %.4f, want %g to %g", what, got, lo, hi)
	}
}
