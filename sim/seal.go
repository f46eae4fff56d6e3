package sim

import (
	"sealab/sim/exact"
	"sealab/sim/geo"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// This file is the seal as a body: where it travels, what its device remembers, and what it is about to say.

// sky is how much of the sky the antenna sees.
type sky uint8

const (
	openSky sky = iota
	underCranes
	inStack
	inHold
)

// pace is what the box is doing, which decides how often the seal reports and how much it is shaken.
type pace uint8

const (
	atSea pace = iota
	inPort
	onRail
	railStop
	onRoad
	roadStop
	numPaces
)

// paceIntervalMs is the reporting interval of each pace (reference c4: ocean 60 min, box in port 60 min at rest, rail
// 15 min, truck 5 min and 30 min parked; a train that stands is taken as a parked truck).
var paceIntervalMs = [numPaces]int64{
	atSea: 3600_000, inPort: 3600_000, onRail: 900_000, railStop: 1800_000, onRoad: 300_000, roadStop: 1800_000,
}

// atRest reports whether the box stands still.
func (p pace) atRest() bool { return p == inPort || p == railStop || p == roadStop }

// leg is one part of a trip: on a vehicle or at a place.
type leg struct {
	from, to   int64 // ms since 1970
	vehicle    int32 // index, or −1
	place      int32 // index into the world's places, or −1
	drive      bool  // straight from the place to dest, by truck
	dest       int32 // index into the world's places
	offE, offN int16 // metres of the box east and north of the vehicle's or place's point
	sky        sky
	pace       pace
}

// Device is what the seal's electronics remember, also over a reboot.
type Device struct {
	Boot, Seq  int64
	Status     int64 // seal.Armed …
	ArmedAt    int64 // ms since 1970; 0: never
	OpenedAt   int64
	TamperedAt int64
	UsedMAh    float64  // charge drawn from its cell
	Key        int      // whose key it signs with: OwnKey, ForgedKey, or a foreign one
	link       [32]byte // of the message made last: what the next has as prev; zeros: it has said nothing yet
}

// Seal is one smart seal on one container, for one trip.
type Seal struct {
	Device
	id, container, trip string
	index               int32
	lane                Lane
	cargo               cargo
	route               []notice.Stop // as booked, where the trip has several hops

	legs   []leg
	booked []leg // the legs as they were before an attack led the seal astray; nil: none did
	leg    int   // the present one
	cur    cursor

	sense, radio, life exact.Dice

	errE, errN float64 // correlated part of the position error, in standard deviations
	errAt      int64
	lat, lon   int64 // last fix, degrees × 1e6
	fixAt      int64
	tempC      float64
	tempAt     int64
	usedAt     int64
	clockPPM   float64
	clockAt    int64 // when the clock was last set
	clockOffMs int64 // how wrong it was then
	shiftMs    int64 // by how much a false time has moved it
	skewMs     int64 // by how much it is off at all times, whatever sets it
	coverClass uint8
	deep       bool  // below deck
	seenLeg    int32 // the leg of the last reading

	start, end int64 // of the trip, not clipped
	next       int64 // the next scheduled report
	todo       []saying
	around     []effect
	warned     bool    // it has said TEMP_HIGH and is still too warm
	twinWarned []int64 // when the honest twin of a victim found itself too warm
	gaps       []gap
	papers     []paper
	touches    []touch
	told       int // notices told so far

	hushes   []hush
	waiting  []waiting // held back by force
	deadAt   int64     // after which the device is silent for good; 0: never
	taps     []tap
	cell     cell
	drifts   []drift
	stutters []stutter
	tunnels  []tunnel

	signer    *signer // nil until it signs
	offline   bool
	ghostOf   *Seal                  // the seal whose counters this device copies when it wakes first; nil for an honest one
	assaultAt int64                  // when an attack on it is to come; 0: none does
	victimOf  int32                  // the counted or rated attack on it, or −1
	twin      map[[2]uint64]struct{} // what the honest twin sends, of a victim
}

// ID is the seal's id on the wire.
func (s *Seal) ID() string { return s.id }

// Container is the number of the box the seal is on.
func (s *Seal) Container() string { return s.container }

// saying is a message outside the schedule: an event the device reports, or its birth and death.
type saying struct {
	at     int64
	inc    int32 // the incident it belongs to, or −1
	kind   int64 // seal.EventMsg, seal.Birth or seal.Death
	code   int64
	sev    int64
	cmdID  string
	change func(*Device, int64) // what happens in the device just before; nil: nothing
	gPeak  float64              // g, where the event is a shock
	anew   bool                 // scheduled reports are counted from here on
}

// gap is a while without network that geography does not explain.
type gap struct {
	span
	inc int32
}

// legAt moves on to the leg of time t.
func (s *Seal) legAt(t int64) *leg {
	for s.leg+1 < len(s.legs) && s.legs[s.leg].to <= t {
		s.leg++
		s.cur = cursor{}
	}
	for s.leg > 0 && s.legs[s.leg].from > t {
		s.leg--
		s.cur = cursor{}
	}
	return &s.legs[s.leg]
}

// place gives where the box truly is at time t, with its speed in m/s; squeeze is the cosine of the latitude.
func (w *World) place(s *Seal, l *leg, t int64) (lat, lon, speed, squeeze float64) {
	if l.vehicle >= 0 {
		lat, lon, speed = w.vehicles[l.vehicle].at(t, &s.cur)
	} else {
		p := &w.places[l.place]
		lat, lon = p.lat, p.lon
		if l.drive {
			lat, lon, speed = w.driven(l, t)
		}
	}
	lat += float64(l.offN) / metresPerDeg
	squeeze = exact.Cos(lat * radPerDeg)
	lon += float64(l.offE) / (metresPerDeg * squeeze)
	return lat, lon, speed, squeeze
}

// driven is where a truck is at time t on its straight way between two places, and its speed in m/s.
func (w *World) driven(l *leg, t int64) (lat, lon, speed float64) {
	p, q := &w.places[l.place], &w.places[l.dest]
	share := float64(t-l.from) / float64(l.to-l.from)
	speed = 1000 * geo.DistanceM(p.lat, p.lon, q.lat, q.lon) / float64(l.to-l.from)
	return p.lat + float64(share*(q.lat-p.lat)), p.lon + float64(share*(q.lon-p.lon)), speed
}

// spot is a fixed place of the world.
type spot struct {
	node     geo.Node
	lat, lon float64
	mcc      uint16
}

// due is when the seal has something to say next: a saying or the scheduled report.
func (s *Seal) due() int64 {
	if len(s.todo) > 0 && s.todo[0].at <= s.next {
		return s.todo[0].at
	}
	return s.next
}

// arm and disarm are what a signed command does to the device.
func arm(d *Device, at int64) {
	d.Status, d.ArmedAt, d.OpenedAt, d.TamperedAt = seal.Armed, at, 0, 0
}

func disarm(d *Device, _ int64) { d.Status = seal.Unarmed }

// Reboot starts the device anew: the counters say so, what is latched stays.
func (d *Device) Reboot() { d.Boot, d.Seq = d.Boot+1, 0 }
