package all_test

// This file tests what signatures are worth to a detector: the same world unsigned, signed and chained.

import (
	"context"
	"slices"
	"strings"
	"testing"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// signedTrial is a detector's trial in a small world whose seals sign in a mode.
func signedTrial(t *testing.T, poc, scenario string, mode float64) pocs.Trial {
	t.Helper()
	c, err := all.FindChallenge("seals")
	if err != nil {
		t.Fatal(err)
	}
	p, err := all.FindPoC(poc)
	if err != nil {
		t.Fatal(err)
	}
	params, err := sim.Resolve("parameter", p.Params, nil)
	if err != nil {
		t.Fatal(err)
	}
	sc := sim.Find(c.Scenarios, scenario)
	set, err := sim.Resolve("setting", sc.Settings, map[string]string{"seals": "24", "span_days": "5", "assumption.clone_key_copied": "0"})
	if err != nil {
		t.Fatal(err)
	}
	set[sim.SignatureSetting] = mode
	return pocs.Trial{Challenge: c, PoC: p, Params: params, Scenario: sc, Settings: set, Seed: goldenSeed, DiceSeed: goldenDice,
		SeesTruth: all.SeesTruth[poc], Terms: pocs.DefaultTerms(), CarrierName: "direct"}
}

func mustScore(t *testing.T, trial pocs.Trial) *pocs.Run {
	t.Helper()
	run, err := trial.Play(t.Context())
	if err != nil || run.Reason != "" {
		t.Fatalf("%v, %s", err, run.Reason)
	}
	return run
}

// TestSignaturesGiveClonesAway wants the rules, which have no sense of identity, to find every clone once seals sign, and
// to raise no false alarm by it.
func TestSignaturesGiveClonesAway(t *testing.T) {
	const scenario = "northern-corridor"
	plain := mustScore(t, signedTrial(t, "rules", scenario, sim.Unsigned))
	for _, mode := range []float64{sim.Signed, sim.Chained} {
		signed := mustScore(t, signedTrial(t, "rules", scenario, mode))
		for name, want := range map[string]float64{"recall_clone": 1, "false_alarms_per_trip": *plain.Score.Values["false_alarms_per_trip"]} {
			if got := signed.Score.Values[name]; got == nil || *got != want {
				t.Errorf("mode %v: %s is %v, want %v", mode, name, got, want)
			}
		}
		if plain.WorldDigest == signed.WorldDigest {
			t.Error("signatures are not in the digest")
		}
	}
	if got := plain.Score.Values["recall_clone"]; got == nil || *got != 0 {
		t.Errorf("without signatures the rules find clones: %v; choose another detector for this test", got)
	}
}

func TestNullAndOracleInASignedWorld(t *testing.T) {
	for poc, want := range map[string]float64{"null": 0, "oracle": 100} {
		if got := mustScore(t, signedTrial(t, poc, "northern-corridor", sim.Chained)).Score.Values["score_balanced"]; got == nil || *got != want {
			t.Errorf("%s scores %v, want %v", poc, got, want)
		}
	}
}

// TestSignedRunHasOneDigest carries a signed world as JSON, as MQTT would, and wants the digest of the direct run.
func TestSignedRunHasOneDigest(t *testing.T) {
	trial := signedTrial(t, "rules", "northern-corridor", sim.Chained)
	direct := mustScore(t, trial)
	trial.Carrier = func(_ context.Context, b event.Batch) (event.Batch, error) {
		events := slices.Clone(b.Events)
		for i := range events {
			text := events[i].Message.(event.Wire).AppendJSON(nil)
			switch events[i].Message.(type) {
			case *seal.Reading:
				d, err := seal.Decode(text)
				if err != nil {
					return b, err
				}
				events[i].Message = &d.Reading
			case *notice.Notice:
				d, err := notice.Decode(text)
				if err != nil {
					return b, err
				}
				events[i].Message = &d.Notice
			}
		}
		return event.Batch{Tick: b.Tick, Now: b.Now, Events: events}, nil
	}
	if carried := mustScore(t, trial); carried.Digest != direct.Digest || !strings.HasPrefix(carried.Digest, "sha256:") {
		t.Errorf("carried %s, direct %s", carried.Digest, direct.Digest)
	}
}
