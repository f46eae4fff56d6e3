//go:build !js

package all_test

import (
	"runtime"
	"testing"

	"sealab/pocs/all"
	"sealab/pocs/experiment"
)

func houseCatalogue() experiment.Catalogue {
	return experiment.Catalogue{Challenges: all.Challenges, PoCs: all.PoCs, SeesTruth: all.SeesTruth}
}

// verifySuites makes worlds of every suite again; nil: all of them.
func verifySuites(t *testing.T, seeds func(*experiment.Suite) []uint64) {
	t.Helper()
	names := map[string]bool{}
	for _, s := range all.Suites() {
		if names[s.Name] {
			t.Errorf("two suites are called %s", s.Name)
		}
		names[s.Name] = true
		drifts, err := s.Verify(t.Context(), houseCatalogue(), experiment.Making{Seeds: seeds(&s), Workers: runtime.GOMAXPROCS(0)})
		if err != nil {
			t.Error(err)
		}
		for _, d := range drifts {
			t.Errorf("suite %s: %s, seed %d was %s and is %s; a change that is meant takes another version (sealab suite freeze)", s.Name, d.Scenario, d.Seed, d.Frozen, d.Now)
		}
	}
	for name := range released {
		if !names[name] {
			t.Errorf("%s is missing", name)
		}
	}
}

// TestSuites makes the first and the last world of every scenario; TestSoakSuites makes all.
func TestSuites(t *testing.T) {
	verifySuites(t, func(s *experiment.Suite) []uint64 { return []uint64{s.Seeds[0], s.Seeds[len(s.Seeds)-1]} })
}

// released are the hashes of the suites that were released: what was cited stays, only another version is added.
var released = map[string]string{
	"seals-draft":  "sha256:a75c58b4089d5db8361dccc986bac3791104047f4af73c3b624650d7a541c076",
	"seals-2026.1": "sha256:ded5d4f55ee6c9ac1f4a9eaddae66e1979aaa78827b66ba72f33d6b3c783a926",
}

func TestSuiteHashesStay(t *testing.T) {
	for _, s := range all.Suites() {
		if s.Hash() != released[s.Name] {
			t.Errorf("the hash of %s %s is %s, it was released as %q", s.Name, s.Version, s.Hash(), released[s.Name])
		}
	}
}
