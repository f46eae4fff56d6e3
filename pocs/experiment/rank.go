// The leaderboard of one measure: tie groups in place of false ranks, and the ranks that chance allows.

package experiment

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"sealab/pocs"
	"sealab/sim/exact"
)

// Board is a leaderboard over all scenarios and seeds of a design.
type Board struct {
	Measure  string         `json:"measure"`
	Unit     string         `json:"unit"`
	Better   pocs.Direction `json:"better"`
	Places   []Place        `json:"places"`   // best first; without a value last
	Unranked []string       `json:"unranked"` // arms for which the measure is null everywhere
	Worlds   int            `json:"worlds"`   // independent of each other: what the test counts
	// Least is how many worlds it takes before any two of so many arms can be told apart at all: the least p of n worlds
	// is 2/2^n. Below it all arms share a group, whatever they are worth.
	Least int `json:"least_worlds"`
}

// Place is one arm on a board. Arms of one group cannot be told from its first.
type Place struct {
	Group     int      `json:"group"` // from 1
	Arm       string   `json:"arm"`
	Reference bool     `json:"reference"` // null, oracle, coin and the like: no competitors
	N         int      `json:"n"`
	Mean      *float64 `json:"mean"`
	Low       *float64 `json:"low"` // of the 95 % interval for the mean
	High      *float64 `json:"high"`
	RankLow   int      `json:"rank_low"` // of the 95 % interval for the rank, 1 the best
	RankHigh  int      `json:"rank_high"`
}

// Leaderboard ranks the arms in one measure. Going down from the best mean, an arm stays in the group of the arm that
// opened it unless the sign-flip test tells them apart at 5 % divided by the number of all pairs of arms: the pairs that
// are tested are chosen by their means, and this holds whichever are chosen (Dunn, Journal of the American Statistical
// Association 56, 1961, 52–64).
//
// The interval for a rank holds 95 % of the ranks in 2,000 resamples of the worlds, each recipe by itself and the same
// worlds for all arms (Goldstein and Spiegelhalter, Journal of the Royal Statistical Society A 159, 1996, 385–443).
// Where arms are almost equal such an interval is too short (Xie, Singh and Zhang, Journal of the American Statistical
// Association 104, 2009, 775–788): it is widened to take in the whole of the arm's group.
func Leaderboard(d *Design, out map[Job]Outcome, measure string) (Board, error) {
	m := measureOf(d.Challenge.Measures, measure)
	if m == nil || m.Better == pocs.Neutral {
		return Board{}, fmt.Errorf("rank arms by %q: want a measure of %s of which one way is better", measure, d.Challenge.Name)
	}
	r := newResults(d, out)
	b := Board{Measure: m.Name, Unit: m.Unit, Better: m.Better, Places: []Place{}, Unranked: []string{}}
	var arms []int
	for a := range d.Arms {
		am := r.armMeasure(a, *m)
		if am.Mean == nil {
			b.Unranked = append(b.Unranked, am.Arm)
			continue
		}
		arms = append(arms, a)
		b.Places = append(b.Places, Place{Arm: am.Arm, Reference: d.Arms[a].PoC.Baseline, N: am.N, Mean: am.Mean, Low: am.Low, High: am.High})
	}
	order := make([]int, len(arms))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return byWorth(m.Better, *b.Places[i].Mean, *b.Places[j].Mean) })
	sortedArms, places := make([]int, len(arms)), make([]Place, len(arms))
	for at, i := range order {
		sortedArms[at], places[at] = arms[i], b.Places[i]
	}
	b.Places = places
	pairs := max(1, float64(len(arms)*(len(arms)-1))/2)
	b.Worlds, b.Least = r.worlds(), leastWorlds(Alpha/pairs)
	r.group(b.Places, sortedArms, m.Name, Alpha/pairs)
	r.rankIntervals(b.Places, sortedArms, *m)
	return b, nil
}

