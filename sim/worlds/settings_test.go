// Every setting at its ends: a world is made, plays to its end, and keeps its promises about the truth.
package worlds_test

import (
	"strings"
	"testing"

	"sealab/sim"
	"sealab/sim/worlds"
)

// TestSettingsAtTheirEnds tries the assumptions in mixed alone, which has every lane and every kind.
func TestSettingsAtTheirEnds(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		for i := range sc.Settings {
			s := &sc.Settings[i]
			if sc.Name != worlds.Mixed.Name && strings.HasPrefix(s.Name, sim.AssumptionPrefix) {
				continue
			}
			for _, v := range []float64{s.Min, s.Low, s.High, s.Max} {
				set := sim.Settings{"seals": float64(max(12, len(sc.Attacks))), "span_days": 6, "attacks": 1, s.Name: v}
				switch {
				case v < s.Min || v > s.Max || s.Low == 0 && s.High == 0 && v == 0 && s.Min > 0:
					continue
				case s.Name == "seals" && int(v) < len(sc.Attacks):
					continue // more victims than trips
				case (s.Name == "seals" || s.Name == "span_days" || s.Name == "attacks") && v == s.Max:
					continue // too long for a test; sizes are tried by hand and in make bench
				}
				checkTruth(t, s.Name, v, mustPlay(t, sc, set, 2).truth)
			}
		}
	})
}

func checkTruth(t *testing.T, name string, v float64, truth sim.Truth) {
	t.Helper()
	for _, i := range truth.Incidents {
		if i.End.Before(i.Start) || i.Seal == "" || i.Container == "" || i.Trip == "" || i.Kind == "" {
			t.Errorf("%s = %g: incident %+v is not whole", name, v, i)
		}
		if i.Heard() && (i.HeardAt.Before(i.Start) || i.HeardAt.After(truth.End)) {
			t.Errorf("%s = %g: %s is heard at %v, outside [%v, %v]", name, v, i.ID, i.HeardAt, i.Start, truth.End)
		}
	}
	for _, trip := range truth.Trips {
		if !trip.End.After(trip.Start) || trip.Start.Before(truth.Start) || trip.End.After(truth.End) {
			t.Errorf("%s = %g: trip %+v lies outside the world", name, v, trip)
		}
	}
}
