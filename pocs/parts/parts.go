// Package parts is what detectors share: registers, papers, the duty desk with its rules, gates and filters.
//
// A proof of concept may not import another. What two of them have in common lives here, so that a comparison of the
// two measures what one adds and nothing else: `kalman` is the same desk as `rules`, at equal thresholds, and listens
// for more. Everything here is pure and keeps its state in first-heard order; nothing is allocated for a reading once
// its seal is known, but for what is said.
package parts

import "time"

// Kind is an offence that an alarm names.
type Kind uint8

// The offences that the built-in detectors can name.
const (
	BoltCut Kind = iota
	QuickOpen
	DragOff
	Clone
	GNSSJam
	RadioWrap
	SealSwap
	HingeBypass
	MovedSeal
	Replay
	Relay
	SpoofTeleport
	SpoofRing
	ClockRollback
	Diversion
	TempAbuse
	DelayedAlarm
	SealTheft
	numKinds = iota
)

var kindNames = [numKinds]string{
	"bolt_cut", "quick_open", "drag_off", "clone", "gnss_jam", "radio_wrap", "seal_swap", "hinge_bypass", "moved_seal",
	"replay", "relay", "spoof_teleport", "spoof_ring", "clock_rollback", "diversion", "temp_abuse",
	"delayed_alarm", "seal_theft",
}

// String is the kind as findings name it.
func (k Kind) String() string { return kindNames[k] }

// Alarm is what a part has to say about a container; a detector makes a finding of it.
type Alarm struct {
	Container string
	Kind      Kind
	Level     int // 0–1000, the higher the surer
	Why       string
	Basis     []uint64 // numbers of the deliveries that it rests on, first the one that set it off
	order     int      // of the message that gave rise to it, within its batch
}

// Milliseconds of common spans: times are whole milliseconds since 1970 throughout.
const (
	SecondMs = int64(time.Second / time.Millisecond)
	MinuteMs = 60 * SecondMs
	HourMs   = 60 * MinuteMs
)

// HoursMs gives a number of hours, such as a threshold, in milliseconds.
func HoursMs(h float64) int64 { return int64(float64(h * float64(HourMs))) }
