// Catch-up: what a run has heard since an event that the asker knows, for whoever lost the connection to its messages.

package web

import (
	"context"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/bundle"
	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/files"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

const (
	usualEvents = 10_000  // in an answer where nobody says otherwise
	mostEvents  = 100_000 // in an answer: who wants more asks again
	// eventsWithin is how long an answer may take: a world of millions of messages is made again from its beginning.
	eventsWithin = 2 * time.Minute
	eventsPiece  = 64 << 10 // bytes sent at a time
)

// eventKinds are the kinds of events that have a form as a line.
var eventKinds = []string{seal.KindReading, notice.KindNotice}

// catchUp is what is asked of a run's events.
type catchUp struct {
	after uint64
	limit int
	kinds []string
}

// catchUpOf reads the address. A misspelt name would else change nothing.
func catchUpOf(q url.Values) (a catchUp, err error) {
	a = catchUp{limit: usualEvents, kinds: eventKinds}
	for _, name := range slices.Sorted(maps.Keys(q)) {
		text := q.Get(name)
		switch name {
		case "after":
			if a.after, err = strconv.ParseUint(text, 10, 53); err != nil {
				return a, invalid("bad_after", name, text, "allowed is the number n of an event, or 0 for all")
			}
		case "limit":
			if a.limit, err = strconv.Atoi(text); err != nil || a.limit < 1 || a.limit > mostEvents {
				return a, invalid("bad_limit", name, text, "allowed is a whole number from 1 to "+strconv.Itoa(mostEvents))
			}
		case "kinds":
			a.kinds = strings.Split(text, ",")
			for _, kind := range a.kinds {
				if !slices.Contains(eventKinds, kind) {
					return a, invalid("bad_kinds", name, kind, "allowed are "+strings.Join(eventKinds, ", ")+", with a comma between them")
				}
			}
		default:
			return a, invalid("unknown_parameter", name, text, "there are after, limit and kinds")
		}
	}
	return a, nil
}

// runEvents sends the events of a run with numbers above after, a line each, in the order of hearing. An answer ends at
// the limit, or with what has been heard by now.
func (s *Server) runEvents(c *gin.Context) error {
	ask, err := catchUpOf(c.Request.URL.Query())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), eventsWithin)
	defer cancel()
	select { // a few at a time: each takes a core
	case s.catching <- struct{}{}:
		defer func() { <-s.catching }()
	case <-ctx.Done():
		return busy()
	}
	heard, err := s.heardSoFar(ctx, c.Param("id"), ask.after)
	if err != nil {
		return err
	}
	c.Header("Content-Type", "application/x-ndjson")
	c.Header("Cache-Control", "no-store")
	out := &stream{c, http.NewResponseController(c.Writer)}
	var piece []byte
	for line, ok := range ask.lines(heard) {
		if ctx.Err() != nil {
			break
		}
		if !ok { // a tick without any: time to see whether somebody still waits
			continue
		}
		if piece = append(piece, line...); len(piece) >= eventsPiece {
			if out.write(piece) != nil {
				return nil // the asker went
			}
			piece = piece[:0]
		}
	}
	if ctx.Err() != nil && len(piece) == 0 && !c.Writer.Written() {
		return busy()
	}
	_ = out.write(piece)
	return nil
}

func busy() *Problem {
	return &Problem{Status: http.StatusServiceUnavailable, Code: "busy", RetryAfter: 10,
		Message: "This takes longer than an answer may. Others may be asking too: try again."}
}

// lines gives the lines that are asked for, and once a batch none, with false.
func (a *catchUp) lines(heard iter.Seq[event.Batch]) iter.Seq2[[]byte, bool] {
	return func(yield func([]byte, bool) bool) {
		left := a.limit
		var line []byte
		for b := range heard {
			if !yield(nil, false) {
				return
			}
			for i := range b.Events {
				e := &b.Events[i]
				if e.N <= a.after || !slices.Contains(a.kinds, e.Message.Kind()) {
					continue
				}
				line, _ = files.AppendLine(line[:0], e) // the kinds are those that it knows
				if left--; !yield(line, true) || left == 0 {
					return
				}
			}
		}
	}
}

// heardSoFar is what a run has heard by now, events up to after maybe left out: of the demo, of a run that plays, or of
// one that has ended.
func (s *Server) heardSoFar(ctx context.Context, id string, after uint64) (iter.Seq[event.Batch], error) {
	if lw, now := s.demoRun(id); lw != nil {
		w, err := sim.New(*lw.scenario, lw.settings, lw.seed)
		if err != nil {
			return nil, err
		}
		return until(w.Batches(), now), nil
	}
	if j := s.desk.find(id); j != nil {
		return j.heardSoFar(after)
	}
	run, err := s.wholeRun(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case run.Room != catalog.DefaultRoom:
		return nil, notFound("run", id, "GET /api/v1/runs lists them")
	case run.Carrier == "live":
		heard, err := bundle.Heard(ctx, s.cfg.Store, run)
		if err == nil && heard == nil {
			err = notTaken(id)
		}
		return heard, err
	case run.Reason != "" && run.Commit != s.cfg.Commit: // how far it came has no digest to compare with
		return nil, anotherWorld(run)
	}
	heard, err := s.heard(ctx, run)
	return first(heard, run.Events), err
}

// demoRun is the live world where it goes by that id, and how far it is.
func (s *Server) demoRun(id string) (lw *liveWorld, now time.Time) {
	s.hub.look(func(st *liveState) {
		if st.w.run == id {
			lw, now = st.w, st.now
		}
	})
	return lw, now
}

// heardSoFar makes the world of a job again up to where it is, or reads what was taken down of a live one.
func (j *job) heardSoFar(after uint64) (iter.Seq[event.Batch], error) {
	if j.trial.CarrierName == "live" {
		heard, ok := j.journal.Heard(after)
		if !ok {
			return nil, notTaken(j.id)
		}
		return heard, nil
	}
	w, err := sim.New(*j.trial.Scenario, j.trial.Settings, j.trial.Seed)
	if err != nil {
		return nil, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return until(w.Batches(), j.heard), nil
}

// Record takes down how far a run has heard; of a live one, everything.
func (j *job) Record(m pocs.Moment) error {
	if j.trial.CarrierName == "live" {
		return j.journal.Record(m)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.heard = m.Batch.Now
	return nil
}

func notTaken(id string) *Problem {
	return &Problem{Status: http.StatusConflict, Code: "not_kept", Field: "run", Value: clip(id),
		Message: "This run was carried live, when its messages arrived was real, and they were not kept.",
		Allowed: "score, findings and truth of the run are whole"}
}

// until cuts a world off after a moment.
func until(heard iter.Seq[event.Batch], now time.Time) iter.Seq[event.Batch] {
	return func(yield func(event.Batch) bool) {
		for b := range heard {
			if b.Now.After(now) || !yield(b) {
				return
			}
		}
	}
}

// first cuts a world off after so many events: a run that failed heard no more.
func first(heard iter.Seq[event.Batch], events int) iter.Seq[event.Batch] {
	return func(yield func(event.Batch) bool) {
		for b := range heard {
			b.Events = b.Events[:min(len(b.Events), events)]
			if events -= len(b.Events); !yield(b) || events == 0 {
				return
			}
		}
	}
}
