//go:build !js

// Scenarios as users name them: by name, or by the path of a file that extends one under a new name.

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim"
)

// isScenarioFile reports whether what stands for a scenario is the path of a file.
func isScenarioFile(name string) bool { return experiment.IsScenarioPath(name) }

// readScenarioFile reads a scenario file: the scenario under its new name, its challenge, and what it sets. Every error of
// it is the user's to mend.
func readScenarioFile(path string) (*sim.Scenario, *pocs.Challenge, map[string]string, error) {
	data, err := readPath("scenario", path)
	if err != nil {
		return nil, nil, nil, err
	}
	file, err := experiment.ParseScenario(data, path)
	if err != nil {
		return nil, nil, nil, badInput{err}
	}
	sc, challenge, set, err := file.Recipe(houseCatalogue(0))
	if err != nil {
		return nil, nil, nil, badInput{err}
	}
	return sc, challenge, set, nil
}

// readIncluded reads a scenario file that the experiment file names; its path is from the folder of that file on.
func (c *experimentFlags) readIncluded(path string) ([]byte, error) {
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(c.path), path)
	}
	data, err := readPath("scenario", path)
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return nil, fmt.Errorf("read scenario file %s: %w", path.Path, path.Err)
	}
	return data, err
}
