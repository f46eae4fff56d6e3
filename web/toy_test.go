package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/worlds"
)

// parcel is an event that no other room knows: something was put on the quay.
type parcel struct {
	number string
	weight int
}

func (parcel) Kind() string                   { return "parcel" }
func (p parcel) Subject() string              { return p.number }
func (p parcel) AppendRecord(b []byte) []byte { return fmt.Appendf(b, "%s %d", p.number, p.weight) }

// quay is a world of parcels, one every ten minutes, and of nothing else.
var quay = sim.Scenario{Name: "toy-quay", Doc: "Parcels on a quay.", Settings: sim.CommonSettings(5, 3600), Tick: time.Minute,
	Start: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Span: 5 * 24 * time.Hour, Build: func(w *sim.World) {
		start, end := w.Span()
		for n, at := 0, start.Add(time.Second); at.Before(end); n, at = n+1, at.Add(10*time.Minute) {
			w.Post(at, parcel{fmt.Sprintf("TOYU%07d", n%1000), n % 100})
		}
	}}

// tapper speaks of every so many parcels, the louder the heavier.
type tapper struct{ every, heard int }

func (c *tapper) Step(b event.Batch) (said []pocs.Finding, err error) {
	for i := range b.Events {
		p, ok := b.Events[i].Message.(parcel)
		if !ok {
			continue
		}
		if c.heard++; c.heard%c.every == 0 {
			said = append(said, pocs.Finding{Container: p.number, Kind: "tap", Level: p.weight})
		}
	}
	return said, nil
}

// withToys gives the hub a challenge that is defined here alone: own judge and measures, none of which it has in common
// with seals, one of them without a better way, one null everywhere.
func withToys(c *Config) {
	judge := func(_ sim.Truth, f []pocs.Finding, _ pocs.Terms) pocs.Score {
		words, heard := float64(len(f)), 0.0
		for i := range f {
			heard += float64(f[i].Level)
		}
		return pocs.Score{Values: map[string]*float64{"words": &words, "heard": &heard, "echo": nil}, Findings: make([]pocs.Judged, len(f))}
	}
	tap := func(name string, every float64, reference bool) pocs.PoC {
		return pocs.PoC{Name: name, Challenge: "toys", Claim: "words < 1000", Doc: "Taps. Limits: it hears nothing.", Baseline: reference,
			Params: []pocs.Param{{Name: "every", Default: every, Min: 1, Max: 1000, Whole: true}},
			New:    func(s pocs.Setup) (pocs.Detector, error) { return &tapper{every: int(s.Params["every"])}, nil }}
	}
	c.PoCs = []pocs.PoC{tap("often", 5, false), tap("seldom", 50, false), tap("never", 1000, true)}
	c.SeesTruth, c.Watch = nil, "often"
	c.Challenges = []pocs.Challenge{{Name: "toys", Doc: "Who taps most?", Scenarios: append([]sim.Scenario{quay}, worlds.All[1:]...), Judge: judge, Measures: []pocs.Measure{
		{Name: "words", Better: pocs.Neutral}, {Name: "heard", Unit: "taps", Better: pocs.Higher}, {Name: "echo", Better: pocs.Lower}}}}
}

const toySuite = `name: toy-worlds
title: Toy worlds
version: "1"
doc: For tests.
challenge: toys
seeds: 1..4
scenarios: [{name: toy-quay, set: {span_days: 5}}]
`

// TestToyChallenge: what is written over measures knows no challenge. Suite, store, list, query, experiment, leaderboard
// and their pages take one that they have never heard of.
func TestToyChallenge(t *testing.T) {
	h := MustHub(t, withToys, withSuite(t, toySuite))
	for _, poc := range []string{"often", "seldom"} {
		if out := h.runSuite("toy-worlds", poc); out.State != stateDone {
			t.Fatalf("%s: %s: %s", poc, out.State, out.Reason)
		} else {
			for _, section := range append([]string{""}, sections...) {
				checkPage(t, poc+" "+section, "en", h.get("/experiments/"+out.ID+"?show="+section).want(t, 200))
			}
			checkPage(t, poc+" report", "en", h.get("/experiments/"+out.ID+"/report").want(t, 200))
		}
	}
	var runs runsOut
	query := "/runs?" + url.Values{"query": {`challenge = toys AND heard > 0 AND NOT words > 1e6 AND echo = null AND poc != never`}}.Encode()
	h.get("/api/v1"+query).want(t, 200).json(t, &runs)
	if runs.Total != 8 {
		t.Errorf("the query finds %d runs", runs.Total)
	}
	checkPage(t, "runs", "en", h.get(query).want(t, 200))
	checkPage(t, "run", "en", h.get("/runs/"+runs.Runs[0].Run).want(t, 200))
	b := h.board("toys/toy-quay")
	var arms []string
	for _, p := range b.Places {
		arms = append(arms, p.Arm)
	}
	if b.Measure != "heard" || !slices.Equal(arms, []string{"often", "seldom", "never"}) || !b.Places[2].Reference || b.Places[0].Passed.K != 4 {
		t.Errorf("got %+v", b)
	}
	if b := h.board("toys/toy-quay?m=echo"); len(b.Unranked) != 3 {
		t.Errorf("got %+v", b)
	}
	h.get("/api/v1/leaderboards/toys/toy-quay?m=words").want(t, 422)
	for _, path := range []string{"/leaderboards", b.URL, "/suites", "/suites/toy-worlds", "/experiments", "/compare?runs=" + runs.Runs[0].Run + "," + runs.Runs[5].Run} {
		page := h.get(path).want(t, 200)
		checkPage(t, path, "en", page)
		if strings.Contains(page.Body, "score_balanced") || strings.HasPrefix(path, "/leaderboards") && !strings.Contains(page.Body, "often") {
			t.Errorf("%s speaks of another challenge, or not of this", path)
		}
	}
}
