package fusion

import (
	"strings"
	"testing"

	"sealab/sim/attacks"
)

// TestLearnt: the file knows every clue and every kind of attack.
func TestLearnt(t *testing.T) {
	for c := range clue(numClues) {
		if name := clues[c].name; name != "" {
			if _, there := table.weight[name]; !there {
				t.Errorf("clue %s was not learnt: run the command of learntCSV again", name)
			}
			if clues[c].why == "" {
				t.Errorf("clue %s says nothing to an officer", name)
			}
		}
	}
	var kinds []string
	for _, k := range attacks.Hostile() {
		kinds = append(kinds, k.Name)
	}
	for _, k := range kinds {
		if !strings.Contains(strings.Join(table.kinds, " "), k) {
			t.Errorf("kind %s was not learnt", k)
		}
	}
	if len(kinds) != len(table.kinds) {
		t.Errorf("kinds learnt: %v, want %v", table.kinds, kinds)
	}
}

// TestReadLearnt: a table that is not whole is refused with the place of the fault.
func TestReadLearnt(t *testing.T) {
	const head = "clue,weight_db,attacks,of_attacks,clean,of_clean_days,bolt_cut\n"
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "want a heading"},
		{"no totals", head + "cut,40,1,1,0,1,1\n", "row *"},
		{"unknown clue", head + "*,,1,1,,1,1\nsmell,40,1,1,0,1,1\n", `no clue "smell"`},
		{"no weight", head + "*,,1,1,,1,1\ncut,much,1,1,0,1,1\n", "clue cut"},
		{"more than all", head + "*,,1,1,,1,1\ncut,40,1,1,0,1,2\n", "kind bolt_cut"},
		{"ragged", head + "*,,1\n", "wrong number of fields"},
	} {
		if _, err := readLearnt(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}
