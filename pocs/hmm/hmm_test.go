package hmm_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/hmm"
	"sealab/pocs/parts/play"
	"sealab/sim/geo"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// opened starts the detector with its default parameters and returns the stage before it and what it says.
func opened(tb testing.TB) (*play.Stage, *[]pocs.Finding) {
	tb.Helper()
	return play.Open(tb, &hmm.PoC, hmm.PoC.New, nil)
}

// drive is a truck's way from Mombasa to Kampala, by road, or a train's by rail, and how far it has come.
type drive struct {
	*play.Stage
	path *geo.Path
	atM  float64
	cur  int
}

// book books a box from stop to stop by one mode, and puts it at the start of the first leg.
func book(tb testing.TB, s *play.Stage, mode string, allowed geo.Modes, stops ...string) *drive {
	tb.Helper()
	n := notice.Notice{What: notice.Booking}
	for i, place := range stops {
		stop := notice.Stop{Place: place, ETA: s.Now.UnixMilli() + int64(i)*86400_000, ETD: s.Now.UnixMilli() + int64(i)*86400_000}
		if i > 0 {
			stop.Mode = mode
		}
		n.Route = append(n.Route, stop)
	}
	s.Note(n)
	route, err := geo.Plan(stops[0], stops[1], allowed)
	if err != nil {
		tb.Fatal(err)
	}
	d := &drive{Stage: s, path: route.Path()}
	return d.to(0, 0, 0)
}

// to puts the box so far along its way, and so many metres off it to the east and north.
func (d *drive) to(atM, eastM, northM float64) *drive {
	d.atM = atM
	lat, lon := d.path.At(atM, &d.cur)
	d.Body.Val[seal.Lat] = int64(1e6 * (lat + northM/111_195))
	d.Body.Val[seal.Lon] = int64(1e6 * (lon + eastM/111_195)) // near the equator
	return d
}

// drive goes on for some hours with a report every pause, and says each.
func (d *drive) drive(hours float64, pause time.Duration, edits ...play.Edit) *drive {
	for range int(hours * float64(time.Hour) / float64(pause)) {
		d.to(d.atM+50_000*pause.Hours(), 0, 0).Wait(pause)
		d.Say(append([]play.Edit{play.With(seal.GRms, 200), play.With(seal.SpdKn, 270)}, edits...)...)
	}
	return d
}

// rest stands for some hours with a report every half hour.
func (d *drive) rest(hours float64, edits ...play.Edit) *drive {
	for range int(2 * hours) {
		d.Wait(30 * time.Minute).Say(edits...)
	}
	return d
}

const fine = 5 * time.Minute

// plays are small scenes and the kinds that must be said of them, in order.
var plays = []struct {
	name string
	play func(*drive)
	want string
}{
	{"two days on the road, with a night, a tunnel and a network's positions", func(d *drive) {
		d.drive(4.5, fine).rest(1).drive(4.5, fine).rest(11)
		d.drive(0.6, fine, play.With(seal.Fix, seal.FixNone), play.With(seal.Sats, 0)).drive(3, fine)
		d.to(d.atM, 2200, -1500).Wait(fine).Say(play.With(seal.Fix, seal.FixCell), play.With(seal.AccM, 30000))
		d.drive(2, fine)
	}, ""},
	{"hourly reports on the road", func(d *drive) { d.drive(10, time.Hour).rest(10).drive(5, time.Hour) }, ""},
	{"a single wild fix", func(d *drive) {
		d.drive(2, fine)
		d.to(d.atM, 3000, 2000).Wait(fine).Say(play.With(seal.GRms, 200))
		d.drive(2, fine)
	}, ""},
	{"half an hour at a yard six kilometres off", func(d *drive) {
		d.drive(2, fine)
		for i := range 5 {
			d.to(d.atM, 0, float64(i+1)*1200).Wait(fine).Say(play.With(seal.GRms, 200))
		}
		d.Wait(30 * time.Minute).Say()
		d.drive(2, fine)
	}, "diversion"},
	{"a yard two kilometres off, at hourly reports", func(d *drive) {
		d.drive(4, time.Hour)
		d.to(d.atM, 0, 2000)
		for range 4 {
			d.Wait(time.Hour).Say()
		}
	}, "diversion"},
	{"hidden by a jammer", func(d *drive) {
		d.drive(2, fine)
		d.drive(0.5, fine, play.With(seal.Fix, seal.FixNone), play.With(seal.Sats, 1), play.With(seal.Jam, 230))
	}, "gnss_jam"},
	{"led off the road on the map alone", func(d *drive) {
		d.drive(2, fine).rest(1)
		for i := range 6 {
			d.to(d.atM, 0, float64(i+1)*3000).Wait(fine).Say(play.With(seal.CN0SD, 60))
		}
	}, "drag_off"},
	{"a far place at once, under the same cell", func(d *drive) {
		d.drive(2, fine)
		d.to(d.atM, 0, 400_000).Wait(fine).Say()
		d.Wait(fine).Say()
	}, "spoof_teleport"},
	{"two nights and a day by the open road", func(d *drive) { d.drive(4, fine).rest(30) }, "diversion"},
	{"another road at a fork", func(d *drive) {
		d.drive(2, fine).Wait(10 * time.Hour)
		by := map[bool]string{true: "ea_eldoret", false: "ea_kisumu"}
		booked, err := geo.Plan("KEMBA", "UGKLA", geo.ByRoad)
		if err != nil {
			panic(err)
		}
		fork, err := geo.Plan("ea_nakuru", by[slices.Contains(booked.Nodes, "ea_kisumu")], geo.ByRoad)
		if err != nil {
			panic(err)
		}
		d.path, d.cur = fork.Path(), 0
		d.to(80_000, 0, 0).drive(1, fine)
	}, "diversion"},
	{"another way that Customs approved", func(d *drive) {
		d.drive(2, fine)
		d.Note(notice.Notice{What: notice.ApprovedDiversion})
		for range 6 {
			d.to(d.atM, 0, 8000).Wait(30 * time.Minute).Say()
		}
	}, ""},
	{"a backlog in any order", func(d *drive) {
		var late []seal.Reading
		for range 20 {
			d.to(d.atM+4000, 0, 0).Wait(fine)
			d.Seq++
			late = append(late, d.Draw(play.With(seal.GRms, 200)))
		}
		slices.Reverse(late)
		for i := range late {
			d.Send(&late[i])
		}
		d.drive(1, fine)
	}, ""},
	{"what is no reading of a box", func(d *drive) {
		d.drive(1, fine)
		d.Wait(fine).Say(func(r *seal.Reading) { r.Clear(seal.Lat) }).Say(func(r *seal.Reading) { r.Clear(seal.TS) })
		d.Wait(fine).Say(play.With(seal.TS, 1<<62)).Say(play.With(seal.AccM, -5), play.With(seal.CN0SD, -1<<62))
		d.drive(1, fine)
		d.Wait(fine).Say(play.With(seal.Lat, 1<<62), play.With(seal.Lon, -1<<62))
		d.drive(1, fine)
	}, ""},
}

