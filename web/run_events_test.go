package web

// This file catches up with runs: everything that was missed, once, and nothing that was not heard yet.

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/files"
)

// caught asks for a page of events and reads it.
func (h *house) caught(run, query string) (list []event.Event) {
	h.tb.Helper()
	a := h.get("/api/v1/runs/"+run+"/events?"+query).want(h.tb, 200)
	if kind := a.Header.Get("Content-Type"); kind != "application/x-ndjson" {
		h.tb.Fatalf("the events came as %q", kind)
	}
	err := files.EachLine(strings.NewReader(a.Body), func(e *event.Event, _ string, _ []byte) error {
		list = append(list, *e)
		return nil
	})
	if err != nil {
		h.tb.Fatal(err)
	}
	return list
}

// missed catches up from a number on, a page at a time.
func (h *house) missed(run string, after uint64, limit int) (list []event.Event) {
	h.tb.Helper()
	for {
		page := h.caught(run, fmt.Sprintf("after=%d&limit=%d", after, limit))
		if len(page) == 0 {
			return list
		}
		if len(page) > limit {
			h.tb.Fatalf("%d events came, the limit is %d", len(page), limit)
		}
		list = append(list, page...)
		after = page[len(page)-1].N
	}
}

// TestEventsMissedByTheThousand: who missed 20,000 messages gets each once; with those that he had, they are the world.
func TestEventsMissedByTheThousand(t *testing.T) {
	h := MustHub(t)
	id := h.MustRun("null", `,"settings":{"seals":120}`)
	run, err := h.cfg.Store.Run(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	const missed = 20_000
	if run.Events <= missed {
		t.Fatalf("the run has %d events: too few to miss %d", run.Events, missed)
	}
	had := h.caught(id, fmt.Sprintf("limit=%d", run.Events-missed))
	late := h.missed(id, had[len(had)-1].N, 7_000)
	if len(late) != missed {
		t.Errorf("caught up with %d events, want %d", len(late), missed)
	}
	all := append(had, late...)
	for i := range all {
		if all[i].N != uint64(i)+1 {
			t.Fatalf("event %d has number %d", i+1, all[i].N)
		}
	}
	digest := event.NewDigest()
	digest.Add(event.Batch{Events: all})
	if digest.String() != run.WorldDigest {
		t.Errorf("the events give %s, the run heard %s", digest, run.WorldDigest)
	}
}

func TestEventsOfAKind(t *testing.T) {
	h := MustHub(t)
	id := h.MustRun("null", "")
	all, notices, both := h.missed(id, 0, mostEvents), 0, h.caught(id, "kinds=reading,notice&limit=100000")
	for i := range all {
		if all[i].Message.Kind() == "notice" {
			notices++
		}
	}
	some := h.caught(id, "kinds=notice&limit=100000")
	if len(some) != notices || notices == 0 || len(both) != len(all) {
		t.Errorf("got %d notices of %d and %d of both kinds of %d", len(some), notices, len(both), len(all))
	}
	if got := h.caught(id, fmt.Sprintf("after=%d", all[len(all)-1].N)); len(got) != 0 {
		t.Errorf("%d events came after the last", len(got))
	}
}

func TestEventsRefused(t *testing.T) {
	h := MustHub(t)
	id := h.MustRun("null", "")
	h.remember(&pocs.Run{ID: "0000000000ELSEWHERE", Room: "customs", Carrier: "direct", Digest: "sha256:00"})
	h.remember(&pocs.Run{ID: "000000000000GONEBY", Room: catalog.DefaultRoom, Carrier: "live", Digest: "sha256:00", WorldDigest: "sha256:00"})
	h.remember(&pocs.Run{ID: "00000000000OTHERCODE", Room: catalog.DefaultRoom, Carrier: "direct", Digest: "sha256:00",
		Reason: "detector_died: it ended", Commit: "another"})
	for path, want := range map[string]struct {
		status int
		code   string
	}{
		id + "/events?after=-1":         {422, "bad_after"},
		id + "/events?after=1e3":        {422, "bad_after"},
		id + "/events?limit=0":          {422, "bad_limit"},
		id + "/events?limit=100001":     {422, "bad_limit"},
		id + "/events?kinds=reading,":   {422, "bad_kinds"},
		id + "/events?kind=reading":     {422, "unknown_parameter"},
		"nobody/events":                 {404, "unknown_run"},
		"0000000000ELSEWHERE/events":    {404, "unknown_run"},
		"000000000000GONEBY/events":     {409, "not_kept"},
		"00000000000OTHERCODE/events":   {409, "another_world"},
		"00000000000OTHERCODE/events?x": {422, "unknown_parameter"},
	} {
		a := h.get("/api/v1/runs/" + path)
		if a.Status != want.status || a.problem(t).Code != want.code {
			t.Errorf("%s: got %d %s, want %d %s", path, a.Status, a.Body, want.status, want.code)
		}
	}
}

// mustJob puts a job on the desk that nobody plays, and returns the batches of its world.
func mustJob(h *house, id, carrier string) (*job, []event.Batch) {
	h.tb.Helper()
	trial, err := h.trial(order{PoC: "null", Scenario: "northern-corridor", Seed: "7", Carrier: "direct", Settings: map[string]string{"seals": "10"}})
	if err != nil {
		h.tb.Fatal(err)
	}
	trial.CarrierName = carrier
	j := &job{id: id, trial: trial, moved: make(chan struct{}), cancel: func() {}}
	if err := h.desk.add(j); err != nil {
		h.tb.Fatal(err)
	}
	w, err := sim.New(*trial.Scenario, trial.Settings, trial.Seed)
	if err != nil {
		h.tb.Fatal(err)
	}
	var list []event.Batch
	for b := range w.Batches() {
		copied := event.Batch{Tick: b.Tick, Now: b.Now}
		for _, e := range b.Events {
			line, _ := files.AppendLine(nil, &e) // a message is its world's until the next batch
			if e, _, err = files.ParseLine(line[:len(line)-1]); err != nil {
				h.tb.Fatal(err)
			}
			copied.Events = append(copied.Events, e)
		}
		list = append(list, copied)
	}
	return j, list
}

// TestEventsOfARunThatPlays: what it has heard by now, and nothing of what is to come.
func TestEventsOfARunThatPlays(t *testing.T) {
	for _, carrier := range []string{"direct", "live"} {
		t.Run(carrier, func(t *testing.T) {
			h := MustHub(t)
			j, world := mustJob(h, "00000000000PLAYING", carrier)
			if got := h.caught(j.id, "after=0"); len(got) != 0 {
				t.Errorf("a run that waits has heard %d events", len(got))
			}
			heard := 0
			for i, b := range world[:len(world)/2] {
				if err := j.Record(pocs.Moment{Batch: b}); err != nil {
					t.Fatal(err)
				}
				heard += len(b.Events)
				if i%500 == 0 {
					if got := h.missed(j.id, 0, mostEvents); len(got) != heard {
						t.Fatalf("after tick %d: got %d events, it has heard %d", b.Tick, len(got), heard)
					}
				}
			}
			if got := h.missed(j.id, 100, mostEvents); len(got) != heard-100 || got[0].N != 101 {
				t.Errorf("after 100: got %d events, it has heard %d", len(got), heard)
			}
		})
	}
}

// TestEventsOfALiveRunAreKept: the clock brings them once, and no seed brings them back.
func TestEventsOfALiveRunAreKept(t *testing.T) {
	h := MustHub(t)
	j, world := mustJob(h, "0000000000000LIVE", "live")
	var all []event.Event
	for _, b := range world {
		for i := range b.Events {
			b.Events[i].At = b.Events[i].At.Add(time.Millisecond)
		}
		if err := j.Record(pocs.Moment{Batch: b}); err != nil {
			t.Fatal(err)
		}
		all = append(all, b.Events...)
	}
	digest := event.NewDigest()
	digest.Add(event.Batch{Events: all})
	if err := j.journal.Keep(t.Context(), h.cfg.Store, digest.String()); err != nil {
		t.Fatal(err)
	}
	h.desk.end(j, stateDone, "")
	h.stored(j.id, func(r *pocs.Run) { r.Carrier, r.WorldDigest, r.Scenario = "live", digest.String(), "northern-corridor" })
	again := event.NewDigest()
	again.Add(event.Batch{Events: h.missed(j.id, 0, 1_500)})
	if again.String() != digest.String() {
		t.Errorf("what is kept gives %s, the run heard %s", again, digest)
	}
}

// TestEventsOfARunThatFailed: it heard no more than up to its end.
func TestEventsOfARunThatFailed(t *testing.T) {
	h := MustHub(t)
	id := h.MustRun("null", "")
	run, err := h.cfg.Store.Run(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	broken := *run
	broken.ID, broken.Reason, broken.Events = "000000000000BROKEN", "detector_died: it ended", 321
	h.remember(&broken)
	if got := h.missed(broken.ID, 0, 100); len(got) != 321 {
		t.Errorf("got %d events, it heard 321", len(got))
	}
}

// TestEventsTooManyAtATime: who goes while he waits for his turn leaves it to others.
func TestEventsTooManyAtATime(t *testing.T) {
	h := MustHub(t)
	id := h.MustRun("null", "")
	for range cap(h.catching) {
		h.catching <- struct{}{}
	}
	gone := *h.visitor
	gone.Timeout = time.Millisecond
	if res, err := gone.Get(h.site.URL + "/api/v1/runs/" + id + "/events"); err == nil {
		_ = res.Body.Close()
		t.Errorf("got %d while all turns were taken", res.StatusCode)
	}
	for range cap(h.catching) {
		<-h.catching
	}
	h.get("/api/v1/runs/"+id+"/events").want(t, http.StatusOK)
}
