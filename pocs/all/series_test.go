package all_test

import (
	"math"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
	"sealab/sim/exact"
)

// TestSeriesKeepTheContract: every numeric part starts with its defaults, gives scores from 0 to 1 whatever it hears, and
// the same ones again.
func TestSeriesKeepTheContract(t *testing.T) {
	begin, parts := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), 0
	for i := range all.PoCs {
		p := &all.PoCs[i]
		if p.Series == nil {
			continue
		}
		parts++
		params, err := sim.Resolve("parameter", p.Params, nil)
		if err != nil {
			t.Fatal(err)
		}
		hear := func() (scores []float64) {
			s, err := p.Series(pocs.Setup{Params: params, Dice: exact.NewDice(1, p.Name)})
			if err != nil {
				t.Fatalf("%s: %v", p.Name, err)
			}
			values := exact.NewDice(2, "values")
			for i := range 3000 {
				v := values.Normal()
				switch {
				case i%1000 < 100:
					v = 7 // flat
				case i%500 == 250:
					v = 1e100 * (1 - 2*float64(i/500%2))
				}
				scores = append(scores, s.Score(begin.Add(time.Duration(i-i%700/650*2)*time.Minute), v))
			}
			return scores
		}
		again := hear()
		for i, score := range hear() {
			if !(score >= 0 && score <= 1) || math.Float64bits(score) != math.Float64bits(again[i]) {
				t.Fatalf("%s, value %d: score %v, and again %v", p.Name, i, score, again[i])
			}
		}
	}
	if parts < 3 {
		t.Errorf("%d proofs of concept have a numeric part", parts)
	}
}
