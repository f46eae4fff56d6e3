// Trips of several hops: without a hole or a leap, the same whoever else travels, and booked as they go.
package sim

import (
	"testing"
	"time"

	"sealab/sim/geo"
)

var hopping = Scenario{
	Name: "hopping", Settings: CommonSettings(20, 3600), Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Tick: time.Minute,
	Build: func(w *World) {
		w.Trade(
			Lane{From: "IDSUB", Via: []Hop{{"SGSIN", BySea}, {"HKHKG", BySea}}, To: "JPYOK", By: BySea, Weight: 1},
			Lane{From: "CNYTN", Via: []Hop{{"USLGB", BySea}}, To: "USCHI", By: ByRail, Weight: 1},
			Lane{From: "THLCH", Via: []Hop{{"TH0SR", ByRoad}, {"TH0AM", ByRoad}}, To: "TH0BN", By: ByRoad, Weight: 1},
		)
	},
}

func TestHopsJoin(t *testing.T) {
	w, err := New(hopping, Settings{"seals": 60}, 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range w.honest() {
		for i := 1; i < len(s.legs); i++ {
			a, b := &s.legs[i-1], &s.legs[i]
			if a.to != b.from || b.to < b.from {
				t.Errorf("%s: leg %d ends at %d, the next is from %d to %d", s.id, i-1, a.to, b.from, b.to)
			}
			lat1, lon1 := w.point(a, a.to)
			lat2, lon2 := w.point(b, b.from)
			if leap := geo.DistanceM(lat1, lon1, lat2, lon2); leap > 50 {
				t.Errorf("%s: %.0f m between legs %d and %d", s.id, leap, i-1, i)
			}
		}
		if n := len(s.lane.Via) + 2; len(s.route) != n {
			t.Errorf("%s: %d stops are booked, want %d", s.id, len(s.route), n)
		}
		for i := 1; i < len(s.route); i++ {
			if stop := s.route[i]; stop.ETA < s.route[i-1].ETD || stop.ETD < stop.ETA {
				t.Errorf("%s: booked is %+v after %+v", s.id, stop, s.route[i-1])
			}
		}
		if ashore := s.lane.By == ByRoad; s.Ashore() != ashore {
			t.Errorf("%s from %s: ashore is %v", s.id, s.lane.From, s.Ashore())
		}
	}
}

// point is where the vehicle or place of a leg is, without the box's own offset.
func (w *World) point(l *leg, t int64) (lat, lon float64) {
	if l.vehicle < 0 {
		return w.places[l.place].lat, w.places[l.place].lon
	}
	var c cursor
	lat, lon, _ = w.vehicles[l.vehicle].at(t, &c)
	return lat, lon
}
