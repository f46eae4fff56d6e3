package pocs

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sealab/sim"
)

var (
	drawnContainers = []string{"C1", "C2", "C3"}
	drawnKinds      = []string{"bolt_cut", "gnss_jam", "seal_swap"}
)

func minutes(rt *rapid.T, max int, name string) time.Duration {
	return time.Duration(rapid.IntRange(0, max).Draw(rt, name)) * time.Minute
}

// drawTruth draws a crowded truth: few containers, many overlapping incidents.
func drawTruth(rt *rapid.T) sim.Truth {
	truth := sim.Truth{Start: fixtureStart, End: fixtureStart.Add(240 * time.Hour), SealDays: 30}
	for i, c := range drawnContainers {
		truth.Trips = append(truth.Trips, sim.Trip{ID: fmt.Sprint("T", i), Container: c, Start: truth.Start, End: truth.End})
	}
	for i := range rapid.IntRange(0, 8).Draw(rt, "incidents") {
		in := sim.Incident{
			ID: fmt.Sprint("I", i), Hostile: rapid.IntRange(0, 3).Draw(rt, "hostile") > 0,
			Kind: rapid.SampledFrom(drawnKinds).Draw(rt, "kind"), Container: rapid.SampledFrom(drawnContainers).Draw(rt, "container"),
		}
		in.Start = truth.Start.Add(minutes(rt, 4000, "start"))
		in.End = in.Start.Add(minutes(rt, 600, "length"))
		if rapid.IntRange(0, 4).Draw(rt, "heard") > 0 {
			in.HeardAt = in.Start.Add(minutes(rt, 900, "hearing"))
		}
		truth.Incidents = append(truth.Incidents, in)
	}
	return truth
}

func drawFinding(rt *rapid.T) Finding {
	return Finding{
		At:        fixtureStart.Add(time.Duration(rapid.IntRange(0, 600).Draw(rt, "at")) * 10 * time.Minute),
		Container: rapid.SampledFrom(append(drawnContainers, "C9")).Draw(rt, "container"),
		Kind:      rapid.SampledFrom(drawnKinds).Draw(rt, "kind"),
	}
}

func drawFindings(rt *rapid.T) []Finding {
	list := rapid.SliceOfN(rapid.Custom(drawFinding), 0, 40).Draw(rt, "findings")
	sort.SliceStable(list, func(i, j int) bool { return list[i].At.Before(list[j].At) })
	return list
}

func TestJudgeAddsUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		truth, findings := drawTruth(rt), drawFindings(rt)
		s := JudgeSeals(truth, findings, DefaultTerms())
		checkWhole(rt, truth, findings, s)
		sameAsPlain(rt, truth, findings, s)
	})
}

func TestSilenceScoresZero(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := JudgeSeals(drawTruth(rt), nil, DefaultTerms())
		for _, p := range Profiles {
			v := s.Values["score_"+p.Name]
			if s.Counts.Incidents == 0 != (v == nil) || v != nil && *v != 0 {
				rt.Fatalf("%s: got %s for %+v", p.Name, show(v), s.Counts)
			}
		}
		if s.Values["precision"] != nil {
			rt.Fatalf("precision of silence: got %s, want null", show(s.Values["precision"]))
		}
	})
}

func TestPerfectScoresHundred(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		truth := drawTruth(rt)
		s := JudgeSeals(truth, perfect(truth), DefaultTerms())
		for _, p := range Profiles {
			v := s.Values["score_"+p.Name]
			if s.Counts.Incidents > 0 && (v == nil || *v != 100) {
				rt.Fatalf("%s: got %s for %+v", p.Name, show(v), s.Counts)
			}
		}
		if r := s.Values["delay_p90_s"]; r != nil && *r != 0 {
			rt.Fatalf("delay_p90_s: got %v, want 0", *r)
		}
	})
}

// perfect names every heard hostile incident at the moment it is heard.
func perfect(truth sim.Truth) (list []Finding) {
	for _, in := range truth.Incidents {
		if in.Hostile && in.Heard() {
			list = append(list, Finding{At: in.HeardAt, Container: in.Container, Kind: in.Kind})
		}
	}
	return list
}

