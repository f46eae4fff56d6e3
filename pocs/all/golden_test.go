package all_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
)

var update = flag.Bool("update", false, "rewrite the golden plays")

// The golden plays are small: one seed, a few seals, so that a reader can take in what changed and why.
const (
	goldenSeed     = 7
	goldenDice     = 11
	goldenFindings = 40 // so many are printed at most
)

var goldenSettings = map[string]string{"seals": "24", "attacks": "2"}

// TestGolden plays every PoC in every scenario and compares claim, verdict, score, digests and findings with the file
// of that name. Run it with -update to rewrite the files, and commit them only when you understand what changed them.
func TestGolden(t *testing.T) {
	want := map[string]bool{}
	for i := range all.PoCs {
		poc := &all.PoCs[i]
		c, err := all.FindChallenge(poc.Challenge)
		if err != nil {
			t.Fatal(err)
		}
		for j := range c.Scenarios {
			name := poc.Name + "-" + c.Scenarios[j].Name + ".txt"
			want[name] = true
			t.Run(name, func(t *testing.T) {
				compare(t, filepath.Join("testdata", "golden", name), written(MustPlay(t, c, poc, &c.Scenarios[j])))
			})
		}
	}
	strays(t, want)
}

// MustPlay plays one PoC in one scenario with the golden seed and settings.
func MustPlay(tb testing.TB, c *pocs.Challenge, poc *pocs.PoC, sc *sim.Scenario) *pocs.Run {
	tb.Helper()
	settings, err := sim.Resolve("setting", sc.Settings, roomFor(sc, goldenSettings))
	if err != nil {
		tb.Fatal(err)
	}
	params, err := sim.Resolve("parameter", poc.Params, nil)
	if err != nil {
		tb.Fatal(err)
	}
	run, err := pocs.Trial{
		Challenge: c, PoC: poc, Params: params, Scenario: sc, Settings: settings, Seed: goldenSeed, DiceSeed: goldenDice,
		SeesTruth: all.SeesTruth[poc.Name], Terms: pocs.DefaultTerms(), CarrierName: "direct",
	}.Play(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	if run.Reason != "" {
		tb.Fatalf("run failed: %s", run.Reason)
	}
	return run
}

// roomFor gives a scenario with many kinds of attacks so many seals that each attack finds a trip that it can happen on.
func roomFor(sc *sim.Scenario, set map[string]string) map[string]string {
	set = maps.Clone(set)
	if seals, _ := strconv.Atoi(set["seals"]); seals < 2*len(sc.Attacks) {
		set["seals"] = strconv.Itoa(2 * len(sc.Attacks))
	}
	if slices.ContainsFunc(sc.Attacks, func(k *sim.Kind) bool { return k.Needs != 0 }) {
		delete(set, "seals") // the scenario's own number
	}
	return set
}

// written puts a run down for a reader.
func written(r *pocs.Run) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s in %s, seed %d, %d seals, %d attacks of each kind\n\n", r.PoC, r.Scenario, r.Seed,
		int(r.Settings["seals"]), int(r.Settings["attacks"]))
	fmt.Fprintf(&b, "claim            %s: %s\n", r.Claim, r.Verdict)
	c := r.Score.Counts
	fmt.Fprintf(&b, "heard            %d events, %d readings\n", r.Events, r.Readings)
	fmt.Fprintf(&b, "incidents        %d heard, %d unheard, %d look-alikes\n", c.Incidents, c.Unheard, c.LookAlikes)
	fmt.Fprintf(&b, "findings         %d: %d hits, %d repeats, %d neither, %d false in %d episodes; %d misses\n\n",
		len(r.Findings), c.Hits, c.Repeats, c.Neither, c.False, c.Episodes, c.Misses)
	fmt.Fprintf(&b, "world            %s\nfindings         %s\nboth             %s\n\n", r.WorldDigest, r.FindingsDigest, r.Digest)
	var names []string
	for name := range r.Score.Values {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		value := "null"
		if v := r.Score.Values[name]; v != nil {
			value = fmt.Sprintf("%.4f", *v)
		}
		fmt.Fprintf(&b, "%-32s %s\n", name, value)
	}
	b.WriteString("\n")
	for i, f := range r.Findings {
		if i == goldenFindings {
			fmt.Fprintf(&b, "and %d more\n", len(r.Findings)-i)
			break
		}
		fmt.Fprintf(&b, "%s %s %-17s %4d %-7s %s\n", f.At.Format(time.DateTime), f.Container, f.Kind, f.Level,
			r.Score.Findings[i].Sort, f.Why)
	}
	return b.String()
}

func compare(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run make golden", err)
	}
	if got != string(want) {
		t.Errorf("%s differs; if you understand why, run make golden\n%s", path, firstDifference(got, string(want)))
	}
}

// firstDifference shows the first line that differs.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d\ngot  %s\nwant %s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("got %d lines, want %d", len(g), len(w))
}

// strays finds, and with -update removes, plays of what is no longer listed.
func strays(t *testing.T, want map[string]bool) {
	list, err := os.ReadDir(filepath.Join("testdata", "golden"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if want[e.Name()] {
			continue
		}
		if !*update {
			t.Errorf("golden play %s belongs to no PoC and scenario; run make golden", e.Name())
		} else if err := os.Remove(filepath.Join("testdata", "golden", e.Name())); err != nil {
			t.Error(err)
		}
	}
}
