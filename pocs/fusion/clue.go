package fusion

import "sealab/pocs/parts/senses"

// This file lists the clues: everything that a message, a notice or a silence can say for or against an attack.

// clue is one thing that can be noticed. The senses' own clues come first, under the senses' numbers.
type clue uint8

// What the desk notices, beyond the senses.
const (
	cut clue = clue(senses.NumSenses) + 1 + iota
	detached
	tamperLatch
	powerLost
	unlockDenied
	disarmedAlone
	deviceJam
	deviceSpoof
	tilted
	offRoute
	longStop
	bounce
	openedShort
	openedLong
	latchAlone
	lightDark
	lightLit
	litReport
	shockSoft
	shockHard
	shockExtreme
	gnssLost
	silentParked1
	silentParked4
	silentParked12
	silentParked30
	silentAway1
	silentAway4
	silentAway12
	silentAway30
	silentWeak
	heldDown
	heldDownDark
	forged
	unknownKey
	chainBreak
	lateArrival
	numClues = iota + senses.NumSenses + 1
)

// group is what clues have in common that are not independent of each other: of each group only the strongest counts.
type group uint8

const (
	ofDevice group = iota
	ofOpening
	ofLight
	ofShock
	ofSky
	ofSilence
	ofIdentity
	ofMotion
	ofDoor
	ofHold
	ofRoad
	ofClimate
	ofPapers
	numGroups
)

// clueInfo is what a clue is called in parameters and tables, what it belongs to, and what it says to an officer.
type clueInfo struct {
	name  string
	group group
	why   string // in words
}

