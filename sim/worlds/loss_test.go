// What the radio loses: as much as is assumed, the same in the same world, and never the act itself.
package worlds_test

import (
	"fmt"
	"maps"
	"testing"

	"sealab/sim"
)

// airing plays a world and keeps what the radio did to each message at its source.
func airing(t *testing.T, sc sim.Scenario, set sim.Settings, seed uint64) (lost map[string]int, attempts, failed int, acts map[string]string) {
	t.Helper()
	w, err := sim.New(sc, set, seed)
	if err != nil {
		t.Fatal(err)
	}
	lost, acts = map[string]int{}, map[string]string{}
	n := 0
	w.Watch(func(m sim.Sent) {
		n++
		attempts += m.Attempts
		failed += m.Lost
		if m.Lost > 0 {
			lost[fmt.Sprint(n, m.Reading.Seal, m.Made.UnixMilli())] = m.Lost
		}
	})
	for range w.Batches() {
	}
	for _, in := range w.Truth().Incidents {
		acts[in.ID] = fmt.Sprint(in.Seal, in.Start.UnixMilli(), in.End.UnixMilli(), in.Params)
	}
	return lost, attempts, failed, acts
}

// TestLossIsWhatIsAssumed sets the loss to a tenth of all attempts.
func TestLossIsWhatIsAssumed(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		set := sim.Settings{"assumption.radio_loss": 0.1}
		lost, attempts, failed, acts := airing(t, sc, set, 6)
		if share := float64(failed) / float64(attempts); attempts < 10_000 || share < 0.09 || share > 0.11 {
			t.Errorf("%d of %d attempts were lost, want 10 %% ± 1 %% of 10,000 or more", failed, attempts)
		}
		if again, _, _, _ := airing(t, sc, set, 6); !maps.Equal(lost, again) {
			t.Error("the same seed loses others")
		}
		if other, _, _, _ := airing(t, sc, set, 7); maps.Equal(lost, other) {
			t.Error("another seed loses the same")
		}
		_, _, few, calm := airing(t, sc, nil, 6)
		if few >= failed || !maps.Equal(acts, calm) {
			t.Errorf("with the loss assumed, %d attempts fail; %d acts, %d with a tenth: they must be the same", few, len(calm), len(acts))
		}
	})
}
