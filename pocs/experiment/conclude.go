// What an experiment says: each measure under each arm, differences against the baseline, thresholds.

package experiment

import (
	"fmt"

	"sealab/pocs"
)

// Results are ready for a page, a report or JSON. The same design and outcomes give the same results, to the byte.
type Results struct {
	Name       string          `json:"name"`
	Question   string          `json:"question"`
	Challenge  string          `json:"challenge"`
	Baseline   string          `json:"baseline"`
	Headline   string          `json:"headline"`
	Profile    string          `json:"profile"`
	BaseRate   float64         `json:"base_rate"`
	Carrier    string          `json:"carrier"`
	Seeds      string          `json:"seeds"`
	Scenarios  []string        `json:"scenarios"`
	Alpha      float64         `json:"alpha"`
	Arms       []ArmResult     `json:"arms"`
	Measures   []MeasureResult `json:"measures"` // the headline first
	Thresholds []Check         `json:"thresholds"`
	Breached   bool            `json:"breached"`
	Failed     []FailedTrial   `json:"failed"` // left out of everything else
}

// ArmResult is one arm as a whole.
type ArmResult struct {
	Name      string            `json:"name"`
	PoC       string            `json:"poc"`
	Reference bool              `json:"reference"` // stands beside the others for orientation, such as null and oracle
	Params    pocs.Params       `json:"params"`
	Set       map[string]string `json:"set"`
	Runs      int               `json:"runs"`
	Failed    int               `json:"failed"`
	Passed    Share             `json:"passed"` // runs in which the PoC's claim holds, of those in which it is decided
	Caught    Share             `json:"caught"` // hostile incidents hit, of those heard, in all runs together
}

// FailedTrial is a run that did not come to its end.
type FailedTrial struct {
	Arm      string `json:"arm"`
	Scenario string `json:"scenario"`
	Seed     uint64 `json:"seed"`
	Run      string `json:"run"`
	Reason   string `json:"reason"`
}

// Check is a threshold with what came of it.
type Check struct {
	Arm     string   `json:"arm"`
	Measure string   `json:"measure"`
	Op      string   `json:"op"`
	Number  float64  `json:"number"`
	Mean    *float64 `json:"mean"` // over all scenarios and seeds where it is not null
	N       int      `json:"n"`
	Holds   bool     `json:"holds"` // a measure that is null everywhere does not
}

// Text is the threshold as it was written.
func (c Check) Text() string {
	return c.Arm + ": " + claimText(pocs.Claim{Measure: c.Measure, Op: c.Op, Number: c.Number})
}

// Conclude says what the outcomes of all trials of a design mean. It returns an error where a trial has none, or where
// two arms that share scenario and seed did not share a world. With only, it works out these measures and the headline
// alone, for a page that shows a few: at 40 pairs a comparison takes some 25 ms. Holm's correction is then over these.
func Conclude(d *Design, out map[Job]Outcome, only ...string) (*Results, error) {
	for _, j := range d.Trials() {
		o, there := out[j]
		if !there {
			return nil, fmt.Errorf("conclude experiment: %s in %s, seed %d was not run", d.Arms[j.Arm].Name, d.Scenarios[j.Scenario].Name, j.Seed)
		}
		if err := d.checkWorld(out, j, &o); err != nil {
			return nil, fmt.Errorf("conclude experiment: %w", err)
		}
	}
	r := newResults(d, out)
	res := &Results{Name: d.Name, Question: d.Question, Challenge: d.Challenge.Name, Baseline: d.Arms[d.Baseline].Name,
		Headline: d.Headline, Profile: d.Profile, BaseRate: d.BaseRate, Carrier: d.Carrier, Seeds: FormatSeeds(d.Seeds),
		Alpha: Alpha, Thresholds: []Check{}, Failed: []FailedTrial{}}
	for s := range d.Scenarios {
		res.Scenarios = append(res.Scenarios, d.Scenarios[s].Name)
	}
	for a := range d.Arms {
		res.Arms = append(res.Arms, r.armResult(a))
	}
	res.Measures = r.measures(only)
	for _, t := range d.Thresholds {
		c := r.check(t)
		res.Thresholds = append(res.Thresholds, c)
		res.Breached = res.Breached || !c.Holds
	}
	for _, j := range d.Trials() {
		if o := out[j]; o.Reason != "" {
			res.Failed = append(res.Failed, FailedTrial{d.Arms[j.Arm].Name, d.Scenarios[j.Scenario].Name, j.Seed, o.Run, o.Reason})
		}
	}
	return res, nil
}

// checkWorld compares a trial with the first arm that came to its end in the same scenario and seed, and with the first
// of equal settings.
func (d *Design) checkWorld(out map[Job]Outcome, j Job, o *Outcome) error {
	any := false
	for a := range j.Arm {
		other := out[Job{a, j.Scenario, j.Seed}]
		equal := sameSettings(d.Settings(a, j.Scenario), d.Settings(j.Arm, j.Scenario))
		if other.Reason != "" || any && !equal {
			continue
		}
		if err := sharedWorld(&other, o, equal); err != nil {
			return err
		}
		if any = true; equal {
			return nil
		}
	}
	return nil
}

func (r results) armResult(a int) ArmResult {
	arm := &r.Arms[a]
	res := ArmResult{Name: arm.Name, PoC: arm.PoC.Name, Reference: arm.PoC.Baseline, Params: arm.Params, Set: arm.Set}
	if res.Params == nil {
		res.Params = pocs.Params{}
	}
	if res.Set == nil {
		res.Set = map[string]string{}
	}
	passed, decided, hits, incidents := 0, 0, 0, 0
	for s := range r.Scenarios {
		for _, seed := range r.Seeds {
			o := r.out[Job{a, s, seed}]
			res.Runs++
			if o.Reason != "" {
				res.Failed++
				continue
			}
			if o.Verdict != pocs.Unknown {
				decided++
			}
			if o.Verdict == pocs.Pass {
				passed++
			}
			hits += o.Counts.Hits
			incidents += o.Counts.Incidents
		}
	}
	res.Passed, res.Caught = Wilson(passed, decided), Wilson(hits, incidents)
	return res
}

// Hold says how a claim about an arm stands in the outcomes of all trials, as a threshold of the design would. It returns
// an error where the design has no such arm or measure, or where a trial has no outcome.
func (d *Design) Hold(out map[Job]Outcome, arm string, c pocs.Claim) (Check, error) {
	at := len(d.Arms) - 1
	for at >= 0 && d.Arms[at].Name != arm {
		at--
	}
	if at < 0 {
		return Check{}, fmt.Errorf("the experiment has no arm %q", arm)
	}
	if !knows(d.Challenge.Measures, c.Measure) {
		return Check{}, fmt.Errorf("%s has no measure %q", d.Challenge.Name, c.Measure)
	}
	for _, j := range d.Trials() {
		if _, there := out[j]; !there {
			return Check{}, fmt.Errorf("%s in %s, seed %d was not run", d.Arms[j.Arm].Name, d.Scenarios[j.Scenario].Name, j.Seed)
		}
	}
	return newResults(d, out).check(Threshold{at, c}), nil
}

func (r results) check(t Threshold) Check {
	p := r.arm(t.Arm, t.Claim.Measure)
	c := Check{Arm: r.Arms[t.Arm].Name, Measure: t.Claim.Measure, Op: t.Claim.Op, Number: t.Claim.Number, N: p.pairs}
	if p.pairs > 0 {
		mean := p.sum / float64(p.pairs)
		c.Mean, c.Holds = &mean, t.Claim.Holds(mean)
	}
	return c
}
