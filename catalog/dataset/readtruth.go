// A truth on its way in: read strictly, since a score rests on it, and line by line, since it may be long.

package dataset

import (
	"errors"
	"fmt"
	"io"
	"time"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/event/wire"
	"sealab/sim/files"
)

// MaxTruth is how many bytes a truth may have: that of a month of 100,000 seals has fewer.
const MaxTruth = 512 << 20

// ReadTruth reads truth.json. Errors name line and field. What it does not know it passes over; what contradicts itself
// it refuses. The judge works the windows out anew, so that they may be left out; where they are given they must be right.
func ReadTruth(from io.Reader) (*TruthFile, error) {
	r := truthReader{stream: newStream(from, MaxTruth), ids: map[string]bool{}}
	if err := r.read(); err != nil {
		return nil, fmt.Errorf("read truth: %w", err)
	}
	return &r.out, nil
}

// truthReader reads one truth.
type truthReader struct {
	*stream
	out     TruthFile
	ids     map[string]bool // of incidents and trips, with the list's name before
	windows []givenWindow
}

// givenWindow is a window as the file has it.
type givenWindow struct {
	line, incident int
	start, end     time.Time // zero: null
}

func (r *truthReader) read() error {
	if err := r.delim('{'); err != nil {
		return err
	}
	for r.more() {
		key, err := r.key()
		if err != nil {
			return err
		}
		switch key {
		case "incidents":
			err = r.list(key, r.incident)
		case "trips":
			err = r.list(key, r.trip)
		default:
			err = r.member(key)
		}
		if err != nil {
			return err
		}
	}
	if err := r.delim('}'); err != nil {
		return err
	}
	if err := r.whole(); err != nil {
		return err
	}
	return r.end()
}

// list reads an array, entry by entry.
func (r *truthReader) list(name string, entry func(line, i int) error) error {
	if err := r.delim('['); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for i := 0; r.more(); i++ {
		line, err := r.value()
		if err == nil {
			if err = entry(line, i); err != nil {
				err = fmt.Errorf("line %d: %s[%d].%w", line, name, i, err)
			}
		}
		if err != nil {
			return err
		}
	}
	return r.delim(']')
}

// once refuses an id that came before in the same list.
func (r *truthReader) once(list, id string) error {
	if r.ids[list+id] {
		return fmt.Errorf("id: %q is there twice", wire.Clip(id))
	}
	r.ids[list+id] = true
	return nil
}

// The keys besides the two lists, and those of terms.
var (
	headKeys = []string{"v", "kind", "challenge", "scenario", "seed", "world_digest", "terms", "start", "end", "seal_days"}
	termKeys = []string{"grace_h", "base_rate", "flow_per_day", "check_cost", "check_co2e_kg"}
)

// member reads a key that is no list.
func (r *truthReader) member(key string) error {
	line, err := r.value()
	if err != nil {
		return err
	}
	text := append(wire.AppendString([]byte{'{'}, key), ':')
	e := openEntry(append(append(text, r.raw...), '}'), headKeys)
	for ok := e.Enter(&e.object); ok; ok = e.Next('}') {
		switch i := e.Known(&e.object); i {
		case 0:
			e.Version(key)
		case 1:
			if kind := e.Text(key, 256); !e.Failed() && kind != TruthKind {
				e.Fail(key, "is %q, must be %q", wire.Clip(kind), TruthKind)
			}
		case 2:
			r.out.Challenge = e.name(key)
		case 3:
			r.out.Scenario = e.Text(key, 256)
		case 4:
			r.out.Seed = uint64(e.whole(key, 0, sim.MaxSeed-1))
		case 5:
			r.out.WorldDigest = e.Text(key, 256)
		case 6:
			e.terms(&r.out.Terms)
		case 7:
			r.out.Start = e.time(key)
		case 8:
			r.out.End = e.time(key)
		case 9:
			r.out.SealDays = e.float(key, 0, 1e12)
		}
	}
	if err := e.End(); err != nil {
		return fmt.Errorf("line %d: %w", line, err)
	}
	return nil
}

// whole checks what can be said of the whole only.
func (r *truthReader) whole() error {
	for _, key := range []string{"v", "kind", "challenge", "terms", "start", "end", "seal_days", "incidents", "trips"} {
		if !r.seen[key] {
			return fmt.Errorf("%s: is missing", key)
		}
	}
	if r.out.End.Before(r.out.Start) {
		return errors.New("end: lies before start")
	}
	for _, w := range r.windows {
		want := incidentOf(&r.out.Incidents[w.incident], r.out.Terms.Grace)
		for _, side := range []struct {
			key  string
			got  time.Time
			want files.Moment
		}{{"window_start", w.start, want.WindowStart}, {"window_end", w.end, want.WindowEnd}} {
			if shown(side.got) != shown(side.want.Time) { // to the millisecond, as it is written
				return fmt.Errorf("line %d: incidents[%d].%s: is %s, but by heard_at, end and terms.grace_h it is %s: put it right, or leave it out",
					w.line, w.incident, side.key, shown(side.got), shown(side.want.Time))
			}
		}
	}
	return nil
}

func shown(t time.Time) string {
	if t.IsZero() {
		return "null"
	}
	return string(wire.AppendTimeText(nil, t.UnixMilli()))
}

// terms reads the terms of judging.
func (e *entry) terms(t *pocs.Terms) {
	const most = 1e6 // hours, more than a century
	o := wire.Object{Path: "terms", Keys: termKeys}
	optional := func(path string) *float64 {
		if e.Null() {
			return nil
		}
		v := e.float(path, 0, 1e12)
		return &v
	}
	for ok := e.Enter(&o); ok; ok = e.Next('}') {
		switch e.Known(&o) {
		case 0:
			if h := e.float("terms.grace_h", 0, most); h > 0 {
				t.Grace = Hours(h)
			} else {
				e.Fail("terms.grace_h", "%v is not allowed: above 0, at most %v", h, most)
			}
		case 1:
			t.BaseRate = e.float("terms.base_rate", 0, 10_000)
		case 2:
			t.FlowPerDay = e.float("terms.flow_per_day", 0, 1e12)
		case 3:
			t.CheckCost = optional("terms.check_cost")
		case 4:
			t.CheckCO2eKg = optional("terms.check_co2e_kg")
		}
	}
	for i := range 3 {
		if !o.Has(i) {
			e.Fail("terms."+termKeys[i], "is missing")
		}
	}
}

// Hours is a number of hours to the nearest nanosecond, so that a grace written as hours comes back.
func Hours(h float64) time.Duration {
	return time.Duration(float64(h*float64(time.Hour)) + 0.5)
}
