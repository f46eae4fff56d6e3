package pocs

import (
	"math"
	"path/filepath"
	"testing"

	"sealab/sim"
)

func TestJudgeFixtures(t *testing.T) {
	paths, err := filepath.Glob("testdata/judge_*.txt")
	if err != nil || len(paths) < 15 {
		t.Fatalf("fixtures: got %d, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			fx := mustFixture(t, path)
			s := JudgeSeals(fx.truth, fx.findings, fx.terms)
			for i, want := range fx.judged {
				if !sameJudged(s.Findings[i], want) {
					t.Errorf("finding %d: got %+v, want %+v", i, s.Findings[i], want)
				}
			}
			for name, want := range fx.want {
				got, known := s.Values[name]
				if !known || !sameNumber(got, want) {
					t.Errorf("%s: got %s, want %s", name, show(got), show(want))
				}
			}
			checkWhole(t, fx.truth, fx.findings, s)
		})
	}
}

// checkWhole asks what must hold of any judgement: sorts and incidents add up, MatchedBy and Findings agree, and the
// values are those of the table.
func checkWhole(tb failer, truth sim.Truth, findings []Finding, s Score) {
	c := s.Counts
	if c.Hits+c.Repeats+c.Neither+c.False != len(findings) || len(s.Findings) != len(findings) {
		tb.Fatalf("sorts do not add up to %d findings: %+v", len(findings), c)
	}
	if c.Incidents+c.Unheard+c.LookAlikes != len(truth.Incidents) || c.Hits+c.Misses != c.Incidents {
		tb.Fatalf("incidents do not add up to %d: %+v", len(truth.Incidents), c)
	}
	if c.Episodes > c.False || c.False > 0 && c.Episodes == 0 {
		tb.Fatalf("episodes do not fit the false findings: %+v", c)
	}
	hits := 0
	for i, by := range s.MatchedBy {
		if by < 0 {
			continue
		}
		hits++
		j, in := s.Findings[by], truth.Incidents[i]
		if j.Sort != Hit || j.Incident != i || !in.Hostile || !in.Heard() || in.Container != findings[by].Container {
			tb.Fatalf("incident %d is matched by finding %d, which is %+v", i, by, j)
		}
		if j.Value < 0.5 || j.Value > 1 {
			tb.Fatalf("hit %d has the value %v", by, j.Value)
		}
	}
	if hits != c.Hits {
		tb.Fatalf("matched incidents: got %d, want %d", hits, c.Hits)
	}
	for name, v := range s.Values {
		if v != nil && (math.IsNaN(*v) || math.IsInf(*v, 0)) {
			tb.Fatalf("%s is %v", name, *v)
		}
	}
}

type failer interface {
	Fatalf(format string, args ...any)
}

func sameJudged(a, b Judged) bool {
	near := math.Abs(a.Value-b.Value) < 1e-12
	a.Value, b.Value = 0, 0
	return near && a == b
}

func sameNumber(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return math.Abs(*a-*b) <= 1e-12*max(1, math.Abs(*b))
}

func show(v *float64) string {
	if v == nil {
		return "null"
	}
	return sim.Number(*v)
}
