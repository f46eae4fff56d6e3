//go:build soak

// The long form: fifty seeds of every scenario, as it is and with much more of everything that can happen.
package check

import (
	"testing"

	"pgregory.net/rapid"

	"sealab/sim"
)

func TestWorldsHoldSoak(t *testing.T) { mustHold(t, nil, 2, 50) }

func TestCrowdedWorldsHoldSoak(t *testing.T) {
	mustHold(t, sim.Settings{"seals": 200, "attack_rate": 5000, "lookalikes": 4}, 51, 60)
}

func TestAnyWorldHoldsSoak(t *testing.T) {
	fewer(t, "1000")
	rapid.Check(t, holds)
}
