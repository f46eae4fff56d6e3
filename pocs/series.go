// The numeric part of a proof of concept by itself, for series of numbers that know nothing of seals.

package pocs

import "time"

// Series watches one measure of one source, number by number: what is left of a detector where there is no seal, no place
// and no paper. A PoC that has such a part offers it in PoC.Series, made of the same parts as its Detector, so that data
// from elsewhere can judge it (sealab nab). It hears each number before the next one, and learns from nothing else.
type Series interface {
	// Score takes the next value, at most 1e100 in size, and says how odd it is: 0 is as ever, 1 the oddest. Where an alarm
	// begins is for whoever asks to say. Times may repeat, and run backwards where a clock was set.
	Score(at time.Time, value float64) float64
}
