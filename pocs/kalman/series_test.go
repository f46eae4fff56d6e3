package kalman_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sealab/pocs"
	"sealab/pocs/kalman"
	"sealab/sim"
	"sealab/sim/exact"
)

func mustSeries(tb interface {
	Helper()
	Fatal(...any)
}, set map[string]string) pocs.Series {
	tb.Helper()
	params, err := sim.Resolve("parameter", kalman.PoC.Params, set)
	if err != nil {
		tb.Fatal(err)
	}
	s, err := kalman.PoC.Series(pocs.Setup{Params: params})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

var seriesStart = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// noisy is a number that rises and falls by the day, with noise, at reading i of one every five minutes.
func noisy(dice *exact.Dice, i int) float64 {
	return 50 + 10*math.Sin(2*math.Pi*float64(i)/288) + dice.Normal()
}

// TestSeriesFindsALeap: a leap of fifteen σ is all but sure, the rest of a month is not, and what goes on is not said again.
func TestSeriesFindsALeap(t *testing.T) {
	const days, leap = 30, 6000
	dice, s := exact.NewDice(1, "series"), mustSeries(t, nil)
	var said []int
	for i := range days * 288 {
		v := noisy(&dice, i)
		if i >= leap {
			v += 15
		}
		if s.Score(seriesStart.Add(time.Duration(5*i)*time.Minute), v) > 1-1e-5 {
			said = append(said, i)
		}
	}
	if len(said) != 1 || said[0] != leap {
		t.Errorf("said at %v, want once, at %d", said, leap)
	}
}

// TestSeriesCoolsDown: the same twice within the cooldown is said once, after it twice.
func TestSeriesCoolsDown(t *testing.T) {
	for hours, want := range map[string]int{"1": 3, "12": 1} {
		dice, s, said, last := exact.NewDice(2, "series"), mustSeries(t, map[string]string{"cooldown_h": hours}), 0, 0
		for i := range 3000 {
			v := noisy(&dice, i)
			if i == 2000 || i == 2030 || i == 2060 { // two and a half hours apart
				v += 40
			}
			if s.Score(seriesStart.Add(time.Duration(5*i)*time.Minute), v) > 0.9999 {
				if i > last+1 { // the way back from the first may be odder than the way there
					said++
				}
				last = i
			}
		}
		if said != want {
			t.Errorf("cooldown %s h: said %d times, want %d", hours, said, want)
		}
	}
}

// TestSeriesOfAnyUnit: the unit and the zero of a scale change nothing; a flat series says nothing until it leaves the flat.
func TestSeriesOfAnyUnit(t *testing.T) {
	a, b, flat := mustSeries(t, nil), mustSeries(t, nil), mustSeries(t, nil)
	dice := exact.NewDice(3, "series")
	for i := range 2000 {
		at, v := seriesStart.Add(time.Duration(i)*time.Hour), noisy(&dice, i)
		if x, y := a.Score(at, v), b.Score(at, v*1024-4096); math.Abs(x-y) > 1e-6 {
			t.Fatalf("reading %d: %v, in another unit %v", i, x, y)
		}
		if got := flat.Score(at, 45); got != 0 {
			t.Fatalf("flat, reading %d: %v", i, got)
		}
	}
	if got := flat.Score(seriesStart.Add(2001*time.Hour), 46); got < 0.999 {
		t.Errorf("it leaves the flat: %v", got)
	}
}

// TestSeriesKeepsItsScale: whatever it hears, a score is from 0 to 1.
func TestSeriesKeepsItsScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := mustSeries(t, nil)
		value := rapid.OneOf(rapid.Float64Range(-1e100, 1e100), rapid.Float64Range(-1, 1), rapid.SampledFrom([]float64{0, 1e100, -1e100, 1e-300}))
		for i, v := range rapid.SliceOfN(value, 1, 300).Draw(t, "values") {
			at := seriesStart.Add(time.Duration(rapid.IntRange(-3, 5).Draw(t, "hours")) * time.Hour)
			if got := s.Score(at, v); !(got >= 0 && got <= 1) {
				t.Fatalf("reading %d, %v: %v", i, v, got)
			}
		}
	})
}
