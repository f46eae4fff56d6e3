package kalman

import (
	"fmt"

	"sealab/sim/seal"
)

// This file says in prose, for an officer, why an alarm was raised.

func whySameNumber(r *seal.Reading) string {
	return fmt.Sprintf("Message %d of start %d was heard before with other content: two devices answer to one seal number.",
		r.Val[seal.Seq], r.Val[seal.Boot])
}

func whyTimeTurned(r *seal.Reading) string {
	return fmt.Sprintf("Message %d of start %d carries a time that runs against the seal's counters: two devices, or a "+
		"clock set back.", r.Val[seal.Seq], r.Val[seal.Boot])
}

func at(r *seal.Reading) string {
	return fmt.Sprintf("%.4f, %.4f", float64(r.Val[seal.Lat])/1e6, float64(r.Val[seal.Lon])/1e6)
}

func whyTwoPlaces(r *seal.Reading) string {
	return "The seal speaks from " + at(r) + ", in another cell, too far off to have travelled there: two devices."
}

func whyTooFar(r *seal.Reading) string {
	return "The position " + at(r) + " is too far off to have been reached, while the network cell is unchanged: a false position."
}

func whyFused(r *seal.Reading) string {
	return "The position " + at(r) + " fits neither the box's motion nor its satellites and cell: a false position."
}

func whyPattern(r *seal.Reading) string {
	return fmt.Sprintf("All %d satellites are equally strong, within %.2f dB, in several readings: one transmitter near by.",
		r.Val[seal.Sats], float64(r.Val[seal.CN0SD])/100)
}

func whyLeap(r *seal.Reading) string {
	return "The position " + at(r) + " does not fit the box's way, in several readings."
}

func whyDrift(r *seal.Reading) string {
	return "The position " + at(r) + " drifts slowly away while the box is at rest."
}
