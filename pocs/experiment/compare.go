// The comparison of two arms, measure by measure, ready for a page, a report or JSON.

package experiment

import (
	"math"

	"sealab/pocs"
)

// Words say what a comparison found, of the first arm against the second.
type Words string

// The words. Those for a measure of which neither way is better only say where the first arm lies.
const (
	Better             Words = "better"
	Worse              Words = "worse"
	NotDistinguishable Words = "not distinguishable"
	Higher             Words = "higher"
	Lower              Words = "lower"
)

// Comparison is arm A against arm B on the seeds that both have. Differences are A − B.
type Comparison struct {
	A        string   `json:"a"`
	B        string   `json:"b"`
	Alpha    float64  `json:"alpha"`
	Seeds    []uint64 `json:"seeds"`  // that both arms have
	OnlyA    []uint64 `json:"only_a"` // that B lacks
	OnlyB    []uint64 `json:"only_b"`
	Measures []Line   `json:"measures"`
}

// Line is the comparison in one measure. What is not defined is null: all figures where no seed has the measure for
// both, the interval of a single seed, Cohen's d_z without variance.
type Line struct {
	Measure string         `json:"measure"`
	Unit    string         `json:"unit"`
	Better  pocs.Direction `json:"better"`

	N     int      `json:"n"`          // seeds compared
	Nulls []uint64 `json:"null_seeds"` // left out, the measure being null for one arm or both
	AMean *float64 `json:"a_mean"`     // over the seeds compared
	BMean *float64 `json:"b_mean"`
	Diff  *float64 `json:"diff"` // mean of A − B
	Low   *float64 `json:"low"`  // of the 95 % interval for it
	High  *float64 `json:"high"`

	P     *float64 `json:"p"`      // of the sign-flip test
	PHolm *float64 `json:"p_holm"` // Holm's, over the comparison's measures

	Wins   int `json:"wins"` // seeds on which A is better; higher, where neither way is better
	Ties   int `json:"ties"`
	Losses int `json:"losses"`

	CohenDz      *float64 `json:"cohen_dz"`
	RankBiserial *float64 `json:"rank_biserial"`

	Words Words `json:"words"` // by P alone
	Holds bool  `json:"holds"` // PHolm is within alpha too
}

// Compare lays arm a against arm b in each of the measures that any run of either names.
func Compare(measures []pocs.Measure, a, b Arm) Comparison {
	c := Comparison{A: a.Name, B: b.Name, Alpha: Alpha, Measures: []Line{}}
	c.Seeds, c.OnlyA = split(a.Seeds, b.Seeds)
	_, c.OnlyB = split(b.Seeds, a.Seeds)
	for _, m := range measures {
		if a.Values[m.Name] != nil || b.Values[m.Name] != nil {
			c.Measures = append(c.Measures, compareOne(m, Pair(a.Values[m.Name], b.Values[m.Name])))
		}
	}
	correct(c.Measures)
	return c
}

// split parts seeds into those that other has and those it has not; neither is nil, for JSON's sake.
func split(seeds, other []uint64) (both, only []uint64) {
	both, only = []uint64{}, []uint64{}
	known := make(map[uint64]bool, len(other))
	for _, s := range other {
		known[s] = true
	}
	for _, s := range seeds {
		if known[s] {
			both = append(both, s)
		} else {
			only = append(only, s)
		}
	}
	return both, only
}

func compareOne(m pocs.Measure, p Paired) Line {
	l := Line{
		Measure: m.Name, Unit: m.Unit, Better: m.Better, N: len(p.Diff), Words: NotDistinguishable,
		Nulls: append([]uint64{}, p.Null...),
	}
	if l.N == 0 {
		return l
	}
	l.AMean, l.BMean, l.Diff = defined(Mean(p.A)), defined(Mean(p.B)), defined(Mean(p.Diff))
	if low, high, ok := Interval(p.Diff); ok {
		l.Low, l.High = defined(low), defined(high)
	}
	l.P = defined(SignFlip(p.Diff))
	l.CohenDz, l.RankBiserial = defined(CohenDz(p.Diff)), defined(RankBiserial(p.Diff))
	l.Wins, l.Ties, l.Losses = Tally(p.Diff)
	if m.Better == pocs.Lower {
		l.Wins, l.Losses = l.Losses, l.Wins
	}
	l.Words = Say(m.Better, *l.Diff, *l.P)
	return l
}

// Say puts a difference into words: by the test alone, and by which way the measure is better.
func Say(d pocs.Direction, diff, p float64) Words {
	switch {
	case p > Alpha || diff == 0:
		return NotDistinguishable
	case d == pocs.Neutral && diff > 0:
		return Higher
	case d == pocs.Neutral:
		return Lower
	case (diff > 0) == (d == pocs.Higher):
		return Better
	}
	return Worse
}

// correct adds Holm's p to the lines that have one.
func correct(lines []Line) {
	var p []float64
	for i := range lines {
		if lines[i].P != nil {
			p = append(p, *lines[i].P)
		}
	}
	adjusted := Holm(p)
	for i := range lines {
		if lines[i].P == nil {
			continue
		}
		lines[i].PHolm, adjusted = defined(adjusted[0]), adjusted[1:]
		lines[i].Holds = lines[i].Words != NotDistinguishable && *lines[i].PHolm <= Alpha
	}
}

func defined(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}
