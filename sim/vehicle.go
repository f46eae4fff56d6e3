package sim

import (
	"sort"

	"sealab/sim/exact"
	"sealab/sim/geo"
)

// This file moves vessels, trains and trucks: a track is a drawn-out route, a vehicle one journey along it.

// span is an interval of time in ms since 1970, open at its start.
type span struct{ from, to int64 }

// knot says that at time t (ms since 1970) a vehicle has come d metres along its track; between knots its speed is
// constant, and two knots with the same d are a stop.
type knot struct {
	t int64
	d float64
}

// track is a route drawn out once and shared by all who travel it.
type track struct {
	route     geo.Route
	path      *geo.Path
	countries []uint16 // mobile country code, every countryStepM metres
}

// countryStepM is how finely the serving network's country is known along a track.
const countryStepM = 50000

// vehicle is one vessel, train or truck on one journey.
type vehicle struct {
	id, name, kind string // kind: vessel, train, truck
	index          int32
	hidden         bool // it left the booked way and is on no map
	track          *track
	knots          []knot
	bends          []bend
	covered        [coverClasses][]span // of a vessel, made when first asked for
}

// cursor remembers where on a vehicle's way one was last.
type cursor struct{ knot, path int }

// when gives the distance along the track and the speed in m/s at time t.
func (v *vehicle) when(t int64, c *cursor) (d, speed float64) {
	k := v.knots
	i := c.knot
	if i >= len(k) || t < k[i].t {
		i = 0
	}
	for i+1 < len(k) && k[i+1].t <= t {
		i++
	}
	c.knot = i
	if t <= k[i].t || i+1 == len(k) {
		return k[i].d, 0
	}
	dd, dt := k[i+1].d-k[i].d, float64(k[i+1].t-k[i].t)
	return k[i].d + float64(dd*float64(t-k[i].t)/dt), 1000 * dd / dt
}

// at gives the place in degrees (longitude unwrapped) and the speed in m/s at time t.
func (v *vehicle) at(t int64, c *cursor) (lat, lon, speed float64) {
	d, speed := v.when(t, c)
	lat, lon = v.where(d, &c.path)
	return lat, lon, speed
}

// course is the direction of travel in degrees at time t.
func (v *vehicle) course(t int64, c *cursor) float64 {
	d, _ := v.when(t, c)
	ahead := c.path
	lat1, lon1 := v.where(d, &c.path)
	lat2, lon2 := v.where(d+500, &ahead)
	if lat1 == lat2 && lon1 == lon2 {
		return 0
	}
	return bearing(lat1, lon1, lat2, lon2)
}

// bearing is the direction in degrees from one place to another near by.
func bearing(lat1, lon1, lat2, lon2 float64) float64 {
	deg := exact.Atan2(float64((lon2-lon1)*exact.Cos(lat1*radPerDeg)), lat2-lat1) / radPerDeg
	if deg < 0 {
		deg += 360
	}
	return deg
}

// timeAt is when the vehicle first comes d metres along its track.
func (v *vehicle) timeAt(d float64) int64 {
	k := v.knots
	i := sort.Search(len(k), func(i int) bool { return k[i].d >= d })
	switch {
	case i == len(k):
		return k[len(k)-1].t
	case i == 0 || k[i].d == d:
		return k[i].t
	}
	share := (d - k[i-1].d) / (k[i].d - k[i-1].d)
	return k[i-1].t + int64(share*float64(k[i].t-k[i-1].t))
}

// depart and arrive are the ends of the journey.
func (v *vehicle) depart() int64 { return v.knots[0].t }
func (v *vehicle) arrive() int64 { return v.knots[len(v.knots)-1].t }

// coverClasses is how many distances off shore are told apart at which a seal loses the network.
const coverClasses = 16

// coverage lists when a vessel is nearer to the coast than limitNM; class is the limit's number among coverClasses.
func (v *vehicle) coverage(class uint8, limitNM float64) []span {
	if v.covered[class] != nil {
		return v.covered[class]
	}
	list := []span{}
	near := false
	for _, p := range v.track.path.Points() {
		switch now := p.OffshoreNM <= limitNM; {
		case now && !near:
			list = append(list, span{from: v.timeAt(p.DistM)})
			near = true
		case !now && near:
			list[len(list)-1].to = v.timeAt(p.DistM)
			near = false
		}
	}
	if near {
		list[len(list)-1].to = v.arrive()
	}
	v.covered[class] = list
	return list
}

// journey writes a vehicle's knots, edge by edge.
type journey struct {
	v   *vehicle
	now int64
	d   float64
}

// run goes on to the distance d at so many metres a second.
func (j *journey) run(d, speed float64) {
	if d <= j.d {
		return
	}
	j.now += max(1, exact.Round(1000*(d-j.d)/speed))
	j.d = d
	j.v.knots = append(j.v.knots, knot{j.now, d})
}

// wait stays for so many ms.
func (j *journey) wait(ms int64) {
	if ms <= 0 {
		return
	}
	j.now += ms
	j.v.knots = append(j.v.knots, knot{j.now, j.d})
}

func begin(v *vehicle, t int64) *journey {
	v.knots = append(v.knots, knot{t, 0})
	return &journey{v: v, now: t}
}

// shift moves the whole journey in time.
func (v *vehicle) shift(ms int64) {
	for i := range v.knots {
		v.knots[i].t += ms
	}
}
