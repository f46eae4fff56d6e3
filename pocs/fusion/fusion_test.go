package fusion_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/fusion"
	"sealab/pocs/parts/play"
	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// opened starts the detector with its default parameters and returns the stage before it and what it says.
func opened(tb testing.TB, start func(pocs.Setup) (pocs.Detector, error)) (*play.Stage, *[]pocs.Finding) {
	tb.Helper()
	return play.Open(tb, &fusion.PoC, start, nil)
}

// open is a reading of an open door that the lock knows of since it was opened at a time.
func open(at time.Time) []play.Edit {
	return []play.Edit{play.With(seal.DoorOpen, 1), play.With(seal.OpenedAt, at.UnixMilli())}
}

// shut is the message of a door that is shut again after an opening.
func shut(at time.Time) []play.Edit {
	return []play.Edit{play.Code(seal.CodeDoorClose), play.With(seal.DoorOpen, 1), play.With(seal.OpenedAt, at.UnixMilli())}
}

// standing plays a morning of honest reports.
func standing(s *play.Stage) {
	for range 16 {
		s.Body.Set(seal.MagMT, 1200+int64(s.Seq%3))
		s.Wait(30 * time.Minute).Say()
	}
}

// plays are small scenes, the clues that must be heard in them, and the kinds that must be said, in order.
var plays = []struct {
	name, clues, want string
	play              func(*play.Stage)
}{
	{"the bolt is cut", "cut", "bolt_cut", func(s *play.Stage) {
		s.Wait(time.Hour).Say(play.Code(seal.CodeRopeCut), play.With(seal.Status, seal.Tampered))
	}},
	{"the contact bounces", "bounce", "", func(s *play.Stage) {
		s.Wait(time.Hour).Say(play.Code(seal.CodeDoorOpen)).Say(play.Code(seal.CodeDoorClose))
	}},
	{"opened for six minutes", "opened_short", "quick_open", func(s *play.Stage) {
		s.Wait(time.Hour)
		at := s.Now
		s.Say(append(open(at), play.Code(seal.CodeDoorOpen))...).Wait(6 * time.Minute).Say(shut(at)...)
	}},
	{"opened for long, and armed again by a command", "opened_long", "", func(s *play.Stage) {
		s.Wait(time.Hour)
		at := s.Now
		s.Say(append(open(at), play.Code(seal.CodeDoorOpen))...).Wait(40 * time.Minute).Say(open(at)...).Wait(20 * time.Minute)
		s.Say(play.Code(seal.CodeArmed), func(r *seal.Reading) { r.CmdID = "arm-7" })
	}},
	{"shimmed: the lock keeps what the contact did not feel", "latch_alone", "quick_open", func(s *play.Stage) {
		s.Wait(time.Hour).Say(play.With(seal.OpenedAt, s.Now.Add(-10*time.Minute).UnixMilli()))
	}},
	{"an announced opening", "", "", func(s *play.Stage) {
		s.Note(notice.Notice{What: notice.AuthorisedOpening, Until: s.Now.Add(3 * time.Hour).UnixMilli()}).Wait(time.Hour)
		s.Say(append(open(s.Now), play.Code(seal.CodeDoorOpen))...)
	}},
	{"disarmed by a command, then opened", "", "", func(s *play.Stage) {
		s.Wait(time.Hour)
		s.Say(play.Code(seal.CodeDisarmed), play.With(seal.Status, seal.Unarmed), func(r *seal.Reading) { r.CmdID = "look-1" })
		s.Body.Set(seal.Status, seal.Unarmed)
		s.Wait(time.Minute).Say(append(open(s.Now), play.Code(seal.CodeDoorOpen))...).Wait(5 * time.Minute).Say(shut(s.Now)...)
	}},
	{"a light alarm in the dark", "light_dark", "", func(s *play.Stage) {
		s.Wait(time.Hour).Say(play.Code(seal.CodeLightAlarm))
	}},
	{"light behind a shut door", "light_lit", "hinge_bypass", func(s *play.Stage) {
		s.Wait(time.Hour).Say(play.Code(seal.CodeLightAlarm), play.With(seal.Lux, 900))
	}},
	{"set down hard by a crane", "shock_hard", "", func(s *play.Stage) {
		s.Wait(time.Hour).Say(play.Code(seal.CodeShock), play.With(seal.GPeak, 4600))
	}},
	{"a blow, and the door hangs otherwise", "shock_hard hung_otherwise", "hinge_bypass", func(s *play.Stage) {
		standing(s)
		s.Wait(time.Hour).Say(play.Code(seal.CodeShock), play.With(seal.GPeak, 4600))
		for i := range 6 {
			s.Wait(30 * time.Minute).Say(play.With(seal.MagMT, 1130+int64(i%3)))
		}
	}},
	{"silent for a day, its cell low", "silent_weak", "", func(s *play.Stage) {
		standing(s)
		s.Wait(30 * time.Minute).Say(play.Code(seal.CodeBatLow)).Wait(30 * time.Hour)
	}},
	{"silent where it was heard well", "silent_parked_1h silent_parked_4h silent_parked_12h", "delayed_alarm", func(s *play.Stage) {
		standing(s)
		s.Wait(16 * time.Hour)
	}},
	{"silent after it was cut, which was said", "cut silent_parked_1h silent_parked_4h silent_parked_12h", "bolt_cut", func(s *play.Stage) {
		standing(s)
		s.Wait(30*time.Minute).Say(play.Code(seal.CodeRopeCut), play.With(seal.Status, seal.Tampered))
		s.Wait(16 * time.Hour)
	}},
	{"heard again from under a bag", "silent_parked_1h held_down_dark", "radio_wrap", func(s *play.Stage) {
		standing(s)
		s.Wait(4*time.Hour).Say(play.With(seal.Buffered, 1), play.With(seal.RSRP, -136), play.With(seal.Fix, seal.FixNone),
			play.With(seal.Sats, 0), play.With(seal.CN0, 90))
	}},
	{"heard again from behind a hill", "silent_parked_1h", "", func(s *play.Stage) {
		standing(s)
		s.Wait(4*time.Hour).Say(play.With(seal.Buffered, 1), play.With(seal.RSRP, -92))
	}},
	{"its supply is taken away", "power_lost", "seal_theft", func(s *play.Stage) {
		s.Wait(time.Hour).Say(play.Code(seal.CodePowerLost))
	}},
	{"a number used twice, from a far place", "two_devices", "clone", func(s *play.Stage) {
		s.Say().Wait(time.Hour).Say().Wait(time.Minute)
		r := s.Draw(play.With(seal.Lat, 51_900_000), play.With(seal.Cell, 99), play.With(seal.MCC, 204))
		s.Send(&r)
	}},
}

