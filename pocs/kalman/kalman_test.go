package kalman_test

import (
	"strings"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/kalman"
	"sealab/pocs/parts/play"
	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// opened starts the detector with its default parameters and returns the stage before it and what it says.
func opened(tb testing.TB) (*play.Stage, *[]pocs.Finding) {
	tb.Helper()
	return play.Open(tb, &kalman.PoC, kalman.PoC.New, nil)
}

// move carries the box so many metres to the north.
func move(s *play.Stage, metres int64) {
	s.Body.Val[seal.Lat] += metres * 1_000_000 / 111_195
}

var moving = play.With(seal.GRms, 200)

// plays are small scenes and the kinds that must be said of them, in order.
var plays = []struct {
	name string
	play func(*play.Stage)
	want string
}{
	{"a day on the road with pauses", func(s *play.Stage) {
		s.Say()
		for i := range 280 {
			if i%60 < 50 {
				move(s, 4500)
				s.Body.Val[seal.Cell] = 5000 + int64(i)/4
				s.Wait(5 * time.Minute).Say(moving)
			} else {
				s.Wait(30 * time.Minute).Say()
			}
		}
	}, ""},
	{"stops at once and rests", func(s *play.Stage) {
		s.Say()
		for i := range 10 {
			move(s, 4500)
			s.Body.Val[seal.Cell] = 5000 + int64(i)/4
			s.Wait(5 * time.Minute).Say(moving)
		}
		move(s, 4000)
		for range 10 {
			s.Wait(5 * time.Minute).Say()
		}
	}, ""},
	{"moved by a crane at rest", func(s *play.Stage) {
		for range 20 {
			s.Wait(time.Hour).Say()
		}
		move(s, 700)
		for range 40 {
			s.Wait(time.Hour).Say()
		}
	}, ""},
	{"multipath in a stack", func(s *play.Stage) {
		for i := range 100 {
			move(s, []int64{120, -200, 160, -80}[i%4])
			s.Wait(time.Hour).Say(play.With(seal.AccM, 500), play.With(seal.HDOP, 900), play.With(seal.CN0SD, 600))
		}
	}, ""},
	{"cell position far off", func(s *play.Stage) {
		s.Say()
		for range 20 {
			move(s, 2900)
			s.Wait(time.Hour).Say(play.With(seal.Fix, seal.FixCell), play.With(seal.AccM, 30000))
			move(s, -2900)
			s.Wait(time.Hour).Say()
		}
	}, ""},
	{"ashore after ten days below deck", func(s *play.Stage) {
		s.Say()
		for range 240 {
			s.Wait(time.Hour).Say(play.With(seal.Fix, seal.FixNone), play.With(seal.GRms, 80))
		}
		move(s, 5_000_000)
		s.Body.Val[seal.Cell] = 77
		s.Say(moving).Wait(time.Hour).Say()
	}, "gnss_jam"}, // the desk's rule, for want of a booking; nothing of the filter's
	{"pulled off while parked", func(s *play.Stage) {
		s.Say().Wait(30 * time.Minute).Say()
		for range 6 {
			move(s, 20_000)
			s.Wait(30*time.Minute).Say(play.With(seal.CN0SD, 60), play.With(seal.Sats, 12))
		}
	}, "drag_off"},
	{"pulled off with honest satellites", func(s *play.Stage) {
		s.Say().Wait(30 * time.Minute).Say()
		for range 6 {
			move(s, 20_000)
			s.Wait(30 * time.Minute).Say()
		}
	}, "drag_off"},
	{"pulled off slowly", func(s *play.Stage) {
		s.Say()
		for range 40 {
			move(s, 160)
			s.Wait(30 * time.Minute).Say()
		}
	}, "drag_off"},
	{"pulled off under way", func(s *play.Stage) {
		s.Say()
		for i := range 40 {
			move(s, 4500)
			s.Body.Val[seal.Cell] = 5000 + int64(i)/4
			spread := int64(400)
			if i > 20 {
				spread = 60
			}
			s.Wait(5*time.Minute).Say(moving, play.With(seal.CN0SD, spread))
		}
	}, "drag_off"},
	{"a far place in one step, same cell", func(s *play.Stage) {
		s.Say()
		move(s, 900_000)
		s.Wait(30 * time.Minute).Say()
	}, "spoof_teleport"},
	{"led in a ring", func(s *play.Stage) {
		s.Say().Wait(30 * time.Minute).Say()
		for i := range 4 {
			move(s, []int64{300, -600, 500, -200}[i])
			s.Wait(30*time.Minute).Say(play.With(seal.CN0SD, 60), play.With(seal.Sats, 12), play.With(seal.SpdKn, 200))
		}
	}, "spoof_ring"},
	{"two devices, same counters", func(s *play.Stage) {
		s.Say().Wait(time.Hour).Say()
		s.Wait(time.Minute)
		r := s.Draw(play.With(seal.Lat, 51_900_000), play.With(seal.Cell, 99), play.With(seal.MCC, 204))
		s.Send(&r)
	}, "clone"},
	{"two devices, two places", func(s *play.Stage) {
		s.Say().Wait(time.Hour).Say()
		s.Wait(time.Minute).Say(play.With(seal.Lat, 51_900_000), play.With(seal.Cell, 99), play.With(seal.MCC, 204))
	}, "clone"},
	{"two devices, other counters", func(s *play.Stage) {
		s.Seq = 500
		s.Say().Wait(time.Hour).Say().Wait(time.Hour)
		r := s.Draw(play.With(seal.Seq, 40))
		s.Send(&r)
	}, "clone"},
	{"sent twice, and out of order", func(s *play.Stage) {
		s.Seq = 10
		r := s.Draw()
		s.Send(&r).Send(&r).Wait(time.Hour)
		s.Seq = 12
		s.Say()
		s.Seq = 11
		late := s.Draw(play.With(seal.TS, s.Now.Add(-2*time.Minute).UnixMilli()))
		s.Send(&late)
	}, ""},
	{"backlog after a dead zone", func(s *play.Stage) {
		s.Say()
		from := s.Now
		s.Wait(12 * time.Hour)
		for i := range 12 {
			s.Seq++
			r := s.Draw(play.With(seal.Buffered, 1))
			r.Set(seal.TS, from.Add(time.Duration(i+1)*time.Hour).UnixMilli())
			s.Send(&r)
		}
	}, ""},
	{"bolt cut, by the desk's rules", func(s *play.Stage) {
		s.Say().Wait(time.Hour).Say(play.Code(seal.CodeRopeCut), play.With(seal.Status, seal.Tampered))
	}, "bolt_cut"},
	{"announced inspection", func(s *play.Stage) {
		s.Say().Note(notice.Notice{What: notice.AuthorisedOpening, Until: s.Now.Add(3 * time.Hour).UnixMilli()})
		s.Wait(time.Hour).Say(play.Code(seal.CodeDisarmed), play.With(seal.Status, seal.Unarmed))
	}, ""},
}

func TestPlays(t *testing.T) {
	for _, c := range plays {
		t.Run(c.name, func(t *testing.T) { mustSay(t, c.play, c.want) })
	}
}

// mustSay plays a scene and wants these kinds said, in this order.
func mustSay(t *testing.T, scene func(*play.Stage), want string) {
	t.Helper()
	stage, said := opened(t)
	scene(stage)
	var names []string
	for _, f := range *said {
		names = append(names, f.Kind)
	}
	if got := strings.Join(names, " "); got != want {
		t.Errorf("got %q, want %q\n%+v", got, want, *said)
	}
}

func BenchmarkStep(b *testing.B) {
	stage, said := opened(b)
	var batch event.Batch
	hear := stage.Hear
	stage.Hear = func(x event.Batch) { batch = x }
	stage.Say(moving)
	r := batch.Events[0].Message.(*seal.Reading)
	for range 999 {
		c := *r
		batch.Events = append(batch.Events, event.Event{Message: &c})
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		if i%len(batch.Events) == 0 {
			if i > 0 {
				hear(batch)
			}
			for j := range batch.Events {
				r := batch.Events[j].Message.(*seal.Reading)
				r.Val[seal.Seq], r.Val[seal.TS] = int64(i+j+1), r.Val[seal.TS]+int64(i+j)*100
			}
		}
	}
	if len(*said) != 0 {
		b.Fatalf("an honest seal was accused: %+v", (*said)[0])
	}
}
