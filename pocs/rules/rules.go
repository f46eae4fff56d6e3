// Package rules is the detector an operator would write: fixed rules, one alarm desk.
package rules

import (
	"sealab/pocs"
	"sealab/pocs/parts"
	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// PoC tries fixed rules on every message.
var PoC = pocs.PoC{
	Name:      "rules",
	Challenge: "seals",
	Claim:     "score_balanced > 30",
	Doc:       `What an operator's alarm desk does today.`,
	Params:    declare(parts.DeskThresholds),
	New: func(s pocs.Setup) (pocs.Detector, error) {
		return &detector{desk: parts.NewDesk(s.Params)}, nil
	},
}

type detector struct{ desk *parts.Desk }

// Step tries the rules on the batch, message by message.
func (d *detector) Step(b event.Batch) ([]pocs.Finding, error) {
	nowMs := b.Now.UnixMilli()
	for i := range b.Events {
		d.desk.At(i)
		switch m := b.Events[i].Message.(type) {
		case *seal.Reading:
			d.desk.Reading(m, nowMs)
		case *notice.Notice:
			d.desk.Notice(m)
		}
	}
	if nowMs%parts.HourMs == 0 {
		d.desk.At(len(b.Events))
		d.desk.Hour(nowMs)
	}
	return findings(d.desk.Take()), nil
}

// findings makes findings of the desk's alarms.
func findings(alarms []parts.Alarm) []pocs.Finding {
	var said []pocs.Finding
	for _, a := range alarms {
		said = append(said, pocs.Finding{Container: a.Container, Kind: a.Kind.String(), Level: a.Level, Why: a.Why})
	}
	return said
}

// declare makes parameters of the desk's thresholds.
func declare(list []parts.Threshold) []pocs.Param {
	out := make([]pocs.Param, len(list))
	for i, t := range list {
		out[i] = pocs.Param{Name: t.Name, Doc: t.Doc, Unit: t.Unit, Default: t.Default, Min: t.Min, Max: t.Max, Mark: "assumption", Source: t.Source}
	}
	return out
}
