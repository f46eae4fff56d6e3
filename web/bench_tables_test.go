package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
)

// benchRuns is how many runs the design asks the table for.
const benchRuns = 10_000

// realistic is a run as the defaults make it: 30 findings, every measure and setting; five arms share a world of 40
// incidents and 150 trips.
func realistic(i int) *pocs.Run {
	day, world := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), i/5
	scenario := &all.Challenges[0].Scenarios[world%len(all.Challenges[0].Scenarios)]
	r := &pocs.Run{ID: fmt.Sprintf("r-%08d", i), Challenge: all.Challenges[0].Name, PoC: []string{"rules", "kalman", "coin", "null", "passive"}[i%5],
		Scenario: scenario.Name, Seed: uint64(world), Carrier: "direct", Commit: "0123456789abcdef0123456789abcdef01234567", Claim: pocs.DefaultClaim,
		Verdict: pocs.Pass, Terms: pocs.DefaultTerms(), Events: 21_000, Readings: 20_000 + i, Started: day.Add(time.Duration(i) * time.Minute),
		Elapsed: 1234 * time.Millisecond, Settings: sim.Settings{}, Params: pocs.Params{"gate_km": float64(i%7) + 1, "strikes": 3},
		Truth: sim.Truth{Start: day, End: day.AddDate(0, 0, 30), SealDays: 3000 + float64(world)}, WorldDigest: fmt.Sprintf("sha256:%064x", world)}
	for n := range 40 {
		at := day.Add(time.Duration(n*17) * time.Hour)
		r.Truth.Incidents = append(r.Truth.Incidents, sim.Incident{ID: fmt.Sprintf("bolt_cut/%d/SLB-%08d", n, n), Kind: "bolt_cut", Hostile: n%2 == 0,
			Seal: fmt.Sprintf("SLB-%08d", n), Container: fmt.Sprintf("MSKU%07d", n), Trip: fmt.Sprintf("T-%08d", n), Start: at, End: at.Add(time.Hour), HeardAt: at.Add(time.Minute)})
	}
	for n := range 150 {
		r.Truth.Trips = append(r.Truth.Trips, sim.Trip{ID: fmt.Sprintf("T-%08d", n), Seal: fmt.Sprintf("SLB-%08d", n), Container: fmt.Sprintf("MSKU%07d", n),
			From: "SGSIN", To: "NLRTM", Start: day, End: day.AddDate(0, 0, 20)})
	}
	for n := range 30 {
		r.Findings = append(r.Findings, pocs.Finding{At: day.Add(time.Duration(n*20) * time.Hour), Container: fmt.Sprintf("MSKU%07d", n), Kind: "bolt_cut",
			Level: 900, Why: "the bolt was cut while the container stood at the terminal's edge"})
		r.Score.Findings = append(r.Score.Findings, pocs.Judged{Sort: pocs.False, Incident: -1})
	}
	for range 40 {
		r.Score.MatchedBy = append(r.Score.MatchedBy, -1)
	}
	for n, s := range scenario.Settings {
		if n < 20 {
			r.Settings[s.Name] = s.Default
		}
	}
	r.Score.Values = map[string]*float64{}
	for n, m := range all.Challenges[0].Measures {
		v := float64((i*31+n*7)%997) / 997
		r.Score.Values[m.Name] = &v
	}
	r.FindingsDigest = pocs.FindingsDigest(r.Findings)
	r.Digest = pocs.JointDigest(r.WorldDigest, r.FindingsDigest)
	return r
}

// tenThousand gives a hub a store of 10,000 runs; it is kept where SEALAB_BENCH_HUB names a directory.
func tenThousand(b *testing.B) *house {
	b.Helper()
	dir := os.Getenv("SEALAB_BENCH_HUB")
	if dir == "" {
		dir = b.TempDir()
	}
	store, err := catalog.Open(b.Context(), dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() }) // after the hub, which is made later
	h := MustHub(b, func(c *Config) { c.Store = store })
	n, err := store.CountRuns(b.Context(), catalog.Query{})
	for ; err == nil && n < benchRuns; n++ {
		err = store.SaveRun(b.Context(), realistic(n))
	}
	for i := 0; err == nil && i < benchRuns; i += 50 {
		err = store.AddTag(b.Context(), realistic(i).ID, "pilot")
	}
	if err != nil {
		b.Fatal(err)
	}
	return h
}

// median reports how long a page takes in the middle of all, in milliseconds, after one visit that warms it.
func (h *house) median(b *testing.B, path string, before func()) {
	b.Helper()
	var took []time.Duration
	visit := func() time.Duration {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil)
		began := time.Now()
		h.Handler().ServeHTTP(w, r)
		spent := time.Since(began)
		if w.Code != http.StatusOK {
			b.Fatalf("%s: status %d: %.300s", path, w.Code, w.Body)
		}
		return spent
	}
	visit()
	for b.Loop() {
		if before != nil {
			before()
		}
		took = append(took, visit())
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2])/1e6, "ms-median")
}

// BenchmarkRunsPage shows the table of 10,000 runs: plain, asked and ordered.
func BenchmarkRunsPage(b *testing.B) {
	h := tenThousand(b)
	ask := func(name, where, more string) {
		b.Run(name, func(b *testing.B) { h.median(b, "/runs?query="+url.QueryEscape(where)+more, nil) })
	}
	ask("plain", "", "")
	ask("ordered", "", "&sort=recall&cols=recall,precision,set.seals,param.gate_km,commit,tag,note")
	ask("setting", "", "&sort=set.seals&dir=asc")
	ask("query", "poc = kalman AND (delay_p50_s < 3600 OR NOT recall < 0.9)", "&sort=recall&cols=recall,set.seals,tag")
	ask("tag", "tag = pilot OR note ~ word", "")
	ask("search", "", "&q=kalm")
	ask("last", "", "&page=200")
}

// BenchmarkComparePage lays 20 runs of four worlds side by side: read before, and read anew.
func BenchmarkComparePage(b *testing.B) {
	h := tenThousand(b)
	var ids []string
	for i := range 20 {
		ids = append(ids, realistic(5_000+i).ID)
	}
	path := "/compare?runs=" + strings.Join(ids, ",")
	b.Run("warm", func(b *testing.B) { h.median(b, path, nil) })
	b.Run("cold", func(b *testing.B) { h.median(b, path, func() { h.runs = newRecent[*pocs.Run](keptRecords) }) })
}
