//go:build soak

// The comparison calibrated through real worlds, the real coin and the real judge: equals are told apart in about 5 %.
package all_test

import (
	"fmt"
	"math"
	"sync"
	"testing"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/pocs/experiment"
)

// calibration is 1,000 comparisons of two coins with other dice, each over 20 worlds: five pairs of coins hear the same
// worlds, and 200 blocks of 20 worlds follow one another.
const (
	calibrationPairs  = 5
	calibrationBlocks = 200
	calibrationSeeds  = 20
)

// coinRuns plays the coins in one world.
func coinRuns(tb testing.TB, seed uint64) []*pocs.Run {
	var names []string
	for range 2 * calibrationPairs {
		names = append(names, "coin")
	}
	trials := together(tb, "northern-corridor", map[string]string{"seals": "60", "span_days": "10"}, names...)
	for i := range trials {
		trials[i].Seed, trials[i].DiceSeed = seed, seed
		trials[i].Params = pocs.Params{"rate": 0.01, "stream": float64(i + 1)}
	}
	runs, err := pocs.PlayTogether(tb.Context(), trials)
	if err != nil {
		tb.Fatal(err)
	}
	return runs
}

func TestSoakCalibration(t *testing.T) {
	runs := make([][]*pocs.Run, calibrationBlocks*calibrationSeeds)
	var wg sync.WaitGroup
	for half := range 2 {
		wg.Go(func() {
			for i := half; i < len(runs); i += 2 {
				runs[i] = coinRuns(t, uint64(200_001+i))
			}
		})
	}
	wg.Wait()
	words, covered, n := 0, 0, 0
	for block := range calibrationBlocks {
		for pair := range calibrationPairs {
			var sides [2][]*pocs.Run
			for _, world := range runs[block*calibrationSeeds : (block+1)*calibrationSeeds] {
				sides[0], sides[1] = append(sides[0], world[2*pair]), append(sides[1], world[2*pair+1])
			}
			l := compareScores(t, sides)
			n++
			if l.Words != experiment.NotDistinguishable {
				words++
			}
			if *l.Low <= 0 && 0 <= *l.High {
				covered++
			}
		}
	}
	share, cover := float64(words)/float64(n), float64(covered)/float64(n)
	t.Logf("%d comparisons of equals: better or worse in %.1f %%, intervals cover %.1f %%; Monte Carlo error %.1f points each", n, 100*share, 100*cover, 100*math.Sqrt(0.05*0.95/float64(n)))
	if margin := 3 * math.Sqrt(0.05*0.95/float64(n)); share > 0.05+margin || share < 0.05-margin {
		t.Errorf("better or worse in %.1f %%: want 5 %% ± %.1f", 100*share, 100*margin)
	}
	if cover < 0.93 || cover > 0.97 {
		t.Errorf("intervals cover %.1f %%: want 93 to 97", 100*cover)
	}
}

func compareScores(tb testing.TB, sides [2][]*pocs.Run) experiment.Line {
	var arms [2]experiment.Arm
	for i := range arms {
		var err error
		if arms[i], err = experiment.NewArm(fmt.Sprint("coin ", i), sides[i]); err != nil {
			tb.Fatal(err)
		}
	}
	for _, m := range all.Challenges[0].Measures {
		if m.Name == "score_balanced" {
			return experiment.Compare([]pocs.Measure{m}, arms[0], arms[1]).Measures[0]
		}
	}
	tb.Fatal("no score_balanced")
	return experiment.Line{}
}
