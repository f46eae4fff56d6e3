// Measure by measure: means with intervals, and paired differences against the baseline.

package experiment

import (
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"sealab/pocs"
	"sealab/sim"
)

// MeasureResult is one measure under every arm.
type MeasureResult struct {
	Measure string         `json:"measure"`
	Unit    string         `json:"unit"`
	Better  pocs.Direction `json:"better"`
	Arms    []ArmMeasure   `json:"arms"` // in the design's order
}

// ArmMeasure is one measure of one arm over all scenarios and seeds where it is not null.
type ArmMeasure struct {
	Arm    string     `json:"arm"`
	N      int        `json:"n"`      // runs that have it
	Mean   *float64   `json:"mean"`   // over these runs
	Low    *float64   `json:"low"`    // of the 95 % interval
	High   *float64   `json:"high"`   //
	Nulls  []string   `json:"nulls"`  // scenarios and seeds without it
	In     []*float64 `json:"in"`     // the mean in each scenario
	Versus *Versus    `json:"versus"` // the baseline; null for the baseline itself
}

// Versus is an arm against the baseline, pooled over all pairs: one a scenario and seed. See the type world for how.
type Versus struct {
	Pairs  int      `json:"pairs"`
	Worlds int      `json:"worlds"` // independent of each other: what the test counts
	Diff   *float64 `json:"diff"`   // mean of arm − baseline over the worlds
	Low    *float64 `json:"low"`    // of the 95 % interval for it
	High   *float64 `json:"high"`
	P      *float64 `json:"p"`      // of the sign-flip test
	PHolm  *float64 `json:"p_holm"` // Holm's: the headline over the arms, all other measures over arms and measures
	Words  Words    `json:"words"`  // by P alone
	Holds  bool     `json:"holds"`  // PHolm is within alpha too

	Wins   int `json:"wins"` // worlds in which the arm is better; higher, where neither way is better
	Ties   int `json:"ties"`
	Losses int `json:"losses"`

	CohenDz      *float64 `json:"cohen_dz"`
	RankBiserial *float64 `json:"rank_biserial"`

	Nulls   []string `json:"nulls"`   // scenarios and seeds left out: null or failed for one of the two
	Outlook *Outlook `json:"outlook"` // where nothing could be told
}

// measures gives all that any run names, the headline first. The headline was named before the run and is a family of
// tests of its own; the others make a second, so that looking at many of them does not weaken it.
func (r results) measures(only []string) []MeasureResult {
	named := make(map[string]bool)
	for _, o := range r.out {
		for m := range o.Values {
			named[m] = true
		}
	}
	var wanted []pocs.Measure
	for _, m := range r.headlineFirst() {
		if named[m.Name] && (len(only) == 0 || m.Name == r.Headline || slices.Contains(only, m.Name)) {
			wanted = append(wanted, m)
		}
	}
	list := make([]MeasureResult, len(wanted))
	sideBySide(len(wanted), func(i int) { list[i] = r.measure(wanted[i]) })
	var first, others []*Versus
	for i := range list {
		for _, a := range list[i].Arms {
			switch v := a.Versus; {
			case v == nil || v.P == nil:
			case list[i].Measure == r.Headline:
				first = append(first, v)
			default:
				others = append(others, v)
			}
		}
	}
	holmOver(first)
	holmOver(others)
	return list
}

// sideBySide does n things that have nothing to do with each other, one a core at a time.
func sideBySide(n int, do func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				do(int(i))
			}
		})
	}
	wg.Wait()
}

func (r results) headlineFirst() []pocs.Measure {
	var list []pocs.Measure
	if m := measureOf(r.Challenge.Measures, r.Headline); m != nil {
		list = append(list, *m)
	}
	for _, m := range r.Challenge.Measures {
		if m.Name != r.Headline {
			list = append(list, m)
		}
	}
	return list
}

func holmOver(family []*Versus) {
	p := make([]float64, len(family))
	for i, v := range family {
		p[i] = *v.P
	}
	for i, adjusted := range Holm(p) {
		family[i].PHolm = &adjusted
		family[i].Holds = family[i].Words != NotDistinguishable && adjusted <= Alpha
	}
}

func (r results) measure(m pocs.Measure) MeasureResult {
	res := MeasureResult{Measure: m.Name, Unit: m.Unit, Better: m.Better}
	for a := range r.Arms {
		am := r.armMeasure(a, m)
		if a != r.Baseline {
			am.Versus = r.versus(a, m)
		}
		res.Arms = append(res.Arms, am)
	}
	return res
}

func (r results) armMeasure(a int, m pocs.Measure) ArmMeasure {
	p := r.arm(a, m.Name)
	am := ArmMeasure{Arm: r.Arms[a].Name, N: p.pairs, Nulls: r.nullsText(p.nulls)}
	for s := range r.Scenarios {
		var list []float64
		for _, seed := range r.Seeds {
			if v := r.value(a, s, seed, m.Name); v != nil {
				list = append(list, *v)
			}
		}
		am.In = append(am.In, defined(Mean(list)))
	}
	if p.pairs == 0 {
		return am
	}
	mean := p.sum / float64(p.pairs)
	am.Mean = &mean
	if low, high, ok := StratifiedInterval(p.strata()); ok {
		off := mean - Mean(p.values) // 0, unless a variant of a recipe is null where another is not
		am.Low, am.High = defined(low+off), defined(high+off)
	}
	return am
}

func (r results) versus(a int, m pocs.Measure) *Versus {
	p := r.against(a, r.Baseline, m.Name)
	v := &Versus{Pairs: p.pairs, Worlds: len(p.values), Words: NotDistinguishable, Nulls: r.nullsText(p.nulls)}
	if p.pairs == 0 {
		return v
	}
	d := p.values
	v.Diff = defined(Mean(d))
	if low, high, ok := StratifiedInterval(p.strata()); ok {
		v.Low, v.High = defined(low), defined(high)
	}
	v.P = defined(r.tested.signFlip(d))
	v.CohenDz, v.RankBiserial = defined(CohenDz(d)), defined(RankBiserial(d))
	v.Wins, v.Ties, v.Losses = Tally(d)
	if m.Better == pocs.Lower {
		v.Wins, v.Losses = v.Losses, v.Wins
	}
	if v.Words = Say(m.Better, *v.Diff, *v.P); v.Words == NotDistinguishable {
		v.Outlook = outlookOf(d, len(r.Seeds))
	}
	return v
}

func sameSettings(a, b sim.Settings) bool { return maps.Equal(a, b) }
