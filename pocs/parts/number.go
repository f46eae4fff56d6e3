package parts

import "math"

// Number follows one number, reading by reading, with the filter that follows boxes. A fix says how accurate it is, and the
// booking how fast the box can change; of a bare number both must be learned. So it is weighed by how it has scattered
// about its prediction so far, and what is odd is what is rare by that measure. The zero value is ready.
type Number struct {
	filter  Filter // its east is the number; north rests
	tail    Tail   // over how far off the values were, in σ
	scatter float64
	heard   float64
}

// A number is followed with an acceleration noise as large as the measurement's, in units of one reading: neither smooth
// nor rough is taken for granted.
const numberNoise = 1

const (
	numberMemory = 2000 // readings over which the scatter, a mean normalised innovation squared, is learned
	numberTrust  = 20   // after so many an outlier is clipped: it is not the scatter
	numberClip   = 4    // σ
	numberMost   = 1e4  // σ: the most that a value is off, as where a series was flat
	numberFloor  = 1    // σ: what is off by less is never rare
)

// Rarity takes the next value, at most 1e100 in size, and gives −ln p, p being the chance of one so far off its prediction.
func (n *Number) Rarity(value float64) float64 {
	n.tail.Floor = numberFloor
	return n.tail.Rarity(n.off(value))
}

// off is how far the value lies off its prediction, in σ; then the filter takes it in.
func (n *Number) off(value float64) float64 {
	if n.heard == 0 {
		n.heard = 1
		n.filter.Start(value, 0, 1, 1)
		return 0
	}
	n.filter.Predict(1, numberNoise)
	nu := n.filter.Innovate(value, 0, 1)
	n.filter.Update(nu)
	nis, off := nu.NIS(), 0.0
	switch {
	case n.scatter > 0:
		off = min(math.Sqrt(nis/n.scatter), numberMost)
	case nis > 0 && n.heard > numberTrust:
		off = numberMost
	}
	if n.scatter > 0 && n.heard > numberTrust && off > numberClip {
		nis = float64(numberClip*numberClip) * n.scatter
	}
	n.scatter += (nis - n.scatter) / min(n.heard, numberMemory)
	n.heard++
	return off
}
