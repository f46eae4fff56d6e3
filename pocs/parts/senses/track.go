package senses

import (
	"math"

	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// reacquire is how many fixes in a row must be refused before the filter believes them: it may have been wrong.
const reacquire = 6

// anySpeedMps is how fast, one σ, a box may be going where the filter begins.
const anySpeedMps = 20

// farM is where the local plane is laid anew; within it the plane is good to a per cent.
const farM = 50000

// track is what is known of one seal's counters and way.
type track struct {
	box      *parts.Box
	plane    parts.Plane
	filter   parts.Filter
	sums     [2]parts.CUSUM // east, north
	last     fix            // the newest fix that was believed; no time: none yet
	cell     cell
	still    bool      // no motion was felt, and no message is missing, since the last believed fix
	heard    int64     // boot and seq of the newest message
	odd      int64     // odd fixes running
	oddN     [2]uint64 // numbers of the first and the newest of them
	sumsN    uint64    // of the fix from which on the sums are taken
	refused  int       // fixes refused in a row
	queuedMs int64     // tick and number of the newest reading in the queue
	queued   int64
	copy     int64 // when the seal was armed whose number was said to be copied; 0: none
	identity parts.Identity
	senses   senses
}

// fix is a position of the seal's own.
type fix struct {
	atMs, lat, lon int64   // ms; degrees × 1e6
	accM           float64 // 68 % radius
	cell           int64
	mcc            int64
	n              uint64 // of its delivery
}

// sameCell reports whether the network gives no sign of a move between two fixes.
func (f *fix) sameCell(g fix) bool { return f.cell == g.cell && f.mcc == g.mcc }

// cell is the serving cell, and where the seal was when it first heard it.
type cell struct {
	id, mcc, lat, lon int64
	n                 uint64 // of that delivery
}

// hear tries a reading's counters, and its place and all else if it is newer than all before. It adds what it finds to the
// list.
func (t *track) hear(list []Verdict, h *report) []Verdict {
	r, l := h.r, h.limits
	switch t.identity.Hear(r, h.n, h.nowMs, l.clockMs) {
	case parts.SameNumber:
		return append(list, t.met(parts.Clone, levelSure, SameNumber))
	case parts.Duplicate:
		if t.identity.AgoMs() > l.echoMs {
			return append(list, t.met(parts.Replay, levelOrder, Echo))
		}
	case parts.TimeTurned:
		kind, sense := parts.Clone, TimeTurned
		if h.nowMs-r.Val[seal.TS] > l.echoMs && !r.Is(seal.Buffered, 1) { // it did not wait, and is old all the same
			kind, sense = parts.ClockRollback, TimeFell
		}
		return append(list, t.met(kind, levelOrder, sense))
	case parts.Next:
		return t.next(list, h)
	}
	return list
}

// met is a Verdict that rests on an earlier message with the same number or a later time.
func (t *track) met(kind parts.Kind, level int, sense Sense) Verdict {
	return Verdict{Sense: sense, Kind: kind, Level: level, with: [4]uint64{t.identity.Met()}}
}

// next takes in a reading that is newer than all before.
func (t *track) next(list []Verdict, h *report) []Verdict {
	if v := t.senses.device.hear(h.r, h.n, h.limits); v.Sense != 0 {
		if v.Kind == parts.SealSwap && t.copy != 0 && h.r.Val[seal.ArmedAt] == t.copy {
			v.Kind, v.Sense = parts.Clone, OtherCharge // one of the two has started anew
		}
		return append(list, v)
	}
	v := t.place(h.r, h.n, h.papers, h.limits)
	if v.Kind == parts.Clone && v.Sense != 0 {
		return append(list, v)
	}
	if !t.box.Quiet(parts.Clone, h.nowMs, h.limits.cooldownMs) {
		return list // two devices under one number make nonsense of all else
	}
	return t.senses.feel(add(list, v), h)
}

// copied reports whether it was said before that this seal's number is copied, and notes that it is now. It stays copied
// until the box is sealed anew: the honest device goes on to use numbers that the copy has used, at sea even days later.
func (t *track) copied(r *seal.Reading) bool {
	armed := max(1, r.Val[seal.ArmedAt])
	before := t.copy == armed
	t.copy = armed
	return before
}

// place follows the box to the reading's fix, if it has one of its own, and says whether it can be there.
func (t *track) place(r *seal.Reading, n uint64, p *parts.Papers, l *Limits) Verdict {
	rest := t.rest(r, l)
	if f := r.Val[seal.Fix]; f != seal.Fix2D && f != seal.Fix3D || r.Has&(1<<seal.Lat) == 0 {
		return Verdict{}
	}
	f := fix{r.Val[seal.TS], r.Val[seal.Lat], r.Val[seal.Lon], accuracy(r), r.Val[seal.Cell], r.Val[seal.MCC], n}
	if t.last.atMs == 0 {
		t.restart(f)
		t.still = rest
		return Verdict{}
	}
	gate, noise := l.leg(p, f.atMs)
	e := t.weigh(r, f, noise, l)
	e.beyond = t.beyond(f, &gate)
	v := t.judge(&e, f, l)
	if t.follow(&e, f) {
		t.still = rest
	}
	return v
}

// rest says whether the box was at rest at this reading, and keeps up whether it has been since the last believed fix.
// One still reading is not enough: a truck that has just stopped is still too, some kilometres on.
func (t *track) rest(r *seal.Reading, l *Limits) bool {
	rms, felt := r.Get(seal.GRms)
	rest := felt && float64(rms) < l.restMilliG
	number := r.Val[seal.Boot]<<32 | r.Val[seal.Seq]
	t.still = t.still && rest && number == t.heard+1
	t.heard = number
	return rest
}

// accuracy is the 68 % radius in metres, or a poor one where the seal gives none.
func accuracy(r *seal.Reading) float64 {
	if a := r.Val[seal.AccM]; a > 0 {
		return float64(a) / 10
	}
	return 100
}

// leg gives speed gate and acceleration noise for the mode of travel at a time.
func (l *Limits) leg(p *parts.Papers, atMs int64) (parts.Gate, float64) {
	switch p.Mode(atMs, l.seaMs) {
	case "sea":
		return l.gateSea, l.noiseSea
	case "rail":
		return l.gateRail, l.noiseRail
	case "road":
		return l.gateRoad, l.noiseRoad
	}
	return l.gateRail, l.noiseRoad
}

// variance is that of one axis, in m², for a 68 % radius: the radius of a round normal error is 1.51 σ there.
func variance(accM float64) float64 { return square(accM / 1.51) }

func square(v float64) float64 { return float64(v * v) }

// clip bounds one fix's share in the CUSUM: an outlier is not a drift.
func clip(z float64) float64 { return max(-4, min(4, z)) }

// follow takes the fix into the track, or refuses it and returns false.
func (t *track) follow(e *evidence, f fix) bool {
	if e.pattern || e.beyond || e.leap || e.cell {
		t.refused++
		if t.refused >= reacquire && !e.pattern {
			t.restart(f)
			return true
		}
		return false
	}
	t.refused = 0
	if e.hop {
		t.restart(f)
		return true
	}
	t.filter = e.next
	t.filter.Update(e.nu)
	t.last = f
	if t.cell.id != f.cell || t.cell.mcc != f.mcc {
		t.cell = cell{f.cell, f.mcc, f.lat, f.lon, f.n}
	}
	if math.Abs(t.filter.East)+math.Abs(t.filter.North) > farM {
		t.rebase(f)
	}
	return true
}

// restart believes a fix and forgets the way before it.
func (t *track) restart(f fix) {
	t.plane = parts.NewPlane(f.lat, f.lon)
	t.filter.Start(0, 0, variance(f.accM), square(anySpeedMps))
	t.sums = [2]parts.CUSUM{}
	t.last, t.cell, t.refused, t.sumsN = f, cell{f.cell, f.mcc, f.lat, f.lon, f.n}, 0, f.n
}

// rebase lays the plane anew around a fix and keeps place relative to it, speed and covariance.
func (t *track) rebase(f fix) {
	east, north := t.plane.At(f.lat, f.lon)
	t.filter.East -= east
	t.filter.North -= north
	t.plane = parts.NewPlane(f.lat, f.lon)
}
