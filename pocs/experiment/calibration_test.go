// The comparison is itself calibrated: coin against coin, and intervals against means that are known.

package experiment

import (
	"fmt"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/exact"
)

// coinWorld draws a truth: 60 containers over ten days, a dozen cuts on them.
func coinWorld(seed uint64) sim.Truth {
	dice := exact.NewDice(seed, "test/world")
	t := sim.Truth{Start: start, End: start.Add(240 * time.Hour), SealDays: 600}
	for i := range 12 {
		at := start.Add(time.Duration(dice.IntN(220*60)) * time.Minute)
		t.Incidents = append(t.Incidents, sim.Incident{
			Kind: "bolt_cut", Hostile: true, Container: fmt.Sprint("C", i*5), Start: at, End: at.Add(30 * time.Minute),
			HeardAt: at.Add(time.Duration(dice.IntN(60)) * time.Minute),
		})
	}
	return t
}

// coinFindings throw three times an hour, and cry on some container once in five: about 144 findings in all.
func coinFindings(dice *exact.Dice) (list []pocs.Finding) {
	for hour := range 240 {
		for range 3 {
			if f := (pocs.Finding{At: start.Add(time.Duration(hour) * time.Hour), Kind: "bolt_cut"}); dice.Chance(0.2) {
				f.Container = fmt.Sprint("C", dice.IntN(60))
				list = append(list, f)
			}
		}
	}
	return list
}

// coinAgainstCoin compares two coins with other dice on 20 shared worlds.
func coinAgainstCoin(n int) Line {
	values := map[string][]float64{}
	other := map[string][]float64{}
	for seed := range uint64(20) {
		truth := coinWorld(uint64(n)*1000 + seed)
		for side, into := range []map[string][]float64{values, other} {
			dice := exact.NewDice(uint64(n)*1000+seed, fmt.Sprint("test/coin/", side))
			s := pocs.JudgeSeals(truth, coinFindings(&dice), pocs.DefaultTerms())
			into["score_balanced"] = append(into["score_balanced"], *s.Values["score_balanced"])
		}
	}
	measure := []pocs.Measure{{Name: "score_balanced", Better: pocs.Higher}}
	return Compare(measure, mustArm("coin", values), mustArm("coin", other)).Measures[0]
}

// calibrate gives the share of comparisons of equals that found a word, and the share of intervals that hold 0.
func calibrate(comparisons int) (words, covered float64) {
	for n := range comparisons {
		l := coinAgainstCoin(n)
		if l.Words != NotDistinguishable {
			words++
		}
		if *l.Low <= 0 && 0 <= *l.High {
			covered++
		}
	}
	return words / float64(comparisons), covered / float64(comparisons)
}

// coverage gives the share of intervals over n draws that hold the mean.
func coverage(samples, n int, mean float64, draw func(*exact.Dice) float64) float64 {
	dice := exact.NewDice(3, "test/coverage")
	d := make([]float64, n)
	held := 0
	for range samples {
		for i := range d {
			d[i] = draw(&dice)
		}
		if low, high, _ := Interval(d); low <= mean && mean <= high {
			held++
		}
	}
	return float64(held) / float64(samples)
}

// 200 comparisons have a standard error of 1.5 points; the thousand stand in the soak test.
func TestCoinAgainstCoin(t *testing.T) {
	words, covered := calibrate(200)
	t.Logf("of 200 comparisons: words in %.1f %%, intervals cover %.1f %%", 100*words, 100*covered)
	if words > 0.095 || covered < 0.91 {
		t.Errorf("words in %.3f, want about 0.05; covered %.3f, want about 0.95", words, covered)
	}
}

func TestIntervalCovers(t *testing.T) {
	for name, c := range map[string]struct {
		mean, least float64
		draw        func(*exact.Dice) float64
	}{
		"normal":      {0, 0.92, func(d *exact.Dice) float64 { return d.Normal() }},
		"exponential": {1, 0.90, func(d *exact.Dice) float64 { return d.Exponential() }},
		"student t3":  {0, 0.92, func(d *exact.Dice) float64 { return d.StudentT3() }},
	} {
		got := coverage(400, 20, c.mean, c.draw)
		t.Logf("%s: covers %.1f %%", name, 100*got)
		if got < c.least || got > 0.985 {
			t.Errorf("%s: covers %.3f, want about 0.95, at least %v", name, got, c.least)
		}
	}
}
