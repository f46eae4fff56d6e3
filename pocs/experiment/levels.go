// What an arm would be worth if only its surer findings counted: its measures over the level from which on they do.

package experiment

import "sealab/pocs"

// levelStep is how far apart the levels of a curve lie, of 0 … 1000.
const levelStep = 50

// CurveMeasures are what a curve over the level is made of, where a challenge has them.
var CurveMeasures = []string{"recall", "precision", "nuisance_trips"}

// LevelScore is one run judged by the findings of at least one level alone.
type LevelScore struct {
	From   int
	Counts pocs.Counts
	Values map[string]*float64 // of CurveMeasures
}

// LevelsOf judges a run again for every fiftieth level from 0 to 1000, each time without the findings below it. A
// failed run has none.
func LevelsOf(c *pocs.Challenge, r *pocs.Run) []LevelScore {
	if r.Reason != "" {
		return nil
	}
	var list []LevelScore
	kept := -1
	for from := 0; from <= 1000; from += levelStep {
		var findings []pocs.Finding
		for _, f := range r.Findings {
			if f.Level >= from {
				findings = append(findings, f)
			}
		}
		if len(findings) == kept { // the same findings: the same score
			same := list[len(list)-1]
			same.From = from
			list = append(list, same)
			continue
		}
		kept = len(findings)
		score := c.Judge(r.Truth, findings, r.Terms)
		l := LevelScore{From: from, Counts: score.Counts, Values: make(map[string]*float64, len(CurveMeasures))}
		for _, m := range CurveMeasures {
			l.Values[m] = score.Values[m]
		}
		list = append(list, l)
	}
	return list
}

// LevelPoint is one level of an arm, over all its worlds.
type LevelPoint struct {
	From      int                 `json:"from"`      // findings below this level are left out
	Recall    *float64            `json:"recall"`    // hits of all worlds together, of the incidents heard
	Precision *float64            `json:"precision"` // hits of all worlds together, of hits and false episodes
	Projected map[string]*float64 `json:"projected"` // what follows at the terms, such as checks_per_day: means over the worlds
}

// LevelCurve pools an arm's levels. Hits and false episodes are summed over its worlds before they are divided, since
// a single world has too few of them; what follows at other terms is averaged. Project may be nil.
func LevelCurve(runs [][]LevelScore, project func(map[string]*float64, pocs.Terms) map[string]*float64, terms pocs.Terms) []LevelPoint {
	var curve []LevelPoint
	for i := 0; i*levelStep <= 1000; i++ {
		p := LevelPoint{From: i * levelStep, Projected: map[string]*float64{}}
		var c pocs.Counts
		sums := make(map[string][]float64)
		for _, levels := range runs {
			if len(levels) <= i {
				continue
			}
			l := &levels[i]
			c.Hits += l.Counts.Hits
			c.Incidents += l.Counts.Incidents
			c.Episodes += l.Counts.Episodes
			if project == nil {
				continue
			}
			for name, v := range project(l.Values, terms) {
				if finite(v) {
					sums[name] = append(sums[name], *v)
				}
			}
		}
		p.Recall, p.Precision = ratio(c.Hits, c.Incidents), ratio(c.Hits, c.Hits+c.Episodes)
		for name, values := range sums {
			p.Projected[name] = defined(Mean(values))
		}
		curve = append(curve, p)
	}
	return curve
}

func ratio(part, whole int) *float64 {
	if whole == 0 {
		return nil
	}
	v := float64(part) / float64(whole)
	return &v
}
