package dataset

// This file tests that a run's files, scored, give the run's score: every measure in every profile, to the last bit.

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
	"sealab/sim/event"
)

func TestScoreOfARunsFiles(t *testing.T) {
	cost, kg := 12.34, 0.1
	for scenario, seals := range map[string]string{"asia-europe": "20", "mixed": "60"} {
		sc, challenge, err := all.FindScenario(scenario)
		if err != nil {
			t.Fatal(err)
		}
		given := map[string]string{"grace_h": "3.3", "seals": seals, "attacks": "1"}
		set, err := sim.Resolve("setting", sc.Settings, given)
		if err != nil {
			t.Fatal(err)
		}
		terms := pocs.Terms{Grace: Hours(set["grace_h"]), BaseRate: 2.5, FlowPerDay: 777, CheckCost: &cost, CheckCO2eKg: &kg}
		for _, name := range []string{"null", "oracle", "kalman", "rules", "coin"} {
			t.Run(scenario+" "+name, func(t *testing.T) {
				checkScored(t, mustPlay(t, challenge, sc, set, terms, name), challenge)
			})
		}
	}
}

func mustPlay(t *testing.T, challenge *pocs.Challenge, sc *sim.Scenario, set sim.Settings, terms pocs.Terms, name string) *pocs.Run {
	t.Helper()
	poc, err := all.FindPoC(name)
	if err != nil {
		t.Fatal(err)
	}
	params, err := sim.Resolve("parameter", poc.Params, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := pocs.Trial{Challenge: challenge, PoC: poc, Params: params, Scenario: sc, Settings: set, Seed: 7, DiceSeed: 9, Terms: terms,
		SeesTruth: all.SeesTruth[name], CarrierName: "direct"}.Play(context.Background())
	if err != nil || r.Reason != "" {
		t.Fatal(err, r.Reason)
	}
	return r
}

// checkScored exports a run and scores its files, as `sealab score` does.
func checkScored(t *testing.T, r *pocs.Run, challenge *pocs.Challenge) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "run")
	list, err := Export{Run: r, Record: []byte("{}\n")}.Write(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 4 || list[0].Rows != len(r.Findings) || list[3].Rows != len(r.Truth.Incidents) {
		t.Errorf("the files are %+v", list)
	}
	there := tree(t, dir)
	truth, err := ReadTruth(bytes.NewReader([]byte(there[truthName])))
	if err != nil {
		t.Fatal(err)
	}
	sameTruth(t, truth, TruthOfRun(r))
	for _, name := range []string{findingsName, csvName} {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		found, err := ReadFindings(f)
		if err != nil {
			t.Fatal(err)
		}
		if pocs.FindingsDigest(found) != r.FindingsDigest {
			t.Errorf("%s holds other findings than the run", name)
		}
		got := challenge.Judge(truth.Truth, found, truth.Terms)
		if got.Counts != r.Score.Counts {
			t.Errorf("%s counts %+v, the run %+v", name, got.Counts, r.Score.Counts)
		}
		if len(got.Values) != len(r.Score.Values) || len(got.Values) < 20 {
			t.Errorf("%s gives %d measures, the run %d", name, len(got.Values), len(r.Score.Values))
		}
		for measure, want := range r.Score.Values {
			v, ok := got.Values[measure]
			if !ok || (v == nil) != (want == nil) || v != nil && math.Float64bits(*v) != math.Float64bits(*want) {
				t.Errorf("%s: %s is %v, the run has %v", name, measure, v, want)
			}
		}
	}
}

// TestExportedEvents: what a run heard comes along where it can be had, and where it cannot nothing is written.
func TestExportedEvents(t *testing.T) {
	sc, challenge, err := all.FindScenario("land-bridge")
	if err != nil {
		t.Fatal(err)
	}
	s := spec(t, "land-bridge", 7)
	r := mustPlay(t, challenge, sc, s.Settings, s.Terms, "null")
	made, m := mustMake(t, s, nil)
	again := func(do func(event.Batch) error) error {
		w, err := sim.New(*sc, s.Settings, 7)
		if err != nil {
			return err
		}
		for b := range w.Batches() {
			if err := do(b); err != nil {
				return err
			}
		}
		return nil
	}
	dir := filepath.Join(t.TempDir(), "run")
	list, err := Export{Run: r, Record: []byte("{}\n"), Heard: again}.Write(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	if tree(t, dir)[epcisName] != tree(t, made)[epcisName] {
		t.Error("the run's events are not those of its world's dataset")
	}
	if i := slices.IndexFunc(m.Files, func(f File) bool { return f.Name == epcisName }); len(list) != 5 || list[0] != m.Files[i] {
		t.Errorf("%+v is listed, the dataset has %+v", list, m.Files)
	}
	gone := errors.New("gone")
	dir = filepath.Join(t.TempDir(), "run")
	if _, err := (Export{Run: r, Heard: func(func(event.Batch) error) error { return gone }}).Write(dir, false); !errors.Is(err, gone) {
		t.Errorf("%v", err)
	}
	nothing(t, filepath.Dir(dir))
}

// TestGraceComesBack: hours in JSON are a double, and a grace is whole nanoseconds.
func TestGraceComesBack(t *testing.T) {
	for ns := int64(1); ns <= int64(168*3600e9); ns += ns/97 + 1 {
		d := Hours(time.Duration(ns).Hours())
		if int64(d) != ns {
			t.Fatalf("%d ns came back as %d", ns, d)
		}
	}
}
