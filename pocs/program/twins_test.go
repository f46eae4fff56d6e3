package program

// This file plays the kits' example, the twin of the built-in rules, in every language and form.

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"sealab/pocs"
	"sealab/pocs/rules"
)

// twins are the commands of the kits' examples. A language that this machine lacks is left out, but not in CI.
func twins(t *testing.T) map[string][]string {
	t.Helper()
	goTwin := filepath.Join(t.TempDir(), "rules")
	if out, err := exec.Command("go", "build", "-o", goTwin, "../kits/golang").CombinedOutput(); err != nil {
		t.Fatalf("build Go twin: %v\n%s", err, out)
	}
	all := map[string][]string{
		"python": {"python3", "-B", "../kits/python/rules.py"}, "javascript": {"node", "../kits/javascript/rules.js"}, "go": {goTwin},
	}
	for name, words := range all {
		if _, err := exec.LookPath(words[0]); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("%s is missing: %v", words[0], err)
			}
			t.Logf("left out, since this machine has no %s: the twin in %s", words[0], name)
			delete(all, name)
		}
	}
	return all
}

// TestTwinsSayWhatTheRulesSay: one rule in four languages and both forms, one findings digest.
func TestTwinsSayWhatTheRulesSay(t *testing.T) {
	set := map[string]string{"seals": "24", "span_days": "12", "attacks": "1"}
	world := "mixed"
	want, err := small(t, &rules.PoC, world, set).Play(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for _, f := range want.Findings {
		kinds[f.Kind] = true
	}
	if len(kinds) < 4 {
		t.Fatalf("the rules say %v in this world: too little to tell twins by", kinds)
	}
	for name, words := range twins(t) {
		for _, form := range Forms {
			t.Run(name+" "+form, func(t *testing.T) {
				t.Parallel()
				c, err := NewCommand(words)
				if err != nil {
					t.Fatal(err)
				}
				p := PoC(context.Background(), c, Config{Challenge: "seals", Forms: []string{form}, Limits: strict(), Log: os.Stderr})
				got, err := small(t, &p, world, set).Play(context.Background())
				if err != nil {
					t.Fatal(err)
				}
				if got.Reason != "" || got.Digest != want.Digest {
					t.Errorf("%s\ngot %d findings, %s, want %d, %s; first difference: %s", got.Reason, len(got.Findings), got.FindingsDigest,
						len(want.Findings), want.FindingsDigest, firstDifference(got.Findings, want.Findings))
				}
			})
		}
	}
}

func firstDifference(got, want []pocs.Finding) string {
	show := func(list []pocs.Finding, i int) string {
		if i >= len(list) {
			return "nothing"
		}
		f := list[i]
		return f.At.String() + " " + f.Container + " " + f.Kind + " " + f.Why
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i].Container != want[i].Container || got[i].Kind != want[i].Kind ||
			got[i].Level != want[i].Level || !got[i].At.Equal(want[i].At) {
			return "got " + show(got, i) + ", want " + show(want, i)
		}
	}
	return "none"
}

// TestDelaysAreInNoDigest: a detector that takes its time, another one each time, comes to the same.
func TestDelaysAreInNoDigest(t *testing.T) {
	var digests [3]string
	t.Run("runs", func(t *testing.T) {
		for i := range digests {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				r, _ := play(t, stand(t, "sleeps"), strict())
				if digests[i] = r.Digest; r.Reason != "" || len(r.Findings) < 10 {
					t.Errorf("got %q and %d findings, want a whole run with some", r.Reason, len(r.Findings))
				}
			})
		}
	})
	if digests[0] != digests[1] || digests[1] != digests[2] {
		t.Errorf("got %v, want one digest", digests)
	}
}

// TestTogether: programs play beside built-in detectors in one world, and are closed after it.
func TestTogether(t *testing.T) {
	p := PoC(context.Background(), stand(t, "talks"), Config{Challenge: "seals", Limits: strict()})
	trials := []pocs.Trial{small(t, &rules.PoC, "northern-corridor", tiny), small(t, &p, "northern-corridor", tiny)}
	runs, err := pocs.PlayTogether(context.Background(), trials)
	if err != nil {
		t.Fatal(err)
	}
	alone, _ := play(t, stand(t, "talks"), strict())
	if runs[1].Reason != "" || runs[1].Digest != alone.Digest {
		t.Errorf("together %q %s, alone %s", runs[1].Reason, runs[1].Digest, alone.Digest)
	}
}
