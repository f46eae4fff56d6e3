// Runs for the tests: whole ones, with something in every field.

package catalog

import (
	"context"
	"crypto/rand"
	"fmt"
	"math"
	"path/filepath"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/sim"
)

var day0 = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

func number(f float64) *float64 { return &f }

// sample is a whole run; i makes its identity and findings differ, its world is the same for all.
func sample(i int) *pocs.Run {
	r := &pocs.Run{
		ID: fmt.Sprintf("r-%08d", i), Room: DefaultRoom, Challenge: "seals", PoC: "rules",
		Params: pocs.Params{"gate_km": 1.5, "strikes": 3}, Scenario: "corridor",
		Settings: sim.Settings{"seals": 100, "span_days": 30, "assumption.dead_zone": 0.1},
		Seed:     uint64(i), Carrier: "direct", Commit: "0123456789ab", DiceSeed: 1<<53 - 1,
		Terms:  pocs.Terms{Grace: 6*time.Hour + 1, BaseRate: 1, FlowPerDay: 1000, CheckCost: number(250)},
		Events: 20_100, Readings: 20_000, Truth: sampleTruth(), Claim: "score_balanced > 0", Verdict: pocs.Pass,
		Started: day0.AddDate(0, 1, 0).Add(time.Duration(i) * time.Second), Elapsed: 1_234_567_891,
		WorldDigest: "sha256:00112233",
	}
	for n := range 5 {
		r.Findings = append(r.Findings, pocs.Finding{At: day0.Add(time.Duration(n+i) * time.Hour), Container: "MSKU1234565",
			Kind: "bolt_cut", Level: 1000 - n, Why: "door open, “route” left\x00\n" + fmt.Sprint(n)})
		r.Score.Findings = append(r.Score.Findings, pocs.Judged{Sort: pocs.False, Incident: -1, Opens: n == 1})
	}
	r.Score.Findings[0] = pocs.Judged{Sort: pocs.Hit, Incident: 0, Value: 0.1 + 0.2, DelayS: 60, KindOK: true}
	r.Score.MatchedBy = []int{0, -1, -1}
	r.Score.Counts = pocs.Counts{Incidents: 1, Unheard: 2, LookAlikes: 3, Hits: 4, Misses: 5, Repeats: 6, Neither: 7, False: 8, Episodes: 9}
	r.Score.Values = map[string]*float64{"score_balanced": number(math.Nextafter(50, 51)), "recall": number(1), "f1": number(-0.125),
		"check_cost": nil, "delay_p50_s": number(math.Copysign(0, -1))}
	r.FindingsDigest = pocs.FindingsDigest(r.Findings)
	r.Digest = pocs.JointDigest(r.WorldDigest, r.FindingsDigest)
	return r
}

func sampleTruth() sim.Truth {
	t := sim.Truth{Start: day0, End: day0.AddDate(0, 0, 30), SealDays: 2999.25}
	for n, kind := range []string{"bolt_cut", "crane_shock", "rope_cut"} {
		in := sim.Incident{ID: fmt.Sprintf("%s/1/SLB-%08d", kind, n), Kind: kind, Hostile: n != 1, Seal: fmt.Sprintf("SLB-%08d", n),
			Container: "MSKU1234565", Trip: "T-1", Start: day0.Add(time.Hour), End: day0.Add(2 * time.Hour)}
		if n == 0 {
			in.HeardAt = day0.Add(90 * time.Minute)
			in.Params = map[string]float64{"force_n": 0.1, "hold_s": 1e21}
		}
		t.Incidents = append(t.Incidents, in)
	}
	for n := range 4 {
		t.Trips = append(t.Trips, sim.Trip{ID: fmt.Sprintf("T-%d", n), Seal: "SLB-00000001", Container: "MSKU1234565", From: "NLRTM",
			To: "KEMBA", Start: day0, End: day0.Add(time.Duration(n) * 24 * time.Hour)})
	}
	return t
}

func mustOpen(tb testing.TB, dir string) *Store {
	tb.Helper()
	s, err := Open(context.Background(), dir)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	return s
}

func mustSave(tb testing.TB, s *Store, runs ...*pocs.Run) {
	tb.Helper()
	for _, r := range runs {
		if err := s.SaveRun(context.Background(), r); err != nil {
			tb.Fatal(err)
		}
	}
}

func mustID(tb testing.TB, now time.Time) string {
	tb.Helper()
	id, err := NewRunID(now, rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	return id
}

func database(dir string) string { return filepath.Join(dir, FileName) }
