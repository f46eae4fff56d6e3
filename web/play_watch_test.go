package web

import (
	"testing"
	"time"

	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// TestEveryAttackCanBeSeen: whatever is heard of an attack, a duty officer is told something of its container within the
// time in which a flag still counts. Otherwise a game would be unfair.
func TestEveryAttackCanBeSeen(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	seen, attacked := 0, 0
	for _, scenario := range h.gameWorlds() {
		for _, seed := range []string{"1", "2", "3", "4", "5"} {
			g, err := h.newGame(gameOrder{Scenario: scenario.Name, Seed: seed, Attacks: "2"})
			if err != nil {
				t.Fatal(err)
			}
			w, err := sim.New(*g.trial.Scenario, g.trial.Settings, g.trial.Seed)
			if err != nil {
				t.Fatal(err)
			}
			for range w.Batches() {
				continue
			}
			for _, in := range w.Truth().Incidents {
				if !in.Hostile || !in.Heard() {
					continue
				}
				attacked++
				from, to := in.HeardAt.UnixMilli(), max(in.HeardAt.UnixMilli(), in.End.UnixMilli())+24*hour
				for _, n := range g.news {
					if n.C == in.Container && n.Grave > newsPaper && n.At >= from && n.At <= to {
						seen++
						break
					}
				}
			}
		}
	}
	if attacked < 50 || float64(seen) < 0.95*float64(attacked) {
		t.Errorf("of %d attacks that were heard %d can be seen", attacked, seen)
	}
}

// scene is a watch over one box that stands at 0° N 0° E, fed by hand.
type scene struct {
	*watch
	at   time.Time
	tick int64
}

// TestWatchTellsWhatDoesNotFit: a jammed receiver, a box that moves without feeling it, a battery that grows.
func TestWatchTellsWhatDoesNotFit(t *testing.T) {
	s := newScene()
	only(t, s.say(time.Minute, func(r *seal.Reading) { r.Set(seal.MAhUsed, 900_000) }))
	only(t, s.say(time.Minute, func(r *seal.Reading) { r.Set(seal.Jam, 200); r.Set(seal.Fix, seal.FixNone) }), "jam")
	only(t, s.say(time.Minute, func(r *seal.Reading) { r.Set(seal.SpdKn, 200); r.Set(seal.GRms, 10) }), "moves_still")
	only(t, s.say(time.Minute, func(r *seal.Reading) { r.Set(seal.SpdKn, 200); r.Set(seal.GRms, 100) }))
	only(t, s.say(time.Minute, func(r *seal.Reading) { r.Set(seal.MAhUsed, 300_000) }), "fuller")
}

func newScene() *scene {
	at := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	p := &sim.Plan{
		Vehicles: []sim.PlanVehicle{{ID: "X", Kind: "place", Name: "X", Times: []int64{0}, LatE4: []int32{0}, LonE4: []int32{0}}},
		Seals:    []sim.PlanSeal{{Seal: "SLB-1", Container: "BOX", Legs: []sim.PlanLeg{{From: at.UnixMilli(), To: at.UnixMilli() + 1000*hour}}}},
	}
	return &scene{watch: newWatch(p), at: at}
}

// after lets time pass, hour by hour, and then says a message.
func (s *scene) after(d time.Duration, m event.Message) []news {
	from := len(s.told)
	for end := s.at.Add(d); s.at.Before(end); {
		s.at = s.at.Add(min(time.Hour, end.Sub(s.at)))
		s.tick++
		s.hear(event.Batch{Tick: s.tick, Now: s.at})
	}
	if m != nil {
		s.hear(event.Batch{Tick: s.tick, Now: s.at, Events: []event.Event{{At: s.at, Message: m}}})
	}
	return s.told[from:]
}

// reading is an ordinary report of a seal that is armed, changed as the test wants.
func (s *scene) reading(change func(*seal.Reading)) *seal.Reading {
	r := &seal.Reading{Seal: "SLB-1", Container: "BOX"}
	r.Set(seal.MsgKind, seal.Tele)
	r.Set(seal.Status, seal.Armed)
	r.Set(seal.Fix, seal.Fix3D)
	r.Set(seal.Lat, 0)
	r.Set(seal.Lon, 0)
	r.Set(seal.Lux, 0)
	r.Set(seal.TC, 20_000)
	if change != nil {
		change(r)
	}
	return r
}

// say makes a report at the scene's time after d.
func (s *scene) say(d time.Duration, change func(*seal.Reading)) []news {
	r := s.reading(change)
	r.Set(seal.TS, s.at.Add(d).UnixMilli())
	return s.after(d, r)
}

// only fails unless exactly these things were told.
func only(t *testing.T, got []news, want ...string) {
	t.Helper()
	var list []string
	for _, n := range got {
		list = append(list, n.What)
	}
	if len(list) != len(want) {
		t.Fatalf("told %v, want %v", list, want)
	}
	for i := range want {
		if list[i] != want[i] {
			t.Fatalf("told %v, want %v", list, want)
		}
	}
}

func TestWatchTellsWhatIsOutOfTheOrdinary(t *testing.T) {
	s := newScene()
	only(t, s.say(time.Hour, nil))
	only(t, s.say(time.Hour, func(r *seal.Reading) { r.Set(seal.Lux, 4000) }), "light")
	only(t, s.say(time.Minute, func(r *seal.Reading) { r.Set(seal.Lux, 4000) })) // still
	only(t, s.say(time.Hour, func(r *seal.Reading) { r.Set(seal.GPeak, 4000) }), "shock")
	only(t, s.say(time.Hour, func(r *seal.Reading) { r.Set(seal.TC, 40_000) }), "warm")
	only(t, s.say(time.Hour, func(r *seal.Reading) { r.Set(seal.Lat, 200_000); r.Set(seal.TC, 40_000) }), "off") // 22 km in an hour
	only(t, s.say(time.Minute, func(r *seal.Reading) { r.Set(seal.TC, 40_000) }), "jump", "on_again")
	cut := func(r *seal.Reading) {
		r.Set(seal.MsgKind, seal.EventMsg)
		r.Set(seal.Code, seal.CodeRopeCut)
		r.Set(seal.TC, 40_000)
	}
	only(t, s.say(time.Hour, cut), "rope_cut")
	opened := s.at.Add(30 * time.Minute).UnixMilli()
	latch := func(r *seal.Reading) { r.Set(seal.OpenedAt, opened); r.Set(seal.TC, 40_000) }
	only(t, s.say(time.Hour, latch), "opened")
	only(t, s.say(time.Hour, latch))
}

func TestWatchTellsSilenceAndBlindness(t *testing.T) {
	s := newScene()
	only(t, s.say(time.Hour, nil))
	only(t, s.say(time.Hour, nil))
	only(t, s.after(7*time.Hour, nil)) // an hour's pace and six to wait
	only(t, s.after(2*time.Hour, nil), "silent")
	only(t, s.after(10*time.Hour, nil))
	only(t, s.say(time.Hour, nil), "back")
	for range 6 {
		only(t, s.say(time.Hour, func(r *seal.Reading) { r.Set(seal.Fix, seal.FixNone) }))
	}
	only(t, s.say(2*time.Hour, func(r *seal.Reading) { r.Set(seal.Fix, seal.FixNone) }), "blind")
	only(t, s.after(0, &notice.Notice{What: notice.AuthorisedOpening, Container: "BOX", TS: s.at.Add(time.Hour).UnixMilli()}), "authorised")
	only(t, s.after(4*time.Hour, &notice.Notice{What: notice.AuthorisedOpening, Container: "BOX", TS: s.at.UnixMilli()}), "authorised_late")
	only(t, s.after(0, &notice.Notice{What: notice.GateIn, Container: "ELSE", TS: s.at.UnixMilli()}))
}
