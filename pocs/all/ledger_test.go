// The books of many runs against the runs themselves: who caught what, kinds, delays, levels, other terms.
package all_test

import (
	"context"
	"reflect"
	"testing"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/pocs/experiment"
)

// played is a small design with everything that came of it.
type played struct {
	design  *experiment.Design
	out     map[experiment.Job]experiment.Outcome
	ledgers map[experiment.Job]*experiment.Ledger
	runs    map[experiment.Job]*pocs.Run
}

func mustPlayDesign(tb testing.TB, file string) played {
	tb.Helper()
	f, err := experiment.Parse([]byte(file))
	if err != nil {
		tb.Fatal(err)
	}
	d, err := f.Design(experiment.Catalogue{Challenges: all.Challenges, PoCs: all.PoCs, SeesTruth: all.SeesTruth})
	if err != nil {
		tb.Fatal(err)
	}
	p := played{design: d, ledgers: map[experiment.Job]*experiment.Ledger{}, runs: map[experiment.Job]*pocs.Run{}}
	p.out, err = experiment.Engine{Design: d, Keep: func(_ context.Context, j experiment.Job, r *pocs.Run) error {
		p.runs[j], p.ledgers[j] = r, experiment.LedgerOf(r)
		return nil
	}}.Run(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

const smallDesign = `
scenarios: [{name: northern-corridor, set: {seals: 40}}, {name: land-bridge, set: {seals: 30}}]
arms:
  - {poc: rules}
  - {poc: kalman}
  - {poc: rules, name: seldom, set: {report_interval_s: 21600}}
  - {poc: "null"}
seeds: 31..33
`

// TestSidesAddUp: for any two arms, both + only A + only B + neither = the incidents heard, and each arm's caught cells
// are its hits.
func TestSidesAddUp(t *testing.T) {
	p := mustPlayDesign(t, smallDesign)
	m := experiment.LayIncidents(p.design, p.ledgers)
	hits, heard := make([]int, len(p.design.Arms)), make([]int, len(p.design.Arms))
	for j, o := range p.out {
		hits[j.Arm] += o.Counts.Hits
		heard[j.Arm] += o.Counts.Incidents
	}
	for a := range p.design.Arms {
		caught, could := 0, 0
		for i := range m.Rows {
			c := &m.Rows[i].Cells[a]
			if m.Rows[i].Hostile && c.Fate == experiment.Caught {
				caught++
			}
			if m.Rows[i].Hostile && c.Heard() {
				could++
			}
		}
		if caught != hits[a] || could != heard[a] || could == 0 {
			t.Errorf("arm %d: %d cells of %d caught, %d hits of %d heard", a, caught, could, hits[a], heard[a])
		}
		for b := range p.design.Arms {
			s := m.Count(a, b)
			if s.Both+s.OnlyA+s.OnlyB+s.Neither != s.Heard || s.Heard < max(heard[a], heard[b]) {
				t.Errorf("arms %d and %d: %+v, heard %d and %d", a, b, s, heard[a], heard[b])
			}
			if a == b && (s.OnlyA+s.OnlyB != 0 || s.Both != hits[a]) {
				t.Errorf("arm %d against itself: %+v", a, s)
			}
			if s.Both+s.OnlyA != hits[a] || s.Both+s.OnlyB != hits[b] {
				t.Errorf("arms %d and %d: %+v, hits %d and %d", a, b, s, hits[a], hits[b])
			}
		}
	}
}

// TestLedgersSayWhatRunsSay: pooled over the ledgers comes out what is pooled over the runs.
func TestLedgersSayWhatRunsSay(t *testing.T) {
	p := mustPlayDesign(t, smallDesign)
	kinds, elsewhere := experiment.Kinds(p.design, p.ledgers), experiment.Elsewhere(p.design, p.ledgers)
	for a := range p.design.Arms {
		var runs []*pocs.Run
		var counts pocs.Counts
		falseWords := 0
		for _, j := range p.design.Trials() {
			if j.Arm != a {
				continue
			}
			runs = append(runs, p.runs[j])
			counts.Hits += p.runs[j].Score.Counts.Hits
			counts.Incidents += p.runs[j].Score.Counts.Incidents
			counts.LookAlikes += p.runs[j].Score.Counts.LookAlikes
			falseWords += p.runs[j].Score.Counts.False
		}
		if got, want := experiment.CaughtOver(p.design, p.ledgers, a), experiment.CaughtBy(runs); !reflect.DeepEqual(got, want) {
			t.Errorf("arm %d: caught %v, want %v", a, got, want)
		}
		var hits, heard, alikes, fooled int
		for _, k := range kinds {
			if k.Hostile {
				hits, heard = hits+k.Arms[a].K, heard+k.Arms[a].N
			} else {
				fooled, alikes = fooled+k.Arms[a].K, alikes+k.Arms[a].N
			}
		}
		if hits != counts.Hits || heard != counts.Incidents || alikes != counts.LookAlikes || fooled+elsewhere[a] > falseWords {
			t.Errorf("arm %d: %d of %d hit, %d of %d fooled, %d elsewhere; the runs say %+v, %d false", a, hits, heard, fooled, alikes, elsewhere[a], counts, falseWords)
		}
	}
}

// TestLevels: with all findings a run is judged as it was; with fewer there are never more hits or false episodes.
func TestLevels(t *testing.T) {
	p := mustPlayDesign(t, smallDesign)
	for j, r := range p.runs {
		levels := experiment.LevelsOf(p.design.Challenge, r)
		if levels[0].From != 0 || levels[0].Counts != r.Score.Counts || levels[len(levels)-1].From != 1000 {
			t.Fatalf("%v: from level 0 %+v, want %+v", j, levels[0].Counts, r.Score.Counts)
		}
		for i := range levels[1:] {
			if a, b := levels[i].Counts, levels[i+1].Counts; b.Hits > a.Hits || b.Hits+b.Repeats+b.Neither+b.False > a.Hits+a.Repeats+a.Neither+a.False {
				t.Errorf("%v: level %d has more than level %d: %+v, %+v", j, levels[i+1].From, levels[i].From, b, a)
			}
		}
	}
}

// TestProject: at the terms that the runs were judged by the projection is the measures' own mean; at another base rate
// checks a day follow the formula.
func TestProject(t *testing.T) {
	p := mustPlayDesign(t, smallDesign)
	results, err := experiment.Conclude(p.design, p.out, "checks_per_day", "precision_at_base_rate", "recall", "nuisance_trips")
	if err != nil {
		t.Fatal(err)
	}
	same := experiment.Project(p.design, p.out, pocs.DefaultTerms())
	terms := pocs.DefaultTerms()
	terms.BaseRate = 500
	other := experiment.Project(p.design, p.out, terms)
	mean := func(measure string, arm int) float64 {
		for _, m := range results.Measures {
			if m.Measure == measure {
				return *m.Arms[arm].Mean
			}
		}
		t.Fatalf("no %s", measure)
		return 0
	}
	for a := range p.design.Arms {
		if got, want := *same[a].Values["checks_per_day"], mean("checks_per_day", a); !near(got, want) {
			t.Errorf("arm %d: %v checks a day, want %v", a, got, want)
		}
		want := 1000 * (0.05*mean("recall", a) + 0.95*mean("nuisance_trips", a))
		if got := *other[a].Values["checks_per_day"]; !near(got, want) {
			t.Errorf("arm %d at 5 %%: %v checks a day, want %v", a, got, want)
		}
	}
}

func near(a, b float64) bool { return a-b < 1e-9*(1+max(a, -a)) && b-a < 1e-9*(1+max(a, -a)) }

// TestDifferences: what only one detector has is no difference between numbers; an arm's own setting is.
func TestDifferences(t *testing.T) {
	f, err := experiment.Parse([]byte(smallDesign + "baseline: rules\n"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := f.Design(experiment.Catalogue{Challenges: all.Challenges, PoCs: all.PoCs, SeesTruth: all.SeesTruth})
	if err != nil {
		t.Fatal(err)
	}
	found := experiment.Differences(d, false)
	if len(found) != 1 || found[0].Name != "report_interval_s" || found[0].What != "setting" {
		t.Errorf("got %+v", found)
	}
	if len(experiment.Differences(d, true)) < 20 {
		t.Error("all numbers are not listed")
	}
}
