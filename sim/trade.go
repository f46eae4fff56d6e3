package sim

import (
	"fmt"
	"strings"

	"sealab/sim/exact"
	"sealab/sim/geo"
	"sealab/sim/seal"
)

// This file fills a world with trips: each seal takes a lane and a vehicle by its own dice, so that its trip is the
// same whoever else travels.

// Carriage is how a lane's goods are carried.
type Carriage uint8

// The carriages.
const (
	BySea Carriage = iota
	ByRail
	ByRoad
)

// modeName is how a carriage reads in a booking.
func (c Carriage) modeName() string { return [...]string{"sea", "rail", "road"}[c] }

// modes are the edges of the graph that a carriage can use.
func (c Carriage) modes() geo.Modes { return [...]geo.Modes{geo.Water, geo.ByRail, geo.ByRoad}[c] }

// Lane is one way that goods take in a scenario.
type Lane struct {
	From, To string // node ids
	By       Carriage
	Weight   int      // share among the scenario's lanes
	Avoid    []string // nodes or edges that are closed
	Reefers  float64  // share of reefers among the boxes
	Via      []Hop    // what comes before the last part of a trip of several hops

	track    *track
	voyages  []int32    // vehicles of scheduled carriages
	hops     []*service // where the trip has several
	from, to int32      // places
}

// sealID and tripID name the j-th seal and its trip, from 1.
func sealID(j int) string { return fmt.Sprintf("SLB-%08d", j) }
func tripID(j int) string { return fmt.Sprintf("T%08d", j) }

// containerNumber gives the j-th container its number: three serials are set aside for each, so that one whose check
// remainder is 10 can be passed over without moving the others.
func containerNumber(j int) string {
	for k := range 3 {
		if c := seal.MakeContainer("SLBU", 100000+3*j+k); c != "" {
			return c
		}
	}
	panic("sim: number container: three remainders of 10 in a row")
}

// Trade creates the world's seals, each on one of the lanes.
func (w *World) Trade(lanes ...Lane) {
	w.lanes = lanes
	for j := 1; j <= int(w.set["seals"]); j++ {
		id := sealID(j)
		if w.only != nil && !w.only[id] {
			continue
		}
		d := exact.NewDice(w.seed, "seal/"+id+"/trip")
		l := w.drawLane(&d)
		if l.Via == nil {
			w.openLane(l)
		}
		w.seals = append(w.seals, w.newSeal(j, id, l, &d))
	}
	w.born = len(w.seals)
}

// drawLane draws a lane by its weight; it is the first draw of a trip's dice.
func (w *World) drawLane(d *exact.Dice) *Lane {
	total := 0
	for i := range w.lanes {
		total += w.lanes[i].Weight
	}
	pick := d.IntN(total)
	for k := range w.lanes {
		if pick < w.lanes[k].Weight {
			return &w.lanes[k]
		}
		pick -= w.lanes[k].Weight
	}
	return &w.lanes[0]
}

// openLane draws a lane's route and schedules its vessels or trains when the first seal takes it.
func (w *World) openLane(l *Lane) {
	if l.track != nil {
		return
	}
	l.track = newTrack(l.From, l.To, l.By.modes(), l.Avoid...)
	l.from, l.to = w.nodeSpot(l.From), w.nodeSpot(l.To)
	switch l.By {
	case BySea:
		w.schedule(l, seaVoyages, w.sail)
	case ByRail:
		w.schedule(l, railVoyages, w.roll)
	}
}

// How many vessels and trains serve a lane while the world lasts, whatever the number of boxes.
const (
	seaVoyages  = 10
	railVoyages = 24
)

// margin is how much of a trip's ends must lie within the world, so that every trip has a stay there.
const marginMs = 2 * 86400_000

// schedule lets a lane's vehicles depart over all the time in which they can be met in the world: those that are
// still two days under way or ashore at its start, and those that leave two days before its end. A journey that would
// show nothing but open sea is left out.
func (w *World) schedule(l *Lane, n int, journey func(*Lane, *exact.Dice, int64) *vehicle) {
	lo := w.start - nominalMs(l) + marginMs
	hi := w.end - marginMs
	for k := range n {
		d := exact.NewDice(w.seed, fmt.Sprintf("voyage/%s-%s/%d", l.From, l.To, k))
		at := lo + exact.Round((float64(k)+d.Float64())*float64(hi-lo)/float64(n))
		v := journey(l, &d, at)
		if l.By == BySea && v.depart() < w.start+marginMs && v.arrive() > w.end-marginMs {
			continue
		}
		w.enlist(l, v, k)
	}
	if len(l.voyages) == 0 {
		d := exact.NewDice(w.seed, fmt.Sprintf("voyage/%s-%s/only", l.From, l.To))
		w.enlist(l, journey(l, &d, w.start+marginMs), 0)
	}
}

func (w *World) enlist(l *Lane, v *vehicle, k int) {
	w.christen(v, l, fmt.Sprintf("%02d", k+1))
	l.voyages = append(l.voyages, v.index)
}

// christen names a vessel or train after its lane and number, and takes it into the world.
func (w *World) christen(v *vehicle, l *Lane, number string) {
	v.kind = [...]string{"vessel", "train", "truck"}[l.By]
	v.id = fmt.Sprintf("%s-%s-%s-%s", v.kind, l.From, l.To, number)
	v.name = fmt.Sprintf("%s %s–%s %s", v.kind, l.From, l.To, strings.TrimLeft(number, "0"))
	w.board(v)
}

func (w *World) board(v *vehicle) {
	v.index = int32(len(w.vehicles))
	w.vehicles = append(w.vehicles, v)
}

// nominalMs is about how long a lane's journey takes.
func nominalMs(l *Lane) int64 {
	speed := [...]float64{16.5 * geo.NauticalMileM / 3600, 29 / 3.6, 15 / 3.6}[l.By]
	return exact.Round(1000 * l.track.path.LengthM() / speed)
}

// nodeSpot gives the place of a node of the graph.
func (w *World) nodeSpot(id string) int32 {
	for i := range w.places {
		if w.places[i].node.ID == id {
			return int32(i)
		}
	}
	n, ok := geo.Find(id)
	if !ok {
		panic("sim: find place: " + id)
	}
	return w.newSpot(spot{node: n, lat: n.Lat, lon: n.Lon, mcc: mccOf(n.Country)})
}

func (w *World) newSpot(p spot) int32 {
	w.places = append(w.places, p)
	return int32(len(w.places) - 1)
}

// dwellMs draws how long a box stays at a place: log-normal about the place's typical dwell, at least a day.
func (w *World) dwellMs(place int32, d *exact.Dice) int64 {
	h := d.LogNormal(w.places[place].node.DwellH, w.a[DwellSigma])
	return exact.Round(3600_000 * clampF(h, 24, 30*24))
}
