package parts_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sealab/pocs/parts"
	"sealab/sim/exact"
)

// TestTailIsCalibrated: whatever a series' own scatter, a rarity of ln 1000 is passed about once in a thousand.
func TestTailIsCalibrated(t *testing.T) {
	const n = 40_000
	for name, draw := range map[string]func(*exact.Dice) float64{
		"normal":      func(d *exact.Dice) float64 { return math.Abs(d.Normal()) },
		"exponential": func(d *exact.Dice) float64 { return d.Exponential() },
		"Student's t": func(d *exact.Dice) float64 { return math.Abs(d.StudentT3()) },
		"Pareto":      func(d *exact.Dice) float64 { return exact.Pow(1-d.Float64(), -1/1.5) },
	} {
		dice, tail, rare := exact.NewDice(3, name), parts.Tail{Floor: 0.5}, 0
		for range n {
			if tail.Rarity(draw(&dice)) > math.Log(1000) {
				rare++
			}
		}
		if share := 1000 * float64(rare) / n; share < 0.5 || share > 2 {
			t.Errorf("%s: %.2f in a thousand", name, share)
		}
	}
}

// TestTail: rarity is 0 until enough was heard and below the floor, never negative, and grows with the value.
func TestTail(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tail := parts.Tail{Floor: 1}
		value := rapid.OneOf(rapid.Float64Range(0, 3), rapid.Float64Range(0, 1e100), rapid.Just(0.0))
		heard := rapid.SliceOfN(value, 0, 700).Draw(t, "heard")
		for _, v := range heard {
			tail.Rarity(v)
		}
		a, b := value.Draw(t, "a"), value.Draw(t, "b")
		one, other := tail, tail // they share what they have heard until one of them hears more
		rarer, common := one.Rarity(max(a, b)), other.Rarity(min(a, b))
		switch {
		case rarer < common || !(common >= 0) || math.IsInf(rarer, 0):
			t.Errorf("of %v and %v: got %v and %v", max(a, b), min(a, b), rarer, common)
		case len(heard) < 100 && rarer != 0:
			t.Errorf("after %d values: got %v", len(heard), rarer)
		case max(a, b) < 1 && rarer != 0:
			t.Errorf("below the floor: got %v", rarer)
		}
	})
}
