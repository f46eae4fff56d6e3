package fusion

import (
	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// This file is the model of silence: how long a seal may honestly be silent depends on whether it stands where it was heard
// well, on its cell, and on the sea.

// way is what is known of how a seal reports and whether it stands.
type way struct {
	heardMs int64  // end of the tick in which it was last heard
	heardN  uint64 // of that delivery
	teleMs  int64  // time of the newest scheduled report, its boot and seq, and how far apart the last two were
	tele    int64
	paceMs  int64
	stood   int64 // scheduled reports in a row that were made standing, and heard at once
	said    int   // steps of the present silence that were dealt with
	deafMs  int64 // how long the hub had been deaf by then
}

// maxPaceMs is the longest time between two reports that is taken for a pace.
const maxPaceMs = 24 * parts.HourMs

// hear takes in a message.
func (w *way) hear(r *seal.Reading, n uint64, nowMs, deafMs int64) {
	w.heardMs, w.heardN, w.said, w.deafMs = nowMs, n, 0, deafMs
	if !r.Is(seal.MsgKind, seal.Tele) {
		return
	}
	at, number := r.Val[seal.TS], r.Val[seal.Boot]<<32|r.Val[seal.Seq]
	if number == w.tele+1 && at > w.teleMs {
		w.paceMs = min(at-w.teleMs, maxPaceMs)
	}
	w.tele, w.teleMs = number, at
	if r.Is(seal.Buffered, 1) || r.Has&(1<<seal.GRms) != 0 && r.Val[seal.GRms] > stillMilliG {
		w.stood = 0
	} else {
		w.stood++
	}
}

// stillMilliG is the vibration below which a box stands (seal model, c3: 0.05–0.5 g rms under way).
const stillMilliG = 40

// step is one step of a silence.
type step struct {
	hours        int64
	parked, away clue
}

var steps = [...]step{
	{1, silentParked1, silentAway1}, {4, silentParked4, silentAway4},
	{12, silentParked12, silentAway12}, {30, silentParked30, silentAway30},
}

// deafness is how long the hub has heard nobody: in such an hour, and in the next, in which seals find their way back, the
// silence of one tells nothing.
type deafness struct {
	ms    int64 // so far
	heard bool  // anybody, in this hour
	was   bool  // it was deaf in the hour before
}

// fewest is how many seals there must be, for the silence of all to be the hub's deafness.
const fewest = 3

// hour ends an hour in which so many seals were known.
func (d *deafness) hour(seals int) {
	deaf := !d.heard && seals >= fewest
	if deaf || d.was {
		d.ms += parts.HourMs
	}
	d.heard, d.was = false, deaf
}

// silences tries every seal for the next step of its silence. Call it at every whole hour.
func (d *detector) silences() {
	d.deaf.hour(len(d.seals.All()))
	for _, s := range d.seals.All() {
		w := &s.way
		if !s.armed || s.box == nil || w.paceMs == 0 || w.said == len(steps) {
			continue
		}
		next := &steps[w.said]
		over := d.nowMs - max(w.heardMs, w.teleMs) - max(w.paceMs, parts.HourMs) - (d.deaf.ms - w.deafMs)
		p := &s.box.Papers
		if over < next.hours*parts.HourMs || p.Ended(d.nowMs) || p.AtSea(d.nowMs, d.limits.seaMs) || s.box.accused(d.nowMs, d.limits.aftermathMs) {
			continue
		}
		w.said++
		c := next.away
		switch {
		case s.weak:
			c = silentWeak
		case w.stood >= d.limits.stood && !p.AtSea(d.nowMs, d.limits.nearSeaMs):
			c = next.parked
		}
		d.clue(s.box, c, func() (string, []uint64) {
			return sentence(clues[c].why), parts.Basis(w.heardN, p.Route()...)
		})
	}
}
