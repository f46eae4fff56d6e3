package all_test

import (
	"reflect"
	"strings"
	"testing"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
)

// TestListsAreWhole checks what every page and command takes for granted of what is listed.
func TestListsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for i := range all.PoCs {
		p := &all.PoCs[i]
		if p.Name == "" || p.Doc == "" || p.New == nil || seen[p.Name] {
			t.Errorf("PoC %q: name, doc and New must be there, and the name but once", p.Name)
		}
		seen[p.Name] = true
		if _, err := all.FindChallenge(p.Challenge); err != nil {
			t.Errorf("PoC %s: %v", p.Name, err)
		}
		if _, err := pocs.ParseClaim(p.Claim); err != nil {
			t.Errorf("PoC %s: %v", p.Name, err)
		}
		checkParams(t, p)
	}
	for name := range all.SeesTruth {
		if !seen[name] {
			t.Errorf("SeesTruth names %q, which is not listed", name)
		}
	}
}

func checkParams(t *testing.T, p *pocs.PoC) {
	seen := map[string]bool{}
	for _, q := range p.Params {
		if q.Name == "" || q.Doc == "" || q.Mark == "" || seen[q.Name] {
			t.Errorf("%s: parameter %q: name, doc and mark must be there, and the name but once", p.Name, q.Name)
		}
		seen[q.Name] = true
		if q.Default < q.Min || q.Default > q.Max || q.Min > q.Max {
			t.Errorf("%s: parameter %s: default %g is not within %g to %g", p.Name, q.Name, q.Default, q.Min, q.Max)
		}
		if _, err := q.Parse(sim.Number(q.Default)); err != nil {
			t.Errorf("%s: parameter %s: its default is refused: %v", p.Name, q.Name, err)
		}
	}
}

// TestEqualThresholds holds kalman to its word: whatever rules rests on, kalman has at the same value.
func TestEqualThresholds(t *testing.T) {
	rules, err := all.FindPoC("rules")
	if err != nil {
		t.Fatal(err)
	}
	kalman, err := all.FindPoC("kalman")
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range rules.Params {
		if i >= len(kalman.Params) || !reflect.DeepEqual(kalman.Params[i], p) {
			t.Errorf("parameter %s of rules is not the same in kalman", p.Name)
		}
	}
}

func TestFind(t *testing.T) {
	if _, err := all.FindPoC("kalmann"); err == nil || !strings.Contains(err.Error(), "kalman?") {
		t.Errorf("a name nearly right: got %v", err)
	}
	if _, err := all.FindChallenge("seal"); err == nil || !strings.Contains(err.Error(), "seals?") {
		t.Errorf("a name nearly right: got %v", err)
	}
	if sc, c, err := all.FindScenario("northern-corridor"); err != nil || sc.Name != "northern-corridor" || c.Name != "seals" {
		t.Errorf("a scenario: got %v, %v, %v", sc, c, err)
	}
	if _, _, err := all.FindScenario("northern-coridor"); err == nil || !strings.Contains(err.Error(), "northern-corridor?") {
		t.Errorf("a name nearly right: got %v", err)
	}
}
