package proof

import (
	"context"
	"reflect"
	"testing"
	"time"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/pocs/experiment"
	"sealab/sim"
)

func house() experiment.Catalogue {
	return experiment.Catalogue{Challenges: all.Challenges, PoCs: all.PoCs, SeesTruth: all.SeesTruth}
}

// runs are a source in memory.
type runs map[string]*pocs.Run

func (s runs) Load(_ context.Context, id string) (*pocs.Run, []catalog.Altered, error) {
	if r, ok := s[id]; ok {
		return r, nil, nil
	}
	return nil, nil, catalog.ErrNotFound
}

// mustPlay plays detectors in one small world of a seed.
func mustPlay(tb testing.TB, seed uint64, names ...string) (list []*pocs.Run) {
	tb.Helper()
	known := house()
	for _, name := range names {
		r := &pocs.Run{Challenge: "seals", PoC: name, Scenario: "land-bridge"}
		p := partsOf(&known, r)
		set, err := sim.Resolve("setting", p.scenario.Settings, map[string]string{"seals": "10", "span_days": "5", "attacks": "1"})
		if err != nil {
			tb.Fatal(err)
		}
		params, err := sim.Resolve("parameter", p.poc.Params, nil)
		if err != nil {
			tb.Fatal(err)
		}
		r.Settings, r.Params, r.Seed, r.DiceSeed, r.Terms, r.Carrier = set, params, seed, 9, pocs.DefaultTerms(), "direct"
		if r, err = p.trial(&known, r).Play(context.Background()); err != nil {
			tb.Fatal(err)
		}
		r.ID, r.Commit = name, "abc"
		list = append(list, r)
	}
	return list
}

func TestAnswersOfOneWorld(t *testing.T) {
	list := mustPlay(t, 5, "rules", "null", "kalman")
	from := runs{}
	var links []catalog.Link
	for _, r := range list {
		from[r.ID] = r
		links = append(links, catalog.Link{Arm: r.PoC, Scenario: r.Scenario, Seed: r.Seed, Run: r.ID})
	}
	list[2].Findings[0].Level ^= 1
	list[2].FindingsDigest = pocs.FindingsDigest(list[2].Findings)
	links = append(links, catalog.Link{Arm: "twin", Scenario: "land-bridge", Seed: 5, Run: "rules"}, catalog.Link{Arm: "gone", Scenario: "land-bridge", Seed: 6, Run: "gone"})
	for commit, want := range map[string][]Count{
		"abc": {{AlteredRecord, 1}, {Reproduced, 2}},
		"def": {{CodeDiffers, 1}, {ReproducedNewer, 2}},
	} {
		var last Progress
		c := &Checker{Known: house(), Commit: commit, Now: time.Now}
		got, err := c.Experiment(context.Background(), Case{From: from, File: "arms: [rules]\n", Links: links}, func(p Progress) { last = p })
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.Tally(), want) || got.Answer != want[0].Answer || !reflect.DeepEqual(got.Gone, []string{"gone"}) || last != (Progress{4, 4}) {
			t.Errorf("%s: got %+v, gone %v, progress %v", commit, got.Tally(), got.Gone, last)
		}
		for _, v := range got.Runs {
			if v.World == nil || !*v.World {
				t.Errorf("%s: the world of %s did not come out", commit, v.Run)
			}
		}
		if got.Conclusion.Digest != "" || got.Conclusion.Reason == "" {
			t.Errorf("a file that cannot be read was concluded: %+v", got.Conclusion)
		}
	}
}

func TestWorseIsAnOrder(t *testing.T) {
	for i, a := range Answers() {
		for k, b := range Answers() {
			if got, want := Worse(a, b), Answers()[min(i, k)]; got != want {
				t.Errorf("of %s and %s got %s", a, b, got)
			}
		}
		if Worse("", a) != a || Worse(a, "") != a {
			t.Errorf("%s against none", a)
		}
	}
}

func TestWorldOfAnotherCodeIsSeen(t *testing.T) {
	r := mustPlay(t, 5, "null")[0]
	known := house()
	if same, err := MakesWorld(context.Background(), &known, r); !same || err != nil {
		t.Errorf("got %v, %v", same, err)
	}
	r.Settings["report_interval_s"] += 60
	if same, err := MakesWorld(context.Background(), &known, r); same || err != nil {
		t.Errorf("got %v, %v", same, err)
	}
	r.Scenario = "moon"
	if same, err := MakesWorld(context.Background(), &known, r); same || err != nil {
		t.Errorf("got %v, %v", same, err)
	}
}

func TestManifestSaysWhetherTheTreeWasModified(t *testing.T) {
	for commit, want := range map[string]bool{"abc": false, "abc+modified": true, "unknown": false} {
		if m := ManifestOf(&pocs.Run{Commit: commit}, catalog.Sums{}); m.Modified != want || m.Commit != commit {
			t.Errorf("%s: got %+v", commit, m)
		}
	}
}
