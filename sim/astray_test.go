// A box that is led astray goes without a jump, comes to its end, and is on no map.
package sim

import (
	"reflect"
	"testing"
	"time"

	"sealab/sim/exact"
	"sealab/sim/geo"
	"sealab/sim/seal"
)

// roadWorld makes a small world by road in which a hostile kind acts on one seal.
func roadWorld(tb testing.TB, attacks float64, seed uint64, when func(*World, *Seal, *exact.Dice) time.Time, act mountFunc) *World {
	tb.Helper()
	w, err := New(Scenario{
		Name: "stage", Settings: CommonSettings(14, 300), Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC),
		Span: 14 * 24 * time.Hour, Tick: time.Minute,
		Attacks: []*Kind{{Name: "staged", Hostile: true, When: when, Attack: act}},
		Build:   func(w *World) { w.Trade(Lane{From: "KEMBA", To: "UGKLA", By: ByRoad, Weight: 1}) },
	}, Settings{"attacks": attacks, "seals": 10}, seed)
	if err != nil {
		tb.Fatal(err)
	}
	return w
}

func bodyOf(w *World, id string) *Body {
	for _, b := range w.Bodies() {
		if b.ID() == id {
			return b
		}
	}
	return nil
}

func apartM(a, b Where) float64 { return geo.DistanceM(a.Lat, a.Lon, b.Lat, b.Lon) }

func TestDetour(t *testing.T) {
	anywhere := func(w *World, s *Seal, d *exact.Dice) time.Time {
		at, driving := w.PickDrive(s, d, 40*time.Hour)
		if standing, _ := w.PickAshore(s, d, 40*time.Hour); !driving || d.Chance(0.4) {
			return standing
		}
		return at
	}
	late := 0
	for seed := uint64(1); seed <= 12; seed++ {
		var there, leaves, back time.Time
		w := roadWorld(t, 1, seed, anywhere, func(w *World, s *Seal, at time.Time) *Incident {
			there, leaves, back = w.Detour(s, at, 3000, 4000, 8, 5*time.Hour)
			return &Incident{End: back}
		})
		in := w.incidents[0]
		honest, astray := bodyOf(roadWorld(t, 0, seed, nil, nil), in.Seal), bodyOf(w, in.Seal)
		start, left := in.Start, honest.At(in.Start)
		from, to := honest.Span()
		for at := from; at.Before(to); at = at.Add(time.Minute) {
			if d := apartM(astray.At(at), astray.At(at.Add(time.Minute))); d > 60*17+1500 {
				t.Fatalf("seed %d: %.0f m in a minute at %v", seed, d, at)
			}
		}
		if d := apartM(left, astray.At(there.Add(time.Hour))); d < 4950 || d > 5050 || astray.At(leaves).Doing.Moves() && leaves.Before(there) {
			t.Errorf("seed %d: the yard is %.0f m away, want 5000", seed, d)
		}
		if d := apartM(left, astray.At(back)); d > 20 {
			t.Errorf("seed %d: it comes back %.0f m from where it left", seed, d)
		}
		if left.Doing == OnRoad {
			late++
			cost := back.Sub(start)
			for _, after := range []time.Duration{time.Minute, 3 * time.Hour, 20 * time.Hour} {
				if want := honest.At(start.Add(after)); want.Vehicle != "" && apartM(want, astray.At(start.Add(after+cost))) > 20 {
					t.Errorf("seed %d: %v after the detour it is not where it would have been %v earlier", seed, after, cost)
				}
			}
		}
		if plan := roadWorld(t, 0, seed, nil, nil).Plan(); !reflect.DeepEqual(plan, w.Plan()) {
			t.Errorf("seed %d: the planned motion tells of the detour", seed)
		}
	}
	if late < 3 {
		t.Errorf("only %d of 12 detours began on the road", late)
	}
}

func TestStayBehind(t *testing.T) {
	inYard := func(w *World, s *Seal, d *exact.Dice) time.Time {
		stay, _ := w.PickStay(s, d, 2*time.Hour)
		return stay.From.Add(time.Hour)
	}
	for seed := uint64(1); seed <= 12; seed++ {
		w := roadWorld(t, 1, seed, inYard, func(w *World, s *Seal, at time.Time) *Incident {
			w.StayBehind(s, at, 60, 80)
			return &Incident{End: at}
		})
		in := w.incidents[0]
		b := bodyOf(w, in.Seal)
		_, end := b.Span()
		last, next := b.At(end), b.At(in.Start.Add(time.Second))
		if d := apartM(last, next); d > 0 {
			t.Errorf("seed %d: the seal that was left behind moved by %.0f m", seed, d)
		}
		if d := apartM(b.At(in.Start.Add(-time.Second)), next); d < 95 || d > 105 {
			t.Errorf("seed %d: the other box is %.0f m away, want 100", seed, d)
		}
		disarmed, spoke := false, 0
		w.Watch(func(s Sent) {
			if r := s.Reading; r.Seal == in.Seal && s.Made.After(in.Start) {
				disarmed = disarmed || r.Is(seal.Code, seal.CodeDisarmed) || r.Is(seal.MsgKind, seal.Death)
				spoke++
			}
		})
		for range w.Batches() {
			continue
		}
		if disarmed || spoke < 10 {
			t.Errorf("seed %d: disarmed %v, %d messages after it was left behind", seed, disarmed, spoke)
		}
	}
}
