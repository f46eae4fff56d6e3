// Package audit lays what worlds really do beside what the reference model says they should: each row with the published
// value, its mark and source, and a verdict. Where a world lies outside, the row says why.
//
// It measures the truth at its source (sim.World.Watch, Bodies, Journeys) and what was heard, over one world or several.
package audit

import (
	"cmp"
	"slices"
	"strconv"

	"sealab/sim"
)

// Row is one value of the reference and where a world may lie.
type Row struct {
	Section   string // of the reference model: c1 … g
	What      string
	Unit      string
	Published string // the value as the reference gives it
	Mark      sim.Mark
	Source    string
	Of        string // the sample that it judges
	Stat      Stat
	Low, High float64 // where what is found must lie; beyond the published value by the slack that What or Published names
	Because   string  // why a world may lie outside all the same
}

// Found is a row with what was found.
type Found struct {
	Row
	N        int     // how many were measured; of a rate, how many happened
	From, To float64 // what was found; equal for a single number
	Within   bool
}

// Tape takes the measures of worlds, one after another.
type Tape struct {
	samples map[string]*sample
}

// NewTape returns an empty one.
func NewTape() *Tape { return &Tape{samples: map[string]*sample{}} }

// Add plays a world to its end and measures it. stop is asked now and then and ends it with its error.
func (t *Tape) Add(w *sim.World, stop func(done float64) error) error {
	meters := []meter{newSizes(t), newRadio(t), newTravel(t, w), newSense(t, w)}
	w.Watch(func(m sim.Sent) {
		for _, meter := range meters {
			meter.sent(&m)
		}
	})
	start, end := w.Span()
	for b := range w.Batches() {
		for i := range b.Events {
			made, sent := w.Origin(i)
			attack, _ := w.Shows(i)
			for _, m := range meters {
				m.heard(&b.Events[i], made, sent, attack != "")
			}
		}
		if err := stop(float64(b.Now.Sub(start)) / float64(end.Sub(start))); err != nil {
			return err
		}
	}
	truth := w.Truth()
	for _, m := range meters {
		m.end(&truth)
	}
	return nil
}

// Disturbed adds the share of a world's clean trips on which a detector raised an alarm.
func (t *Tape) Disturbed(share float64) { t.add("disturbed", share) }

// rounding is what whole milliseconds may change of a speed or a time that lies on its bound.
const rounding = 1e-3

// Rows gives every row of which something was measured, in the order of the reference.
func (t *Tape) Rows() []Found {
	var list []Found
	for _, row := range table() {
		s := t.samples[row.Of]
		if s == nil || s.n == 0 {
			continue
		}
		f := Found{Row: row, N: s.n}
		f.From, f.To = s.measure(row.Stat)
		if row.Stat == Rate {
			f.N = int(s.sum)
		}
		slack := s.slack(row.Stat, row.High) + float64(rounding*(row.High-row.Low+1))
		f.Within = f.From >= row.Low-slack && f.To <= row.High+slack
		list = append(list, f)
	}
	slices.SortStableFunc(list, func(a, b Found) int {
		return cmp.Or(cmp.Compare(a.Section[:1], b.Section[:1]), cmp.Compare(a.number(), b.number()))
	})
	return list
}

// number is that of the row's section within its letter; 0: it has none.
func (r *Row) number() int {
	n, _ := strconv.Atoi(r.Section[1:])
	return n
}

// add puts a value into the sample of that name.
func (t *Tape) add(name string, v float64) { t.sample(name).add(v) }

// count says that something happened once; expose, how much time (in the rate's unit) it had to happen in.
func (t *Tape) count(name string)                 { t.sample(name).sum++ }
func (t *Tape) expose(name string, units float64) { s := t.sample(name); s.exposure += units; s.n++ }

// share counts one case, and whether it was so.
func (t *Tape) share(name string, yes bool) {
	if yes {
		t.add(name, 1)
	} else {
		t.add(name, 0)
	}
}

func (t *Tape) sample(name string) *sample {
	s := t.samples[name]
	if s == nil {
		s = newSample()
		t.samples[name] = s
	}
	return s
}
