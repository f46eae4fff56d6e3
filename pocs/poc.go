// Package pocs is where a claim meets a world: proofs of concept, the trials they undergo, and the one runner loop.
//
// A PoC is a declared value, a Detector its running instance. The detector hears batches and says findings; it gets
// neither the truth nor the seed. What carries the batch, what tapes it and who judges are handed in.
package pocs

import (
	"iter"
	"time"

	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// Param is a parameter of a PoC: a named number with unit and range.
type Param = sim.Setting

// Params are resolved parameter values by name.
type Params = sim.Settings

// PoC is one claim with its method.
type PoC struct {
	Name      string
	Challenge string // the family of scenarios it is made for, such as "seals"
	UseCase   string // id of the use case whose claim it tries; empty where there is none
	Claim     string // `MEASURE OP NUMBER`; empty: "score_balanced > 0"
	Doc       string // what it does, for whom, and its honest limits
	Baseline  bool   // stands beside the others for orientation: null, oracle, coin, passive
	Params    []Param
	New       func(Setup) (Detector, error)
	Series    func(Setup) (Series, error) // its numeric part by itself; nil: it has none
	// Clues starts the method with each of its clues said by itself, as a finding of the clue's name, for those whose
	// weights are learnt from labelled worlds: parameter w_NAME weighs clue NAME, in dB. Nil: it has none.
	Clues func(Setup) (Detector, error)
}

// Setup is what a detector is given at its start.
type Setup struct {
	Params Params
	Dice   exact.Dice // salted with a secret of the room: a detector never learns the world's seed
	// Keys finds the registered keys of the seals. It is nil where they do not sign (setting signature).
	Keys seal.Keyring
	// Registered are all those keys, in the order of the seals, for detectors that cannot ask one by one; nil likewise.
	Registered iter.Seq[seal.Key]
	// Truth gives the incidents heard up to the present tick. It is nil for all but those marked so in pocs/all.
	Truth func() []sim.Incident
}

// Detector listens. The same calls must bring the same findings: Batch.Now is its only clock, and events are
// valid during Step only. One that is an io.Closer is closed when its run is over, also one that failed.
type Detector interface {
	Step(event.Batch) ([]Finding, error)
}

// Finding is what a detector says about a container.
type Finding struct {
	At        time.Time // the end of the tick in which it was said: stamped by the runner, whatever a detector writes
	Container string
	Kind      string // the offence it names, such as "bolt_cut"
	Level     int    // 0–1000, the higher the surer
	Why       string // prose for an officer; in no digest
	// Basis names the deliveries that it rests on by their numbers (event.Event.N): first the one that set it off, then
	// what that was compared with, in the order of hearing. Nil: the detector does not say; empty: it rests on no
	// message. It is in no digest and is not stored: the runner drops it, unless an explanation asks for it.
	Basis []uint64
}
