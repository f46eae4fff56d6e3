// Package rules is the detector an operator would write: fixed rules, one alarm desk.
package rules

import (
	"sealab/pocs"
	"sealab/pocs/parts"
	"sealab/pocs/parts/terms"
	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// PoC tries fixed rules on every message.
var PoC = pocs.PoC{
	Name:      "rules",
	Challenge: "seals",
	UseCase:   "rules",
	Claim:     "score_balanced > 20",
	Doc: `What an operator's alarm desk would do: fixed rules, tried on every message as it comes. It alarms on what the
seal itself reports (cut, case opened, taken off, door opened, light, disarmed, wrong key), on what it keeps latched
(tampered, or opened after it was armed, which also tells of openings that no message told of), on an open door or
light in the box while it is armed, on a blow as of a tool, on a position that stays away for a day while the radio
works, and on silence that neither the booked sea leg nor the announced next report explains. An opening that a notice
announced is passed over; one whose paper comes late is not, and cries wolf, as in life. What goes on is said once.
Where seals sign (setting signature), a message that is not signed with the seal's registered key is not believed and
alarms, and so does one that breaks the chain of those before it.

The level is an operator's order of trust, 1000 the surest, not a chance. Ports and terminals have their own threshold
for blows, since boxes are set down there.

Sources: the seal model's sections b3 (codes), c3 (light and shock), d (1, 2) and e (look-alikes); the rest is assumed.

Limits. It believes the device: light alarms, contact bounces and hard set-downs that mean nothing are its false
alarms ("light_alarm_lx" and "shock_port_g" trade them against what they might have caught). It has no sense of place
or, where seals do not sign, of identity: a position led astray and a copied seal go unseen, unless something else
gives them away.`,
	Params: terms.Params(parts.DeskThresholds),
	New: func(s pocs.Setup) (pocs.Detector, error) {
		return &detector{desk: parts.NewDesk(s.Params, s.Keys)}, nil
	},
}

type detector struct{ desk *parts.Desk }

// Step tries the rules on the batch, message by message.
func (d *detector) Step(b event.Batch) ([]pocs.Finding, error) {
	nowMs := b.Now.UnixMilli()
	for i := range b.Events {
		d.desk.At(i, b.Events[i].N)
		switch m := b.Events[i].Message.(type) {
		case *seal.Reading:
			if d.desk.Believe(m, nowMs) {
				d.desk.Reading(m, nowMs)
			}
		case *notice.Notice:
			d.desk.Notice(m)
		}
	}
	if nowMs%parts.HourMs == 0 {
		d.desk.At(len(b.Events), 0)
		d.desk.Hour(nowMs)
	}
	return terms.Findings(d.desk.Take()), nil
}
