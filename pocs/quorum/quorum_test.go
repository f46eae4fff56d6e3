package quorum_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/parts/play"
	"sealab/pocs/quorum"
	"sealab/sim/geo"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// yard is some seals that came into one yard, of which the first is the one that the play is about.
type yard struct {
	*play.Stage
	n    int
	said *[]pocs.Finding
}

// opened starts the detector and lets so many boxes into the yard of Mombasa, each with a fix there.
func opened(tb testing.TB, n int) *yard {
	tb.Helper()
	stage, said := play.Open(tb, &quorum.PoC, quorum.PoC.New, nil)
	y := &yard{n: n, said: said, Stage: stage}
	port, _ := geo.Find("KEMBA")
	y.Body.Val[seal.Lat], y.Body.Val[seal.Lon] = int64(1e6*port.Lat), int64(1e6*port.Lon)
	y.Body.Set(seal.Sent, 0)
	y.Body.Set(seal.RSRP, -94)
	y.Body.Set(seal.RH, 850)
	for i := range n {
		y.as(i).Note(notice.Notice{What: notice.GateIn, Place: "KEMBA"})
	}
	return y
}

// as lets the i-th seal speak next.
func (y *yard) as(i int) *yard {
	y.Seal, y.Container = fmt.Sprintf("SLB-%08d", i+1), containers[i]
	return y
}

// containers are valid numbers; one in eleven serials has none.
var containers = func() (list []string) {
	for serial := 100_000; len(list) < 10; serial++ {
		if c := seal.MakeContainer("SLBU", serial); c != "" {
			list = append(list, c)
		}
	}
	return list
}()

// hours lets some hours pass, in each of which every seal reports: the odd ones, the first so many, with edits.
func (y *yard) hours(h, odd int, edits ...play.Edit) *yard {
	for range h {
		y.Wait(time.Hour)
		for i := range y.n {
			if i < odd {
				y.as(i).Say(edits...)
			} else {
				y.as(i).Say()
			}
		}
	}
	return y
}

// silent lets some hours pass in which the first so many seals say nothing.
func (y *yard) silent(h, odd int) *yard {
	for range h {
		y.Wait(time.Hour)
		for i := odd; i < y.n; i++ {
			y.as(i).Say()
		}
	}
	return y
}

var (
	drowned   = []play.Edit{play.With(seal.Fix, seal.FixNone), play.With(seal.Jam, 220), play.With(seal.Sats, 1)}
	stacked   = []play.Edit{play.With(seal.Fix, seal.FixNone), play.With(seal.Jam, 8), play.With(seal.Sats, 2)}
	farPoint  = []play.Edit{play.With(seal.CN0SD, 50), play.With(seal.Lat, 2_000_000), play.With(seal.Lon, 45_000_000)}
	farHonest = []play.Edit{play.With(seal.Lat, 2_000_000), play.With(seal.Lon, 45_000_000), play.With(seal.Cell, 99)}
)

