package hmm

import (
	"math"

	"sealab/pocs/parts"
	"sealab/sim/exact"
	"sealab/sim/geo"
)

// This file is the hidden Markov model: states, what a fix says for each, and how they follow each other.

// The hidden states: some places on booked ways, one on a way that is not booked, a port or terminal, and off all of them.
const (
	mostOnWay = 4
	otherWay  = mostOnWay
	inPlace   = mostOnWay + 1
	offWays   = mostOnWay + 2
	numStates = mostOnWay + 3
)

// belief is how likely each state is by all fixes so far.
type belief struct {
	p    [numStates]float64
	on   [mostOnWay]spot // which places the states on booked ways are
	ways int             // how many of them there are
	away spot            // the place on a way that is not booked
}

// spot is the place on a way that is nearest to a fix.
type spot struct {
	way    int
	distM  float64 // from the fix
	atM    float64 // how far the box has come there; on a way that is not booked, along that
	known  bool    // atM is along the booking
	eastM  float64 // of it from the fix
	northM float64
}

// look is a fix with what the map has near it.
type look struct {
	plane  parts.Plane
	sdM    float64 // standard deviation of the fix, one axis
	on     [mostOnWay]spot
	ways   int
	other  spot // distM +Inf where there is none
	placeM float64
}

// reachDeg is how far about a way is looked for, in degrees × 1e6 of latitude: 66 km.
const reachDeg = 600_000

// lookAround finds the places on ways near a fix.
func lookAround(t *trip, lat, lon int64, sdM float64) look {
	k := look{plane: parts.NewPlane(lat, lon), sdM: sdM, other: spot{distM: math.Inf(1)}, placeM: math.Inf(1)}
	for i := range t.ways {
		s := &t.ways[i]
		w := &land()[s.way]
		at, near := w.nearest(&k.plane, lat, lon)
		if !near {
			continue
		}
		at.way, at.known = s.way, true
		if s.back {
			at.atM = w.lengthM - at.atM
		}
		at.atM += s.atM
		k.take(at)
	}
	for i := range land() {
		w := &land()[i]
		if w.mode == geo.Rail && !t.rail || w.mode == geo.Road && !t.road || t.takes(i) {
			continue
		}
		at, near := w.nearest(&k.plane, lat, lon)
		if !near {
			continue
		}
		at.way = i
		if w.mode == geo.Rail { // a train is sent round by whoever runs the railway
			k.take(at)
		} else if at.distM < k.other.distM {
			k.other = at
		}
	}
	for _, p := range ports() {
		if d := p.lat - lat; d < reachDeg && -d < reachDeg {
			east, north := k.plane.At(p.lat, p.lon)
			k.placeM = min(k.placeM, math.Sqrt(square(east)+square(north)))
		}
	}
	return k
}

// take keeps a place among the nearest.
func (k *look) take(at spot) {
	i := k.ways
	if i == mostOnWay {
		if i--; k.on[i].distM <= at.distM {
			return
		}
	} else {
		k.ways++
	}
	for ; i > 0 && k.on[i-1].distM > at.distM; i-- {
		k.on[i] = k.on[i-1]
	}
	k.on[i] = at
}

// nearest is the place on a way that is nearest to the origin of a plane; false where the way is nowhere near.
func (w *way) nearest(plane *parts.Plane, lat, lon int64) (spot, bool) {
	const wide = 3 * reachDeg // a degree of longitude is shorter: by two thirds at 70° north
	if lat < w.south-reachDeg || lat > w.north+reachDeg || lon < w.west-wide || lon > w.east+wide {
		return spot{}, false
	}
	best := spot{distM: math.Inf(1)}
	e1, n1 := plane.At(w.points[0].lat, w.points[0].lon)
	for i := 1; i < len(w.points); i++ {
		p, q := &w.points[i-1], &w.points[i]
		e2, n2 := plane.At(q.lat, q.lon)
		if share, east, north := toPiece(e1, n1, e2, n2); square(east)+square(north) < square(best.distM) {
			best = spot{distM: math.Sqrt(square(east) + square(north)), eastM: east, northM: north, atM: p.alongM + float64(share*(q.alongM-p.alongM))}
		}
		e1, n1 = e2, n2
	}
	return best, true
}

// toPiece is the place on a straight piece that is nearest to the origin, and which share of the piece lies before it.
func toPiece(e1, n1, e2, n2 float64) (share, east, north float64) {
	de, dn := e2-e1, n2-n1
	if long := square(de) + square(dn); long > 0 {
		share = max(0, min(1, -(float64(e1*de)+float64(n1*dn))/long))
	}
	return share, e1 + float64(share*de), n1 + float64(share*dn)
}

