// How many more seeds would settle what these could not.

package experiment

import (
	"fmt"
	"math"
)

// Points of the normal distribution.
const (
	z975 = 1.959963984540054 // two-sided 5 %
	z80  = 0.8416212335729143
)

// Outlook says about how many more seeds would settle whether there is a difference, if the true one were as large as
// the one seen.
type Outlook struct {
	MoreSeeds *int   `json:"more_seeds"` // null: unknown, Why says so
	Why       string `json:"why"`
}

// PairsNeeded is how many pairs give a paired test at the 5 % level a power of 80 % for a mean difference of dz
// standard deviations: (z₀.₉₇₅ + z₀.₈)²/dz² + z₀.₉₇₅²/2, rounded up, and at least the six that a sign-flip test needs
// (Guenther, The American Statistician 35, 1981, 243–244; Lachin, Controlled Clinical Trials 2, 1981, 93–113). It
// gives the t test's number to within one from dz = 0.3 to 1.
func PairsNeeded(dz float64) float64 {
	z := z975 + z80
	return max(6, math.Ceil(float64(z*z)/float64(dz*dz)+float64(z975*z975)/2))
}

// outlookOf judges by the worlds' differences. It takes what was seen for the truth, which is the best guess and not a
// cautious one (Hoenig and Heisey, The American Statistician 55, 2001, 19–24): hence "about", and words that say so.
func outlookOf(d []float64, seeds int) *Outlook {
	switch {
	case len(d) < 2 || seeds == 0:
		return &Outlook{Why: "unknown: fewer than two worlds were compared"}
	case Mean(d) == 0:
		return &Outlook{Why: "unknown: no difference was seen, and seeds cannot settle that there is none"}
	case flat(d):
		return &Outlook{Why: "unknown: every world shows the same difference, so that nothing is known of its spread"}
	}
	perSeed := float64(len(d)) / float64(seeds)
	more := math.Ceil((PairsNeeded(CohenDz(d)) - float64(len(d))) / perSeed)
	switch {
	case more > MaxSeeds:
		return &Outlook{Why: fmt.Sprintf("more than %d: what was seen is very small beside its spread", MaxSeeds)}
	case more < 1:
		more = 1 // the power is there by now, and yet this sample missed it
	}
	n, word := int(more), "seeds"
	if n == 1 {
		word = "seed"
	}
	return &Outlook{&n, fmt.Sprintf("about %d more %s, if the true difference is as large as the one seen (power 80 %%)", n, word)}
}
