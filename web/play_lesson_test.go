package web

import (
	"fmt"
	"strings"
	"testing"

	"sealab/pocs"
	"sealab/sim"
)

// lessonRun is a run of a world of so many trips, one of them attacked, with this recall and nuisance.
func lessonRun(trips int, recall, nuisance float64) *pocs.Run {
	r := &pocs.Run{PoC: "visitor", Terms: pocs.DefaultTerms(), Score: pocs.Score{Values: map[string]*float64{"recall": &recall, "nuisance_trips": &nuisance}}}
	for i := range trips {
		r.Truth.Trips = append(r.Truth.Trips, sim.Trip{Container: fmt.Sprint(i)})
	}
	r.Truth.Incidents = []sim.Incident{{Hostile: true, Container: "0"}}
	return r
}

// TestLesson holds the lesson against numbers worked out by hand: p·r ÷ (p·r + (1 − p)·u), and checks a day of 1,000 trips.
func TestLesson(t *testing.T) {
	h := MustHub(t)
	for _, c := range []struct {
		rate             string
		trips            int
		recall, nuisance float64
		right            int
		bounded          bool
		checks           string
	}{
		{"", 101, 1, 0.0625, 2, false, "63"},     // 0.0001 ÷ (0.0001 + 0.9999·0.0625) = 1.6 in 1,000; 1,000·0.06259
		{"1000", 101, 1, 0.1, 526, false, "190"}, // 0.1 ÷ (0.1 + 0.09); 1,000·0.19
		{"100", 101, 0.5, 0, 144, true, "35"},    // nothing disturbed in 100: 0.005 ÷ (0.005 + 0.99·0.03); 1,000·0.0347
		{"1", 11, 0, 0.2, 0, false, "200"},       // nothing caught: no flag is right
		{"1", 11, 0, 0, -1, false, "0"},          // no flag at all: nothing to reckon
	} {
		l, err := h.teach(h.texts[defaultLanguage], []*pocs.Run{lessonRun(c.trips, c.recall, c.nuisance)}, c.rate, -1)
		if err != nil {
			t.Fatal(err)
		}
		if l.Right != c.right || l.Bounded != c.bounded || l.Checks != c.checks {
			t.Errorf("%+v: %d right, bounded %v, %s checks", c, l.Right, l.Bounded, l.Checks)
		}
		if drawn := strings.Count(string(l.Dots), "h7v7"); l.Right >= 0 && drawn != l.Right {
			t.Errorf("%d flags are right, %d are drawn so", l.Right, drawn)
		}
	}
	for _, rate := range []string{"0", "-1", "2001", "x", "NaN", "Inf", "1e9"} {
		if _, err := h.teach(h.texts[defaultLanguage], []*pocs.Run{lessonRun(9, 1, 1)}, rate, -1); err == nil {
			t.Errorf("the rate %q was taken", rate)
		}
	}
}
