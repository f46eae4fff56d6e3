package parts_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"sealab/pocs/parts"
	"sealab/pocs/parts/play"
	"sealab/sim/event"
	"sealab/sim/seal"
)

const slackMs = 10 * parts.MinuteMs

// nowMs is when all is heard, where that does not matter.
var nowMs = play.Opening.UnixMilli()

// message is a reading of this boot and seq, so many minutes into the play, that says pct.
func message(boot, seq, minute, pct int64) seal.Reading {
	s := play.New(func(event.Batch) {})
	r := s.Draw(play.With(seal.Boot, boot), play.With(seal.Seq, seq), play.With(seal.Pct, pct))
	r.Set(seal.TS, play.Opening.Add(time.Duration(minute)*time.Minute).UnixMilli())
	return r
}

func TestIdentity(t *testing.T) {
	type line struct {
		boot, seq, minute, pct int64
		want                   parts.Count
	}
	plays := map[string][]line{
		"in order":              {{3, 1, 0, 9, parts.Next}, {3, 2, 60, 9, parts.Next}, {3, 3, 120, 9, parts.Next}},
		"out of order":          {{3, 1, 0, 9, parts.Next}, {3, 3, 120, 9, parts.Next}, {3, 2, 60, 9, parts.Late}},
		"sent twice":            {{3, 1, 0, 9, parts.Next}, {3, 1, 0, 9, parts.Duplicate}},
		"sent twice, late":      {{3, 1, 0, 9, parts.Next}, {3, 2, 60, 9, parts.Next}, {3, 1, 0, 9, parts.Duplicate}},
		"other words":           {{3, 1, 0, 9, parts.Next}, {3, 1, 0, 8, parts.SameNumber}},
		"other words, later":    {{3, 1, 0, 9, parts.Next}, {3, 2, 60, 9, parts.Next}, {3, 1, 1, 8, parts.SameNumber}},
		"reboot":                {{3, 90, 0, 9, parts.Next}, {4, 1, 2, 9, parts.Next}, {4, 2, 60, 9, parts.Next}},
		"reboot, old one late":  {{3, 90, 0, 9, parts.Next}, {4, 1, 20, 9, parts.Next}, {3, 91, 15, 9, parts.Late}},
		"older start goes on":   {{3, 90, 0, 9, parts.Next}, {4, 1, 20, 9, parts.Next}, {3, 91, 60, 9, parts.TimeTurned}},
		"counters behind":       {{3, 90, 600, 9, parts.Next}, {3, 5, 660, 9, parts.TimeTurned}},
		"counters ahead":        {{3, 90, 600, 9, parts.Next}, {3, 95, 540, 9, parts.TimeTurned}},
		"clock corrected":       {{3, 90, 600, 9, parts.Next}, {3, 91, 598, 9, parts.Next}},
		"new start in the past": {{3, 90, 600, 9, parts.Next}, {4, 1, 500, 9, parts.TimeTurned}},
		"backlog from long ago": {{3, 1, 0, 9, parts.Next}, {3, 200, 12000, 9, parts.Next}, {3, 2, 60, 9, parts.Late}},
	}
	for name, lines := range plays {
		var id parts.Identity
		for i, l := range lines {
			r := message(l.boot, l.seq, l.minute, l.pct)
			if got := id.Hear(&r, 1, nowMs, slackMs); got != l.want {
				t.Errorf("%s, line %d: got %d, want %d", name, i+1, got, l.want)
			}
		}
	}
}

// TestIdentityHonest plays honest seals that reboot, buffer, repeat and mix up their messages: nothing may be said.
func TestIdentityHonest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var sent []seal.Reading
		boot, seq, minute := int64(1), int64(0), int64(0)
		for range rapid.IntRange(1, 200).Draw(t, "messages") {
			if rapid.IntRange(0, 30).Draw(t, "reboot") == 0 {
				boot, seq = boot+1, 0
			}
			seq, minute = seq+1, minute+rapid.Int64Range(1, 60).Draw(t, "pause")
			sent = append(sent, message(boot, seq, minute, seq%7))
		}
		var id parts.Identity
		for i := 0; i < len(sent); i++ {
			if i+1 < len(sent) && rapid.IntRange(0, 9).Draw(t, "swap") == 0 {
				sent[i], sent[i+1] = sent[i+1], sent[i]
			}
			for range rapid.IntRange(1, 2).Draw(t, "copies") {
				if got := id.Hear(&sent[i], uint64(i), nowMs, slackMs); got == parts.SameNumber || got == parts.TimeTurned {
					t.Fatalf("message %d of boot %d: got %d of an honest seal", sent[i].Val[seal.Seq], sent[i].Val[seal.Boot], got)
				}
			}
		}
	})
}

func BenchmarkIdentity(b *testing.B) {
	var id parts.Identity
	r := message(3, 1, 0, 9)
	b.ReportAllocs()
	for i := range b.N {
		r.Val[seal.Seq]++
		r.Val[seal.TS] += int64(i) & 1
		id.Hear(&r, 1, nowMs, slackMs)
	}
}

// TestMetBeyondHalfANumber: the remembered half of a delivery's number gives the whole one back, past 2^32 too.
func TestMetBeyondHalfANumber(t *testing.T) {
	for _, first := range []uint64{1, 1<<32 - 1, 1 << 32, 5<<32 - 2} {
		var id parts.Identity
		var r seal.Reading
		r.Set(seal.Boot, 1)
		r.Set(seal.Seq, 7)
		r.Set(seal.TS, 1_000_000)
		id.Hear(&r, first, nowMs, slackMs)
		r.Set(seal.Lux, 9)
		if got := id.Hear(&r, first+3, nowMs, slackMs); got != parts.SameNumber || id.Met() != first {
			t.Errorf("first heard as %d: got count %d, met %d", first, got, id.Met())
		}
	}
}

// TestAgo: how long ago a repeat was heard first is known to the minute, and which delivery that was.
func TestAgo(t *testing.T) {
	var id parts.Identity
	r := message(3, 9, 0, 9)
	id.Hear(&r, 40, nowMs, slackMs)
	other := message(3, 10, 60, 9)
	id.Hear(&other, 41, nowMs+parts.HourMs, slackMs)
	for _, after := range []int64{5 * parts.MinuteMs, 7 * parts.HourMs} {
		if got := id.Hear(&r, 50, nowMs+after, slackMs); got != parts.Duplicate || id.AgoMs() != after || id.Met() != 40 {
			t.Errorf("%d ms later: got count %d, %d ms ago, delivery %d", after, got, id.AgoMs(), id.Met())
		}
	}
}
