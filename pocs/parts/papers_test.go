package parts_test

import (
	"testing"

	"sealab/pocs/parts"
	"sealab/sim/notice"
)

const h = parts.HourMs

func booked() *parts.Papers {
	var p parts.Papers
	p.Add(&notice.Notice{What: notice.Booking, Route: []notice.Stop{
		{Place: "AEJEA", ETD: 10 * h},
		{Place: "KEMBA", Mode: "sea", ETA: 210 * h, ETD: 300 * h},
		{Place: "UGKLA", Mode: "road", ETA: 400 * h},
	}}, 1)
	return &p
}

func TestPapersAtSea(t *testing.T) {
	p := booked()
	for hour, want := range map[int64]bool{0: false, 8: false, 9: true, 100: true, 211: true, 212: false, 350: false} {
		if got := p.AtSea(hour*h, h); got != want {
			t.Errorf("hour %d as booked: got %v, want %v", hour, got, want)
		}
	}
	p.Add(&notice.Notice{What: notice.Departure, Place: "AEJEA", TS: 40 * h}, 2)
	p.Add(&notice.Notice{What: notice.Arrival, Place: "KEMBA", TS: 260 * h}, 2)
	for hour, want := range map[int64]bool{30: false, 40: true, 259: true, 262: false} {
		if got := p.AtSea(hour*h, h); got != want {
			t.Errorf("hour %d as it went: got %v, want %v", hour, got, want)
		}
	}
}

func TestPapersMode(t *testing.T) {
	p := booked()
	for hour, want := range map[int64]string{5: "", 15: "", 100: "sea", 205: "", 250: "", 350: "road", 401: ""} {
		if got := p.Mode(hour*h, 10*h); got != want {
			t.Errorf("hour %d: got %q, want %q", hour, got, want)
		}
	}
}

func TestPapersEnd(t *testing.T) {
	p := booked()
	p.Add(&notice.Notice{What: notice.GateOut, Place: "KEMBA", TS: 210 * h}, 2)
	p.Add(&notice.Notice{What: notice.Arrival, Place: "UGKLA", TS: 390 * h}, 2)
	if p.Ended(999 * h) {
		t.Error("gate out on the way, arrival at the last call: got the end of the trip")
	}
	p.Add(&notice.Notice{What: notice.GateOut, Place: "UGKLA", TS: 450 * h}, 2)
	if !p.Ended(450*h) || p.Ended(449*h) {
		t.Error("gate out at the last call: want the trip ended from then on")
	}
}

func TestPapersAuthorised(t *testing.T) {
	var p parts.Papers
	for i := range int64(12) { // more than are remembered
		p.Add(&notice.Notice{What: notice.AuthorisedOpening, TS: i * 100 * h, Until: i*100*h + 4*h}, 2)
	}
	for hour, want := range map[int64]bool{1100: true, 1104: true, 1105: true, 1106: false, 1098: false, 404: true, 304: false} {
		if got := p.Authorised(hour*h, h); got != want {
			t.Errorf("hour %d: got %v, want %v", hour, got, want)
		}
	}
}

func TestHandlingPlace(t *testing.T) {
	if !parts.HandlingPlace(30_610_000, 122_100_000, 1000) {
		t.Error("at Yangshan: want a handling place")
	}
	if parts.HandlingPlace(0, 0, 10_000) {
		t.Error("in the Gulf of Guinea: want none")
	}
}
