// Explanations over all scenarios: what a finding is said to rest on was heard by then, of that container; and what
// shows an incident is where the truth says that it was first heard.
package all_test

import (
	"fmt"
	"reflect"
	"testing"

	"sealab/pocs"
	"sealab/pocs/all"
)

var small = map[string]string{"seals": "30", "span_days": "14"}

// TestEveryFindingIsExplained: rules, kalman, fusion, hmm, quorum and passive name at least one message for every finding;
// coin and oracle say that they rest on none.
func TestEveryFindingIsExplained(t *testing.T) {
	for i := range all.Challenges[0].Scenarios {
		for _, trial := range together(t, all.Challenges[0].Scenarios[i].Name, small, "rules", "kalman", "fusion", "hmm", "quorum", "passive", "coin", "oracle") {
			t.Run(trial.Scenario.Name+"/"+trial.PoC.Name, func(t *testing.T) {
				t.Parallel()
				run, err := trial.Play(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				for k := 0; k < len(run.Findings); k += max(1, len(run.Findings)/10) { // each plays the world up to it
					x, err := trial.Explain(t.Context(), run, k)
					if err != nil {
						t.Fatalf("finding %d: %v", k+1, err)
					}
					checkExplanation(t, run, x, trial.PoC.Name != "coin" && trial.PoC.Name != "oracle")
					if k == 0 {
						again, err := trial.Explain(t.Context(), run, k)
						if err != nil || !reflect.DeepEqual(x, again) {
							t.Errorf("explained twice, finding %d differs: %v", k+1, err)
						}
					}
				}
			})
		}
	}
}

func checkExplanation(t *testing.T, run *pocs.Run, x *pocs.Explanation, named bool) {
	t.Helper()
	f := &x.Finding
	at := fmt.Sprintf("%s at %s on %s (%s)", f.Kind, f.At, f.Container, f.Why)
	if !x.Basis || (len(x.Heard) > 0) != named || x.Left != 0 || (x.Trigger != 0) != named {
		t.Errorf("%s: basis %v, trigger %d, %d deliveries, %d left out", at, x.Basis, x.Trigger, len(x.Heard), x.Left)
	}
	seals := map[string]bool{}
	for _, trip := range run.Truth.Trips {
		seals[trip.Seal] = seals[trip.Seal] || trip.Container == f.Container
	}
	triggered := false
	for i, d := range x.Heard {
		if d.Now.After(f.At) || d.At.After(d.Now) {
			t.Errorf("%s rests on delivery %d, heard at %s", at, d.N, d.At)
		}
		if i > 0 && d.N <= x.Heard[i-1].N {
			t.Errorf("%s: deliveries are not in order", at)
		}
		if about := d.Notice != nil && d.Notice.Container == f.Container || d.Reading != nil && seals[d.Reading.Seal]; !about {
			t.Errorf("%s rests on delivery %d, which is about something else: %s", at, d.N, d.JSON)
		}
		if d.JSON == "" || d.Topic == "" {
			t.Errorf("%s: delivery %d is not written out", at, d.N)
		}
		triggered = triggered || d.N == x.Trigger
	}
	if named && !triggered {
		t.Errorf("%s: what set it off is not among what it rests on", at)
	}
}

// TestRunsKeepNoBasis: what is stored and compared does not know that a detector can explain itself.
func TestRunsKeepNoBasis(t *testing.T) {
	trial := together(t, "asia-europe", small, "kalman")[0]
	run, err := trial.Play(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range run.Findings {
		if f.Basis != nil {
			t.Fatalf("finding %+v kept its basis", f)
		}
	}
	trial.KeepBasis = true
	kept, err := trial.Play(t.Context())
	if err != nil || kept.Digest != run.Digest {
		t.Errorf("with bases the digest is %s, want %s (%v)", kept.Digest, run.Digest, err)
	}
}

// silencing are the attacks that hold reports back.
var silencing = map[string]bool{"seal_swap": true, "replay": true, "radio_wrap": true, "delayed_alarm": true, "seal_theft": true}

// TestEveryIncidentIsSeen: the first message that shows an incident is in the tick in which it was heard; of what was
// never heard there is none; and an attack's message is one that the honest twin would not have sent.
func TestEveryIncidentIsSeen(t *testing.T) {
	for i := range all.Challenges[0].Scenarios {
		trial := together(t, all.Challenges[0].Scenarios[i].Name, small, "null")[0]
		run, err := trial.Play(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for k := range run.Truth.Incidents {
			in := &run.Truth.Incidents[k]
			s, err := pocs.See(t.Context(), trial.Scenario, run, k)
			if err != nil {
				t.Fatalf("%s: %v", in.ID, err)
			}
			if !in.Heard() && s.First != nil {
				t.Errorf("%s was never heard, but delivery %s shows it", in.ID, s.First.JSON)
			}
			if s.First == nil {
				continue
			}
			seen++
			if !s.First.Now.Equal(in.HeardAt) && !s.Missed || s.Shown == 0 || s.First.JSON == "" {
				t.Errorf("%s was heard at %s, but is first seen at %s (%d)", in.ID, in.HeardAt, s.First.Now, s.Shown)
			}
			if s.Missed && !silencing[in.Kind] {
				t.Errorf("%s was heard at %s by a report that did not come, and holds none back", in.ID, in.HeardAt)
			}
			if s.Twin != in.Hostile {
				t.Errorf("%s: twin known: %v", in.ID, s.Twin)
			}
			if in.Kind != "replay" && s.Honest != nil && len(pocs.Differences(s.First.Reading, s.Honest)) == 0 && s.First.Reading.Seal == s.Honest.Seal &&
				s.First.Reading.Val[0] == s.Honest.Val[0] && s.First.Reading.Val[1] == s.Honest.Val[1] {
				t.Errorf("%s is shown by a message that the honest twin sends too: %s", in.ID, s.First.JSON)
			}
		}
		if seen < 8 {
			t.Errorf("%s: only %d incidents were seen", trial.Scenario.Name, seen)
		}
	}
}
