package experiment

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sealab/sim"
)

const toyDraft = `name: toys-draft
title: Toys, draft
version: "2026-11-24"
doc: Two small recipes.
challenge: toys
seeds: 3, 1..2
scenarios:
  - {name: asia-europe, set: {seals: 10, span_days: 5}}
  - name: northern-corridor
    set: {seals: 12}
`

func mustFreeze(t *testing.T) Suite {
	t.Helper()
	draft, err := ParseSuiteDraft([]byte(toyDraft))
	if err != nil {
		t.Fatal(err)
	}
	s, err := draft.Freeze(context.Background(), toyChallenge(), Making{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A frozen suite holds every setting, reads back from YAML and JSON as it was, and its worlds come out again.
func TestSuiteFreezeReadVerify(t *testing.T) {
	s := mustFreeze(t)
	if got := len(s.Scenarios[0].Set); got != len(toyChallenge().Challenges[0].Scenarios[0].Settings) || s.Scenarios[0].Set["seals"] != 10 {
		t.Errorf("%d settings, seals %v", got, s.Scenarios[0].Set["seals"])
	}
	if !slices.Equal(s.Seeds, []uint64{1, 2, 3}) || len(s.Scenarios[1].Worlds) != 3 || s.Carrier != "direct" || s.BaseRate != 1 {
		t.Errorf("frozen as %+v", s)
	}
	asJSON, err := json.Marshal(&s)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{s.YAML(), string(asJSON)} {
		got, err := ParseSuite([]byte(text))
		if err != nil || !reflect.DeepEqual(got, s) {
			t.Errorf("read back %v: %+v", err, got)
		}
	}
	seen := 0
	drifts, err := s.Verify(context.Background(), toyChallenge(), Making{Workers: 2, Progress: func(done, total int) { seen = done * 10 / total }})
	if err != nil || len(drifts) != 0 || seen != 10 {
		t.Errorf("verify: %v, %v, progress %d of 10", drifts, err, seen)
	}
}

// A world that comes out otherwise is named, and only it; where another seed is asked for nothing is said of it.
func TestSuiteNamesWhatDrifted(t *testing.T) {
	s := mustFreeze(t)
	s.Scenarios[1].Worlds[2] = "0123456789abcdef"
	drifts, err := s.Verify(context.Background(), toyChallenge(), Making{})
	if err != nil || len(drifts) != 1 || drifts[0].Scenario != "northern-corridor" || drifts[0].Seed != 3 || drifts[0].Now == drifts[0].Frozen {
		t.Errorf("got %+v, %v", drifts, err)
	}
	if drifts, err := s.Verify(context.Background(), toyChallenge(), Making{Seeds: []uint64{1, 2}}); err != nil || len(drifts) != 0 {
		t.Errorf("seeds 1 and 2: %+v, %v", drifts, err)
	}
	if _, err := s.Verify(context.Background(), toyChallenge(), Making{Seeds: []uint64{7}}); err == nil || !strings.Contains(err.Error(), "seed 7 is not in it") {
		t.Errorf("a seed of no suite: %v", err)
	}
	other := mustFreeze(t)
	other.Scenarios[0].Digest = "sha256:00"
	if _, err := other.Verify(context.Background(), toyChallenge(), Making{}); err == nil || !strings.Contains(err.Error(), "their digest is not") {
		t.Errorf("a digest of other worlds: %v", err)
	}
}

// Changing anything in a frozen suite's text is noticed by its hash.
func TestSuiteAlteredIsRefused(t *testing.T) {
	s := mustFreeze(t)
	text := s.YAML()
	for _, change := range [][2]string{{"Two small", "Three small"}, {`"seals": 12`, `"seals": 13`}, {"1..3", "1..2,4"},
		{s.Scenarios[0].Worlds[0], "0123456789abcdef"}, {s.Scenarios[1].Digest, s.Scenarios[0].Digest}, {"base_rate: 1", "base_rate: 2"}} {
		altered := strings.Replace(text, change[0], change[1], 1)
		if altered == text {
			t.Fatalf("%q is not in the suite", change[0])
		}
		if _, err := ParseSuite([]byte(altered)); err == nil || !strings.Contains(err.Error(), "was altered") {
			t.Errorf("%q for %q: got %v", change[1], change[0], err)
		}
	}
}

func TestSuiteRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "read suite: the file is empty",
		"colour: red\n" + toyDraft: `line 1, column 1: unknown key "colour"`,
		strings.Replace(toyDraft, "toys-draft", "Toys!", 1):              `name is "Toys!": want small letters`,
		strings.Replace(toyDraft, "title:", "doc2:", 1):                  `unknown key "doc2"`,
		strings.Replace(toyDraft, "title: Toys, draft\n", "", 1):         "title is missing",
		strings.Replace(toyDraft, "seals: 12", "seals: [12, 13]", 1):     "seals is 12, 13: want one number",
		strings.Replace(toyDraft, "seals: 12", "seals: low", 1):          "seals is low: want one number",
		strings.Replace(toyDraft, "northern-corridor", "asia-europe", 1): "asia-europe stands twice",
		strings.Replace(toyDraft, "3, 1..2", "3, 1..3", 1):               "seed 3 is named twice",
		toyDraft + "carrier: live\n":                                     "want direct or mqtt",
		toyDraft + "    worlds: [abc]\n":                                 "want the first 16 hexadecimal digits",
	} {
		if _, err := ParseSuiteDraft([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	if _, err := ParseSuite([]byte(toyDraft)); err == nil || !strings.Contains(err.Error(), "is not frozen") {
		t.Errorf("a draft is read as frozen: %v", err)
	}
	for change, want := range map[[2]string]string{
		{"challenge: toys", "challenge: games"}: `there is no challenge "games"`,
		{"asia-europe", "moon"}:                 `toys has no scenario "moon"`,
		{"seals: 10", "sails: 10"}:              `unknown setting "sails"`,
		{"seals: 10", "seals: 1"}:               `set setting seals to "1"`,
	} {
		s, err := ParseSuiteDraft([]byte(strings.Replace(toyDraft, change[0], change[1], 1)))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Check(toyChallenge()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

// The suite's experiment has its worlds and no others, with the baselines of the challenge beside whoever enters.
func TestSuiteContest(t *testing.T) {
	s, c := mustFreeze(t), toyChallenge()
	still := c.PoCs[0]
	still.Name, still.Baseline = "still", true
	c.PoCs = append(c.PoCs, still)
	f := s.Contest(c, FileArm{PoC: "tapper", Params: Values{"every": {"5"}}})
	text := f.YAML()
	read := mustParse(t, text)
	if string(read.Canonical()) != string(f.Canonical()) {
		t.Errorf("written %s\nread %s", f.Canonical(), read.Canonical())
	}
	d, err := read.Design(c)
	if err != nil {
		t.Fatal(err)
	}
	if f.Name != "toys-draft: tapper" || len(d.Arms) != 2 || d.Arms[1].PoC.Name != "still" || d.Arms[0].Params["every"] != 5 || len(d.Trials()) != 2*2*3 {
		t.Errorf("design %+v", d)
	}
	for j, out := range mustPlay(t, Engine{Design: d}) {
		if sc := s.Find(d.Scenarios[j.Scenario].Name); !s.Holds(sc, j.Seed, out.world) || s.Holds(sc, j.Seed+10, out.world) || s.Holds(sc, j.Seed, "sha256:") {
			t.Errorf("%v: world %s is not the frozen one", j, out.world)
		}
	}
	if f := s.Contest(c, FileArm{PoC: "still"}); len(f.Arms) != 1 {
		t.Errorf("a baseline that enters stands twice: %+v", f.Arms)
	}
}

// A setting that a scenario has had only since takes its default, and the suite's hash stays.
func TestSuiteMeetsNewSetting(t *testing.T) {
	s, c := mustFreeze(t), toyChallenge()
	hash := s.Hash()
	c.Challenges[0].Scenarios = slices.Clone(c.Challenges[0].Scenarios)
	sc := &c.Challenges[0].Scenarios[0]
	sc.Settings = append(slices.Clone(sc.Settings), sim.Setting{Name: "colour", Default: 4, Max: 9})
	set, err := s.Resolved(c, "asia-europe")
	if err != nil || set["colour"] != 4 || set["seals"] != 10 || s.Hash() != hash {
		t.Errorf("resolved %v, %v", set["colour"], err)
	}
	if _, err := s.Resolved(c, "moon"); err == nil {
		t.Error("settings of a scenario that is not in the suite")
	}
}

// However a file's texts and numbers look, its YAML reads back to the same canonical form.
func TestFileYAMLReadsBack(t *testing.T) {
	text := rapid.StringMatching(`[a-zA-Z0-9 :#"'\-{}\[\]&*!|>%@é,]{0,20}`)
	rapid.Check(t, func(t *rapid.T) {
		values := func(label string) Values {
			v := Values{}
			for i := range rapid.IntRange(0, 3).Draw(t, label) {
				v[fmt.Sprint("k.", i)] = []string{sim.Number(rapid.Float64Range(-1e6, 1e6).Draw(t, "v") + 0), sim.Number(float64(1e7 + i))}
			}
			return v
		}
		f := File{Name: strings.TrimSpace(text.Draw(t, "name")), Question: strings.TrimSpace(text.Draw(t, "question")), Seeds: []uint64{1, 2, 9},
			Scenarios: []FileScenario{{Name: "land-bridge", Set: values("scenario")}, {Name: "mild", Extends: "land-bridge", Doc: strings.TrimSpace(text.Draw(t, "doc")), Set: values("mild")}}, Arms: []FileArm{{PoC: "null", Params: values("arm")},
				{Name: "b", PoC: "kalman", Set: values("set")}}, Thresholds: []string{"b: recall > 0.5"}}
		rate := rapid.Float64Range(0, 100).Draw(t, "rate")
		f.BaseRate = &rate
		got, err := Parse([]byte(f.YAML()))
		if err != nil || string(got.Canonical()) != string(f.Canonical()) {
			t.Fatalf("%v\n%s\nwritten %s\nread    %s", err, f.YAML(), f.Canonical(), got.Canonical())
		}
	})
}

// FuzzParseSuite: no text makes the reader panic, and what is read as frozen is written and read back as it was.
func FuzzParseSuite(f *testing.F) {
	f.Add([]byte(toyDraft))
	f.Add([]byte(strings.Replace(toyDraft, "seals: 12}", "seals: 12}, worlds: [0123456789abcdef], digest: x", 1)))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := ParseSuiteDraft(data)
		if err != nil {
			return
		}
		again, err := ParseSuiteDraft([]byte(s.YAML()))
		if err != nil || again.Hash() != s.Hash() {
			t.Errorf("%v: read %+v, then %+v", err, s, again)
		}
	})
}

func TestSuiteBibTeX(t *testing.T) {
	s := mustFreeze(t)
	for version, year := range map[string]string{"2026-11-24": "year    = {2026}", "7": ""} {
		s.Version = version
		got := s.BibTeX()
		if !strings.HasPrefix(got, "@misc{sealab-toys-draft,\n") || !strings.Contains(got, s.Hash()) || strings.Contains(got, "year") != (year != "") || !strings.Contains(got, year) {
			t.Errorf("version %s: got %s", version, got)
		}
	}
}
