package kalman

import (
	"time"

	"sealab/pocs"
	"sealab/pocs/parts"
	"sealab/sim/exact"
)

// This file is what is left of the method where there is no seal: the filter, over one number.

type series struct {
	number     parts.Number
	saidMs     int64 // when it was last odd, and how odd
	said       float64
	cooldownMs int64
}

func newSeries(s pocs.Setup) (pocs.Series, error) {
	return &series{cooldownMs: parts.HoursMs(s.Params["cooldown_h"])}, nil
}

// Score is 1 − p, p being the chance of an innovation so large. As at the desk, what goes on is not said again: within the
// cooldown only what is odder than what was said.
func (s *series) Score(at time.Time, value float64) float64 {
	score := 1 - exact.Exp(-s.number.Rarity(value))
	ms := at.UnixMilli()
	if s.said > 0 && ms-s.saidMs < s.cooldownMs && score <= s.said {
		return 0
	}
	s.said, s.saidMs = score, ms
	return score
}
