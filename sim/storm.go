package sim

import (
	"math"
	"slices"
	"time"

	"sealab/sim/exact"
	"sealab/sim/geo"
)

// This file bends a vessel's track round bad weather, over open water alone: where the chart's distance to land ends
// (geo.MaxOffshoreNM), and by less than that. All boxes aboard go the same way.

// bend is a smooth way aside between two distances along a track: side·sin², so that the vessel leaves and comes back
// without a jump in place or course.
type bend struct {
	fromM, toM float64
	sideM      float64
	dir        float64 // direction of the way aside, radians from north
}

// maxBend is how far aside a bend goes of its length at most, and maxLonger how much longer it may make any part of the
// way: the vessel keeps its times.
const (
	maxBend   = 0.03
	maxLonger = 1.008
	bendParts = 64
)

// aside is how far a vessel is off its track at d metres along it, in metres east and north.
func (b *bend) aside(d float64) (eastM, northM float64) {
	if d <= b.fromM || d >= b.toM {
		return 0, 0
	}
	s := exact.Sin(math.Pi * (d - b.fromM) / (b.toM - b.fromM))
	off := b.sideM * s * s
	return off * exact.Sin(b.dir), off * exact.Cos(b.dir)
}

// where is the place in degrees at d metres along the vehicle's way, bends and all.
func (v *vehicle) where(d float64, cur *int) (lat, lon float64) {
	lat, lon = v.track.path.At(d, cur)
	for i := range v.bends {
		east, north := v.bends[i].aside(d)
		lon += east / (metresPerDeg * exact.Cos(lat*radPerDeg))
		lat += north / metresPerDeg
	}
	return lat, lon
}

// OpenSea lists when the vessel that carries the box is on open water within the world, for at least so long. It is the
// same for all boxes aboard. A trip over several vessels is asked about its first.
func (w *World) OpenSea(s *Seal, least time.Duration) []Stay {
	l := s.aboard()
	if l == nil {
		return nil
	}
	v := w.vehicles[l.vehicle]
	var list []Stay
	open := func(a, b float64) {
		from, to := max(v.timeAt(a), w.start), min(v.timeAt(b), w.end)
		if to-from >= least.Milliseconds() {
			list = append(list, Stay{From: w.time(from), To: w.time(to)})
		}
	}
	since := -1.0
	for _, p := range v.track.path.Points() {
		switch wide := p.OffshoreNM >= geo.MaxOffshoreNM; {
		case wide && since < 0:
			since = p.DistM
		case !wide && since >= 0:
			open(since, p.DistM)
			since = -1
		}
	}
	return list
}

// aboard is the box's first leg at sea, or nil.
func (s *Seal) aboard() *leg {
	for i := range s.legs {
		if s.legs[i].pace == atSea {
			return &s.legs[i]
		}
	}
	return nil
}

// weather is one bend of one vessel, of which a copy sails it.
type weather struct {
	vehicle  int32
	from, to int64
}

// Bend leads the vessel that carries the box aside by so many metres, to port where it is negative, in (from, to], and
// tells by how many it does: never by more than a small part of the way. Whoever asks for the same bend of the same
// vessel sails on the same. The bent vessel is on no map, where the booked way stays.
func (w *World) Bend(s *Seal, from, to time.Time, sideM float64) (doneM float64) {
	l := s.aboard()
	v := w.vehicles[l.vehicle]
	a, _ := v.when(from.UnixMilli(), &cursor{})
	z, _ := v.when(to.UnixMilli(), &cursor{})
	key := weather{l.vehicle, from.UnixMilli(), to.UnixMilli()}
	bent, known := w.bent[key]
	if !known {
		bent = w.bentCopy(v, a, z, clampF(sideM, -maxBend*(z-a), maxBend*(z-a)))
		if w.bent == nil {
			w.bent = map[weather]int32{}
		}
		w.bent[key] = bent
	}
	legs := slices.Clone(s.legs)
	for i := range legs {
		if legs[i].vehicle == key.vehicle {
			legs[i].vehicle = bent
		}
	}
	w.leaveBooked(s, legs)
	bends := w.vehicles[bent].bends
	return bends[len(bends)-1].sideM
}

// bentCopy boards a copy of a vessel that goes aside between two distances, by less where its track is so crooked that
// the way would become too long, or where it would come nearer to land than the chart knows.
func (w *World) bentCopy(v *vehicle, a, z, sideM float64) int32 {
	var cur int
	lat1, lon1 := v.track.path.At(a, &cur)
	lat2, lon2 := v.track.path.At(z, &cur)
	c := *v
	c.hidden = true
	b := bend{a, z, sideM, (bearing(lat1, lon1, lat2, lon2) + 90) * radPerDeg}
	c.bends = append(slices.Clone(v.bends), b)
	for c.longer(v, a, z) > maxLonger || c.beyondChart(a, z) {
		c.bends[len(v.bends)].sideM *= 0.8
	}
	w.board(&c)
	return c.index
}

// longer is by how much the way of a bent vessel is longer than the other's, where it is so most.
func (v *vehicle) longer(than *vehicle, a, z float64) float64 {
	most, part := 0.0, float64((z-a)/bendParts)
	for i := range bendParts {
		d := a + float64(float64(i)*part)
		most = max(most, v.stretchM(d, d+part)/than.stretchM(d, d+part))
	}
	return most
}

// beyondChart reports whether all bends together lead a vessel so far aside that there may be land.
func (v *vehicle) beyondChart(a, z float64) bool {
	part := float64((z - a) / bendParts)
	for i := range bendParts {
		var east, north float64
		for k := range v.bends {
			e, n := v.bends[k].aside(a + float64(float64(i)*part))
			east, north = east+e, north+n
		}
		if math.Sqrt(float64(east*east)+float64(north*north)) > 0.95*geo.MaxOffshoreNM*geo.NauticalMileM {
			return true
		}
	}
	return false
}

// stretchM is how far apart the places at two distances are.
func (v *vehicle) stretchM(a, z float64) float64 {
	var cur int
	lat1, lon1 := v.where(a, &cur)
	lat2, lon2 := v.where(z, &cur)
	return geo.DistanceM(lat1, lon1, lat2, lon2)
}
