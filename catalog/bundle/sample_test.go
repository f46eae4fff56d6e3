// A stored experiment for the tests, played for real.

package bundle

import (
	"bytes"
	"context"
	"crypto/rand"
	"slices"
	"testing"
	"time"

	"sealab/catalog"
	"sealab/catalog/proof"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/pocs/experiment"
	"sealab/sim"
)

const (
	thisCode  = "1111111111111111111111111111111111111111"
	otherCode = "2222222222222222222222222222222222222222"
)

const plan = `name: small
question: Which one?
scenarios: [{name: land-bridge, set: {seals: 10, span_days: 5, attacks: 1}}]
arms: [rules, 'null']
seeds: 1..2
`

var day0 = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

func house() experiment.Catalogue {
	return experiment.Catalogue{Challenges: all.Challenges, PoCs: all.PoCs, SeesTruth: all.SeesTruth}
}

// otherHouse has other physics under the same names: its seals report a little later.
func otherHouse() experiment.Catalogue {
	c := house()
	c.Challenges = slices.Clone(c.Challenges)
	for i := range c.Challenges {
		c.Challenges[i].Scenarios = slices.Clone(c.Challenges[i].Scenarios)
		for k := range c.Challenges[i].Scenarios {
			sc := &c.Challenges[i].Scenarios[k]
			sc.Start = sc.Start.Add(time.Hour)
		}
	}
	return c
}

func mustStore(tb testing.TB) *catalog.Store {
	tb.Helper()
	s, err := catalog.Open(context.Background(), tb.TempDir())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	return s
}

// mustPlay runs the plan with the code of a house and keeps it.
func mustPlay(tb testing.TB, s *catalog.Store, known experiment.Catalogue, commit string) (id string) {
	tb.Helper()
	ctx := context.Background()
	file, err := experiment.Parse([]byte(plan))
	if err != nil {
		tb.Fatal(err)
	}
	d, err := file.Design(known)
	if err != nil {
		tb.Fatal(err)
	}
	if id, err = catalog.NewExperimentID(day0, rand.Reader); err != nil {
		tb.Fatal(err)
	}
	e := &catalog.Experiment{ID: id, Name: file.Name, Question: file.Question, File: plan, Hash: file.Hash(), State: catalog.Done,
		Commit: commit, Created: day0, Finished: day0.Add(time.Minute)}
	if err := s.SaveExperiment(ctx, e); err != nil {
		tb.Fatal(err)
	}
	keep := func(ctx context.Context, j experiment.Job, r *pocs.Run) error {
		var err error
		if r.ID, err = catalog.NewRunID(day0, rand.Reader); err != nil {
			return err
		}
		r.Room, r.Commit, r.Started, r.Elapsed = catalog.DefaultRoom, commit, day0, 1_234_567
		if err := s.SaveRun(ctx, r); err != nil {
			return err
		}
		return s.LinkRun(ctx, id, catalog.Link{Arm: d.Arms[j.Arm].Name, Scenario: d.Scenarios[j.Scenario].Name, Seed: j.Seed, Run: r.ID})
	}
	dice := func(_ context.Context, j experiment.Job) (uint64, error) { return 1000 + j.Seed, nil }
	if _, err := (experiment.Engine{Design: d, Keep: keep, Dice: dice, Together: pocs.PlayTogether}).Run(ctx); err != nil {
		tb.Fatal(err)
	}
	return id
}

func mustExport(tb testing.TB, s *catalog.Store, known experiment.Catalogue, id string, policy Policy) ([]byte, *Manifest) {
	tb.Helper()
	var out bytes.Buffer
	m, err := Export{Store: s, Known: known, Policy: policy, Plan: planOf}.Write(context.Background(), &out, id)
	if err != nil {
		tb.Fatal(err)
	}
	return out.Bytes(), m
}

func planOf(_ *sim.World, scenario string) ([]byte, error) {
	return []byte(`{"scenario":"` + scenario + `"}`), nil
}

func open(file []byte) (*Bundle, error) { return Open(bytes.NewReader(file), int64(len(file))) }

func mustOpen(tb testing.TB, file []byte) *Bundle {
	tb.Helper()
	b, err := open(file)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func checker(known experiment.Catalogue, commit string, notes *catalog.Store) *proof.Checker {
	return &proof.Checker{Known: known, Commit: commit, Notes: notes, Workers: 2, Now: time.Now}
}
