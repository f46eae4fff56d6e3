// Package senses asks of a seal's readings whether place, counters and sensors can be true together: what detectors with a
// sense for place, identity and physics share.
//
// A Kalman filter follows each box, counters are held against times, and each channel is held against what the others
// say (seal model, sections c1–c4, d, e and f). What is noticed is a Verdict; what it is worth, the detector decides:
// `kalman` says each, `fusion` weighs them. Nothing is allocated for a reading once its seal is known.
package senses

import (
	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// This file asks each sense about a reading, in the order of the seal's counters.

// senses is what is known of one seal beyond its place and its counters.
type senses struct {
	device   device
	bag      bag
	door     door
	climate  climate
	ride     ride
	corridor corridor
}

// report is one reading as the detector hears it.
type report struct {
	r      *seal.Reading
	n      uint64 // of its delivery
	lagMs  int64  // how long it was under way
	nowMs  int64  // end of the tick
	papers *parts.Papers
	roads  *roads
	limits *Limits
}

// feel adds to the list what the senses say of the newest reading of a seal.
func (s *senses) feel(list []Verdict, h *report) []Verdict {
	r, n, l := h.r, h.n, h.limits
	list = add(list, jammed(r, l))
	list = add(list, s.bag.hear(r, n, h.papers, l))
	at := r.Val[seal.TS]
	if h.papers.Ended(at) {
		return list
	}
	if r.Val[seal.Status] == seal.Armed && r.Val[seal.DoorOpen] == 0 && !h.papers.Authorised(at, l.openingMs) {
		list = add(list, s.door.hear(r, n, l))
		list = add(list, s.climate.hear(r, n, l))
	} else { // whoever opens it rightfully hangs the door anew and lets warm air in
		s.door = door{}
		s.climate.aired()
	}
	if ownFix(r) && r.Has&(1<<seal.Lat) != 0 && !oneTransmitter(r, l) {
		list = add(list, s.ride.hear(r, n, h.lagMs, l))
		list = add(list, s.corridor.hear(r, n, h.papers, h.roads, l))
	}
	return list
}

// add appends a Verdict, if it is one.
func add(list []Verdict, v Verdict) []Verdict {
	if v.Sense == 0 {
		return list
	}
	return append(list, v)
}

// oneTransmitter says whether all satellites are equally strong, as from one transmitter near by.
func oneTransmitter(r *seal.Reading, l *Limits) bool {
	sd, ok := r.Get(seal.CN0SD)
	return ok && sd < l.cn0sd && r.Val[seal.Sats] >= l.sats
}

// run is how many in a row it was so.
func run(before int64, so bool) int64 {
	if so {
		return before + 1
	}
	return 0
}
