package pocs

import (
	"time"

	"sealab/sim"
)

// Verdict says whether a PoC's claim holds in a run.
type Verdict string

// The verdicts; unknown where the claim's measure is null or the run failed.
const (
	Pass    Verdict = "pass"
	Fail    Verdict = "fail"
	Unknown Verdict = "unknown"
)

// Run is the kept record of one trial.
type Run struct {
	ID        string
	Room      string
	Challenge string
	PoC       string
	Params    Params
	Scenario  string
	Extends   string       // the scenario whose recipe that is, where it is another one
	Settings  sim.Settings // all resolved, the assumptions among them
	Seed      uint64
	Carrier   string // "direct", "mqtt" or "live"
	Commit    string
	DiceSeed  uint64 // of the detector's dice, kept so that the run can be re-executed
	Terms     Terms

	Events, Readings int // heard
	Findings         []Finding
	Truth            sim.Truth
	Score            Score
	Claim            string
	Verdict          Verdict

	Digest, WorldDigest, FindingsDigest string

	Reason  string // why the run failed; empty: it is whole
	Started time.Time
	Elapsed time.Duration
}
