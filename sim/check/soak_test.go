//go:build soak

// The long form: fifty seeds of every scenario, as it is and with much more of everything that can happen.
package check

import (
	"testing"

	"sealab/sim"
)

func TestWorldsHoldSoak(t *testing.T) { mustHold(t, nil, 2, 50) }

func TestCrowdedWorldsHoldSoak(t *testing.T) {
	mustHold(t, sim.Settings{"seals": 200, "attack_rate": 5000, "lookalikes": 4}, 51, 60)
}
