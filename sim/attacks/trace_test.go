// The golden traces: one act of every kind, message by message, beside its honest twin.
package attacks_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sealab/sim"
	"sealab/sim/attacks"
)

var update = flag.Bool("update", false, "rewrite the golden traces")

// TestGolden takes the trace of every kind and compares it with the file of that name. Run it with -update to rewrite
// the files, and commit them only when you understand what changed them.
func TestGolden(t *testing.T) {
	want := map[string]bool{}
	for _, k := range attacks.All {
		want[k.Name+".txt"] = true
		t.Run(k.Name, func(t *testing.T) {
			t.Parallel()
			tr, err := attacks.Of(k)
			if err != nil {
				t.Fatal(err)
			}
			checkTruth(t, tr)
			compare(t, filepath.Join("testdata", "golden", k.Name+".txt"), tr.Text())
		})
	}
	list, err := os.ReadDir(filepath.Join("testdata", "golden"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if !want[e.Name()] {
			t.Errorf("golden trace %s belongs to no kind: remove it", e.Name())
		}
	}
}

// checkTruth wants the record of the act whole, and something in the trace that the honest twin would not have said.
func checkTruth(t *testing.T, tr *attacks.Trace) {
	t.Helper()
	in := &tr.Incident
	switch {
	case in.ID == "" || in.Kind != tr.Kind.Name || in.Hostile != tr.Kind.Hostile || in.Seal == "" || in.Container == "" || in.Trip == "":
		t.Errorf("the record is not whole: %+v", in)
	case in.Start.IsZero() || in.End.Before(in.Start):
		t.Errorf("the act lasts from %v to %v", in.Start, in.End)
	case in.HeardAt.Before(in.Start):
		t.Errorf("heard at %v, before it began at %v", in.HeardAt, in.Start)
	case !tr.Opens.Equal(in.HeardAt) || !tr.Closes.After(in.End):
		t.Errorf("the window [%v, %v] does not fit an act up to %v heard at %v", tr.Opens, tr.Closes, in.End, in.HeardAt)
	case len(in.Params) == 0:
		t.Error("it does not say how it was done")
	}
	before := 0
	for i := range tr.Rows {
		if r := &tr.Rows[i]; r.At().Before(in.Start) && (r.Sort == attacks.Differs || r.Sort == attacks.Missing) {
			t.Errorf("%s of %v differs from the honest twin's before the act began at %v", r.What, r.At(), in.Start)
		} else if r.At().Before(in.Start) {
			before++
		}
	}
	if before == 0 {
		t.Error("the trace shows nothing from before the act")
	}
}

func compare(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run go test ./sim/attacks -run Golden -update", err)
	}
	if got == string(want) {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Fatalf("%s differs; if you understand why, run go test ./sim/attacks -run Golden -update\nline %d\ngot  %s\nwant %s",
				path, i+1, g[i], w[i])
		}
	}
	t.Fatalf("%s differs: got %d lines, want %d", path, len(g), len(w))
}

// TestNeverHeard refuses the trace of what nothing shows.
func TestNeverHeard(t *testing.T) {
	idle := attacks.Reboot
	idle.Name = "idle"
	idle.Attack = nothing{}
	if tr, err := attacks.Of(&idle); err == nil {
		t.Fatalf("a kind that does nothing has the trace\n%s", tr.Text())
	}
}

type nothing struct{}

func (nothing) Mount(*sim.World, *sim.Seal, time.Time) *sim.Incident { return &sim.Incident{} }
