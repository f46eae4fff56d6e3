package senses

import (
	"fmt"

	"sealab/sim/seal"
)

// This file says in prose, for an officer, why an alarm was raised.

func whySameNumber(r *seal.Reading, _ oddity) string {
	return fmt.Sprintf("Message %d of start %d was heard before with other content: two devices answer to one seal number.",
		r.Val[seal.Seq], r.Val[seal.Boot])
}

func whyTimeTurned(r *seal.Reading, _ oddity) string {
	return fmt.Sprintf("Message %d of start %d carries a time that runs against the seal's counters: two devices, or a "+
		"clock set back.", r.Val[seal.Seq], r.Val[seal.Boot])
}

func whyEcho(r *seal.Reading, _ oddity) string {
	return fmt.Sprintf("Message %d of start %d is heard again, word for word, long after no network repeats itself: an old one is played back.",
		r.Val[seal.Seq], r.Val[seal.Boot])
}

func at(r *seal.Reading) string {
	return fmt.Sprintf("%.4f, %.4f", float64(r.Val[seal.Lat])/1e6, float64(r.Val[seal.Lon])/1e6)
}

func whyTwoPlaces(r *seal.Reading, _ oddity) string {
	return "The seal speaks from " + at(r) + ", in another cell, too far off to have travelled there: two devices."
}

func whyTooFar(r *seal.Reading, _ oddity) string {
	return "The position " + at(r) + " is too far off to have been reached, while the network cell is unchanged: a false position."
}

// whyOdd names all that speaks against a position.
func whyOdd(r *seal.Reading, o oddity) string {
	text := "The position " + at(r) + " is odd:"
	if o.leap {
		text += " it does not fit the box's way and motion;"
	}
	if o.cell {
		text += " it is too far off for the network cell;"
	}
	if o.pattern {
		text += fmt.Sprintf(" all %d satellites are equally strong, within %.2f dB;", r.Val[seal.Sats], float64(r.Val[seal.CN0SD])/100)
	}
	return text[:len(text)-1] + "."
}

func whyDrift(r *seal.Reading, _ oddity) string {
	return "The position " + at(r) + " drifts slowly away while the box is at rest."
}
