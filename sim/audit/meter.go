package audit

import (
	"time"

	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/seal"
)

// This file measures messages: their size, and what the radio does to them.

// meter takes one kind of measure of a world.
type meter interface {
	sent(*sim.Sent)
	heard(e *event.Event, made, sent time.Time, attacked bool) // made and sent are zero for what is no reading
	end(*sim.Truth)
}

// silent is a meter that hears nothing: others build on it.
type silent struct{ *Tape }

func (silent) sent(*sim.Sent)                                 {}
func (silent) heard(*event.Event, time.Time, time.Time, bool) {}
func (silent) end(*sim.Truth)                                 {}

// sizes measures the bytes of a reading as it travels in JSON, of one in sizeStep.
type sizes struct {
	silent
	n    int
	json []byte
}

const sizeStep = 16

func newSizes(t *Tape) *sizes { return &sizes{silent: silent{t}} }

func (m *sizes) sent(s *sim.Sent) {
	if m.n++; m.n%sizeStep == 1 {
		m.json = s.Reading.AppendJSON(m.json[:0])
		m.add("json", float64(len(m.json)))
	}
}

// radio measures attempts, losses, repeats, delays and order. What an attack touched is heard as the attacker wants: it is left out.
type radio struct {
	silent
	last map[string][2]int64 // by seal: the highest (boot, seq) heard so far
	seen map[string]*window  // by seal: which of the latest numbers have been heard
	hard map[number]struct{} // on the air, and their first attempt was lost
}

// number tells a message from all others of its world.
type number struct {
	seal      string
	boot, seq int64
}

func newRadio(t *Tape) *radio {
	return &radio{silent: silent{t}, last: map[string][2]int64{}, seen: map[string]*window{}, hard: map[number]struct{}{}}
}

func (m *radio) sent(s *sim.Sent) {
	for i := range s.Attempts {
		m.share("attempt lost", i < s.Lost)
	}
	if s.Lost > 0 && s.Lost < s.Attempts {
		m.hard[numberOf(s.Reading)] = struct{}{}
	}
	if s.Reading.Is(seal.MsgKind, seal.Tele) && s.Attempts > 0 {
		m.share("reading lost", s.Lost == s.Attempts)
	}
}

func (m *radio) heard(e *event.Event, made, sent time.Time, attacked bool) {
	r, ok := e.Message.(*seal.Reading)
	if !ok || attacked {
		return
	}
	boot, seq := r.Val[seal.Boot], r.Val[seal.Seq]
	w := m.seen[r.Seal]
	if w == nil {
		w = &window{}
		m.seen[r.Seal] = w
	}
	again := w.again(boot, seq)
	m.share("heard twice", again)
	if again {
		return
	}
	late := e.At.Sub(sent).Seconds()
	m.add("latency", late)
	if _, hard := m.hard[numberOf(r)]; hard {
		delete(m.hard, numberOf(r))
	} else {
		m.add("latency of first attempts", late)
	}
	m.order(r.Seal, boot, seq, sent.Sub(made) >= backlogFrom)
}

// order takes whether a message was overtaken by a later one of its device.
func (m *radio) order(device string, boot, seq int64, backlog bool) {
	now, last := [2]int64{boot, seq}, m.last[device]
	late := now[0] < last[0] || now[0] == last[0] && now[1] < last[1]
	if backlog {
		m.share("overtaken in a backlog", late)
	} else {
		m.share("overtaken", late)
	}
	if !late {
		m.last[device] = now
	}
}

func numberOf(r *seal.Reading) number { return number{r.Seal, r.Val[seal.Boot], r.Val[seal.Seq]} }

// backlogFrom is from when on a message counts as having waited for coverage (protocol v1: buffered).
const backlogFrom = 5 * time.Second

// window remembers the latest numbers that were heard from a device: enough for the repeats, which follow soon.
type window struct {
	keys [64][2]int64
	next int
}

// again reports whether a number was heard lately, and notes it.
func (w *window) again(boot, seq int64) bool {
	key := [2]int64{boot, seq}
	for _, k := range w.keys {
		if k == key {
			return true
		}
	}
	w.keys[w.next%len(w.keys)] = key
	w.next++
	return false
}
