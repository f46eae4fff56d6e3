// Package kalman is the duty desk with a sense for place, for identity and for what the sensors say together.
package kalman

import (
	"sealab/pocs"
	"sealab/pocs/parts"
	"sealab/pocs/parts/senses"
	"sealab/pocs/parts/terms"
	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// PoC tries the rules of the desk, and beyond them whether place, counters and sensors can be true.
var PoC = pocs.PoC{
	Name:      "kalman",
	Challenge: "seals",
	UseCase:   "kalman",
	Claim:     "score_balanced > 60",
	Doc:       doc,
	Params:    terms.Params(parts.DeskThresholds, senses.Thresholds),
	New: func(s pocs.Setup) (pocs.Detector, error) {
		return &detector{desk: parts.NewDesk(s.Params, s.Keys), watch: senses.NewWatch(s.Params)}, nil
	},
	Series: newSeries,
}

type detector struct {
	desk  *parts.Desk
	watch *senses.Watch
}

// Step tries the rules on the batch, message by message, then place, counters and sensors, seal by seal.
func (d *detector) Step(b event.Batch) ([]pocs.Finding, error) {
	nowMs := b.Now.UnixMilli()
	for i := range b.Events {
		d.desk.At(i, b.Events[i].N)
		switch m := b.Events[i].Message.(type) {
		case *seal.Reading:
			if d.desk.Believe(m, nowMs) {
				s := d.desk.Reading(m, nowMs)
				d.watch.Queue(s.Slot, s.Box, m, i, nowMs)
			}
		case *notice.Notice:
			d.desk.Notice(m)
		}
	}
	d.watch.Try(b, func(order, _ int, box *parts.Box, v *senses.Verdict) {
		e := &b.Events[order]
		d.desk.At(order, e.N)
		d.desk.Say(box, v.Kind, v.Level, nowMs, func() (string, []uint64) { return v.Why(e.Message.(*seal.Reading)), v.Basis(e.N) })
	})
	if nowMs%parts.HourMs == 0 {
		d.desk.At(len(b.Events), 0)
		d.desk.Hour(nowMs)
	}
	return terms.Findings(d.desk.Take()), nil
}
