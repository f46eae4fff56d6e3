package rules_test

import (
	"slices"
	"testing"
	"time"

	"sealab/pocs/parts/play"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// TestBasis: what an alarm rests on, message by message. Deliveries of a play are numbered from 1.
func TestBasis(t *testing.T) {
	for _, c := range []struct {
		name string
		play func(*play.Stage)
		want []uint64
	}{
		{"an opening, and the one that was announced for another day", func(s *play.Stage) {
			s.Note(notice.Notice{What: notice.AuthorisedOpening, Until: s.Now.Add(time.Hour).UnixMilli()}) // 1
			s.Say().Wait(48*time.Hour).Say(play.Code(seal.CodeDoorOpen), play.With(seal.DoorOpen, 1))      // 2, 3
		}, []uint64{3, 1}},
		{"a blow, and the fix that says where", func(s *play.Stage) {
			s.Say().Say(play.With(seal.Fix, seal.FixNone)).Wait(time.Hour).Say(play.With(seal.GPeak, 4800), play.With(seal.Fix, seal.FixNone))
		}, []uint64{3, 1}},
		{"no position: the last fix, and the first report without", func(s *play.Stage) {
			s.Say().Say() // 1, 2
			for range 25 {
				s.Wait(time.Hour).Say(play.With(seal.Fix, seal.FixNone)) // 3 …
			}
		}, []uint64{26, 2, 3}},
		{"silence: the last that was heard, and the booking that does not explain it", func(s *play.Stage) {
			sail(s).Note(notice.Notice{What: notice.Arrival, Place: "KEMBA"}) // 1, 2
			s.Say().Wait(time.Hour).Say().Wait(72 * time.Hour)                // 3, 4
		}, []uint64{4, 1, 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			stage, said := opened(t)
			c.play(stage)
			if len(*said) == 0 || !slices.Equal((*said)[0].Basis, c.want) {
				t.Errorf("got %+v, want a finding that rests on %v", *said, c.want)
			}
		})
	}
}
