// The entries of a truth's lists, each a small object that is read strictly.

package dataset

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"sealab/sim"
	"sealab/sim/event/wire"
)

// entry reads one object.
type entry struct {
	wire.Scanner
	object wire.Object
}

// openEntry begins an object with those keys.
func openEntry(raw []byte, keys []string) *entry {
	e := &entry{object: wire.Object{Keys: keys}}
	e.Start(raw)
	return e
}

// close wants the first so many keys to be there, and nothing to follow.
func (e *entry) close(mandatory int) error {
	for i := range mandatory {
		if !e.object.Has(i) {
			e.Fail(e.object.Keys[i], "is missing")
		}
	}
	return e.End()
}

func (e *entry) time(key string) time.Time {
	ms, _ := e.Time(key)
	return time.UnixMilli(ms).UTC()
}

// window reads a time that may lie beyond the years of the wire, as the end of a long grace can, or null.
func (e *entry) window(key string) time.Time {
	if e.Null() || e.Failed() {
		return time.Time{}
	}
	text := e.String(key)
	ms, _, ok := wire.ParseTime(text)
	if !ok {
		e.Fail(key, "%q is no time: RFC 3339 in UTC, such as 2026-03-01T08:15:00.250Z", wire.Clip(text))
	}
	return time.UnixMilli(ms).UTC()
}

// float reads a number as the double that it was.
func (e *entry) float(key string, least, most float64) float64 {
	_, _, text := e.Number(key, 0)
	if e.Failed() {
		return 0
	}
	v, err := strconv.ParseFloat(string(text), 64)
	if err != nil || !(v >= least && v <= most) {
		e.Fail(key, "%s is not allowed: %v to %v", wire.Clip(text), least, most)
		return 0
	}
	return v
}

// whole reads a whole number.
func (e *entry) whole(key string, least, most int64) int64 {
	v, rounded, text := e.Number(key, 0)
	if !e.Failed() && (rounded || v < least || v > most) {
		e.Fail(key, "%s is not allowed: a whole number from %d to %d", wire.Clip(text), least, most)
		return 0
	}
	return v
}

// name reads a text that must not be empty, nor move a cursor.
func (e *entry) name(key string) string {
	text := e.Text(key, 256)
	switch {
	case text == "":
		e.Fail(key, "must not be empty")
	case strings.ContainsFunc(text, unicode.IsControl):
		e.Fail(key, "has a control character")
	}
	return text
}

// order wants no time before another.
func (e *entry) order(first, second string, a, b time.Time) {
	if !e.Failed() && !a.IsZero() && !b.IsZero() && b.Before(a) {
		e.Fail(second, "lies before %s", first)
	}
}

// incidentKeys: of these the first seven are mandatory.
var incidentKeys = []string{"id", "kind", "hostile", "container", "start", "end", "heard_at", "seal", "trip", "window_start", "window_end"}

func (r *truthReader) incident(line, i int) error {
	e := openEntry(r.raw, incidentKeys)
	var in sim.Incident
	w := givenWindow{line: line, incident: i}
	for ok := e.Enter(&e.object); ok; ok = e.Next('}') {
		switch e.Known(&e.object) {
		case 0:
			in.ID = e.name("id")
		case 1:
			in.Kind = e.name("kind")
		case 2:
			in.Hostile = e.Bool("hostile")
		case 3:
			in.Container = e.name("container")
		case 4:
			in.Start = e.time("start")
		case 5:
			in.End = e.time("end")
		case 6:
			if !e.Null() && !e.Failed() {
				in.HeardAt = e.time("heard_at")
			}
		case 7:
			in.Seal = e.Text("seal", 256)
		case 8:
			in.Trip = e.Text("trip", 256)
		case 9:
			w.start = e.window("window_start")
		case 10:
			w.end = e.window("window_end")
		}
	}
	e.order("start", "end", in.Start, in.End)
	e.order("start", "heard_at", in.Start, in.HeardAt)
	if err := e.close(7); err != nil {
		return err
	}
	if e.object.Has(9) || e.object.Has(10) {
		r.windows = append(r.windows, w)
	}
	r.out.Incidents = append(r.out.Incidents, in)
	return r.once("incident ", in.ID)
}

// tripKeys: of these the first four are mandatory.
var tripKeys = []string{"id", "container", "start", "end", "seal", "from", "to"}

func (r *truthReader) trip(_, _ int) error {
	e := openEntry(r.raw, tripKeys)
	var t sim.Trip
	for ok := e.Enter(&e.object); ok; ok = e.Next('}') {
		switch e.Known(&e.object) {
		case 0:
			t.ID = e.name("id")
		case 1:
			t.Container = e.name("container")
		case 2:
			t.Start = e.time("start")
		case 3:
			t.End = e.time("end")
		case 4:
			t.Seal = e.Text("seal", 256)
		case 5:
			t.From = e.Text("from", 256)
		case 6:
			t.To = e.Text("to", 256)
		}
	}
	e.order("start", "end", t.Start, t.End)
	if err := e.close(4); err != nil {
		return err
	}
	r.out.Trips = append(r.out.Trips, t)
	return r.once("trip ", t.ID)
}