func TestPlays(t *testing.T) {
	for _, c := range plays {
		t.Run(c.name, func(t *testing.T) {
			for _, ear := range []struct {
				start func(pocs.Setup) (pocs.Detector, error)
				want  string
			}{{fusion.PoC.Clues, c.clues}, {fusion.PoC.New, c.want}} {
				stage, said := opened(t, ear.start)
				stage.Say()
				c.play(stage)
				var names []string
				for _, f := range *said {
					names = append(names, f.Kind)
				}
				if got := strings.Join(names, " "); got != ear.want {
					t.Errorf("got %q, want %q\n%+v", got, ear.want, *said)
				}
			}
		})
	}
}

// TestBasis: an alarm rests on the message that set it off, and on those of the clues beside it.
func TestBasis(t *testing.T) {
	stage, said := opened(t, fusion.PoC.New)
	standing(stage)
	blow := uint64(stage.Seq) + 1 // the play numbers its deliveries as its messages
	stage.Wait(time.Hour).Say(play.Code(seal.CodeShock), play.With(seal.GPeak, 4600))
	for i := range 6 {
		stage.Wait(30 * time.Minute).Say(play.With(seal.MagMT, 1130+int64(i%3)))
	}
	if len(*said) != 1 {
		t.Fatalf("got %d findings, want 1: %+v", len(*said), *said)
	}
	f := (*said)[0]
	if !slices.Contains(f.Basis, blow) || f.Basis[0] <= blow {
		t.Errorf("basis %v: want first a report after the blow, and the blow (%d)", f.Basis, blow)
	}
	if !strings.Contains(f.Why, "Besides: a hard blow was felt") || f.Level < 280 || f.Level > 1000 {
		t.Errorf("level %d, why %q", f.Level, f.Why)
	}
}

// TestForgets: clues that are far apart in time do not add up.
func TestForgets(t *testing.T) {
	for _, c := range []struct {
		between time.Duration
		want    int
	}{{time.Hour, 1}, {72 * time.Hour, 0}} {
		stage, said := opened(t, fusion.PoC.New)
		stage.Say().Wait(time.Hour).Say(play.With(seal.Lux, 300)).Wait(c.between)
		stage.Say(append(open(stage.Now), play.Code(seal.CodeDoorOpen))...).Wait(40 * time.Minute).Say(open(stage.Now.Add(-40 * time.Minute))...)
		if len(*said) != c.want {
			t.Errorf("%s between light and an open door: got %d findings, want %d: %+v", c.between, len(*said), c.want, *said)
		}
	}
}

// TestNoMemory: a reading that is no clue costs no memory once its seal is known.
func TestNoMemory(t *testing.T) {
	stage, said := opened(t, fusion.PoC.New)
	standing(stage)
	hear := stage.Hear
	r := stage.Draw()
	b := event.Batch{Now: stage.Now, Events: []event.Event{{N: 99, Message: &r}}}
	if n := testing.AllocsPerRun(200, func() {
		b.Now = b.Now.Add(time.Minute)
		r.Val[seal.Seq]++
		r.Val[seal.TS] += 60_000
		hear(b)
	}); n != 0 || len(*said) != 0 {
		t.Errorf("%g allocations a reading and %d findings, want none", n, len(*said))
	}
}

// TestDeaf: the silence of all is the hub's, and not theirs; that of one among them is its own.
func TestDeaf(t *testing.T) {
	for _, c := range []struct{ name, want string }{{"all", ""}, {"one", "silent_parked_1h silent_parked_4h"}} {
		stage, said := opened(t, fusion.PoC.Clues)
		const seals = 4
		seqs := [seals]int64{}
		stage.Wait(10 * time.Minute) // a tick that ends an hour comes once
		speak := func(i int) {
			stage.Seal, stage.Container = fmt.Sprintf("SLB-0000000%d", i), []string{"SLBU0000010", "SLBU0000025", "SLBU0000030", "SLBU0000046"}[i]
			stage.Seq = seqs[i]
			stage.Say()
			seqs[i] = stage.Seq
		}
		for hour := range 30 {
			for i := range seals {
				if silent := hour >= 12 && hour < 18; !silent || c.name == "one" && i > 0 {
					speak(i)
				}
			}
			stage.Wait(time.Hour)
		}
		var names []string
		for _, f := range *said {
			names = append(names, f.Kind)
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("%s silent for six hours: got %q, want %q", c.name, got, c.want)
		}
	}
}
