package hmm

import (
	"math"

	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// This file follows one seal: which of its readings say where it is, and what is odd about its way.

// traveller is what is known of one seal on one container.
type traveller struct {
	box  *parts.Box
	trip *trip

	heardMs  int64 // time of the newest reading
	believed fix   // the newest fix that a vehicle could have reached; no time: none since the box came ashore
	belief   belief
	refused  int // fixes in a row that no vehicle could have reached

	kept  fix // the last fix on a way or in a port
	stood fix // where the box has stood since, the newest place that it has not left

	unfelt   int // moves running that the seal did not feel, or under false satellites
	dark     int // reports in a row under a jammer
	darkN    uint64
	gone     bool // it has been said that the box left its ways, and it has not come back
	overlong bool // the same of the stop that it makes
}

// fix is one position.
type fix struct {
	atMs, lat, lon int64 // ms; degrees × 1e6
	accM           float64
	cell, mcc      int64
	n              uint64 // of its delivery
}

// sharp reports whether a fix can tell that a box stands: one by satellites, not by the network.
func (f *fix) sharp(l *limits) bool { return f.accM < l.cellAccM }

// verdict is what the way of a box has to say; a nil why is nothing.
type verdict struct {
	kind  parts.Kind
	level int
	why   func(*traveller, *seal.Reading) string
	with  [3]uint64 // deliveries that it was compared with; 0: none
}

// aheadMs is how far ahead of the hub's clock a message may be dated and still count: else one that is dated into the next
// year would hide all that come after it.
const aheadMs = parts.HourMs

// hear takes in the next reading, heard at nowMs.
func (t *traveller) hear(r *seal.Reading, n uint64, nowMs int64, l *limits) verdict {
	at := r.Val[seal.TS]
	p := &t.box.Papers
	if at <= t.heardMs || at > nowMs+aheadMs || len(t.trip.ways) == 0 || p.Ended(at) {
		return verdict{}
	}
	t.heardMs = at
	if p.AtSea(at, l.seaMs) { // there is no road; ashore it begins anew
		*t = traveller{box: t.box, trip: t.trip, heardMs: at}
		return verdict{}
	}
	f, ok := position(r, n)
	if !ok {
		return t.hidden(r, n, l)
	}
	t.dark = 0
	if f.sharp(l) && t.believed.atMs != 0 && t.leapt(&f, l) {
		return t.refuse(r, f, l)
	}
	return t.match(r, f, l)
}

// position is a reading's own fix, or the network's where it gives one.
func position(r *seal.Reading, n uint64) (fix, bool) {
	switch r.Val[seal.Fix] {
	case seal.Fix2D, seal.Fix3D, seal.FixCell:
	default:
		return fix{}, false
	}
	lat, told := r.Get(seal.Lat)
	lon, also := r.Get(seal.Lon)
	if !told || !also || lat < -90e6 || lat > 90e6 || lon < -180e6 || lon > 180e6 {
		return fix{}, false
	}
	f := fix{r.Val[seal.TS], lat, lon, 100, r.Val[seal.Cell], r.Val[seal.MCC], n}
	if a := r.Val[seal.AccM]; a > 0 {
		f.accM = float64(a) / 10
	}
	return f, true
}

// hidden counts readings without a place while a jammer is heard, which no tunnel and no ferry brings about.
func (t *traveller) hidden(r *seal.Reading, n uint64, l *limits) verdict {
	if r.Val[seal.Jam] <= l.jam || r.Val[seal.Sats] > l.jamSats {
		t.dark = 0
		return verdict{}
	}
	if t.dark++; t.dark == 1 {
		t.darkN = n
	}
	if t.dark != l.darkReports {
		return verdict{}
	}
	return verdict{parts.GNSSJam, levelHidden, whyHidden, [3]uint64{t.darkN, t.believed.n}}
}

// leapt reports whether no vehicle could have brought the box from the last fix to this one.
func (t *traveller) leapt(f *fix, l *limits) bool {
	d := parts.DistanceM(f.lat, f.lon, t.believed.lat, t.believed.lon)
	return l.gate.Beyond(d, float64(f.atMs-t.believed.atMs)/1000, f.accM, t.believed.accM)
}

// reacquire is how many fixes in a row are refused before they are believed: the one before may have been wrong.
const reacquire = 6

// refuse leaves a fix out of the matching, and says what it is.
func (t *traveller) refuse(r *seal.Reading, f fix, l *limits) verdict {
	t.refused++
	if t.refused >= reacquire && !oneTransmitter(r, l) {
		t.believed, t.refused = fix{}, 0
	}
	if !oneTransmitter(r, l) && (f.cell != t.believed.cell || f.mcc != t.believed.mcc) {
		return verdict{parts.Clone, levelLeap, whyTwoPlaces, [3]uint64{t.believed.n}}
	}
	return verdict{parts.SpoofTeleport, levelLeap, whyLeapt, [3]uint64{t.believed.n}}
}

// oneTransmitter says whether all satellites are equally strong, as from one transmitter near by.
func oneTransmitter(r *seal.Reading, l *limits) bool {
	sd, ok := r.Get(seal.CN0SD)
	return ok && sd < l.cn0sd && r.Val[seal.Sats] > l.jamSats
}

// match takes a fix into the belief.
func (t *traveller) match(r *seal.Reading, f fix, l *limits) verdict {
	k := lookAround(t.trip, f.lat, f.lon, f.accM/radius68)
	moved := 0.0
	if t.believed.atMs == 0 {
		t.belief.begin(&k, l)
		t.kept, t.stood = f, f
	} else {
		moved = parts.DistanceM(f.lat, f.lon, t.believed.lat, t.believed.lon)
		t.belief.follow(&k, float64(f.atMs-t.believed.atMs)/float64(parts.HourMs), moved, l)
	}
	t.feel(r, moved, &f, l)
	before := t.believed
	t.believed, t.refused = f, 0
	if f.sharp(l) && (!t.stood.sharp(l) || parts.DistanceM(f.lat, f.lon, t.stood.lat, t.stood.lon) > l.standM+float64(3*(f.accM+t.stood.accM))) {
		t.stood, t.overlong = f, false
	}
	if t.belief.gone() <= 0.5 {
		t.kept, t.gone = f, false
		return t.late(l)
	}
	if t.gone || t.belief.gone() < l.sure || t.trip.free(f.atMs) {
		return verdict{}
	}
	t.gone = true
	return t.left(before.n, l)
}

// radius68 is the 68 % radius of a round normal error in units of σ per axis.
const radius68 = 1.51

// feel counts moves that the seal did not feel.
func (t *traveller) feel(r *seal.Reading, movedM float64, f *fix, l *limits) {
	rms, felt := r.Get(seal.GRms)
	switch {
	case oneTransmitter(r, l):
		t.unfelt += 2
	case movedM <= l.standM+float64(3*(f.accM+t.believed.accM)):
	case felt && float64(rms) < l.restMilliG:
		t.unfelt++
	default:
		t.unfelt = 0
	}
}

// left says that a box has left its ways, and how.
func (t *traveller) left(beforeN uint64, l *limits) verdict {
	with := [3]uint64{t.kept.n, beforeN}
	switch {
	case t.unfelt >= 2:
		return verdict{parts.DragOff, levelUnfelt, whyUnfelt, with}
	case t.belief.p[otherWay] > t.belief.p[offWays]:
		return verdict{parts.Diversion, levelFork, whyFork, with}
	case t.believed.atMs-t.stood.atMs >= l.stopMs:
		return verdict{parts.Diversion, levelStands, whyStands, with}
	}
	return verdict{parts.Diversion, levelLeft, whyLeft, with}
}

// late says that a box stands by the open road for longer than a driver's night.
func (t *traveller) late(l *limits) verdict {
	if t.overlong || !t.trip.road || !t.believed.sharp(l) || t.belief.p[inPlace] > l.doubt || t.believed.atMs-t.stood.atMs < l.nightMs || l.nightMs == 0 {
		return verdict{}
	}
	t.overlong = true
	return verdict{parts.Diversion, levelOverlong, whyOverlong, [3]uint64{t.stood.n}}
}

// along is how far off its booked ways a fix lies, in metres; +Inf where none is near.
func (t *traveller) along() float64 {
	if t.belief.ways == 0 {
		return math.Inf(1)
	}
	return t.belief.on[0].distM
}
