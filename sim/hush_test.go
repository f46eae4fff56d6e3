// Silence by force and forged deliveries: what an attacker holds back, destroys, sends again or delays, beside the same
// world left alone.
package sim_test

import (
	"testing"
	"time"

	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// acting is an attack made of a function.
type acting func(w *sim.World, s *sim.Seal, at time.Time)

func (f acting) Mount(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	f(w, s, at)
	return &sim.Incident{End: at.Add(3 * time.Hour)}
}

// heard is one delivery of a victim's reading.
type heard struct {
	at, made time.Time
	r        seal.Reading
	touched  bool
}

// key is what tells a reading of the seal from its others, the counters apart, which an attack may move.
func (h *heard) key() [2]int64 { return [2]int64{h.made.UnixMilli(), h.r.Val[seal.MsgKind]} }

// road is a small world by truck with one attack on one seal, and the same without it.
func road(t *testing.T, act acting, set sim.Settings) (in sim.Incident, victim, honest []heard) {
	t.Helper()
	kind := &sim.Kind{Name: "test", Hostile: true, Attack: act,
		When: func(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
			stay, _ := w.PickStay(s, d, 12*time.Hour)
			return stay.From.Add(stay.Length() / 3)
		}}
	sc := sim.Scenario{
		Name: "road", Settings: sim.CommonSettings(10, 300), Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC),
		Span: 240 * time.Hour, Tick: time.Minute, Attacks: []*sim.Kind{kind},
		Build: func(w *sim.World) { w.Trade(sim.Lane{From: "KEMBA", To: "UGKLA", By: sim.ByRoad, Weight: 1}) },
	}
	play := func(attacks float64) []heard {
		all := sim.Settings{"seals": 10, "attacks": attacks}
		for name, v := range set {
			all[name] = v
		}
		w, err := sim.New(sc, all, 4)
		if err != nil {
			t.Fatal(err)
		}
		var list []heard
		for b := range w.Batches() {
			list = append(list, hearings(w, b)...)
		}
		if attacks > 0 {
			in = w.Truth().Incidents[0]
		}
		return list
	}
	attacked, calm := play(1), play(0)
	return in, only(attacked, in.Seal), only(calm, in.Seal)
}

func hearings(w *sim.World, b event.Batch) []heard {
	var list []heard
	for i, e := range b.Events {
		if r, ok := e.Message.(*seal.Reading); ok {
			made, _ := w.Origin(i)
			attack, _ := w.Shows(i)
			list = append(list, heard{e.At, made, *r, attack != ""})
		}
	}
	return list
}

func only(list []heard, id string) []heard {
	var out []heard
	for _, h := range list {
		if h.r.Seal == id {
			out = append(out, h)
		}
	}
	return out
}

// firstIn gives when the first of the readings made in (from, to] is heard.
func firstIn(list []heard, from, to time.Time) time.Time {
	var first time.Time
	for _, h := range list {
		if h.made.After(from) && !h.made.After(to) && (first.IsZero() || h.at.Before(first)) {
			first = h.at
		}
	}
	return first
}

// overdue is the end of the tick in which a report is missed that would have been heard at a time.
func overdue(due time.Time, after time.Duration) time.Time {
	return due.Add(after + time.Minute - 1).Truncate(time.Minute)
}

func TestBlock(t *testing.T) {
	var from, to time.Time
	in, victim, honest := road(t, func(w *sim.World, s *sim.Seal, at time.Time) {
		from, to = at, at.Add(5*time.Hour)
		w.Block(s, from, to)
	}, nil)
	// A tick without a delivery is given out at the full hour only.
	if want := overdue(firstIn(honest, from, to), 30*time.Minute); in.HeardAt.Before(want) || in.HeardAt.Sub(want) > time.Hour {
		t.Errorf("heard at %v, want %v or the next tick given out", in.HeardAt, want)
	}
	after := map[[2]int64]map[time.Time]bool{} // with repeats
	for _, h := range honest {
		if after[h.key()] == nil {
			after[h.key()] = map[time.Time]bool{}
		}
		after[h.key()][h.at] = true
	}
	waited, codes := 0, map[int64]int{}
	for _, h := range victim {
		code, event := h.r.Get(seal.Code)
		if event {
			codes[code]++
		}
		switch {
		case h.made.After(from) && h.made.Before(to):
			waited++
			if h.at.Before(to) || h.r.Val[seal.Buffered] != 1 || !h.touched {
				t.Errorf("made at %v in the silence: heard at %v, buffered %d, touched %v", h.made, h.at, h.r.Val[seal.Buffered], h.touched)
			}
		case h.made.After(to.Add(time.Hour)) && !event:
			if want := after[h.key()]; !want[h.at] {
				t.Errorf("made at %v, after the silence: heard at %v, the twin's copy at %v", h.made, h.at, want)
			}
		}
	}
	if waited < 6 || codes[seal.CodeCellLost] == 0 || codes[seal.CodeCellBack] == 0 {
		t.Errorf("%d readings waited, events by code %v", waited, codes)
	}
}