// byWorth orders the better value first.
func byWorth(d pocs.Direction, x, y float64) int {
	if d == pocs.Lower {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(y, x)
}

// leastWorlds is the least n with 2/2^n at most alpha.
func leastWorlds(alpha float64) int {
	n := 1
	for least := 1.0; least > alpha; least /= 2 {
		n++
	}
	return n
}

// worlds counts the recipes × seeds of the design.
func (r results) worlds() int {
	recipes := 0
	for s := range r.recipe {
		if r.recipe[s] == s {
			recipes++
		}
	}
	return recipes * len(r.Seeds)
}

func (r results) group(places []Place, arms []int, measure string, alpha float64) {
	leader := 0
	for i := range places {
		if i > 0 {
			places[i].Group = places[i-1].Group
			if d := r.against(arms[leader], arms[i], measure).values; r.tested.signFlip(d) <= alpha {
				leader = i
			}
		}
		if leader == i {
			places[i].Group++
		}
	}
}

// rankResamples is how often the worlds are drawn for the ranks, which are whole numbers and settle soon.
const rankResamples = 2_000

func (r results) rankIntervals(places []Place, arms []int, m pocs.Measure) {
	columns, worlds := r.columns(arms, m.Name)
	dice := exact.NewDice(streamSeed, "ranks/"+m.Name)
	best, worst := make([][]int, len(arms)), make([][]int, len(arms))
	means := make([]float64, len(arms))
	drawn := make([]int, len(worlds))
	for range rankResamples {
		drawWorlds(&dice, worlds, drawn)
		for a := range arms {
			means[a] = meanAt(columns[a], drawn)
		}
		for a := range arms {
			first, last := ranksOf(m.Better, means, a)
			best[a], worst[a] = append(best[a], first), append(worst[a], last)
		}
	}
	for a := range arms {
		slices.Sort(best[a])
		slices.Sort(worst[a])
		places[a].RankLow, places[a].RankHigh = best[a][rankResamples/40], worst[a][rankResamples-1-rankResamples/40]
		for i := range places {
			if places[i].Group == places[a].Group {
				places[a].RankLow, places[a].RankHigh = min(places[a].RankLow, i+1), max(places[a].RankHigh, i+1)
			}
		}
	}
}

// columns lays the arms' values side by side, a row a world; NaN where an arm has none.
func (r results) columns(arms []int, measure string) (columns [][]float64, worlds []world) {
	values := make([]map[world]float64, len(arms))
	seen := make(map[world]bool)
	for i, a := range arms {
		p := r.arm(a, measure)
		values[i] = make(map[world]float64, len(p.worlds))
		for k, w := range p.worlds {
			values[i][w] = p.values[k]
			seen[w] = true
		}
	}
	for s := range r.Scenarios {
		for _, seed := range r.Seeds {
			if w := (world{r.recipe[s], seed}); r.recipe[s] == s && seen[w] {
				worlds = append(worlds, w)
			}
		}
	}
	columns = make([][]float64, len(arms))
	for i := range arms {
		for _, w := range worlds {
			v, there := values[i][w]
			if !there {
				v = math.NaN()
			}
			columns[i] = append(columns[i], v)
		}
	}
	return columns, worlds
}

// drawWorlds draws as many worlds of each recipe as there are; worlds are in order of recipe.
func drawWorlds(dice *exact.Dice, worlds []world, drawn []int) {
	for from := 0; from < len(worlds); {
		to := from
		for to < len(worlds) && worlds[to].recipe == worlds[from].recipe {
			to++
		}
		for i := from; i < to; i++ {
			drawn[i] = from + dice.IntN(to-from)
		}
		from = to
	}
}

// meanAt is the mean of the drawn values that are there, NaN where none is.
func meanAt(column []float64, drawn []int) float64 {
	var sum float64
	n := 0
	for _, i := range drawn {
		if v := column[i]; !math.IsNaN(v) {
			sum += v
			n++
		}
	}
	return sum / float64(n)
}

// ranksOf gives the first and the last place that an arm's mean may have among equals. Without a mean it is last.
func ranksOf(d pocs.Direction, means []float64, a int) (first, last int) {
	first, last = 1, len(means)
	for b, other := range means {
		switch {
		case b == a:
		case math.IsNaN(means[a]):
			first++
		case math.IsNaN(other):
			last--
		default:
			switch c := byWorth(d, other, means[a]); {
			case c < 0:
				first++
			case c > 0:
				last--
			}
		}
	}
	return first, last
}
