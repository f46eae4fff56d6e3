//go:build soak

package all_test

import (
	"testing"

	"sealab/pocs/experiment"
)

// TestSoakSuites makes every world of every suite again.
func TestSoakSuites(t *testing.T) {
	verifySuites(t, func(*experiment.Suite) []uint64 { return nil })
}
