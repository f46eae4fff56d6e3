package pocs

import (
	"fmt"
	"testing"
	"time"

	"sealab/sim"
)

// The published base rate example (seal model, section g): detection 95 % at 1 attack in 10,000 trips.
func TestPrecisionAtBaseRate(t *testing.T) {
	for _, c := range []struct{ nuisance, want float64 }{
		{0.04, 1140.0 / (1140 + 479_952)},
		{0.003, 1140 / (1140 + 35_996.4)},
		{0.0095e-2, 1140 / (1140 + 1139.886)},
	} {
		v := map[string]*float64{"recall": number(0.95), "nuisance_trips": number(c.nuisance)}
		terms := DefaultTerms()
		terms.FlowPerDay = 12e6
		v = ProjectSeals(v, terms)
		if got := v["precision_at_base_rate"]; !sameNumber(got, &c.want) {
			t.Errorf("nuisance %v: got %s, want %v", c.nuisance, show(got), c.want)
		}
		checks := 1140 + c.nuisance*(12e6-1200)
		if got := v["checks_per_day"]; !sameNumber(got, &checks) {
			t.Errorf("checks at nuisance %v: got %s, want %v", c.nuisance, show(got), checks)
		}
	}
}

// Type 7 by hand, and R's quantile(c(1, 2, 4, 8, 16), c(.1, .5, .9)) = 1.4, 4, 12.8.
func TestQuantile(t *testing.T) {
	list := []float64{1, 2, 4, 8, 16}
	for q, want := range map[float64]float64{0: 1, 0.1: 1.4, 0.5: 4, 0.9: 12.8, 1: 16, 0.25: 2} {
		if got := Quantile(list, q); !sameNumber(&got, &want) {
			t.Errorf("quantile %v: got %v, want %v", q, got, want)
		}
	}
	if got := Quantile([]float64{7}, 0.9); got != 7 {
		t.Errorf("quantile of one: got %v, want 7", got)
	}
	if got := Quantile(nil, 0.5); got == got {
		t.Errorf("quantile of none: got %v, want NaN", got)
	}
}

// A false finding after a trip's end still counts against that trip; one before the first counts against the first.
func TestTripOfFinding(t *testing.T) {
	at := func(h int) time.Time { return fixtureStart.Add(time.Duration(h) * time.Hour) }
	trips := []sim.Trip{
		{ID: "T2", Container: "C1", Start: at(50), End: at(60)},
		{ID: "T1", Container: "C1", Start: at(10), End: at(20)},
	}
	book := newTripBook(trips, map[string]bool{"C1": true})
	for h, want := range map[int]int{0: 1, 10: 1, 15: 1, 30: 1, 50: 0, 99: 0} {
		if got := book.trip("C1", at(h)); got != want {
			t.Errorf("trip at hour %d: got %d, want %d", h, got, want)
		}
	}
	if got := book.trip("C9", at(0)); got != -1 {
		t.Errorf("trip of a container that travels nowhere: got %d, want -1", got)
	}
}

// BenchmarkJudge judges 100,000 seals with 10,000 incidents and 20,000 findings, one container crying all the time.
func BenchmarkJudge(b *testing.B) {
	truth := sim.Truth{Start: fixtureStart, End: fixtureStart.Add(60 * 24 * time.Hour), SealDays: 6e6}
	for i := range 100_000 {
		c := fmt.Sprint("C", i)
		truth.Trips = append(truth.Trips, sim.Trip{ID: fmt.Sprint("T", i), Container: c, Start: truth.Start, End: truth.End})
		if i%10 == 0 {
			at := truth.Start.Add(time.Duration(i) * 50 * time.Second)
			truth.Incidents = append(truth.Incidents, sim.Incident{
				Kind: "bolt_cut", Hostile: i%20 == 0, Container: c, Trip: fmt.Sprint("T", i), Start: at, End: at, HeardAt: at,
			})
		}
	}
	var findings []Finding
	for i := range 20_000 {
		f := Finding{At: truth.Start.Add(time.Duration(i) * 4 * time.Minute), Container: "C20", Kind: "bolt_cut"}
		if i%2 == 0 {
			f.Container = fmt.Sprint("C", i*7%100_000)
		}
		findings = append(findings, f)
	}
	b.ResetTimer()
	for b.Loop() {
		JudgeSeals(truth, findings, DefaultTerms())
	}
}
