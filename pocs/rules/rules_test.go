package rules_test

import (
	"strings"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/parts/play"
	"sealab/pocs/rules"
	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// opened starts the detector with its default parameters and returns the stage before it and what it says.
func opened(tb testing.TB) (*play.Stage, *[]pocs.Finding) {
	tb.Helper()
	return openedWith(tb, nil)
}

// openedWith is opened with registered keys.
func openedWith(tb testing.TB, keys seal.Keyring) (*play.Stage, *[]pocs.Finding) {
	tb.Helper()
	return play.Open(tb, &rules.PoC, rules.PoC.New, keys)
}

// plays are small scenes and the kinds that must be said of them, in order.
var plays = []struct {
	name string
	play func(*play.Stage)
	want string
}{
	{"a quiet day", func(s *play.Stage) {
		for range 48 {
			s.Wait(30 * time.Minute).Say()
		}
	}, ""},
	{"bolt cut", func(s *play.Stage) {
		s.Say().Wait(10 * time.Minute)
		s.Body.Set(seal.Status, seal.Tampered)
		s.Body.Set(seal.TamperedAt, s.Now.UnixMilli())
		s.Say(play.Code(seal.CodeRopeCut)).Wait(time.Minute).Say(play.Code(seal.CodeDoorOpen), play.With(seal.DoorOpen, 1))
		for range 40 {
			s.Wait(30 * time.Minute).Say(play.With(seal.Lux, 50000))
		}
	}, "bolt_cut"},
	{"quick open seen only in the latch", func(s *play.Stage) {
		s.Say().Wait(time.Hour)
		s.Body.Set(seal.OpenedAt, s.Now.UnixMilli())
		for range 60 {
			s.Wait(time.Hour).Say()
		}
	}, "quick_open"},
	{"announced inspection", func(s *play.Stage) {
		s.Say().Note(notice.Notice{What: notice.AuthorisedOpening, Until: s.Now.Add(3 * time.Hour).UnixMilli()})
		inspect(s.Wait(time.Hour))
	}, ""},
	{"inspection whose paper comes late", func(s *play.Stage) {
		s.Say()
		from := s.Now.UnixMilli()
		inspect(s.Wait(time.Hour))
		s.Note(notice.Notice{What: notice.AuthorisedOpening, TS: from, Until: s.Now.UnixMilli()})
	}, "quick_open"},
	{"light at the rim", func(s *play.Stage) { s.Say(play.With(seal.Lux, 80)) }, ""},
	{"light in the box", func(s *play.Stage) { s.Say(play.With(seal.Lux, 250)) }, "quick_open"},
	{"a blow on the road", func(s *play.Stage) { s.Say().Wait(time.Hour).Say(play.With(seal.GPeak, 4200)) }, "bolt_cut"},
	{"a blow under the crane", func(s *play.Stage) { yangshan(s).Say().Wait(time.Hour).Say(play.With(seal.GPeak, 4200)) }, ""},
	{"a hard blow under the crane", func(s *play.Stage) { yangshan(s).Say().Wait(time.Hour).Say(play.With(seal.GPeak, 4800)) }, "bolt_cut"},
	{"deep in a stack", func(s *play.Stage) {
		s.Say()
		for range 30 {
			s.Wait(time.Hour).Say(play.With(seal.Fix, seal.FixNone))
		}
	}, "gnss_jam"},
	{"no fix for a night", func(s *play.Stage) {
		s.Say()
		for range 20 {
			s.Wait(time.Hour).Say(play.With(seal.Fix, seal.FixNone))
		}
		s.Say()
	}, ""},
	{"silent on land", func(s *play.Stage) {
		s.Say().Wait(time.Hour).Say().Wait(72 * time.Hour)
	}, "radio_wrap"},
	{"reports every second day", func(s *play.Stage) {
		for range 8 {
			s.Say().Wait(48 * time.Hour)
		}
	}, ""},
	{"reports every second day, then no more", func(s *play.Stage) {
		s.Say().Wait(48 * time.Hour).Say().Wait(80 * time.Hour)
	}, "radio_wrap"},
	{"a missed fix of a seal that reports once a day", func(s *play.Stage) {
		s.Say().Wait(25 * time.Hour).Say(play.With(seal.Fix, seal.FixNone)).Wait(25 * time.Hour).Say()
	}, ""},
	{"silent at sea", func(s *play.Stage) {
		sail(s).Say().Wait(time.Hour).Say().Wait(200 * time.Hour).Say()
	}, ""},
	{"silent in the store", func(s *play.Stage) {
		s.Say(play.With(seal.Status, seal.Unarmed)).Wait(200 * time.Hour)
	}, ""},
	{"low battery", func(s *play.Stage) { s.Say(play.Code(seal.CodeBatLow), play.With(seal.Pct, 150)) }, ""},
	{"reboot", func(s *play.Stage) {
		s.Say().Wait(time.Hour)
		s.Boot, s.Seq = s.Boot+1, 0
		s.Say(play.Code(seal.CodeReboot)).Say(play.With(seal.MsgKind, seal.Birth))
	}, ""},
	{"opening in the last yard", func(s *play.Stage) {
		sail(s).Say().Wait(230 * time.Hour).Note(notice.Notice{What: notice.Arrival, Place: "KEMBA"})
		inspect(s.Say().Wait(time.Hour))
	}, "quick_open"},
	{"opening after the last gate", func(s *play.Stage) {
		sail(s).Say().Wait(230 * time.Hour).Note(notice.Notice{What: notice.GateOut, Place: "KEMBA"})
		inspect(s.Say().Wait(time.Hour))
	}, ""},
}

func inspect(s *play.Stage) {
	s.Say(play.Code(seal.CodeDisarmed), play.With(seal.Status, seal.Unarmed))
	s.Wait(20*time.Minute).Say(play.With(seal.Status, seal.Unarmed), play.With(seal.DoorOpen, 1), play.With(seal.Lux, 9000))
	s.Wait(40 * time.Minute)
	s.Body.Set(seal.ArmedAt, s.Now.UnixMilli())
	s.Say(play.Code(seal.CodeArmed)).Wait(time.Hour).Say()
}

func yangshan(s *play.Stage) *play.Stage {
	s.Body.Set(seal.Lat, 30_610_000)
	s.Body.Set(seal.Lon, 122_100_000)
	return s
}

func sail(s *play.Stage) *play.Stage {
	return s.Note(notice.Notice{What: notice.Booking, Route: []notice.Stop{
		{Place: "AEJEA", ETD: s.Now.Add(time.Hour).UnixMilli()},
		{Place: "KEMBA", Mode: "sea", ETA: s.Now.Add(220 * time.Hour).UnixMilli()},
	}})
}

func TestPlays(t *testing.T) {
	for _, c := range plays {
		t.Run(c.name, func(t *testing.T) {
			stage, said := opened(t)
			c.play(stage)
			if got := kinds(*said); got != c.want {
				t.Errorf("got %q, want %q\n%+v", got, c.want, *said)
			}
		})
	}
}

func kinds(list []pocs.Finding) string {
	var names []string
	for _, f := range list {
		names = append(names, f.Kind)
	}
	return strings.Join(names, " ")
}

// TestCooldown says that what goes on is said once, and again only after it has been quiet for the cool-down.
func TestCooldown(t *testing.T) {
	stage, said := opened(t)
	for _, pause := range []time.Duration{0, 10, 10, 10, 23, 25} {
		stage.Wait(pause * time.Hour / 2).Say()
		stage.Wait(pause * time.Hour / 2).Say(play.With(seal.Lux, 250))
	}
	if got := len(*said); got != 2 {
		t.Errorf("light for 53 h, then again after 25 h: got %d alarms, want 2", got)
	}
}

func BenchmarkStep(b *testing.B) {
	stage, said := opened(b)
	var batch event.Batch
	hear := stage.Hear
	stage.Hear = func(x event.Batch) { batch = x }
	stage.Say()
	r := batch.Events[0].Message.(*seal.Reading)
	for range 999 {
		c := *r
		batch.Events = append(batch.Events, event.Event{Message: &c})
	}
	hear(batch)
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i += len(batch.Events) {
		hear(batch)
	}
	if len(*said) != 0 {
		b.Fatal("an honest seal was accused")
	}
}
