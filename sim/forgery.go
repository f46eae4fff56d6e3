package sim

import (
	"time"

	"sealab/sim/exact"
	"sealab/sim/seal"
)

// This file is what an attacker does to messages on their way: old ones are sent again, true ones go a longer way.

// tap records what a seal sends in its span and sends it again, some time later, so many times, up to a last moment.
type tap struct {
	span
	inc     int32
	afterMs int64
	times   int
	lastMs  int64
}

// Replay records the readings that the seal sends in (from, to] and has each sent again, byte for byte, after that time,
// and again after twice that time, so many times, but none later than last; whoever hears one of these hears the attack.
func (w *World) Replay(s *Seal, from, to time.Time, after time.Duration, times int, last time.Time) {
	s.taps = append(s.taps, tap{span{from.UnixMilli(), to.UnixMilli()}, w.mounting, after.Milliseconds(), times, last.UnixMilli()})
}

// tap lets whoever records the seal record the message in a slot, and asks for the copies' deliveries.
func (w *World) tap(s *Seal, slot int32) {
	for i := range s.taps {
		p, m := &s.taps[i], w.slot(slot)
		if m.sent <= p.from || m.sent > p.to || m.r.Val[seal.MsgKind] != seal.Tele {
			continue
		}
		for k := 1; k <= p.times && m.sent+int64(k)*p.afterMs <= p.lastMs; k++ {
			to := w.take()
			copied := w.slot(to)
			copied.r, copied.made, copied.sent, copied.hostile = m.r, m.made, m.sent, p.inc
			w.send(m.sent+int64(k)*p.afterMs+w.latencyMs(&w.incidents[p.inc].radio), to)
		}
	}
}

// tunnel is a longer way that messages take in its span.
type tunnel struct {
	span
	inc    int32
	baseMs float64
	wobble float64 // ms, standard deviation
}

// Delay sends what the seal says in (from, to] over a way of the attacker's, whose latency takes the place of the
// network's: base, give or take wobble.
func (w *World) Delay(s *Seal, from, to time.Time, base, wobble time.Duration) {
	s.tunnels = append(s.tunnels, tunnel{
		span{from.UnixMilli(), to.UnixMilli()}, w.mounting, float64(base.Milliseconds()), float64(wobble.Milliseconds()),
	})
}

// tunnel leads a message that is sent at the time sent through the attacker's way, where there is one.
func (w *World) tunnel(s *Seal, sent int64, f *flight) {
	for i := range s.tunnels {
		p := &s.tunnels[i]
		if sent <= p.from || sent > p.to {
			continue
		}
		longer := f.on + max(1, exact.Round(p.baseMs+float64(p.wobble*w.incidents[p.inc].radio.Normal())))
		if f.again != 0 {
			f.again += longer - f.at
		}
		f.at = longer
	}
}
