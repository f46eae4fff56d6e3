// Package all is the lists: one line a PoC, and the challenges with their scenarios.
package all

import (
	"sealab/pocs"
)

// PoCs are all built-in proofs of concept, in the order in which they are shown.
var PoCs = []pocs.PoC{}

// SeesTruth names the PoCs that are given the truth: the oracle alone.
var SeesTruth = map[string]bool{"oracle": true}

// Challenges are all families of scenarios.
var Challenges = []pocs.Challenge{}
