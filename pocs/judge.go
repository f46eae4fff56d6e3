// The judge of the challenge seals: it sorts findings against the truth, then has them counted and measured.

package pocs

import (
	"slices"
	"time"

	"sealab/sim"
)

// episodeSpan is how long a false finding takes in the further false findings of its container: (first, first + 24 h],
// closed at the end as a tick is, so that one alarm a day for a day makes one visit of an officer, not two.
const episodeSpan = 24 * time.Hour

// JudgeSeals judges one run of the challenge seals after DESIGN section 4. Findings are taken in order of their time,
// those of equal time in the order given; an incident's window is [heard_at, max(end, heard_at) + terms.Grace], closed
// at both ends, and each finding is the first of these that fits:
//
//	hit      in an unmatched hostile window of its container: it serves the oldest (by heard_at, then start, then
//	         place in the truth) that names its kind, or else the oldest
//	repeat   in a hostile window, matched already
//	neither  in [start, heard_at) of a hostile act, or in [start, end + grace] of one that nothing ever showed
//	false    otherwise, also on a look-alike
//
// A false finding opens an episode unless it lies within 24 h after the finding that opened the container's last one.
// The cost is linear in truth and findings, but for sorting them by time.
func JudgeSeals(t sim.Truth, f []Finding, terms Terms) Score {
	s := Score{Findings: make([]Judged, len(f)), MatchedBy: make([]int, len(t.Incidents))}
	for i := range s.MatchedBy {
		s.MatchedBy[i] = -1
	}
	books := openDockets(t.Incidents, terms.Grace)
	for _, i := range inTimeOrder(f) {
		d := books[f[i].Container]
		if d == nil {
			d = &docket{}
			books[f[i].Container] = d
		}
		j := d.judge(&f[i])
		if j.Sort == Hit {
			s.MatchedBy[j.Incident] = i
		}
		s.Findings[i] = j
	}
	s.Counts = countSeals(t.Incidents, s.Findings)
	s.Values = measureSeals(t, f, &s, terms)
	return s
}

// inTimeOrder gives the indices of the findings by time, keeping the order given among equals.
func inTimeOrder(f []Finding) []int {
	order := make([]int, len(f))
	for i := range order {
		order[i] = i
	}
	byTime := func(i, j int) int { return f[i].At.Compare(f[j].At) }
	if !slices.IsSortedFunc(order, byTime) {
		slices.SortStableFunc(order, byTime)
	}
	return order
}

// countSeals counts the sorted findings and the incidents.
func countSeals(incidents []sim.Incident, judged []Judged) Counts {
	var c Counts
	for i := range incidents {
		switch in := &incidents[i]; {
		case !in.Hostile:
			c.LookAlikes++
		case in.Heard():
			c.Incidents++
		default:
			c.Unheard++
		}
	}
	for i := range judged {
		switch judged[i].Sort {
		case Hit:
			c.Hits++
		case Repeat:
			c.Repeats++
		case Neither:
			c.Neither++
		case False:
			c.False++
		}
		if judged[i].Opens {
			c.Episodes++
		}
	}
	c.Misses = c.Incidents - c.Hits
	return c
}