func TestSwallow(t *testing.T) {
	var from, to time.Time
	in, victim, honest := road(t, func(w *sim.World, s *sim.Seal, at time.Time) {
		from, to = at, at.Add(4*time.Hour)
		w.Swallow(s, from, to)
	}, sim.Settings{"overdue_min": 90})
	if got := firstIn(victim, from, to); !got.IsZero() {
		t.Errorf("a reading of the swallowed time was heard at %v", got)
	}
	if want := overdue(firstIn(honest, from, to), 90*time.Minute); in.HeardAt.Before(want) || in.HeardAt.Sub(want) > time.Hour {
		t.Errorf("heard at %v, want %v or the next tick given out", in.HeardAt, want)
	}
	// Nothing else has changed: not the counters, not the radio.
	rest := map[[2]int64]heard{}
	for _, h := range honest {
		rest[h.key()] = h
	}
	for _, h := range victim {
		if twin, ok := rest[h.key()]; !ok || h.touched || twin.r != h.r {
			t.Errorf("made at %v: touched %v, same as the twin's %v", h.made, h.touched, twin.r == h.r)
		}
	}
}

func TestKill(t *testing.T) {
	var dead time.Time
	in, victim, honest := road(t, func(w *sim.World, s *sim.Seal, at time.Time) {
		dead = at
		w.Kill(s, at)
	}, nil)
	for _, h := range victim {
		if h.made.After(dead) {
			t.Fatalf("dead at %v, it made a reading at %v", dead, h.made)
		}
	}
	if want := overdue(firstIn(honest, dead, dead.Add(24*time.Hour)), 30*time.Minute); in.HeardAt.Before(want) || in.HeardAt.Sub(want) > time.Hour {
		t.Errorf("heard at %v, want %v or the next tick given out", in.HeardAt, want)
	}
}

func TestReplay(t *testing.T) {
	var from, to time.Time
	in, victim, _ := road(t, func(w *sim.World, s *sim.Seal, at time.Time) {
		from, to = at, at.Add(3*time.Hour)
		w.Replay(s, from, to, 6*time.Hour, 2, to.Add(24*time.Hour))
	}, nil)
	count, first := map[[2]int64]int{}, time.Time{}
	for _, h := range victim {
		if !h.touched {
			continue
		}
		if first.IsZero() {
			first = h.at
		}
		count[h.key()]++
		if h.made.Before(from) || h.made.After(to) || h.at.Sub(h.made) < 6*time.Hour {
			t.Errorf("a copy of what was made at %v is heard at %v", h.made, h.at)
		}
	}
	if len(count) < 3 || !in.HeardAt.Equal(overdue(first, 0)) {
		t.Errorf("%d readings were replayed, first heard at %v, the incident at %v", len(count), first, in.HeardAt)
	}
	for key, n := range count {
		if n != 2 {
			t.Errorf("%v was replayed %d times, want 2", key, n)
		}
	}
}

func TestDelay(t *testing.T) {
	var from, to time.Time
	_, victim, honest := road(t, func(w *sim.World, s *sim.Seal, at time.Time) {
		from, to = at, at.Add(8*time.Hour)
		w.Delay(s, from, to, 12*time.Second, 200*time.Millisecond)
	}, sim.Settings{"assumption.radio_loss": 0, "assumption.duplicate": 0})
	delayed := 0
	for i, h := range victim {
		late := h.at.Sub(h.made)
		if h.made.After(from) && !h.made.After(to) && h.r.Val[seal.Buffered] == 0 {
			delayed++
			if late < 11*time.Second || late > 13*time.Second {
				t.Errorf("made at %v, heard %v later, want 12 s", h.made, late)
			}
		} else if i < len(honest) && len(victim) == len(honest) && h.r != honest[i].r && h.made.Before(from) {
			t.Errorf("made at %v, before the delay, it differs from the twin's", h.made)
		}
	}
	if delayed < 8 {
		t.Errorf("only %d readings were delayed", delayed)
	}
}
