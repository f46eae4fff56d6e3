package quorum

import (
	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// held is the temperature that a box is held at, by exponentially weighted means.
type held struct {
	mean, spread float64 // m°C
	heard        int
	warmMs       int64 // since when it has been too warm; 0: it is not
}

// heldWeight is that of one report in the means, and heldNeeds how many they are taken from.
const (
	heldWeight = 0.1
	heldNeeds  = 8
)

// hear takes in a report: known is whether the box is one that is held at a temperature, which is damp in it, warming
// whether it is too warm, and odd whether it has been for longer than a defrosting takes.
func (h *held) hear(r *seal.Reading, l *limits) (known, warming, odd bool) {
	tC, told := r.Get(seal.TC)
	rh, also := r.Get(seal.RH)
	if !told || !also || rh < l.heldRH || !r.Is(seal.MsgKind, seal.Tele) || r.Val[seal.DoorOpen] != 0 {
		return false, false, false
	}
	up := float64(tC) - h.mean
	steady := h.heard >= heldNeeds && h.spread <= l.heldSpread
	if !steady || up <= l.warm {
		h.warmMs = 0
		h.learn(up)
		return steady, false, false
	}
	if h.warmMs == 0 {
		h.warmMs = r.Val[seal.TS]
	}
	return true, true, r.Val[seal.TS]-h.warmMs >= l.warmMs
}

func (h *held) learn(up float64) {
	h.heard++
	weight := max(heldWeight, 1/float64(h.heard))
	if h.heard > 1 {
		h.spread += float64(weight * (max(up, -up) - h.spread))
	}
	h.mean += float64(weight * up)
}

// overlapsOpening reports whether an opening was announced about this time.
func overlapsOpening(p *parts.Papers, ms int64, l *limits) bool { return p.Authorised(ms, l.openingMs) }
