//go:build soak

package experiment

import (
	"fmt"
	"testing"

	"sealab/sim/exact"
)

// TestSoakPooledCalibration: 3 scenarios × 20 seeds. Of two arms of equal worth, which the scenarios and worlds treat
// very differently, 5 % of the comparisons say otherwise, and stratified intervals hold the mean in 95 %. The Monte
// Carlo error of both is 0.5 points (one deviation of 2,000 draws).
func TestSoakPooledCalibration(t *testing.T) {
	const comparisons = 2_000
	words, covered := 0, 0
	for n := range comparisons {
		dice := exact.NewDice(uint64(n), "test/pooled")
		var equal []float64
		strata := make([][]float64, 3)
		for s := range strata {
			for range 20 {
				equal = append(equal, float64(s+1)*dice.Normal())
				strata[s] = append(strata[s], float64(10*s)+float64(s+1)*dice.Normal())
			}
		}
		if SignFlip(equal) <= Alpha {
			words++
		}
		if low, high, _ := StratifiedInterval(strata); low <= 10 && 10 <= high {
			covered++
		}
	}
	said, held := float64(words)/comparisons, float64(covered)/comparisons
	t.Log(fmt.Sprintf("%.2f %% of comparisons of equals found a word, %.2f %% of stratified intervals held the mean", 100*said, 100*held))
	if said < 0.035 || said > 0.065 || held < 0.93 || held > 0.97 {
		t.Error("not calibrated")
	}
}
