// Package all is the lists: one line a PoC, and the challenges with their scenarios.
package all

import (
	"sealab/pocs"
	"sealab/pocs/coin"
	"sealab/pocs/fusion"
	"sealab/pocs/hmm"
	"sealab/pocs/kalman"
	"sealab/pocs/null"
	"sealab/pocs/oracle"
	"sealab/pocs/passive"
	"sealab/pocs/quorum"
	"sealab/pocs/rules"
	"sealab/sim/attacks"
	"sealab/sim/worlds"
)

// PoCs are all built-in proofs of concept, in the order in which they are shown.
var PoCs = []pocs.PoC{
	kalman.PoC,
	fusion.PoC,
	rules.PoC,
	hmm.PoC,
	quorum.PoC,
	passive.PoC,
	null.PoC,
	oracle.PoC,
	coin.PoC,
}

// SeesTruth names the PoCs that are given the truth: the oracle alone.
var SeesTruth = map[string]bool{"oracle": true}

// Challenges are all families of scenarios.
var Challenges = []pocs.Challenge{
	{
		Name: "seals",
		Doc: "Smart seals on containers under way: which of them were cut, opened, copied or led astray, and which only " +
			"look like it? Heard are the seals' own readings and what Customs and operators know; what counts is to say " +
			"it soon, of the right container, and to leave the innocent in peace.",
		Scenarios: worlds.All,
		Measures:  pocs.SealMeasuresFor(hostileKinds()...),
		Judge:     pocs.JudgeSeals,
		Project:   pocs.ProjectSeals,
	},
}

// hostileKinds names the attacks, each of which has a recall of its own.
func hostileKinds() []string {
	var names []string
	for _, k := range attacks.Hostile() {
		names = append(names, k.Name)
	}
	return names
}
