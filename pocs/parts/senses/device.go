package senses

import (
	"fmt"

	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// This file asks whether it is still the same device that speaks. A cell does not charge itself, each message costs a
// little and no more, and nobody arms a seal without a command.

// device is what the newest message told of the seal's own state.
type device struct {
	used      int64 // µAh taken from its cell; 0: it has not said
	ms        int64
	boot, seq int64
	n         uint64
}

// What a device may use at most: each message in poor cover, and each day of attaching in vain (seal model, c3), in µAh.
const (
	usedPerMessage = 4_000
	usedPerDay     = 72_000
)

// hear compares a message with the one before it by counters: another charge is another device's, and so is an arming
// that no command asked for.
func (d *device) hear(r *seal.Reading, n uint64, l *Limits) Verdict {
	was := *d
	used, told := r.Get(seal.MAhUsed)
	if !told {
		return Verdict{}
	}
	*d = device{used: used, ms: r.Val[seal.TS], boot: r.Val[seal.Boot], seq: r.Val[seal.Seq], n: n}
	count := d.seq
	if d.boot == was.boot {
		count -= was.seq
	}
	days := float64(max(0, d.ms-was.ms)) / float64(24*parts.HourMs)
	most := was.used + l.chargeUAh + count*usedPerMessage + int64(float64(days*usedPerDay))
	switch other := was.used != 0 && (used < was.used || used > most); {
	case other && d.boot == was.boot:
		return Verdict{Kind: parts.Clone, Level: levelSure, Sense: OtherCharge, with: [4]uint64{was.n}}
	case other:
		return Verdict{Kind: parts.SealSwap, Level: levelSure, Sense: OtherDevice, with: [4]uint64{was.n}}
	case r.Is(seal.Code, seal.CodeArmed) && r.CmdID == "":
		return Verdict{Kind: parts.SealSwap, Level: levelGate, Sense: ArmedAlone, with: [4]uint64{was.n}}
	}
	return Verdict{}
}

func whyOtherCharge(r *seal.Reading, _ oddity) string {
	return fmt.Sprintf("%s mAh were taken from this device's cell, which does not follow from the message before: it is another device.",
		seal.Format(seal.MAhUsed, r.Val[seal.MAhUsed]))
}

func whyArmedAlone(*seal.Reading, oddity) string {
	return "The seal was armed without a command: somebody has hung a seal on the box on his own account."
}
