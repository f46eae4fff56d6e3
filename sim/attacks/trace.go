package attacks

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"time"

	"sealab/sim"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// This file takes the trace of a kind: what the seal said before, during and after the act, beside what its honest twin
// would have said.

// Trace is one act of a kind, message by message.
type Trace struct {
	Kind     *sim.Kind
	Stage    string // which ground: "road", "rail" or "sea"
	Seed     uint64
	Incident sim.Incident
	Opens    time.Time // a finding serves it from here …
	Closes   time.Time // … to here, with the default grace
	Rows     []Row     // in the order of Row.At
	Twin     []sim.Said
}

// Sort says how a message stands to what the honest twin would have sent.
type Sort string

// The sorts of rows.
const (
	Same    Sort = "same"    // the twin sends it too
	Follows Sort = "follows" // only counters, charge, rhythm and rounding differ, as an aftermath
	Differs Sort = "differs"
	Extra   Sort = "extra"   // the twin sends nothing
	Again   Sort = "again"   // heard before, byte for byte
	Missing Sort = "missing" // the twin would have sent it; it was never heard
)

// Row is one message of a trace, or one that did not come.
type Row struct {
	Made    time.Time     // when it was made; of a notice, when it was heard
	Heard   time.Time     // zero: never
	What    string        // "tele", "birth", … or the event's code; of a notice "notice" and what it says
	Sort    Sort          //
	Foreign bool          // another device sent it under the same id
	Shows   bool          // the truth counts it as touched by the act
	Reading *seal.Reading // nil: a notice, or missing
	Honest  *seal.Reading // what the twin would have sent; of an extra one, what it sent last before; nil: nothing
	Fields  []seal.Field  // in which Reading and Honest differ
}

// At is where a row stands in time: when it was heard, else when it should have been made.
func (r *Row) At() time.Time {
	if r.Heard.IsZero() {
		return r.Made
	}
	return r.Heard
}

// Grace is how long after an act or its hearing a trace's window stays open: the scenarios' default.
const Grace = 6 * time.Hour

// around is how many messages from before the act, and from after all that is new, a trace holds.
const around = 5

// Of takes the trace of kind k: of the first world, in the order of stages and seeds, in which something shows the act.
// It returns an error where none does.
func Of(k *sim.Kind) (*Trace, error) {
	var last error
	for _, st := range order(k) {
		for seed := uint64(1); seed <= stageSeeds; seed++ {
			t, err := st.play(k, seed)
			if err == nil && t.Shows() {
				return t, nil
			}
			last = err
		}
	}
	if last != nil {
		return nil, fmt.Errorf("trace %s: %w", k.Name, last)
	}
	return nil, fmt.Errorf("trace %s: heard on no stage with seeds 1 to %d", k.Name, stageSeeds)
}

// Shows reports whether the act was heard and, unless it is bare, leaves a difference in what was said.
func (t *Trace) Shows() bool {
	return t.Incident.Heard() && t.Kind.Bare || t.Incident.Heard() && slices.ContainsFunc(t.Rows, func(r Row) bool {
		return r.Sort == Differs || r.Sort == Extra || r.Sort == Missing || r.Sort == Again && r.Shows
	})
}

// play makes one world and takes the trace of its act.
func (st *stage) play(k *sim.Kind, seed uint64) (*Trace, error) {
	sc := st.scenario(k)
	set := sim.Settings{"seals": stageSeals, "attacks": 1}
	if k.Shared { // what befalls a whole vessel is seen from its deck
		set[sim.AssumptionPrefix+sim.BelowDeckShare.String()] = 0
	}
	whole, err := sim.New(sc, set, seed)
	if err != nil {
		return nil, err
	}
	acts := whole.Truth().Incidents
	i := slices.IndexFunc(acts, func(in sim.Incident) bool { return in.Kind == k.Name && in.Hostile != k.Bare })
	if i < 0 {
		return nil, fmt.Errorf("no victim on stage %s with seed %d", st.name, seed)
	}
	w, err := sim.New(sc, set, seed, acts[i].Seal)
	if err != nil {
		return nil, err
	}
	var sent []sim.Sent
	w.Watch(func(s sim.Sent) {
		r := *s.Reading
		s.Reading = &r
		sent = append(sent, s)
	})
	heard := listen(w, acts[i].ID)
	t := &Trace{Kind: k, Stage: st.name, Seed: seed, Twin: w.Twin(acts[i].Seal)}
	if k.Bare {
		for i := range sent {
			t.Twin = append(t.Twin, sim.Said{Made: sent[i].Made, Reading: *sent[i].Reading})
		}
	}
	for _, in := range w.Truth().Incidents {
		if in.ID == acts[i].ID {
			t.Incident = in
		}
	}
	t.Incident.Hostile = k.Hostile
	t.Opens = t.Incident.HeardAt
	t.Closes = later(t.Incident.End, t.Opens).Add(Grace)
	t.Rows = pair(heard, sent, t.Twin)
	t.clip()
	return t, nil
}

// delivery is one message as it was heard.
type delivery struct {
	at      time.Time
	reading *seal.Reading
	record  []byte
	what    string
	shows   bool
}

// listen plays a world of one seal to its end.
func listen(w *sim.World, id string) []delivery {
	var list []delivery
	for b := range w.Batches() {
		for i := range b.Events {
			d := delivery{at: b.Events[i].At}
			attack, alike := w.Shows(i)
			d.shows = attack == id || alike == id
			switch m := b.Events[i].Message.(type) {
			case *seal.Reading:
				r := *m
				d.reading, d.record, d.what = &r, r.AppendRecord(nil), name(&r)
			case *notice.Notice:
				d.what = "notice " + m.What.String()
			default:
				d.what = m.Kind()
			}
			list = append(list, d)
		}
	}
	return list
}

