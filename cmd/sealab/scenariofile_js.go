//go:build js

package main

import (
	"sealab/pocs"
	"sealab/sim"
)

// isScenarioFile: this build reads no files.
func isScenarioFile(string) bool { return false }

func readScenarioFile(path string) (*sim.Scenario, *pocs.Challenge, map[string]string, error) {
	return nil, nil, nil, badInputf("read scenario %s: this build reads no files", path)
}
