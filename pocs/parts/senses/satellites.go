package senses

import (
	"fmt"

	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// This file tells receivers that are drowned or covered from those that merely stand in a bad place. A jammer raises the
// interference indicator; under steel that stays low. A bag takes satellites and network at once; a dead zone leaves the
// satellites, a tunnel or a roof a weak network.

// bag counts the reports in a row that were made without network and under no sky at all, since both were lost together.
type bag struct {
	reports int64
	first   uint64 // delivery of the first of them
	open    bool   // the report before them had both
}

// jammed tries the interference indicator.
func jammed(r *seal.Reading, l *Limits) Verdict {
	if level, ok := r.Get(seal.Jam); !ok || level <= l.jam || r.Val[seal.Sats] > l.jamSats {
		return Verdict{}
	}
	return Verdict{Kind: parts.GNSSJam, Level: levelGate, Sense: Jammed}
}

// hear takes in the next report by counters, and says whether the seal was in a bag.
func (b *bag) hear(r *seal.Reading, n uint64, p *parts.Papers, l *Limits) Verdict {
	strength, told := r.Get(seal.CN0)
	waited, dark := r.Is(seal.Buffered, 1), told && r.Val[seal.Sats] == 0 && strength < l.bagCN0
	if !waited || !dark || p.AtSea(r.Val[seal.TS], l.seaMs) {
		*b = bag{open: !waited && !dark}
		return Verdict{}
	}
	if !b.open {
		return Verdict{}
	}
	b.reports++
	if b.reports == 1 {
		b.first = n
	}
	if b.reports != l.bagReports {
		return Verdict{}
	}
	return Verdict{Kind: parts.RadioWrap, Level: levelRepeat, Sense: Wrapped, with: [4]uint64{b.first}}
}

func whyJammed(r *seal.Reading, _ oddity) string {
	return fmt.Sprintf("The receiver is drowned: interference %d of 255, %d satellites, while the radio works.",
		r.Val[seal.Jam], r.Val[seal.Sats])
}

func whyWrapped(r *seal.Reading, _ oddity) string {
	return fmt.Sprintf("Ashore, the seal lost network and sky together: no satellite and %s dB-Hz, as under foil.",
		seal.Format(seal.CN0, r.Val[seal.CN0]))
}
