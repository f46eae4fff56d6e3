// Package nab is the Numenta Anomaly Benchmark: its file formats, its score and its scoreboard, for any detector that
// gives each value of a series an anomaly score from 0 to 1.
//
// The benchmark is described in S. Ahmad, A. Lavin, S. Purdy, Z. Agha, Unsupervised real-time anomaly detection for
// streaming data, Neurocomputing 262 (2017), doi:10.1016/j.neucom.2017.04.070; this is version 1.1 of its score.
//
// An alarm is a row whose anomaly score is at or above a threshold. Rows of a file's first 15 %, at most 750, are
// probation: nothing counts there. With σ(y) = 2/(1 + e^5y) − 1, a detector gets for a file, under weights TP, FP, FN,
//
//   - for each window, of the rows from first to last, TP·σ(y)/σ(−1) with y = −(last − row + 1)/(last − first + 1) of its
//     earliest alarm: TP at the window's first row, about 0 at its last. Further alarms in it count nothing. Without
//     any it loses FN;
//   - for each alarm outside, FP·σ(y) with y = (row − last)/(last' − first') of the window that ended before: hardly
//     anything just behind it, and FP lost where y is beyond 3, or where no window came before. Here last' − first' is
//     the window's length less one row.
//
// The sum over files is shown on a scale on which no alarm at all is 0 and an alarm at the first row of every window,
// with none elsewhere, is 100: 100·(sum + FN·W)/((TP + FN)·W) for W windows. It is not clipped below.
//
// A window is given by two times; its rows are those from the first at or after the one to the last at or before the
// other. A window that lies in probation as a whole is left out, since nobody could be heard there.
package nab

import "sealab/sim/exact"

// Profile is what hits and errors weigh, by its name in the benchmark.
type Profile struct {
	Name       string
	TP, FP, FN float64
}

// Profiles are the benchmark's three. Its weight for true negatives is not used by its score.
var Profiles = []Profile{
	{"standard", 1, 0.11, 1},
	{"reward_low_FP_rate", 1, 0.22, 1},
	{"reward_low_FN_rate", 1, 0.11, 2},
}

// ProfileNames are the names of the profiles in their order.
func ProfileNames() []string {
	names := make([]string, len(Profiles))
	for i := range Profiles {
		names[i] = Profiles[i].Name
	}
	return names
}

// Normalize puts a sum of scores over so many windows on the scale from 0 (no alarm) to 100 (perfect). ok is false where
// there is no window: then there is no scale.
func (p *Profile) Normalize(sum float64, windows int) (score float64, ok bool) {
	if windows == 0 {
		return 0, false
	}
	w := float64(windows)
	return 100 * (sum + float64(p.FN*w)) / float64((p.TP+p.FN)*w), true
}

// farOff is how many window lengths behind a window an alarm is as false as anywhere.
const farOff = 3

// sigmoid is the benchmark's scaled sigmoid: 1 far before the end of a window, 0 at it, −1 far behind.
func sigmoid(y float64) float64 {
	if !(y <= farOff) {
		return -1
	}
	return 2/(1+exact.Exp(5*y)) - 1
}

var earliest = sigmoid(-1)
