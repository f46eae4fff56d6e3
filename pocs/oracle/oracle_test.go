package oracle_test

import (
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/oracle"
	"sealab/sim"
	"sealab/sim/event"
)

// TestOracle lets the truth grow tick by tick: each hostile incident is said once, in its tick, and no look-alike.
func TestOracle(t *testing.T) {
	truth := []sim.Incident{
		{ID: "a", Kind: "bolt_cut", Hostile: true, Container: "SLBU0000017"},
		{ID: "b", Kind: "crane_shock", Container: "SLBU0000022"},
		{ID: "c", Kind: "clone", Hostile: true, Container: "SLBU0000038"},
	}
	heard := 0
	d, err := oracle.PoC.New(pocs.Setup{Truth: func() []sim.Incident { return truth[:heard] }})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"", "bolt_cut", "", "clone", ""}
	for i, n := range []int{0, 1, 2, 3, 3} {
		heard = n
		said, err := d.Step(event.Batch{Now: time.Unix(int64(i), 0)})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range said {
			got += f.Kind
			if f.Level != 1000 || f.Container != truth[n-1].Container {
				t.Errorf("tick %d: got %+v", i, f)
			}
		}
		if got != want[i] {
			t.Errorf("tick %d: got %q, want %q", i, got, want[i])
		}
	}
}

func TestOracleNeedsTheTruth(t *testing.T) {
	if _, err := oracle.PoC.New(pocs.Setup{}); err == nil {
		t.Error("an oracle that is told nothing: want an error")
	}
}
