package kalman_test

import (
	"slices"
	"testing"
	"time"

	"sealab/pocs/parts/play"
	"sealab/sim/seal"
)

// TestBasis: what an alarm of the filter rests on, message by message. Deliveries of a play are numbered from 1.
func TestBasis(t *testing.T) {
	elsewhere := []play.Edit{play.With(seal.Lat, 51_900_000), play.With(seal.Cell, 99), play.With(seal.MCC, 204)}
	for _, c := range []struct {
		name string
		play func(*play.Stage)
		want []uint64
	}{
		{"a number that was used before, and the message that used it", func(s *play.Stage) {
			s.Say().Wait(time.Hour).Say().Wait(time.Hour).Say().Wait(time.Minute)
			s.Seq = 2
			r := s.Draw(elsewhere...)
			s.Send(&r)
		}, []uint64{4, 2}},
		{"counters against times, and the newest message", func(s *play.Stage) {
			s.Seq = 500
			s.Say().Wait(time.Hour).Say().Wait(time.Hour)
			r := s.Draw(play.With(seal.Seq, 40))
			s.Send(&r)
		}, []uint64{3, 2}},
		{"two places, and the fix before", func(s *play.Stage) {
			s.Say().Wait(time.Hour).Say().Wait(time.Minute).Say(elsewhere...)
		}, []uint64{3, 2}},
		{"an odd fix with two sorts of evidence, and the last that was believed", func(s *play.Stage) {
			s.Say().Wait(30 * time.Minute).Say()
			move(s, 20_000)
			s.Wait(30*time.Minute).Say(play.With(seal.CN0SD, 60), play.With(seal.Sats, 12))
		}, []uint64{3, 2}},
		{"the second odd fix running, the first, and the last that was believed", func(s *play.Stage) {
			s.Say().Wait(30 * time.Minute).Say()
			for range 2 {
				move(s, 10_000)
				s.Wait(30 * time.Minute).Say()
			}
		}, []uint64{4, 2, 3}},
		{"a slow pull, and where the box came to rest", func(s *play.Stage) {
			s.Say()
			for range 40 {
				move(s, 160)
				s.Wait(30 * time.Minute).Say()
			}
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			stage, said := opened(t)
			c.play(stage)
			if len(*said) == 0 {
				t.Fatal("nothing was said")
			}
			got := (*said)[0].Basis
			if c.want == nil { // how soon it is said is the filter's business
				n := got[0]
				c.want = []uint64{n, 1, n - 1}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %+v, want a finding that rests on %v", (*said)[0], c.want)
			}
		})
	}
}
