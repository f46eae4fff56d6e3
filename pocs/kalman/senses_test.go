package kalman_test

import (
	"testing"
	"time"

	"sealab/pocs/parts/play"
	"sealab/sim/geo"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// hours says an ordinary reading each hour, so many.
func hours(s *play.Stage, n int, edits ...play.Edit) {
	for i := range n {
		own := []play.Edit{play.With(seal.SpdKn, 0), play.With(seal.Tilt, 8), play.With(seal.MagMT, 1200+[]int64{3, -9, 6, 0, -4, 8}[i%6])}
		s.Wait(time.Hour).Say(append(own, edits...)...)
	}
}

// on edits what the stage says from here on.
func on(s *play.Stage, edits ...play.Edit) {
	for _, edit := range edits {
		edit(&s.Body)
	}
}

// sensePlays are small scenes for each sense, hostile and innocent, and the kinds that must be said of them, in order.
var sensePlays = []struct {
	name string
	play func(*play.Stage)
	want string
}{
	{"jammed", func(s *play.Stage) {
		hours(s, 3)
		hours(s, 3, play.With(seal.Fix, seal.FixNone), play.With(seal.Sats, 1), play.With(seal.Jam, 190))
	}, "gnss_jam"},
	{"under steel", func(s *play.Stage) {
		hours(s, 3)
		hours(s, 20, play.With(seal.Fix, seal.FixNone), play.With(seal.Sats, 1), play.With(seal.Jam, 18))
	}, ""},

	{"in a bag", func(s *play.Stage) {
		hours(s, 3)
		backlog(s, 5, play.With(seal.Fix, seal.FixNone), play.With(seal.Sats, 0), play.With(seal.CN0, 90))
	}, "radio_wrap"},
	{"a dead zone", func(s *play.Stage) { hours(s, 3); backlog(s, 5) }, ""},
	{"a dead zone under a roof", func(s *play.Stage) {
		roof := []play.Edit{play.With(seal.Fix, seal.FixNone), play.With(seal.Sats, 0), play.With(seal.CN0, 90)}
		hours(s, 3)
		hours(s, 3, roof...)
		backlog(s, 5, roof...)
	}, ""},

	{"another cell in it, started anew", func(s *play.Stage) {
		on(s, play.With(seal.MAhUsed, 900_000))
		hours(s, 3)
		s.Boot, s.Seq = 17, 0
		hours(s, 2, play.With(seal.MAhUsed, 4_000_000))
	}, "seal_swap"},
	{"another cell in it, counters copied", func(s *play.Stage) {
		on(s, play.With(seal.MAhUsed, 900_000))
		hours(s, 3)
		hours(s, 2, play.With(seal.MAhUsed, 400_000))
	}, "clone"},
	{"armed by nobody", func(s *play.Stage) {
		on(s, play.With(seal.MAhUsed, 900_000))
		hours(s, 2)
		s.Say(play.Code(seal.CodeArmed))
	}, "seal_swap"},
	{"armed by command", func(s *play.Stage) {
		on(s, play.With(seal.MAhUsed, 900_000))
		hours(s, 2)
		s.Say(play.Code(seal.CodeArmed), func(r *seal.Reading) { r.CmdID = "arm-7" })
	}, ""},
	{"a reboot, and a week of vain attaching", func(s *play.Stage) {
		on(s, play.With(seal.MAhUsed, 900_000))
		hours(s, 2)
		s.Boot, s.Seq = s.Boot+1, 0
		s.Wait(7 * 24 * time.Hour)
		on(s, play.With(seal.MAhUsed, 1_400_000))
		s.Say(play.Code(seal.CodeReboot))
	}, "radio_wrap"}, // the desk's rule, for the silence; nothing of the battery

	{"played back", func(s *play.Stage) {
		s.Say()
		r := s.Draw()
		hours(s, 5)
		s.Send(&r)
	}, "replay"},
	{"repeated within minutes", func(s *play.Stage) {
		s.Say()
		r := s.Draw()
		s.Wait(20 * time.Minute).Send(&r)
	}, ""},
	{"clock set back", func(s *play.Stage) {
		hours(s, 3)
		s.Say(play.Code(seal.CodeClockStep), play.With(seal.TS, s.Now.Add(-50*time.Hour).UnixMilli()))
	}, "clock_rollback"},

	{"taken off with its mount", func(s *play.Stage) {
		hours(s, 3)
		hours(s, 1, play.With(seal.Tilt, 1100), play.With(seal.MagMT, 5))
	}, "moved_seal"},
	{"tools at a standing box", func(s *play.Stage) {
		hours(s, 3)
		hours(s, 1, play.With(seal.GRms, 400), play.With(seal.GPeak, 2400))
	}, "hinge_bypass"},
	{"a hard set-down", func(s *play.Stage) { hours(s, 3); hours(s, 1, play.With(seal.GPeak, 3600)) }, ""},
	{"a door that hangs otherwise", func(s *play.Stage) {
		hours(s, 20)
		for i := range 8 {
			hours(s, 1, play.With(seal.MagMT, 1150+int64(i%3)*6))
		}
	}, "hinge_bypass"},
	{"a magnet that sticks", func(s *play.Stage) { hours(s, 20); hours(s, 40, play.With(seal.MagMT, 1160)) }, ""},
	{"a magnet that jumps about", func(s *play.Stage) {
		hours(s, 20)
		for i := range 12 {
			hours(s, 1, play.With(seal.MagMT, []int64{700, 1195, 1750, 1204}[i%4]))
		}
	}, ""},
	{"a door ajar under a shut contact", func(s *play.Stage) {
		hours(s, 20)
		hours(s, 1, play.With(seal.MagMT, 700), play.With(seal.GRms, 60))
	}, "hinge_bypass"},

	{"a reefer switched off", func(s *play.Stage) {
		held(s)
		for i := range 6 {
			hours(s, 1, play.With(seal.TC, -18_000+int64(i)*1_500), play.With(seal.RH, 930))
		}
	}, "temp_abuse"},
	{"a reefer set warmer", func(s *play.Stage) { held(s); hours(s, 4, play.With(seal.TC, -12_000)) }, "temp_abuse"},
	{"a defrosting", func(s *play.Stage) {
		held(s)
		hours(s, 1, play.With(seal.TC, -14_000))
		hours(s, 1, play.With(seal.TC, -16_500))
		hours(s, 5)
	}, ""},
	{"the sun on a dry box", func(s *play.Stage) {
		hours(s, 20)
		for i := range 8 {
			hours(s, 1, play.With(seal.TC, 24_000+int64(i)*2_000), play.With(seal.RH, 550-int64(i)*12))
		}
	}, ""},
	{"warm after an announced inspection", func(s *play.Stage) {
		held(s)
		s.Note(notice.Notice{What: notice.AuthorisedOpening, Until: s.Now.Add(time.Hour).UnixMilli()})
		hours(s, 5, play.With(seal.TC, -10_000))
	}, ""},

	{"left behind", func(s *play.Stage) {
		hours(s, 3)
		for i := range 4 {
			move(s, 4500)
			s.Body.Val[seal.Cell] = 5000 + int64(i)
			s.Wait(5 * time.Minute).Say(play.With(seal.SpdKn, 290))
		}
	}, "relay"},
	{"carried off", func(s *play.Stage) { hours(s, 3); hours(s, 3, play.With(seal.GRms, 210), play.With(seal.GPeak, 450)) }, "relay"},
	{"over somebody's own link", func(s *play.Stage) { hours(s, 3); hours(s, 8, late(9*time.Second)) }, "relay"},
	{"in a slow network", func(s *play.Stage) {
		for i := range 12 {
			hours(s, 1, late(time.Duration(6+5*(i%3))*time.Second))
		}
	}, ""},

	{"off the road to a yard", func(s *play.Stage) {
		booked(s)
		for range 3 {
			move(s, 2500)
			s.Wait(5*time.Minute).Say(moving, play.With(seal.SpdKn, 180))
		}
	}, "diversion"},
	{"on the road", func(s *play.Stage) {
		booked(s)
		for km := 104.0; km < 160; km += 4 {
			s.Body.Val[seal.Lat], s.Body.Val[seal.Lon] = onTheRoad(km)
			s.Body.Val[seal.Cell]++
			s.Wait(5*time.Minute).Say(moving, play.With(seal.SpdKn, 260))
		}
	}, ""},
}

func TestSensePlays(t *testing.T) {
	for _, c := range sensePlays {
		t.Run(c.name, func(t *testing.T) { mustSay(t, c.play, c.want) })
	}
}

// backlog is so many hours without a network, and what was made in them.
func backlog(s *play.Stage, n int, edits ...play.Edit) {
	from := s.Now
	s.Wait(time.Duration(n) * time.Hour)
	for i := range n {
		s.Seq++
		r := s.Draw(append([]play.Edit{play.With(seal.Buffered, 1)}, edits...)...)
		r.Set(seal.TS, from.Add(time.Duration(i+1)*time.Hour).UnixMilli())
		s.Send(&r)
	}
}

// held is a reefer that has been held cold for a day.
func held(s *play.Stage) {
	on(s, play.With(seal.TC, -18_000), play.With(seal.RH, 850))
	hours(s, 24)
}

// late lets a reading be under way for so long.
func late(by time.Duration) play.Edit {
	return func(r *seal.Reading) { r.Val[seal.Sent] -= by.Milliseconds() }
}

// booked puts the box on a truck from Mombasa to Kampala, on the road some way out of Mombasa.
func booked(s *play.Stage) {
	now := s.Now.UnixMilli()
	s.Note(notice.Notice{What: notice.Booking, Route: []notice.Stop{
		{Place: "KEMBA", ETA: now - 86_400_000, ETD: now - 3_600_000}, {Place: "UGKLA", Mode: "road", ETA: now + 5*86_400_000, ETD: now + 7*86_400_000},
	}})
	s.Body.Val[seal.Lat], s.Body.Val[seal.Lon] = onTheRoad(100)
	s.Say()
}

// onTheRoad is a place on the road from Mombasa to Kampala, so many kilometres out, in degrees × 1e6.
func onTheRoad(km float64) (lat, lon int64) {
	route, err := geo.Plan("KEMBA", "UGKLA", geo.ByRoad)
	if err != nil {
		panic(err)
	}
	cursor := 0
	a, b := route.Path().At(1000*km, &cursor)
	return int64(a * 1e6), int64(b * 1e6)
}