func square(v float64) float64 { return float64(v * v) }

// begin is the belief before any fix: where a box is sealed is where it should be, but for a small doubt.
func (b *belief) begin(k *look, l *limits) {
	*b = belief{on: k.on, ways: k.ways, away: k.other}
	for i := range k.ways {
		b.p[i] = 1
	}
	b.p[inPlace], b.p[otherWay], b.p[offWays] = 1, l.leavePerH, l.leavePerH
	b.weigh(k, l)
}

// follow goes on by some hours, in which the box moved by this distance in metres as the crow flies, to the next fix.
func (b *belief) follow(k *look, hours, movedM float64, l *limits) {
	was := *b
	*b = belief{on: k.on, ways: k.ways, away: k.other}
	leave, back := min(0.1, float64(l.leavePerH*hours)), min(0.5, float64(l.backPerH*hours))
	beta := l.betaM + float64(l.betaPerH*hours)
	for i, p := range was.p {
		if p == 0 {
			continue
		}
		lost := i == offWays || i == otherWay
		for j := range k.ways {
			b.p[j] += float64(p * pass(lost, back, leave) * was.detour(i, &k.on[j], movedM, beta))
		}
		b.p[inPlace] += float64(p * pass(lost, back, leave))
		for _, j := range [...]int{otherWay, offWays} {
			if lost {
				b.p[j] += float64(p * (1 - back))
			} else {
				b.p[j] += float64(p * leave)
			}
		}
	}
	b.weigh(k, l)
}

// pass is how likely a box comes to a booked way or a port: back from where it was lost, or as it should.
func pass(lost bool, back, leave float64) float64 {
	if lost {
		return back
	}
	return 1 - float64(2*leave)
}

// detour is Newson and Krumm's transition, exp(−|route − straight| / β), for two places on the booking; 1 where the way
// between is not known.
func (b *belief) detour(i int, to *spot, movedM, beta float64) float64 {
	if i >= b.ways || !b.on[i].known || !to.known {
		return 1
	}
	off := math.Abs(to.atM-b.on[i].atM) - movedM
	return exact.Exp(-math.Abs(off) / beta)
}

// weigh takes in what the fix says for each state, and makes the sum 1.
func (b *belief) weigh(k *look, l *limits) {
	other := l.onWay(&k.other, k.sdM)
	most := other
	for i := range k.ways {
		on := l.onWay(&k.on[i], k.sdM)
		b.p[i] *= on
		most = max(most, on)
	}
	b.p[otherWay] *= other
	b.p[inPlace] *= l.inPlace(k.placeM, k.sdM, most)
	nearest := min(k.other.distM, l.offM)
	if k.ways > 0 {
		nearest = k.on[0].distM
	}
	b.p[offWays] *= l.off(nearest)
	sum := 0.0
	for _, p := range b.p {
		sum += p
	}
	if !(sum > 0) { // nothing fits: it is off everything
		b.p = [numStates]float64{offWays: 1}
		return
	}
	for i := range b.p {
		b.p[i] /= sum
	}
}

// The densities, per metre of distance. Each state on a way has a share of outliers, which lie as if the box were off it:
// so no single fix settles anything.

// onWay is the half of a normal density whose variance is that of the way's width on the map and of the fix.
func (l *limits) onWay(at *spot, sdM float64) float64 {
	if math.IsInf(at.distM, 1) {
		return 0
	}
	width := l.roadM
	if land()[at.way].mode == geo.Rail {
		width = l.railM
	}
	sd := math.Sqrt(square(width) + square(sdM))
	const root = 0.7978845608028654 // √(2/π)
	normal := root / sd * exact.Exp(-square(at.distM/sd)/2)
	return float64((1-l.outlier)*normal) + float64(l.outlier*l.off(at.distM))
}

// inPlace is even within the radius of a port or terminal, as far as the fix can tell, and as dense on a way there as on
// any: the roads of a port are its own.
func (l *limits) inPlace(distM, sdM, onWay float64) float64 {
	if radius := l.placeM + float64(2*sdM); distM <= radius {
		return max(1/radius, onWay)
	}
	if math.IsInf(distM, 1) {
		return 0
	}
	return float64(l.outlier * l.off(distM))
}

// off falls off exponentially: a yard that serves a theft lies so far from the road in the mean.
func (l *limits) off(distM float64) float64 { return exact.Exp(-distM/l.offM) / l.offM }

// gone is how likely the box has left its booked ways.
func (b *belief) gone() float64 { return b.p[offWays] + b.p[otherWay] }
