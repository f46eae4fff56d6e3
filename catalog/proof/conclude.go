// The conclusion of an experiment, worked out again from the runs that it rests on.

package proof

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"sealab/catalog"
	"sealab/pocs/experiment"
	"sealab/sim/event"
)

// Conclusion is what was worked out again from the runs.
type Conclusion struct {
	Digest string // sum of the results as JSON; empty where they cannot be worked out
	Same   *bool  // as the one that was published; nil where there is none to compare with
	Reason string // why it cannot be worked out, or how it differs
}

// conclude works the results out again from the runs.
func (c *Checker) conclude(e Case, outcomes map[string]experiment.Outcome) Conclusion {
	results, err := Conclude(c.Known, e.File, e.Links, outcomes)
	if err != nil {
		return Conclusion{Reason: err.Error()}
	}
	out := Conclusion{Digest: ResultsSum(results)}
	if e.Results != "" {
		same := out.Digest == e.Results
		if out.Same = &same; !same {
			out.Reason = "the same runs lead to another conclusion in this code"
		}
	}
	return out
}

// Conclude works out the results of an experiment file from the outcomes of its runs, by run, and gives them as JSON. An
// error says why that cannot be: the file was written for other code, or a trial has no run.
func Conclude(known experiment.Catalogue, file string, links []catalog.Link, outcomes map[string]experiment.Outcome) ([]byte, error) {
	d, out, err := designOf(known, file, links, outcomes)
	if err != nil {
		return nil, fmt.Errorf("conclude experiment: %w", err)
	}
	results, err := experiment.Conclude(d, out)
	if err != nil {
		return nil, err
	}
	return json.MarshalIndent(results, "", "  ")
}

// designOf is the design that an experiment file stands for in this code, with the outcomes of its trials.
func designOf(known experiment.Catalogue, file string, links []catalog.Link, outcomes map[string]experiment.Outcome) (*experiment.Design, map[experiment.Job]experiment.Outcome, error) {
	parsed, err := experiment.Parse([]byte(file))
	if err != nil {
		return nil, nil, err
	}
	known.MaxTrials = 0
	d, err := parsed.Design(known)
	if err != nil {
		return nil, nil, fmt.Errorf("it was written for other code: %w", err)
	}
	out := make(map[experiment.Job]experiment.Outcome)
	for j, run := range Linked(d, links) {
		if o, there := outcomes[run]; there {
			out[j] = o
		}
	}
	return d, out, nil
}

// ResultsSum is the sum of a conclusion.
func ResultsSum(results []byte) string {
	sum := sha256.Sum256(results)
	return event.FormatSum(sum[:])
}