// plays are small scenes and the kinds that must be said in them, in order, each box by its number.
var plays = []struct {
	name  string
	seals int
	play  func(*yard)
	want  string
}{
	{"a week of peace", 6, func(y *yard) { y.hours(168, 0) }, ""},
	{"one is jammed", 6, func(y *yard) { y.hours(4, 0).hours(2, 1, drowned...) }, "1:gnss_jam"},
	{"half the yard is jammed", 6, func(y *yard) { y.hours(4, 0).hours(4, 3, drowned...) }, "1:gnss_jam 2:gnss_jam"},
	{"one is in a stack", 6, func(y *yard) { y.hours(4, 0).hours(8, 1, stacked...) }, ""},
	{"one is jammed among too few", 3, func(y *yard) { y.hours(4, 0).hours(4, 1, drowned...) }, ""},
	{"one falls silent", 6, func(y *yard) { y.hours(4, 0).silent(14, 1) }, "1:radio_wrap"},
	{"one falls silent for as long as a dead zone lasts", 6, func(y *yard) { y.hours(4, 0).silent(7, 1).hours(4, 0) }, ""},
	{"four of seven fall silent", 7, func(y *yard) { y.hours(4, 0).silent(24, 4) }, ""},
	{"one falls silent whose cell runs out", 6, func(y *yard) { y.hours(4, 1, play.With(seal.Pct, 60)).silent(24, 1) }, ""},
	{"one goes to sleep", 6, func(y *yard) {
		y.hours(4, 0).as(0).Say(play.With(seal.MsgKind, seal.Death))
		y.silent(24, 1)
	}, ""},
	{"one leaves by the notices", 6, func(y *yard) {
		y.hours(4, 0).as(0).Note(notice.Notice{What: notice.Departure, Place: "KEMBA", Vehicle: "truck-1"})
		y.silent(24, 1)
	}, ""},
	{"one is broken and gone", 6, func(y *yard) {
		y.hours(4, 0).as(0).Say(play.Code(seal.CodeRopeCut), play.With(seal.Status, seal.Tampered), play.With(seal.TamperedAt, y.Now.UnixMilli()))
		y.silent(8, 1)
	}, "1:seal_theft"},
	{"a far point under one transmitter", 6, func(y *yard) { y.hours(4, 0).hours(2, 1, farPoint...) }, "1:spoof_teleport"},
	{"a whole yard at a far point", 6, func(y *yard) { y.hours(4, 0).hours(1, 6, farPoint...) }, "1:spoof_teleport 2:spoof_teleport 3:spoof_teleport 4:spoof_teleport 5:spoof_teleport 6:spoof_teleport"},
	{"a second device elsewhere", 6, func(y *yard) {
		y.hours(4, 0)
		y.Wait(time.Minute).Say()
		y.as(0).Wait(10 * time.Minute).Say(farHonest...).Wait(10 * time.Minute).Say(farHonest...)
	}, "1:clone"},
	{"an alarm that was held back", 6, func(y *yard) {
		y.hours(4, 0).silent(4, 1)
		y.as(0).Say(play.Code(seal.CodeRopeCut), func(r *seal.Reading) { r.Set(seal.TS, r.Val[seal.TS]-3*3600_000) })
	}, "1:delayed_alarm"},
	{"a backlog out of a bag", 6, func(y *yard) {
		y.hours(4, 0).silent(4, 1)
		y.as(0).Say(play.With(seal.Fix, seal.FixNone), play.With(seal.Sats, 0), play.With(seal.RSRP, -135),
			func(r *seal.Reading) { r.Set(seal.TS, r.Val[seal.TS]-2*3600_000) })
	}, "1:radio_wrap"},
	{"a backlog out of a dead zone", 6, func(y *yard) {
		y.hours(4, 0).silent(4, 1)
		y.as(0).Say(func(r *seal.Reading) { r.Set(seal.TS, r.Val[seal.TS]-2*3600_000) })
	}, ""},
	{"one is switched off", 6, func(y *yard) { y.hours(24, 0).hours(4, 1, play.With(seal.TC, 30_000)) }, "1:temp_abuse"},
	{"all are switched off", 6, func(y *yard) { y.hours(24, 0).hours(4, 6, play.With(seal.TC, 30_000)) }, ""},
	{"one was opened rightfully and is warm", 6, func(y *yard) {
		y.hours(24, 0).as(0).Note(notice.Notice{What: notice.AuthorisedOpening, Until: y.Now.Add(6 * time.Hour).UnixMilli()})
		y.hours(4, 1, play.With(seal.TC, 30_000))
	}, ""},
	{"what is no message of a box", 6, func(y *yard) {
		y.hours(4, 0).as(0).Say(play.With(seal.TS, 1<<62)).Say(play.With(seal.Lat, 1<<62), play.With(seal.Lon, -1<<62))
		y.Say(func(r *seal.Reading) { *r = seal.Reading{Seal: r.Seal, Container: r.Container} })
		y.Note(notice.Notice{What: notice.Departure}).Note(notice.Notice{What: notice.Arrival, Place: "nowhere"})
		y.hours(3, 0)
	}, ""},
}

func TestPlays(t *testing.T) {
	for _, c := range plays {
		t.Run(c.name, func(t *testing.T) {
			y := opened(t, c.seals)
			c.play(y)
			var kinds []string
			for _, f := range *y.said {
				who := 0
				for i := range c.seals {
					if y.as(i); y.Container == f.Container {
						who = i + 1
					}
				}
				kinds = append(kinds, fmt.Sprint(who, ":", f.Kind))
				if len(f.Basis) == 0 || f.Why == "" {
					t.Errorf("%+v does not say what it rests on, or why", f)
				}
			}
			if got := strings.Join(kinds, " "); got != c.want {
				t.Errorf("said %q, want %q: %+v", got, c.want, *y.said)
			}
		})
	}
}

// TestSilenceByChance: at the default alpha a seal is accused of silence only after nearly as long as a dead zone can last,
// and the sooner the rarer dead zones are.
func TestSilenceByChance(t *testing.T) {
	y := opened(t, 6)
	y.hours(4, 0).silent(7, 1)
	if len(*y.said) != 0 {
		t.Fatalf("after seven hours: %+v", (*y.said)[0])
	}
	y.silent(4, 1)
	if len(*y.said) != 1 || (*y.said)[0].Kind != "radio_wrap" {
		t.Errorf("after eleven hours: %+v", *y.said)
	}
}
