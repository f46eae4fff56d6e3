// Package proof says what a run is and whether it is what it claims to be: its manifest, and the answers of verify.
//
// It knows no challenge and holds no list of its own: what may be played again is handed in as an experiment's
// Catalogue. Worlds are played once for all detectors that were judged in them.
package proof

import (
	"strings"
	"time"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/sim"
)

// Manifest is everything that decides a run and everything that proves it. `sealab schema manifest` publishes it.
type Manifest struct {
	Version   int          `json:"v"`
	Run       string       `json:"run"`
	Room      string       `json:"room" doc:"it belongs to"`
	Challenge string       `json:"challenge"`
	PoC       string       `json:"poc"`
	Params    pocs.Params  `json:"params" doc:"all resolved"`
	Claim     string       `json:"claim"`
	Scenario  string       `json:"scenario"`
	Extends   string       `json:"extends,omitempty" doc:"the scenario whose recipe that is, where it is another one"`
	Settings  sim.Settings `json:"settings" doc:"all resolved, the assumptions among them"`
	Seed      uint64       `json:"seed" doc:"of the world"`
	DiceSeed  uint64       `json:"dice_seed" doc:"of the detector's dice"`
	Carrier   string       `json:"carrier"`
	Terms     Terms        `json:"terms"`
	Commit    string       `json:"commit" doc:"of the code that played it"`
	Modified  bool         `json:"modified" doc:"that code's tree held changes which no commit has"`
	Events    int          `json:"events"`
	Readings  int          `json:"readings"`
	Findings  int          `json:"findings"`
	Digests   Digests      `json:"digests"`
	Started   time.Time    `json:"started"`
	ElapsedS  float64      `json:"elapsed_s"`
	Reason    string       `json:"reason,omitempty" doc:"why the run failed"`
}

// Terms are the conditions of judging, in JSON.
type Terms struct {
	GraceS      float64  `json:"grace_s"`
	BaseRate    float64  `json:"base_rate" doc:"attacks per 10,000 trips"`
	FlowPerDay  float64  `json:"flow_per_day" doc:"trips a day"`
	CheckCost   *float64 `json:"check_cost"`
	CheckCO2eKg *float64 `json:"check_co2e_kg"`
}

// Digests are SHA-256 sums as "sha256:…".
type Digests struct {
	World    string `json:"world" doc:"over what was heard, in the order of hearing"`
	Findings string `json:"findings" doc:"over time, container, kind and level of the findings"`
	Joint    string `json:"joint" doc:"over the two above: the run's digest"`
	Truth    string `json:"truth" doc:"over every record of the truth"`
	Record   string `json:"record" doc:"over every record of the run, the truth's name among them"`
}

// modifiedMark ends the commit of code whose tree held changes.
const modifiedMark = "+modified"

// Modified reports whether a commit stands for code that nobody else can check out.
func Modified(commit string) bool { return strings.HasSuffix(commit, modifiedMark) }

// ManifestOf is the manifest of a run with the sums of its record.
func ManifestOf(r *pocs.Run, sums catalog.Sums) Manifest {
	t := r.Terms
	return Manifest{Version: 1, Run: r.ID, Room: r.Room, Challenge: r.Challenge, PoC: r.PoC, Params: orEmpty(r.Params), Claim: r.Claim,
		Scenario: r.Scenario, Extends: r.Extends, Settings: orEmpty(r.Settings), Seed: r.Seed, DiceSeed: r.DiceSeed, Carrier: r.Carrier,
		Terms:  Terms{t.Grace.Seconds(), t.BaseRate, t.FlowPerDay, t.CheckCost, t.CheckCO2eKg},
		Commit: r.Commit, Modified: Modified(r.Commit), Events: r.Events, Readings: r.Readings, Findings: len(r.Findings),
		Digests: Digests{r.WorldDigest, r.FindingsDigest, r.Digest, sums.Truth, sums.Record},
		Started: r.Started.UTC(), ElapsedS: r.Elapsed.Seconds(), Reason: r.Reason}
}

func orEmpty(m map[string]float64) map[string]float64 {
	if m == nil {
		return map[string]float64{}
	}
	return m
}
