package senses

import (
	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// This file is what a sense has to say of a reading.

// Levels of what the senses say, on the desk's scale 0–1000.
const (
	levelSure   = 1000 // cannot be honest
	levelOrder  = 950
	levelGate   = 900
	levelFused  = 850 // two sorts of evidence in one fix
	levelRepeat = 750 // one sort, in several fixes running
	levelCUSUM  = 600
)

// Sense names what was noticed; 0 is nothing.
type Sense uint8

// What the senses notice.
const (
	SameNumber    Sense = 1 + iota // a number that was used before, with other words
	TimeTurned                     // counters run against times
	TimeFell                       // likewise, of a message that did not wait and is old
	Echo                           // the same words again, long after
	OtherCharge                    // a charge that does not follow from the one before
	OtherDevice                    // likewise, after a start
	ArmedAlone                     // armed without a command
	Jammed                         // the receiver is drowned
	Wrapped                        // network and sky lost together
	TwoPlaces                      // beyond the speed gate, in another cell
	TooFar                         // beyond the speed gate, under the same cell
	Odd                            // a fix that two sorts of evidence speak against
	OddRunning                     // fixes running that one sort speaks against
	Circling                       // likewise, moving and staying near
	Drift                          // the CUSUM of a box at rest
	Ajar                           // off its magnet, with light or shaking
	HungOtherwise                  // the magnet's field has left its usual value for good
	Loose                          // tilted, and away from the magnet
	Tools                          // it stands, and is shaken as by tools
	Warm                           // held cool, and warm for longer than a defrosting takes
	Unfelt                         // it moves and is not shaken
	Unmoved                        // it is shaken and does not move
	Steady                         // messages under way for equally long
	OffRoad                        // off its booked road
	NumSenses     = iota
)

// senseWords are a sense's name, for parameters and tables, and its words for an officer.
var senseWords = [1 + NumSenses]struct {
	name string
	why  func(*seal.Reading, oddity) string
}{
	{}, {"same_number", whySameNumber}, {"time_turned", whyTimeTurned}, {"time_fell", whyTimeTurned}, {"echo", whyEcho}, {"other_charge", whyOtherCharge}, {"other_device", whyOtherCharge},
	{"armed_alone", whyArmedAlone}, {"jammed", whyJammed}, {"wrapped", whyWrapped}, {"two_places", whyTwoPlaces},
	{"too_far", whyTooFar}, {"odd", whyOdd}, {"odd_running", whyOdd}, {"circling", whyOdd}, {"drift", whyDrift}, {"ajar", whyAjar},
	{"hung_otherwise", whyHungOtherwise}, {"loose", whyLoose}, {"tools", whyTools}, {"warm", whyWarm}, {"unfelt", whyUnfelt},
	{"unmoved", whyUnmoved}, {"steady", whySteady}, {"off_road", whyOffRoad},
}

// String is the sense's name in lower case, such as "two_places".
func (s Sense) String() string { return senseWords[s].name }

// Verdict is what a sense has to say of a reading; a Sense of 0 is nothing.
type Verdict struct {
	Sense Sense
	Kind  parts.Kind // the offence that it speaks for
	Level int        // 0–1000, the higher the surer
	odd   oddity
	with  [4]uint64 // numbers of the deliveries that it was compared with; 0: none
}

// Why says it to an officer; r is the reading that it was said of.
func (v *Verdict) Why(r *seal.Reading) string { return senseWords[v.Sense].why(r, v.odd) }

// Basis gives the deliveries that it rests on: n, that of the reading, and those that this was compared with.
func (v *Verdict) Basis(n uint64) []uint64 { return parts.Basis(n, v.with[:]...) }
