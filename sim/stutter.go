package sim

import (
	"time"

	"sealab/sim/exact"
)

// This file is a network that loses acknowledgements: messages are sent again and overtake each other.

// stutter is a while of that. Its dice are its own and part of the seal, so that the honest twin, who stutters too, rolls
// the same.
type stutter struct {
	span
	inc            int32
	dice           exact.Dice
	repeated, held float64 // shares of the messages
}

// Stutter has that share of what the seal sends in (from, to] repeated, once to three times in the next two minutes, and
// that share held up so long that later messages overtake it.
func (w *World) Stutter(s *Seal, from, to time.Time, repeated, held float64) {
	s.stutters = append(s.stutters, stutter{
		span: span{from.UnixMilli(), to.UnixMilli()}, inc: w.mounting, dice: w.incidents[w.mounting].radio,
		repeated: repeated, held: held,
	})
}

// stutter holds a message up and repeats it, where the network does so.
func (w *World) stutter(s *Seal, slot int32, f *flight) {
	m := w.slot(slot)
	for i := range s.stutters {
		p := &s.stutters[i]
		if m.sent <= p.from || m.sent > p.to {
			continue
		}
		held, wait := p.dice.Chance(p.held), exact.Round(1000*p.dice.Range(60, 900))
		repeated, copies := p.dice.Chance(p.repeated), 1+p.dice.IntN(3)
		if held {
			f.at += wait
			if f.again != 0 {
				f.again += wait
			}
		}
		if held || repeated {
			m.alike = p.inc
		}
		for range copies {
			after := exact.Round(1000 * p.dice.Range(5, 120))
			if repeated && !f.lost && w.collect == nil {
				m.refs++
				w.send(f.at+after, slot)
			}
		}
	}
}