// clues is the table; a clue without a name is not one.
var clues = [numClues]clueInfo{
	clue(senses.TimeTurned):    sensed(senses.TimeTurned, ofIdentity, "its counters run against its times"),
	clue(senses.TimeFell):      sensed(senses.TimeFell, ofIdentity, "a message is old without having waited"),
	clue(senses.Echo):          sensed(senses.Echo, ofIdentity, "an old message came again"),
	clue(senses.OtherCharge):   {"two_devices", ofIdentity, "two devices answer to its number"},
	clue(senses.OtherDevice):   sensed(senses.OtherDevice, ofIdentity, "another device speaks since it started"),
	clue(senses.ArmedAlone):    sensed(senses.ArmedAlone, ofIdentity, "it was armed without a command"),
	clue(senses.Jammed):        sensed(senses.Jammed, ofSky, "its receiver is drowned"),
	clue(senses.Wrapped):       sensed(senses.Wrapped, ofHold, "network and sky were lost together"),
	clue(senses.TooFar):        sensed(senses.TooFar, ofSky, "it was farther off than any vehicle goes"),
	clue(senses.Odd):           sensed(senses.Odd, ofSky, "a position is odd in two ways"),
	clue(senses.OddRunning):    sensed(senses.OddRunning, ofSky, "positions are odd one after the other"),
	clue(senses.Circling):      sensed(senses.Circling, ofSky, "its position goes in a ring"),
	clue(senses.Drift):         sensed(senses.Drift, ofSky, "its position drifted while it rested"),
	clue(senses.Ajar):          sensed(senses.Ajar, ofDoor, "the door stood off its magnet"),
	clue(senses.HungOtherwise): sensed(senses.HungOtherwise, ofDoor, "the door hangs otherwise than before"),
	clue(senses.Loose):         sensed(senses.Loose, ofDoor, "it hangs loose from its door"),
	clue(senses.Tools):         sensed(senses.Tools, ofShock, "it was shaken as by tools"),
	clue(senses.Warm):          sensed(senses.Warm, ofClimate, "a box that was held cool is warm"),
	clue(senses.Unfelt):        sensed(senses.Unfelt, ofMotion, "it moves and does not feel it"),
	clue(senses.Unmoved):       sensed(senses.Unmoved, ofMotion, "it is shaken and does not move"),
	clue(senses.Steady):        sensed(senses.Steady, ofMotion, "its messages take equally long"),
	clue(senses.OffRoad):       sensed(senses.OffRoad, ofRoad, "it is off its road"),

	cut:           {"cut", ofDevice, "the seal reports its bolt or cable cut"},
	detached:      {"detached", ofDevice, "the seal reports that it was taken off its mount, or its case opened"},
	tamperLatch:   {"tamper_latch", ofDevice, "the seal keeps that it was tampered with"},
	powerLost:     {"power_lost", ofDevice, "its supply was taken away"},
	unlockDenied:  {"unlock_denied", ofDevice, "the seal refused a wrong key"},
	disarmedAlone: {"disarmed_alone", ofDevice, "the seal was disarmed without a command"},
	deviceJam:     {"device_jam", ofSky, "the device believes its receiver jammed"},
	deviceSpoof:   {"device_spoof", ofSky, "the device believes its receiver deceived"},
	tilted:        {"tilted", ofDoor, "the seal reports that it was tilted"},
	offRoute:      {"off_route", ofRoad, "the device reports that it is off its route"},
	longStop:      {"long_stop", ofRoad, "the device reports a long stop"},
	bounce:        {"bounce", ofOpening, "the door contact opened, and the lock knows nothing of it"},
	openedShort:   {"opened_short", ofOpening, "the door was opened for minutes under an armed seal"},
	openedLong:    {"opened_long", ofOpening, "the door stands open under an armed seal for as long as an inspection takes"},
	latchAlone:    {"latch_alone", ofOpening, "the lock keeps an opening that the door contact did not feel"},
	lightDark:     {"light_dark", ofLight, "the seal reports light where its own reading shows none"},
	lightLit:      {"light_lit", ofLight, "the seal reports light behind a shut door, and its reading shows it"},
	litReport:     {"lit_report", ofLight, "a report shows light behind a shut door"},
	shockSoft:     {"shock_soft", ofShock, "a blow was felt"},
	shockHard:     {"shock_hard", ofShock, "a hard blow was felt"},
	shockExtreme:  {"shock_extreme", ofShock, "a blow harder than any crane deals was felt"},
	gnssLost:      {"gnss_lost", ofSky, "there has been no position for long while the radio works"},
	forged:        {"forged", ofIdentity, "a message under its number is not signed with its key"},
	unknownKey:    {"unknown_key", ofIdentity, "a message under its number is signed with a key that nobody registered"},
	chainBreak:    {"chain_break", ofIdentity, "a message does not follow from those before it"},
	lateArrival:   {"late_arrival", ofPapers, "it came in later than booked"},

	silentParked1:  {"silent_parked_1h", ofSilence, "a parked box in coverage missed its report by an hour"},
	silentParked4:  {"silent_parked_4h", ofSilence, "a parked box in coverage has been silent for four hours"},
	silentParked12: {"silent_parked_12h", ofSilence, "a parked box in coverage has been silent for twelve hours"},
	silentParked30: {"silent_parked_30h", ofSilence, "a parked box in coverage has been silent for thirty hours"},
	silentAway1:    {"silent_away_1h", ofSilence, "a box under way has missed its report by an hour"},
	silentAway4:    {"silent_away_4h", ofSilence, "a box under way has been silent for four hours"},
	silentAway12:   {"silent_away_12h", ofSilence, "a box under way has been silent for twelve hours"},
	silentAway30:   {"silent_away_30h", ofSilence, "a box under way has been silent for thirty hours"},
	silentWeak:     {"silent_weak", ofSilence, "a box whose cell was low has fallen silent"},
	heldDown:       {"held_down", ofHold, "it had to wait for the network where it had one before"},
	heldDownDark:   {"held_down_dark", ofHold, "it had to wait for the network where it had one before, and saw no satellite meanwhile"},
}

// sensed is a clue that one of the senses gives.
func sensed(s senses.Sense, g group, why string) clueInfo { return clueInfo{s.String(), g, why} }

// clueOf is the clue that a sense gives: a number used twice, a foreign charge and two places at once are one and the same,
// two devices under one name.
func clueOf(s senses.Sense) clue {
	if s == senses.SameNumber || s == senses.TwoPlaces {
		s = senses.OtherCharge
	}
	return clue(s)
}
