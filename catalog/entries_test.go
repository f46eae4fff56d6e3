package catalog

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/sim"
)

// TestEntries: one run each differs from what is asked for in one thing, and is not given.
func TestEntries(t *testing.T) {
	ctx, s := context.Background(), mustOpen(t, t.TempDir())
	changes := map[int]func(*pocs.Run){
		2: func(r *pocs.Run) { r.Settings["seals"] = 101 },
		3: func(r *pocs.Run) { r.Settings["colour"] = 1 },
		4: func(r *pocs.Run) { delete(r.Settings, "span_days") },
		5: func(r *pocs.Run) { r.Scenario = "port" },
		6: func(r *pocs.Run) { r.Terms.BaseRate = 2 },
		7: func(r *pocs.Run) { r.Terms.Grace = time.Hour },
		8: func(r *pocs.Run) { r.Terms.CheckCost = nil },
		9: func(r *pocs.Run) { r.Seed = 2002 },
		10: func(r *pocs.Run) {
			r.Reason, r.Verdict, r.Score = "detector_timeout", pocs.Unknown, pocs.Score{}
		},
		11: func(r *pocs.Run) { r.Challenge = "toys" },
		12: func(r *pocs.Run) { r.Commit, r.Carrier, r.PoC, r.Params = "other", "mqtt", "kalman", nil }, // these may differ
		13: func(r *pocs.Run) { r.Seed, r.Score.Values["recall"] = 2003, nil },
		14: func(r *pocs.Run) {}, // will be deleted
		15: func(r *pocs.Run) { r.Settings["seals"] = 7 },
	}
	for i := 1; i <= 15; i++ {
		r := sample(i)
		r.Seed = 2001
		if f := changes[i]; f != nil {
			f(r)
		}
		mustSave(t, s, r)
	}
	if err := s.DeleteRun(ctx, "r-00000014"); err != nil {
		t.Fatal(err)
	}
	like := sample(1)
	other := sample(15).Settings
	other["seals"] = 7
	q := EntryQuery{Challenge: like.Challenge, Scenario: like.Scenario, Settings: []sim.Settings{like.Settings}, Terms: like.Terms,
		Seeds: []uint64{2003, 2001}, Measures: []string{"recall", "score_balanced", "no such"}}
	got := must(s.Entries(ctx, q))
	if ids := entryIDs(got); ids != "13 12 1" {
		t.Fatalf("got %s", ids)
	}
	whole := must(s.Run(ctx, "r-00000001"))
	if e := got[2]; e.Params["gate_km"] != whole.Params["gate_km"] || *e.Values["recall"] != 1 || e.Values["no such"] != nil || e.Digest != whole.Digest ||
		e.WorldDigest != whole.WorldDigest || !e.Started.Equal(whole.Started) || e.Verdict != pocs.Pass || e.Commit != whole.Commit {
		t.Errorf("got %+v", e)
	}
	if got[0].Values["recall"] != nil || *got[0].Values["score_balanced"] != *whole.Score.Values["score_balanced"] || len(got[1].Params) != 0 {
		t.Errorf("got %+v", got[0])
	}
	q.Settings = append(q.Settings, other)
	if ids := entryIDs(must(s.Entries(ctx, q))); ids != "15 13 12 1" {
		t.Errorf("with either settings: %s", ids)
	}
	q.Room = "guests"
	if got := must(s.Entries(ctx, q)); len(got) != 0 {
		t.Errorf("in another room: %s", entryIDs(got))
	}
	q.Room, q.Seeds = "", nil
	if got := must(s.Entries(ctx, q)); len(got) != 0 {
		t.Errorf("of no seed: %s", entryIDs(got))
	}
}

func entryIDs(list []Entry) string {
	var ids []string
	for _, e := range list {
		ids = append(ids, strings.TrimLeft(e.ID, "r-0"))
	}
	return strings.Join(ids, " ")
}

// An identity is the same however it is summed: what is stored must be found by later code too.
func TestIdentityStays(t *testing.T) {
	i := IdentityOf(sample(1))
	if want := "sha256:f307044ce850c20e53d308f031e0d1590964fe17458a23117b65fb7e1fb7501d"; i.sum() != want {
		t.Errorf("got %s, stored are sums such as %s", i.sum(), want)
	}
	if !slices.Equal([]byte(i.sum()), []byte(i.sumWith(appendNumbers(nil, i.Settings)))) {
		t.Error("two sums of one identity")
	}
}