// Findings of equal time on different containers may come in any order: not a bit of any measure changes.
func TestOrderOfOtherContainers(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		truth, findings := drawTruth(rt), drawFindings(rt)
		turned := slices.Clone(findings)
		slices.SortStableFunc(turned, func(a, b Finding) int {
			if c := a.At.Compare(b.At); c != 0 || a.Container == b.Container {
				return c
			}
			if a.Container > b.Container {
				return -1
			}
			return 1
		})
		a, b := JudgeSeals(truth, findings, DefaultTerms()), JudgeSeals(truth, turned, DefaultTerms())
		for name, v := range a.Values {
			w := b.Values[name]
			if (v == nil) != (w == nil) || v != nil && *v != *w {
				rt.Fatalf("%s: got %s and %s", name, show(v), show(w))
			}
		}
	})
}

// One more false finding never raises a score, wherever it falls among the episodes.
func TestFalseFindingNeverHelps(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		truth, findings := drawTruth(rt), drawFindings(rt)
		extra := drawFinding(rt)
		before := JudgeSeals(truth, findings, DefaultTerms())
		after := JudgeSeals(truth, append(slices.Clone(findings), extra), DefaultTerms())
		if after.Findings[len(findings)].Sort != False {
			rt.Skip("not a false one")
		}
		for _, p := range Profiles {
			v, w := before.Values["score_"+p.Name], after.Values["score_"+p.Name]
			if v != nil && *w > *v {
				rt.Fatalf("%s rose from %v to %v", p.Name, *v, *w)
			}
		}
	})
}

// sameAsPlain judges once more by the letter of DESIGN section 4, looking at every incident for every finding.
func sameAsPlain(rt *rapid.T, truth sim.Truth, findings []Finding, s Score) {
	matched := make(map[int]bool)
	opened := make(map[string]time.Time)
	for n, f := range findings {
		var inWindow, before, unmatched []int
		for i := range truth.Incidents {
			in := &truth.Incidents[i]
			if in.Container != f.Container || !in.Hostile || f.At.Before(in.Start) {
				continue
			}
			if !in.Heard() {
				if !f.At.After(in.End.Add(6 * time.Hour)) {
					before = append(before, i)
				}
				continue
			}
			end := in.End
			if in.HeardAt.After(end) {
				end = in.HeardAt
			}
			switch {
			case f.At.Before(in.HeardAt):
				before = append(before, i)
			case !f.At.After(end.Add(6 * time.Hour)):
				inWindow = append(inWindow, i)
				if !matched[i] {
					unmatched = append(unmatched, i)
				}
			}
		}
		want, opens := False, false
		switch {
		case len(unmatched) > 0:
			want = Hit
			sort.SliceStable(unmatched, func(a, b int) bool {
				x, y := &truth.Incidents[unmatched[a]], &truth.Incidents[unmatched[b]]
				if (x.Kind == f.Kind) != (y.Kind == f.Kind) {
					return x.Kind == f.Kind
				}
				if !x.HeardAt.Equal(y.HeardAt) {
					return x.HeardAt.Before(y.HeardAt)
				}
				return x.Start.Before(y.Start)
			})
			matched[unmatched[0]] = true
			if s.Findings[n].Incident != unmatched[0] {
				rt.Fatalf("finding %d serves %d, want %d", n, s.Findings[n].Incident, unmatched[0])
			}
		case len(inWindow) > 0:
			want = Repeat
		case len(before) > 0:
			want = Neither
		default:
			if from, ok := opened[f.Container]; !ok || f.At.Sub(from) > 24*time.Hour {
				opened[f.Container], opens = f.At, true
			}
		}
		if got := s.Findings[n]; got.Sort != want || got.Opens != opens {
			rt.Fatalf("finding %d: got %+v, want %s, opens %v", n, got, want, opens)
		}
	}
}

// The table and the judge name the same measures.
func TestMeasuresAreThoseJudged(t *testing.T) {
	fx := mustFixture(t, "testdata/judge_measures.txt")
	s := JudgeSeals(fx.truth, fx.findings, fx.terms)
	var table []string
	for _, m := range SealMeasuresFor("bolt_cut", "gnss_jam", "radio_wrap", "seal_swap") {
		table = append(table, m.Name)
		if m.Unit == "" || m.Doc == "" || (m.Better != Higher && m.Better != Lower && m.Better != Neutral) {
			t.Errorf("measure %s is not described whole: %+v", m.Name, m)
		}
	}
	slices.Sort(table)
	if judged := slices.Sorted(maps.Keys(s.Values)); !slices.Equal(table, judged) {
		t.Errorf("measures: table %v\njudged %v", table, judged)
	}
	if len(SealMeasures) != len(table)-4 {
		t.Errorf("measures without kinds: got %d, want %d", len(SealMeasures), len(table)-4)
	}
}
