package hmm

import (
	"fmt"
	"math"
	"time"

	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// This file says it to an officer.

func whyLeft(t *traveller, r *seal.Reading) string {
	return fmt.Sprintf("The box has left its booked way: it is at %s, %s off; last seen on it %s.", at(&t.believed), off(t), clock(t.kept.atMs))
}

func whyStands(t *traveller, r *seal.Reading) string {
	return fmt.Sprintf("The box has left its booked way and stands at %s since %s, %s off, where nobody stops.", at(&t.believed), clock(t.stood.atMs), off(t))
}

func whyFork(t *traveller, r *seal.Reading) string {
	w := &land()[t.belief.away.way]
	return fmt.Sprintf("The box is on another road than the one it is booked for: at %s, between %s and %s; last seen on its own %s.",
		at(&t.believed), w.from, w.to, clock(t.kept.atMs))
}

func whyOverlong(t *traveller, r *seal.Reading) string {
	return fmt.Sprintf("The box stands by the open road at %s since %s, longer than a driver's night, and not at a port, terminal or border.",
		at(&t.believed), clock(t.stood.atMs))
}

func whyUnfelt(t *traveller, r *seal.Reading) string {
	return fmt.Sprintf("The position has left the booked way, %s off, and the seal felt no journey or hears one transmitter for all satellites: it is a false position.", off(t))
}

func whyLeapt(t *traveller, r *seal.Reading) string {
	return fmt.Sprintf("The position is %d km from that of %s, farther than any vehicle goes, under the same cell or satellites of one transmitter.",
		leapKm(t, r), clock(t.believed.atMs))
}

func whyTwoPlaces(t *traveller, r *seal.Reading) string {
	return fmt.Sprintf("The seal is %d km from where it was %s, farther than any vehicle goes, and under another cell: two devices have its number.",
		leapKm(t, r), clock(t.believed.atMs))
}

func whyHidden(t *traveller, r *seal.Reading) string {
	return fmt.Sprintf("The box is hidden on its way: the receiver is drowned (interference %d of 255, %d satellites), as by a jammer and by no tunnel; last seen %s.",
		r.Val[seal.Jam], r.Val[seal.Sats], clock(t.believed.atMs))
}

func leapKm(t *traveller, r *seal.Reading) int64 {
	return int64(parts.DistanceM(r.Val[seal.Lat], r.Val[seal.Lon], t.believed.lat, t.believed.lon) / 1000)
}

// off is how far from its booked ways the box is.
func off(t *traveller) string {
	if d := t.along(); !math.IsInf(d, 1) {
		return fmt.Sprintf("%.1f km", d/1000)
	}
	return "more than 60 km"
}

func at(f *fix) string {
	return seal.Format(seal.Lat, f.lat) + ", " + seal.Format(seal.Lon, f.lon)
}

func clock(ms int64) string {
	if ms == 0 {
		return "never"
	}
	return time.UnixMilli(ms).UTC().Format("2006-01-02 15:04 UTC")
}
