// Whether this code still makes the world that a run heard.

package proof

import (
	"context"

	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim"
	"sealab/sim/event"
)

// MakesWorld makes a run's world again and compares what is heard in it with the stored digest. It takes as long as the
// world does: some 2,000,000 messages a second. A scenario or setting that is gone makes another world, and no error.
func MakesWorld(ctx context.Context, known *experiment.Catalogue, r *pocs.Run) (bool, error) {
	var sc *sim.Scenario
	for i := range known.Challenges {
		if known.Challenges[i].Name == r.Challenge {
			sc = sim.Recipe(known.Challenges[i].Scenarios, r.Scenario, r.Extends)
		}
	}
	if sc == nil {
		return false, nil
	}
	w, err := sim.New(*sc, r.Settings, r.Seed)
	if err != nil {
		return false, nil
	}
	digest := event.NewDigest()
	for b := range w.Batches() {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		digest.Add(b)
	}
	return digest.String() == r.WorldDigest, nil
}
