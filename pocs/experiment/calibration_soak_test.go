//go:build soak

package experiment

import (
	"testing"

	"sealab/sim/exact"
)

// A thousand comparisons of coin with coin: words in 5 % give or take three standard errors (0.7 points).
func TestCoinAgainstCoinSoak(t *testing.T) {
	words, covered := calibrate(1000)
	t.Logf("of 1,000 comparisons: words in %.1f %%, intervals cover %.1f %%", 100*words, 100*covered)
	if words < 0.029 || words > 0.071 || covered < 0.929 || covered > 0.971 {
		t.Errorf("words in %.3f, want 0.05 ± 0.021; covered %.3f, want 0.95 ± 0.021", words, covered)
	}
}

func TestIntervalCoversSoak(t *testing.T) {
	shapes := []struct {
		name string
		mean float64
		draw func(*exact.Dice) float64
	}{
		{"normal", 0, func(d *exact.Dice) float64 { return d.Normal() }},
		{"exponential", 1, func(d *exact.Dice) float64 { return d.Exponential() }},
		{"student t3", 0, func(d *exact.Dice) float64 { return d.StudentT3() }},
		{"mostly zero", 0.2, func(d *exact.Dice) float64 {
			if x := 1 + d.Normal(); d.Chance(0.2) {
				return x
			}
			return 0
		}},
	}
	for _, c := range shapes {
		for _, n := range []int{6, 10, 20, 40} {
			got := coverage(4000, n, c.mean, c.draw)
			t.Logf("%-11s %2d seeds: covers %.1f %%", c.name, n, 100*got)
			if n >= 20 && (got < 0.90 || got > 0.98) {
				t.Errorf("%s, %d seeds: covers %.3f, want about 0.95", c.name, n, got)
			}
		}
	}
}
