// How soon incidents are caught: the share found within a time since they were heard.

package experiment

import (
	"slices"

	"sealab/pocs"
)

// Step is a point where the curve rises: from AfterS on, and until the next, Share of the incidents were caught.
type Step struct {
	AfterS float64 `json:"after_s"` // since heard_at
	Caught int     `json:"caught"`
	Share  float64 `json:"share"` // of all hostile incidents heard, 0–1
}

// CaughtBy pools the runs of an arm: the empirical share of heard hostile incidents that were hit within a time since
// heard_at. It begins at 0 s, rises at each delay, and ends at the pooled recall, misses never being caught. It is nil
// where nothing hostile was heard. Failed runs are left out.
func CaughtBy(runs []*pocs.Run) []Step {
	incidents := 0
	var delays []float64
	for _, r := range runs {
		if r.Reason != "" {
			continue
		}
		incidents += r.Score.Counts.Incidents
		for _, j := range r.Score.Findings {
			if j.Sort == pocs.Hit {
				delays = append(delays, j.DelayS)
			}
		}
	}
	return rise(delays, incidents)
}

// rise makes the curve of so many delays among so many incidents; nil where there are none.
func rise(delays []float64, incidents int) []Step {
	if incidents == 0 {
		return nil
	}
	slices.Sort(delays)
	steps := []Step{{}}
	for i, d := range delays {
		if d > steps[len(steps)-1].AfterS {
			steps = append(steps, Step{AfterS: d})
		}
		last := &steps[len(steps)-1]
		last.Caught, last.Share = i+1, float64(i+1)/float64(incidents)
	}
	return steps
}
