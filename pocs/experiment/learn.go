// Learning: what each clue of a detector is worth, counted in worlds whose truth is known.

package experiment

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"sealab/pocs"
	"sealab/sim"
)

// Learning counts a detector's clues, by PoC.Clues, inside the windows of attacks, and of boxes that are never attacked.
type Learning struct {
	Challenge *pocs.Challenge
	PoC       *pocs.PoC
	Params    pocs.Params
	Scenarios []PlannedScenario
	Settings  []sim.Settings // of each scenario, resolved
	Seeds     []uint64
	Workers   int                   // worlds at a time; below 1: one
	Progress  func(done, total int) // never called twice at once; nil: nobody
}

// ClueWeight begins the name of the parameter that holds a clue's weight; the clue's name follows.
const ClueWeight = "w_"

// Learned is what was counted, in the order of the clues' names.
type Learned struct {
	PoC       string         `json:"poc"`
	Scenarios []string       `json:"scenarios"`
	Seeds     string         `json:"seeds"`
	Attacks   int            `json:"attacks"`    // hostile incidents that were heard
	CleanDays float64        `json:"clean_days"` // days of trips of boxes that are never attacked
	Kinds     map[string]int `json:"kinds"`      // the attacks by kind
	Clues     []Clue         `json:"clues"`
}

// Clue is what one clue is worth.
type Clue struct {
	Name     string         `json:"name"`
	WeightDB float64        `json:"weight_db"` // 10·log10 of the likelihood ratio
	Attacks  int            `json:"attacks"`   // attacks in whose window it was heard
	Clean    int            `json:"clean"`     // times that it was heard of boxes that are never attacked
	Kinds    map[string]int `json:"kinds"`     // the attacks by kind
}

// Run plays every world once and counts. The same learning gives the same result, however many worlds are played at a
// time.
//
// The weight of a clue is 10·log10(P(clue | attack) / P(clue | a clean day)) in dB, I. J. Good's weight of evidence
// (Probability and the Weighing of Evidence, 1950), each share with half a case added to it and one to what it is of
// (H. Jeffreys' prior), so that what was never seen is not taken for impossible. All kinds of attack count alike.
func (l Learning) Run(ctx context.Context) (*Learned, error) {
	if l.PoC.Clues == nil {
		return nil, fmt.Errorf("learn weights of %s: it does not say its clues one by one", l.PoC.Name)
	}
	type world struct {
		scenario int
		seed     uint64
	}
	var jobs []world
	for i := range l.Scenarios {
		for _, seed := range l.Seeds {
			jobs = append(jobs, world{i, seed})
		}
	}
	c := counts{clues: map[string]*Clue{}, kinds: map[string]int{}}
	for i := range l.PoC.Params {
		if name, weighs := strings.CutPrefix(l.PoC.Params[i].Name, ClueWeight); weighs {
			c.of(name) // also what is never heard is in the table
		}
	}
	var mu sync.Mutex
	done := 0
	err := Missing[world]{Jobs: jobs, Workers: l.Workers, Play: func(ctx context.Context, j world) error {
		run, err := l.play(ctx, j.scenario, j.seed)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		c.add(run)
		done++
		if l.Progress != nil {
			l.Progress(done, len(jobs))
		}
		return nil
	}}.Run(ctx)
	if err != nil {
		return nil, fmt.Errorf("learn weights of %s: %w", l.PoC.Name, err)
	}
	return l.report(&c), nil
}

// learnDice is the seed of the detector's dice in every world.
const learnDice = 1

func (l *Learning) play(ctx context.Context, scenario int, seed uint64) (*pocs.Run, error) {
	spelled := *l.PoC
	spelled.New = l.PoC.Clues
	sc := l.Scenarios[scenario].Scenario
	terms := pocs.DefaultTerms()
	terms.Set(l.Settings[scenario])
	run, err := pocs.Trial{Challenge: l.Challenge, PoC: &spelled, Params: l.Params, Scenario: sc, Settings: l.Settings[scenario],
		Seed: seed, DiceSeed: learnDice, Terms: terms, CarrierName: "direct"}.Play(ctx)
	if err == nil && run.Reason != "" {
		err = fmt.Errorf("%s, seed %d: %s", sc.Name, seed, run.Reason)
	}
	return run, err
}

// counts is what was counted so far; sums, so that the order of worlds does not matter.
type counts struct {
	clues   map[string]*Clue
	attacks int
	kinds   map[string]int
	days    float64 // of trips of boxes that are never attacked
}

// add counts one run's clues. Boxes that are attacked in it tell of attacks alone: what is heard of them before and after is
// neither an attack's nor an innocent's.
func (c *counts) add(run *pocs.Run) {
	heard := map[string]map[int]bool{} // clue → incidents in whose window it was heard
	byBox := map[string][]int{}
	for i := range run.Truth.Incidents {
		in := &run.Truth.Incidents[i]
		if !in.Hostile {
			continue
		}
		byBox[in.Container] = append(byBox[in.Container], i)
		if in.Heard() {
			c.attacks++
			c.kinds[in.Kind]++
		}
	}
	for i := range run.Truth.Trips {
		if trip := &run.Truth.Trips[i]; byBox[trip.Container] == nil {
			c.days += trip.End.Sub(trip.Start).Hours() / 24
		}
	}
	for i := range run.Findings {
		f := &run.Findings[i]
		clue, acts := c.of(f.Kind), byBox[f.Container]
		if acts == nil {
			clue.Clean++
			continue
		}
		at := slices.IndexFunc(acts, func(k int) bool {
			in := &run.Truth.Incidents[k]
			return in.Heard() && !f.At.Before(in.Start) && !f.At.After(pocs.WindowOf(in, run.Terms.Grace).Closes)
		})
		if at < 0 || heard[f.Kind][acts[at]] {
			continue
		}
		if heard[f.Kind] == nil {
			heard[f.Kind] = map[int]bool{}
		}
		heard[f.Kind][acts[at]] = true
		clue.Attacks++
		clue.Kinds[run.Truth.Incidents[acts[at]].Kind]++
	}
}

func (c *counts) of(name string) *Clue {
	if c.clues[name] == nil {
		c.clues[name] = &Clue{Name: name, Kinds: map[string]int{}}
	}
	return c.clues[name]
}

func (l *Learning) report(c *counts) *Learned {
	out := &Learned{PoC: l.PoC.Name, Seeds: FormatSeeds(l.Seeds), Attacks: c.attacks, CleanDays: c.days, Kinds: c.kinds}
	for i := range l.Scenarios {
		out.Scenarios = append(out.Scenarios, l.Scenarios[i].Name)
	}
	for _, clue := range c.clues {
		clue.WeightDB = weightDB(clue.Attacks, c.attacks, clue.Clean, out.CleanDays)
		out.Clues = append(out.Clues, *clue)
	}
	slices.SortFunc(out.Clues, func(a, b Clue) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// weightDB is the weight of evidence in dB, to a tenth.
func weightDB(hits, attacks, clean int, days float64) float64 {
	inside := (float64(hits) + 0.5) / (float64(attacks) + 1)
	outside := (float64(clean) + 0.5) / (days + 1)
	return math.Round(100*math.Log10(inside/outside)) / 10
}
