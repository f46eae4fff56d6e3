package parts

import (
	"fmt"
	"time"

	"sealab/sim/seal"
)

// Levels of the rules: how sure an alarm is, on the scale 0–1000. They are an operator's order of trust, not chances.
const (
	levelCut      = 950 // the seal itself says that it is broken
	levelTampered = 900
	levelOpen     = 800
	levelContact  = 700
	levelDisarmed = 600
	levelLight    = 500
	levelDenied   = 400
	levelForged   = 850
	levelChain    = 750
	levelJam      = 300
	levelShock    = 300
	levelSilence  = 200
)

// rules tries every rule on one reading of a seal that is on a container.
func (d *Desk) rules(s *Seal, r *seal.Reading, nowMs int64) {
	status := r.Val[seal.Status]
	s.armed = status == seal.Armed || status == seal.Open || status == seal.Tampered
	if r.Has&(1<<seal.Code) != 0 {
		d.code(s, r, nowMs)
	}
	if s.armed {
		d.latches(s, r, nowMs)
		d.sensors(s, r, nowMs)
	}
	d.position(s, r, nowMs)
}

// open raises an alarm about an opening, unless an opening at that time was announced or the trip is over.
// It rests on the message and on the openings that were announced for other times.
func (d *Desk) open(s *Seal, k Kind, level int, atMs, nowMs int64, what string) {
	d.openBeside(s, k, level, atMs, nowMs, 0, what)
}

// openBeside is open where the alarm rests on a further message too.
func (d *Desk) openBeside(s *Seal, k Kind, level int, atMs, nowMs int64, beside uint64, what string) {
	p := &s.Box.Papers
	if p.Authorised(atMs, d.limits.openingMs) || p.Ended(atMs) {
		return
	}
	d.Say(s.Box, k, level, nowMs, func() (string, []uint64) {
		return what + " at " + clock(atMs) + ", and no opening was announced.", Basis(d.n, append(p.Openings(), beside)...)
	})
}

// code tries the device's own event codes.
func (d *Desk) code(s *Seal, r *seal.Reading, nowMs int64) {
	at := r.Val[seal.TS]
	switch r.Val[seal.Code] {
	case seal.CodeRopeCut:
		d.open(s, BoltCut, levelCut, at, nowMs, "The seal reports its bolt or cable cut")
	case seal.CodeCaseOpen:
		d.open(s, BoltCut, levelTampered, at, nowMs, "The seal reports its case opened")
	case seal.CodeDetached:
		d.open(s, BoltCut, levelTampered, at, nowMs, "The seal reports that it was taken off its mount")
	case seal.CodeDoorOpen:
		d.open(s, doorKind(r), levelOpen, at, nowMs, "The seal reports the door opened")
	case seal.CodeDisarmed:
		d.open(s, QuickOpen, levelDisarmed, at, nowMs, "The seal was disarmed")
	case seal.CodeLightAlarm:
		if r.Val[seal.Lux] < d.limits.lightAlarm {
			return
		}
		d.open(s, doorKind(r), levelLight, at, nowMs, "The seal reports light in the box")
	case seal.CodeUnlockDenied:
		d.open(s, QuickOpen, levelDenied, at, nowMs, "The seal refused a wrong key")
	}
}

// doorKind names what an open door or light means: after a cut it is the same cut.
func doorKind(r *seal.Reading) Kind {
	if r.Val[seal.Status] == seal.Tampered {
		return BoltCut
	}
	return QuickOpen
}

// latches tries what the seal keeps until it is disarmed: it tells of openings that no message told of.
func (d *Desk) latches(s *Seal, r *seal.Reading, nowMs int64) {
	armed := r.Val[seal.ArmedAt]
	if at := r.Val[seal.TamperedAt]; at > armed && at > s.tamperedMs {
		s.tamperedMs = at
		d.open(s, BoltCut, levelTampered, at, nowMs, "The seal says that it was tampered with")
	}
	if at := r.Val[seal.OpenedAt]; at > armed && at > s.openedMs {
		s.openedMs = at
		d.open(s, doorKind(r), levelOpen, at, nowMs, "The seal says that it was opened")
	}
}

// sensors tries door contact, light and shock while the seal is armed.
func (d *Desk) sensors(s *Seal, r *seal.Reading, nowMs int64) {
	at := r.Val[seal.TS]
	if r.Val[seal.DoorOpen] != 0 {
		d.open(s, doorKind(r), levelContact, at, nowMs, "The door stands open under an armed seal")
	} else if lux := r.Val[seal.Lux]; lux > d.limits.lux {
		d.open(s, doorKind(r), levelLight, at, nowMs, "There is light behind a shut door")
	}
	if g := r.Val[seal.GPeak]; g > d.limits.shock {
		d.shock(s, r, nowMs, g)
	}
}

// shock tries a blow against the threshold of the place where it was felt.
func (d *Desk) shock(s *Seal, r *seal.Reading, nowMs, g int64) {
	known := s.FixMs != 0 && r.Val[seal.TS]-s.FixMs < 6*HourMs
	if (!known || HandlingPlace(s.Lat, s.Lon, d.limits.handlingM)) && g <= d.limits.shockPort {
		return
	}
	var beside uint64
	if known {
		beside = s.fixN // it says where the box was, and so which threshold holds
	}
	d.openBeside(s, BoltCut, levelShock, r.Val[seal.TS], nowMs, beside, "There was a blow as of a tool")
}

// position keeps the newest fix and tries for how long there has been none.
func (d *Desk) position(s *Seal, r *seal.Reading, nowMs int64) {
	at, fix := r.Val[seal.TS], r.Val[seal.Fix]
	if fix == seal.Fix2D || fix == seal.Fix3D {
		s.blind = 0
		if at >= s.FixMs {
			s.Lat, s.Lon, s.FixMs, s.fixN, s.lost = r.Val[seal.Lat], r.Val[seal.Lon], at, d.n, false
		}
		return
	}
	if fix == seal.FixUnknown {
		return
	}
	if s.blind == 0 {
		s.blindN = d.n
	}
	s.blind++
	since := max(s.FixMs, s.firstMs)
	if s.lost || !s.armed || at-since < d.limits.gnssMs || s.blind < d.limits.blind {
		return
	}
	s.lost = true
	if p := &s.Box.Papers; !p.AtSea(at, d.limits.seaMs) && !p.Ended(at) {
		d.Say(s.Box, GNSSJam, levelJam, nowMs, func() (string, []uint64) {
			last := s.fixN
			if last == 0 {
				last = s.firstN
			}
			return fmt.Sprintf("No position for %d h while the radio works.", (at-since)/HourMs),
				Basis(d.n, append(p.Route(), last, s.blindN)...)
		})
	}
}

// silence deals with a seal that was not heard for long.
func (d *Desk) silence(s *Seal, nowMs int64) {
	p := &s.Box.Papers
	if p.AtSea(nowMs, d.limits.seaMs) {
		return
	}
	s.silent = true
	if !p.Ended(nowMs) {
		d.Say(s.Box, RadioWrap, levelSilence, nowMs, func() (string, []uint64) {
			return "Nothing was heard since " + clock(s.heardMs) + ", off the sea.", Basis(s.heardN, append(p.Route(), s.dueN)...)
		})
	}
}

// clock prints a time for an officer.
func clock(ms int64) string { return time.UnixMilli(ms).UTC().Format("2006-01-02 15:04 UTC") }