// name is what a reading is called in a trace: its kind, of an event its code.
func name(r *seal.Reading) string {
	if code, ok := r.Get(seal.Code); ok {
		return seal.Format(seal.Code, code)
	}
	return seal.Format(seal.MsgKind, r.Val[seal.MsgKind])
}

// pair sets each delivery beside what the twin would have sent, and finds what the twin would have sent and nobody has.
func pair(heard []delivery, sent []sim.Sent, twin []sim.Said) []Row {
	bySent := make(map[string]int, len(sent))
	for i := range sent {
		bySent[string(sent[i].Reading.AppendRecord(nil))] = i
	}
	beside, answered := match(sent, twin)
	known := make(map[string]bool, len(heard))
	rows := make([]Row, 0, len(heard))
	for i := range heard {
		d := &heard[i]
		row := Row{Made: d.at, Heard: d.at, What: d.what, Sort: Same, Shows: d.shows, Reading: d.reading}
		switch {
		case d.reading == nil && d.shows:
			row.Sort = Extra
		case d.reading != nil:
			if k, ok := bySent[string(d.record)]; ok {
				row.set(d, &sent[k], beside[k], twin)
			} else {
				row.Sort = Extra
			}
			if known[string(d.record)] {
				row.Sort = Again
			}
			known[string(d.record)] = true
		}
		rows = append(rows, row)
	}
	for k := range twin {
		if !answered[k] {
			r := &twin[k].Reading
			rows = append(rows, Row{Made: twin[k].Made, What: name(r), Sort: Missing, Honest: r})
		}
	}
	sort.SliceStable(rows, func(i, j int) bool { return rows[i].At().Before(rows[j].At()) })
	return rows
}

// set fills in what the message was that was heard, beside the twin's with that index; −1: the twin sends none.
func (r *Row) set(d *delivery, sent *sim.Sent, beside int, twin []sim.Said) {
	r.Made, r.Foreign = sent.Made, sent.Foreign
	if beside < 0 {
		r.Sort = Extra
		if last := lastBefore(twin, r.Made); last != nil {
			r.Honest, r.Fields = last, r.differences(last)
		}
		return
	}
	r.Honest = &twin[beside].Reading
	switch {
	case bytes.Equal(r.Honest.AppendRecord(nil), d.record):
		return
	case twin[beside].Made.Equal(r.Made):
		r.Fields = Differences(d.reading, r.Honest)
	default:
		r.Fields = r.differences(r.Honest)
	}
	r.Sort = Differs
	if len(r.Fields) == 0 {
		r.Sort = Follows
	}
}

// wrongClock is from when on a message's own time is worth a word where it cannot be compared with the twin's.
const wrongClock = time.Minute

// differences are the fields in which a reading differs from one that was made at another time.
func (r *Row) differences(other *seal.Reading) []seal.Field {
	off := time.UnixMilli(r.Reading.Val[seal.TS]).Sub(r.Made).Abs()
	return slices.DeleteFunc(Differences(r.Reading, other), func(f seal.Field) bool {
		return ofMessage&(1<<f) != 0 && (f != seal.TS || off < wrongClock)
	})
}

// ofMessage are the fields that say what message it is and when it was made: an extra one has others anyway.
const ofMessage seal.Mask = 1<<seal.TS | 1<<seal.Sent | 1<<seal.MsgKind | 1<<seal.Code | 1<<seal.Sev | 1<<seal.Online |
	1<<seal.Reason | 1<<seal.NextReport

// lastBefore is what the twin made last before a moment, or nil.
func lastBefore(twin []sim.Said, at time.Time) *seal.Reading {
	var last *sim.Said
	for i := range twin {
		if s := &twin[i]; s.Made.Before(at) && (last == nil || !s.Made.Before(last.Made)) {
			last = s
		}
	}
	if last == nil {
		return nil
	}
	return &last.Reading
}

// clip keeps the rows from the act to its hearing and end, what is new after it within the window, and a few before and
// after.
func (t *Trace) clip() {
	from, to := t.Incident.Start, later(t.Incident.End, t.Opens)
	first, last := len(t.Rows), -1
	var seen seal.Mask
	for i := range t.Rows {
		r := &t.Rows[i]
		at, news := r.At(), r.Sort == Extra || r.Sort == Missing
		for _, f := range r.Fields {
			news = news || seen&(1<<f) == 0
			seen |= 1 << f
		}
		if !at.Before(from) && (!at.After(to) || news && !at.After(t.Closes)) {
			first, last = min(first, i), max(last, i)
		}
	}
	if last < 0 {
		t.Rows = nil
		return
	}
	t.Rows = t.Rows[max(0, first-around):min(len(t.Rows), last+1+around)]
	from, to = t.Span()
	var twin []sim.Said // a list of its own: the rows point into the other
	for i := range t.Twin {
		if s := &t.Twin[i]; !s.Made.Before(from) && !s.Made.After(to) {
			twin = append(twin, *s)
		}
	}
	t.Twin = twin
}

// Span gives the first and the last moment at which something of the trace was made or heard.
func (t *Trace) Span() (from, to time.Time) {
	for i := range t.Rows {
		r := &t.Rows[i]
		if i == 0 || r.Made.Before(from) {
			from = r.Made
		}
		to = later(to, r.At())
	}
	return from, to
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
