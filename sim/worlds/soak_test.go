//go:build soak

// The long form of what the defaults must give: a thousand seeds.
package worlds_test

import (
	"testing"

	"sealab/sim"
)

func TestHeardByDefaultSoak(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) { checkHeard(t, sc, 6, 1000) })
}
