// Several detectors in one world against each by itself: the same runs, and how much time it saves.
package all_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
	"sealab/sim/event"
)

// together makes a trial of each PoC in one world.
func together(tb testing.TB, scenario string, given map[string]string, names ...string) []pocs.Trial {
	tb.Helper()
	sc, ch, err := all.FindScenario(scenario)
	if err != nil {
		tb.Fatal(err)
	}
	settings, err := sim.Resolve("setting", sc.Settings, roomFor(sc, given))
	if err != nil {
		tb.Fatal(err)
	}
	var trials []pocs.Trial
	for _, name := range names {
		poc, err := all.FindPoC(name)
		if err != nil {
			tb.Fatal(err)
		}
		params, err := sim.Resolve("parameter", poc.Params, nil)
		if err != nil {
			tb.Fatal(err)
		}
		trials = append(trials, pocs.Trial{Challenge: ch, PoC: poc, Params: params, Scenario: sc, Settings: settings, Seed: 7,
			DiceSeed: 11, SeesTruth: all.SeesTruth[name], Terms: pocs.DefaultTerms(), CarrierName: "direct"})
	}
	return trials
}

func everyone() []string {
	var names []string
	for i := range all.PoCs {
		names = append(names, all.PoCs[i].Name)
	}
	return names
}

func TestPlayTogether(t *testing.T) {
	for i := range all.Challenges[0].Scenarios {
		trials := together(t, all.Challenges[0].Scenarios[i].Name, map[string]string{"seals": "40", "span_days": "10"}, everyone()...)
		runs, err := pocs.PlayTogether(t.Context(), trials)
		if err != nil {
			t.Fatal(err)
		}
		for j := range trials {
			alone, err := trials[j].Play(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(runs[j], alone) {
				t.Errorf("%s in %s: digest together %s, alone %s", alone.PoC, alone.Scenario, runs[j].Digest, alone.Digest)
			}
		}
	}
}

// faint stops in the tick that it was given, as a detector does that fails.
type faint struct{ in int }

func (f *faint) Step(event.Batch) ([]pocs.Finding, error) {
	if f.in--; f.in < 0 {
		return nil, errors.New("faint")
	}
	return nil, nil
}

// TestOneFails: who fails stops where it would alone, and the others go on.
func TestOneFails(t *testing.T) {
	trials := together(t, "asia-europe", map[string]string{"seals": "20", "span_days": "5"}, "null", "rules")
	trials[0].PoC = &pocs.PoC{Name: "faint", New: func(pocs.Setup) (pocs.Detector, error) { return &faint{100}, nil }}
	runs, err := pocs.PlayTogether(t.Context(), trials)
	if err != nil {
		t.Fatal(err)
	}
	for j := range trials {
		alone, err := trials[j].Play(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(runs[j], alone) {
			t.Errorf("%s: together %q %s, alone %q %s", alone.PoC, runs[j].Reason, runs[j].Digest, alone.Reason, alone.Digest)
		}
	}
	if runs[0].Reason != "faint" || runs[1].Reason != "" {
		t.Errorf("reasons %q and %q", runs[0].Reason, runs[1].Reason)
	}
}

func TestTogetherRefused(t *testing.T) {
	trials := together(t, "asia-europe", map[string]string{"seals": "20", "span_days": "5"}, "null", "rules")
	trials[1].Seed++
	if _, err := pocs.PlayTogether(t.Context(), trials); err == nil || !strings.Contains(err.Error(), "another world") {
		t.Errorf("got error %v", err)
	}
	trials[1].Seed--
	trials[1].Carrier = pocs.Direct
	if _, err := pocs.PlayTogether(t.Context(), trials); err == nil || !strings.Contains(err.Error(), "carrier") {
		t.Errorf("got error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := pocs.PlayTogether(ctx, trials[:1]); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v", err)
	}
}

// BenchmarkTogether gives the time a trial of default size takes, by itself and in a world that is shared.
func BenchmarkTogether(b *testing.B) {
	for _, names := range [][]string{{"kalman", "rules"}, {"kalman", "rules", "passive"}, everyone(),
		strings.Fields(strings.Repeat("rules ", 10)), strings.Fields(strings.Repeat("kalman ", 10))} {
		trials := together(b, "asia-europe", nil, names...)
		b.Run(fmt.Sprintf("%d/%s/alone", len(names), names[0]), func(b *testing.B) {
			for b.Loop() {
				for _, t := range trials {
					if _, err := t.Play(b.Context()); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N*len(trials)), "ms/trial")
		})
		b.Run(fmt.Sprintf("%d/%s/together", len(names), names[0]), func(b *testing.B) {
			for b.Loop() {
				if _, err := pocs.PlayTogether(b.Context(), trials); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N*len(trials)), "ms/trial")
		})
	}
}