func TestPlays(t *testing.T) {
	for _, c := range plays {
		t.Run(c.name, func(t *testing.T) {
			stage, said := opened(t)
			c.play(book(t, stage, "road", geo.ByRoad, "KEMBA", "UGKLA"))
			var kinds []string
			for _, f := range *said {
				kinds = append(kinds, f.Kind)
			}
			if got := strings.Join(kinds, " "); got != c.want {
				t.Errorf("said %q, want %q: %+v", got, c.want, *said)
			}
		})
	}
}

// TestRailIsSentRound: a train on another railway than the shortest is no diversion; a box beside the railway is one.
func TestRailIsSentRound(t *testing.T) {
	stage, said := opened(t)
	d := book(t, stage, "rail", geo.ByRail, "CNCKG", "DEDUI")
	round, err := geo.Plan("CNCKG", "DEDUI", geo.ByRail, d.pathNode(t))
	if err != nil {
		t.Fatal(err)
	}
	d.path, d.cur = round.Path(), 0
	d.drive(60, 15*time.Minute)
	if len(*said) != 0 {
		t.Fatalf("a train that goes round was accused: %+v", (*said)[0])
	}
	for range 4 {
		d.to(d.atM, 0, 9000).Wait(15 * time.Minute).Say(play.With(seal.GRms, 200))
	}
	if len(*said) != 1 || (*said)[0].Kind != "diversion" {
		t.Errorf("got %+v, want a diversion", *said)
	}
}

// pathNode is a node of the shortest railway that can be avoided.
func (d *drive) pathNode(t *testing.T) string {
	t.Helper()
	short, err := geo.Plan("CNCKG", "DEDUI", geo.ByRail)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range short.Nodes[1 : len(short.Nodes)-1] {
		if _, err := geo.Plan("CNCKG", "DEDUI", geo.ByRail, n); err == nil {
			return n
		}
	}
	t.Fatal("the railway has no way round")
	return ""
}

// TestNothingBooked: of a box whose way nobody told, and of one at sea, there is nothing to say.
func TestNothingBooked(t *testing.T) {
	stage, said := opened(t)
	for range 10 {
		stage.Body.Val[seal.Lat] += 300_000
		stage.Wait(time.Hour).Say()
	}
	book(t, stage, "sea", geo.ByRoad, "KEMBA", "UGKLA")
	for range 10 {
		stage.Body.Val[seal.Lat] += 300_000
		stage.Wait(time.Hour).Say()
	}
	if len(*said) != 0 {
		t.Errorf("said %+v", (*said)[0])
	}
}

// TestBasis: a diversion rests on the fix that told it, the one before, and the last on the way.
func TestBasis(t *testing.T) {
	stage, said := opened(t)
	d := book(t, stage, "road", geo.ByRoad, "KEMBA", "UGKLA") // 1
	d.drive(2, fine)                                          // 2 … 25
	for range 3 {
		d.to(d.atM, 0, 8000).Wait(10 * time.Minute).Say(play.With(seal.GRms, 200))
	}
	if len(*said) != 1 {
		t.Fatalf("got %+v", *said)
	}
	got := (*said)[0].Basis
	if len(got) < 2 || got[0] <= 25 || got[1] != 25 {
		t.Errorf("rests on %v, want a message after 25 first, and 25, the last on the road", got)
	}
}
