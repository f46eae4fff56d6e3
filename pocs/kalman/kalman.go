// Package kalman is the duty desk with a sense for place and identity.
package kalman

import (
	"sealab/pocs"
	"sealab/pocs/parts"
	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// PoC tries the rules of the desk, and beyond them whether the place and the counters can be true.
var PoC = pocs.PoC{
	Name:      "kalman",
	Challenge: "seals",
	Claim:     "score_balanced > 60",
	Doc:       doc,
	Params:    declare(parts.DeskThresholds, thresholds),
	New: func(s pocs.Setup) (pocs.Detector, error) {
		return &detector{desk: parts.NewDesk(s.Params), limits: newLimits(s.Params)}, nil
	},
}

type detector struct {
	desk   *parts.Desk
	limits limits
	tracks []*track // by the seal's slot
}

// Step tries the rules on the batch, then place and counters, message by message.
func (d *detector) Step(b event.Batch) ([]pocs.Finding, error) {
	nowMs := b.Now.UnixMilli()
	for i := range b.Events {
		switch m := b.Events[i].Message.(type) {
		case *seal.Reading:
			d.reading(m, nowMs)
		case *notice.Notice:
			d.desk.Notice(m)
		}
	}
	if nowMs%parts.HourMs == 0 {
		d.desk.Hour(nowMs)
	}
	return findings(d.desk.Take()), nil
}

// reading hands a reading to the desk, then asks whether it can come from this seal, at this place.
func (d *detector) reading(r *seal.Reading, nowMs int64) {
	s := d.desk.Reading(r, nowMs)
	if s.Slot == len(d.tracks) {
		d.tracks = append(d.tracks, &track{})
	}
	if s.Box == nil {
		return
	}
	t := d.tracks[s.Slot]
	count := t.identity.Hear(r, d.limits.clockMs)
	switch count {
	case parts.SameNumber:
		d.desk.Say(s.Box, parts.Clone, levelSure, nowMs, whySameNumber(r))
	case parts.TimeTurned:
		d.desk.Say(s.Box, parts.Clone, levelOrder, nowMs, whyTimeTurned(r))
	case parts.Next:
		if v := t.place(r, &s.Box.Papers, &d.limits); v.why != nil {
			d.desk.Say(s.Box, v.kind, v.level, nowMs, v.why(r))
		}
	}
}

// findings makes findings of the desk's alarms.
func findings(alarms []parts.Alarm) []pocs.Finding {
	var said []pocs.Finding
	for _, a := range alarms {
		said = append(said, pocs.Finding{Container: a.Container, Kind: a.Kind.String(), Level: a.Level, Why: a.Why})
	}
	return said
}
