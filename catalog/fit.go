// What is refused because it would not come back as it was.

package catalog

import (
	"fmt"
	"math"

	"sealab/pocs"
	"sealab/sim"
)

// checkRun looks at what is checked by hand; the tables' own checks see the rest.
func checkRun(r *pocs.Run) error {
	if err := checkID(r.ID); err != nil {
		return err
	}
	if r.Seed >= sim.MaxSeed || r.DiceSeed >= sim.MaxSeed {
		return fmt.Errorf("%w: the seed %d or the dice seed %d is not below 2^53", ErrUnfit, r.Seed, r.DiceSeed)
	}
	for i := range r.Truth.Incidents {
		in := &r.Truth.Incidents[i]
		for _, name := range sorted(in.Params) {
			if !finite(in.Params[name]) {
				return fmt.Errorf("%w: incident %s: %s is not finite", ErrUnfit, in.ID, name)
			}
		}
	}
	return nil
}

func checkNumbers(records []record) error {
	for _, rec := range records {
		for i, v := range rec.values {
			if f, ok := v.(float64); ok && !finite(f) {
				return fmt.Errorf("%w: %s: %s is not finite", ErrUnfit, rec.name, rec.fields[i])
			}
		}
	}
	return nil
}

// finite leaves out what lies beyond the tables' checks, too.
func finite(f float64) bool { return math.Abs(f) < 1e308 }
