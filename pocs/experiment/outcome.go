// What an experiment keeps in hand of a run: its figures, and what proves that two of them shared a world.

package experiment

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"sealab/pocs"
	"sealab/sim/event"
)

// Outcome is a run without findings and truth: thousands of them fit into memory.
type Outcome struct {
	Run     string              `json:"run"`
	Seed    uint64              `json:"seed"`
	Reason  string              `json:"reason,omitempty"` // why it failed
	Verdict pocs.Verdict        `json:"verdict"`
	Digest  string              `json:"digest"`
	Values  map[string]*float64 `json:"values"`
	Counts  pocs.Counts         `json:"counts"`

	world string // digest of what was heard
	acts  string // digest of the hostile acts
	live  bool
}

// OutcomeOf takes from a run what an experiment needs.
func OutcomeOf(r *pocs.Run) Outcome {
	text := fmt.Appendf(nil, "%+v", acts(&r.Truth))
	sum := sha256.Sum256(text)
	return Outcome{Run: r.ID, Seed: r.Seed, Reason: r.Reason, Verdict: r.Verdict, Digest: r.Digest, Values: r.Score.Values,
		Counts: r.Score.Counts, world: r.WorldDigest, acts: event.FormatSum(sum[:]), live: r.Carrier == "live"}
}

// World is the digest of what was heard; empty for an outcome that was not taken from a run.
func (o *Outcome) World() string { return o.world }

// MarshalJSON gives a failed run an empty object of values.
func (o Outcome) MarshalJSON() ([]byte, error) {
	type plain Outcome
	p := plain(o)
	if p.Values == nil {
		p.Values = map[string]*float64{}
	}
	return json.Marshal(p)
}

// sharedWorld returns an error unless two outcomes of one scenario and seed may be paired, as SameWorld says of runs.
func sharedWorld(a, b *Outcome, equalSettings bool) error {
	switch {
	case a.Reason != "" || b.Reason != "":
		return nil
	case equalSettings && !a.live && !b.live && a.world != b.world:
		return fmt.Errorf("runs %s and %s: equal settings, but other worlds were heard: %s and %s", a.Run, b.Run, a.world, b.world)
	case a.acts != b.acts:
		return fmt.Errorf("runs %s and %s: the hostile acts differ: the settings make them other worlds", a.Run, b.Run)
	}
	return nil
}
