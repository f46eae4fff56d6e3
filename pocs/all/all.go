// Package all is the lists: one line a PoC, and the challenges with their scenarios.
package all

import (
	"sealab/pocs"
	"sealab/pocs/coin"
	"sealab/pocs/kalman"
	"sealab/pocs/null"
	"sealab/pocs/oracle"
	"sealab/pocs/passive"
	"sealab/pocs/rules"
)

// PoCs are all built-in proofs of concept, in the order in which they are shown.
var PoCs = []pocs.PoC{
	kalman.PoC,
	rules.PoC,
	passive.PoC,
	null.PoC,
	oracle.PoC,
	coin.PoC,
}

// SeesTruth names the PoCs that are given the truth: the oracle alone.
var SeesTruth = map[string]bool{"oracle": true}

// Challenges are all families of scenarios.
var Challenges = []pocs.Challenge{}
