// Pooling: an arm's values, and two arms' differences, over all scenarios and seeds of a design.

package experiment

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
)

// Pooling goes by worlds. A pair is one scenario and seed that both arms have; a world is one recipe and seed. Recipes
// share no dice, so that worlds are independent of each other; but entries of a design that are one recipe with other
// settings share the dice of a seed, and their differences are averaged into that world's one value before anything
// else is done (the cluster's summary: Hayes and Moulton, Cluster Randomised Trials, 2009, chapter 10). Each world then
// counts alike.
//
// The test flips the signs of the worlds' differences, which is exact where the arms do not differ in any recipe (Fisher
// 1935, section 21). The interval is stratified by recipe: a design's scenarios are chosen, not drawn, so that how much
// they differ is no error of the mean (Cochran, Sampling Techniques, 1977, section 5.3). Where an arm is better in one
// recipe and worse in the other the test is the more cautious of the two. Nothing is said of scenarios that were not
// played (Demšar, Journal of Machine Learning Research 7, 2006, 1–30, on what it would take).
type world struct {
	recipe int // index of the first scenario of the design with this recipe
	seed   uint64
}

// pooled are values by world, in order of recipe and seed.
type pooled struct {
	worlds []world
	values []float64
	pairs  int       // scenario × seed
	sum    float64   // over the pairs
	nulls  []missing // where an arm has no value
}

type missing struct {
	scenario int
	seed     uint64
}

// results are what a design brought.
type results struct {
	*Design
	out    map[Job]Outcome
	recipe []int // of each scenario
	tested *tested
}

// tested remembers p-values: arms of a grid are often equal to the last bit, and then so are their differences.
type tested struct {
	mu sync.Mutex
	p  map[string]float64
}

// signFlip is SignFlip, worked out once for the same differences, whichever way round.
func (t *tested) signFlip(d []float64) float64 {
	name := nameOf(d)
	t.mu.Lock()
	p, known := t.p[name]
	t.mu.Unlock()
	if !known {
		p = SignFlip(d)
		t.mu.Lock()
		t.p[name] = p
		t.mu.Unlock()
	}
	return p
}

func newResults(d *Design, out map[Job]Outcome) results {
	r := results{d, out, make([]int, len(d.Scenarios)), &tested{p: make(map[string]float64)}}
	for s := range d.Scenarios {
		r.recipe[s] = s
		for before := range s {
			if d.Scenarios[before].Scenario.Root() == d.Scenarios[s].Scenario.Root() {
				r.recipe[s] = before
				break
			}
		}
	}
	return r
}

// value is one arm's value in one trial, or nil.
func (r results) value(arm, scenario int, seed uint64, measure string) *float64 {
	if v := r.out[Job{arm, scenario, seed}].Values[measure]; finite(v) {
		return v
	}
	return nil
}

// pool gathers what of gives for each scenario and seed.
func (r results) pool(of func(scenario int, seed uint64) *float64) pooled {
	type sums struct {
		sum float64
		n   int
	}
	var p pooled
	byWorld := make(map[world]*sums)
	for s := range r.Scenarios {
		for _, seed := range r.Seeds {
			v := of(s, seed)
			if v == nil {
				p.nulls = append(p.nulls, missing{s, seed})
				continue
			}
			w := world{r.recipe[s], seed}
			if byWorld[w] == nil {
				byWorld[w] = &sums{}
				p.worlds = append(p.worlds, w)
			}
			byWorld[w].sum += *v
			byWorld[w].n++
			p.sum += *v
			p.pairs++
		}
	}
	slices.SortFunc(p.worlds, func(a, b world) int {
		return cmp.Or(cmp.Compare(a.recipe, b.recipe), cmp.Compare(a.seed, b.seed))
	})
	for _, w := range p.worlds {
		p.values = append(p.values, byWorld[w].sum/float64(byWorld[w].n))
	}
	return p
}

// arm pools one arm's values.
func (r results) arm(arm int, measure string) pooled {
	return r.pool(func(s int, seed uint64) *float64 { return r.value(arm, s, seed, measure) })
}

// against pools the differences a − b; exactly 0 where they differ by rounding only.
func (r results) against(a, b int, measure string) pooled {
	return r.pool(func(s int, seed uint64) *float64 {
		x, y := r.value(a, s, seed, measure), r.value(b, s, seed, measure)
		if x == nil || y == nil {
			return nil
		}
		d := *x - *y
		if math.Abs(d) <= float64(rounding*max(math.Abs(*x), math.Abs(*y))) {
			d = 0
		}
		return &d
	})
}

// strata parts the values by recipe.
func (p pooled) strata() [][]float64 {
	var list [][]float64
	for i, v := range p.values {
		if i == 0 || p.worlds[i].recipe != p.worlds[i-1].recipe {
			list = append(list, nil)
		}
		list[len(list)-1] = append(list[len(list)-1], v)
	}
	return list
}

// nullsText lists what was left out, scenario by scenario: "asia-europe 2003,2007".
func (r results) nullsText(nulls []missing) []string {
	list := []string{}
	for s := range r.Scenarios {
		var seeds []uint64
		for _, m := range nulls {
			if m.scenario == s {
				seeds = append(seeds, m.seed)
			}
		}
		if len(seeds) > 0 {
			list = append(list, strings.TrimSpace(fmt.Sprint(r.Scenarios[s].Name, " ", FormatSeeds(seeds))))
		}
	}
	return list
}
