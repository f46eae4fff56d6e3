package fusion

import (
	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// This file follows one seal's own word: its codes and latches, its light and blows, its network and sky.

// sealed is what is known of one seal.
type sealed struct {
	slot int
	box  *box // that it was last heard on; nil: none yet

	armed      bool
	openedMs   int64 // its latches as they were dealt with
	tamperedMs int64
	door       door
	way        way
	weak       bool   // its cell is low by its own word
	fixMs      int64  // newest position of its own, and where
	lat, lon   int64  // degrees × 1e6
	fixN       uint64 // of its delivery
	firstMs    int64
	blind      int64 // reports in a row without a position
	lost       bool  // the loss was dealt with
}

// papersBox is the box as the senses want it.
func (s *sealed) papersBox() *parts.Box {
	if s.box == nil {
		return nil
	}
	return &s.box.Box
}

// sealOf finds a reading's seal and the box that it is on.
func (d *detector) sealOf(r *seal.Reading) *sealed {
	s := d.seals.Find(r.Seal)
	if s == nil {
		slot := len(d.seals.All())
		_, s = d.seals.Add(r.Seal)
		s.slot, s.firstMs = slot, r.Val[seal.TS]
	}
	if r.Container != "" && (s.box == nil || s.box.Container != r.Container) {
		s.box = d.boxOf(r.Container)
		s.openedMs, s.tamperedMs = 0, 0
	}
	return s
}

func (d *detector) boxOf(container string) *box {
	b := d.boxes.Find(container)
	if b == nil {
		container, b = d.boxes.Add(container)
		b.Container, b.said = container, make([]saying, len(table.kinds))
	}
	return b
}

// reading hears what a seal says of itself.
func (d *detector) reading(s *sealed, r *seal.Reading) {
	d.deaf.heard = true
	s.way.hear(r, d.n, d.nowMs, d.deaf.ms)
	if s.box == nil {
		return
	}
	status, at := r.Val[seal.Status], r.Val[seal.TS]
	s.armed = status == seal.Armed || status == seal.Open || status == seal.Tampered
	s.weak = r.Is(seal.Code, seal.CodeBatLow) || r.Is(seal.Code, seal.CodeBatCrit) || r.Has&(1<<seal.Pct) != 0 && r.Val[seal.Pct] < d.limits.weakPct
	p := &s.box.Papers
	excused := p.Authorised(at, d.limits.openingMs) || p.Ended(at)
	if !excused {
		d.code(s, r)
	}
	d.doorway(s, r, excused)
	if s.armed && !excused {
		d.light(s, r)
		d.blow(s, r)
	}
	d.held(s, r)
	d.sky(s, r)
}

// codeClues are the codes that are clues by themselves.
var codeClues = map[int64]clue{
	seal.CodeRopeCut: cut, seal.CodeCaseOpen: detached, seal.CodeDetached: detached, seal.CodePowerLost: powerLost,
	seal.CodeUnlockDenied: unlockDenied, seal.CodeGNSSJam: deviceJam, seal.CodeGNSSSpoof: deviceSpoof, seal.CodeTilt: tilted,
	seal.CodeRouteDeviation: offRoute, seal.CodeLongStop: longStop,
}

// code hears the device's own event codes, and the latch that says that it was tampered with.
func (d *detector) code(s *sealed, r *seal.Reading) {
	code, told := r.Get(seal.Code)
	if c, known := codeClues[code]; told && known {
		d.plain(s.box, c)
	}
	if told && code == seal.CodeDisarmed && r.CmdID == "" {
		d.plain(s.box, disarmedAlone)
	}
	if at := r.Val[seal.TamperedAt]; at > r.Val[seal.ArmedAt] && at > s.tamperedMs {
		s.tamperedMs = at
		d.plain(s.box, tamperLatch)
	}
}

// light hears light behind a shut door; behind an open one it is no news.
func (d *detector) light(s *sealed, r *seal.Reading) {
	if s.door.sinceMs != 0 || r.Val[seal.DoorOpen] != 0 {
		return
	}
	lit := r.Val[seal.Lux] > d.limits.lux
	switch {
	case r.Is(seal.Code, seal.CodeLightAlarm) && lit:
		d.plain(s.box, lightLit)
	case r.Is(seal.Code, seal.CodeLightAlarm):
		d.plain(s.box, lightDark)
	case lit:
		d.plain(s.box, litReport)
	}
}

// blow hears blows: a crane deals hard ones, tools harder ones.
func (d *detector) blow(s *sealed, r *seal.Reading) {
	switch g := r.Val[seal.GPeak]; {
	case g > d.limits.extremeMilliG:
		d.plain(s.box, shockExtreme)
	case g > d.limits.hardMilliG:
		d.plain(s.box, shockHard)
	case r.Is(seal.Code, seal.CodeShock):
		d.plain(s.box, shockSoft)
	}
}

// held hears in a backlog that it had to wait where hardly any network was left, as under a jammer or in a bag: behind a
// hill the report says the strength of the cell that is out of reach.
func (d *detector) held(s *sealed, r *seal.Reading) {
	strength, told := r.Get(seal.RSRP)
	if !r.Is(seal.Buffered, 1) || !told || strength >= d.limits.heldDBm {
		return
	}
	if cn0, told := r.Get(seal.CN0); told && r.Val[seal.Sats] == 0 && cn0 < d.limits.bagCN0 {
		d.plain(s.box, heldDownDark)
		return
	}
	d.plain(s.box, heldDown)
}

// sky keeps the newest position, and hears that there has been none for long.
func (d *detector) sky(s *sealed, r *seal.Reading) {
	at, fix := r.Val[seal.TS], r.Val[seal.Fix]
	if fix == seal.Fix2D || fix == seal.Fix3D {
		s.blind = 0
		if at >= s.fixMs {
			s.lat, s.lon, s.fixMs, s.fixN, s.lost = r.Val[seal.Lat], r.Val[seal.Lon], at, d.n, false
		}
		return
	}
	if fix == seal.FixUnknown {
		return
	}
	s.blind++
	since := max(s.fixMs, s.firstMs)
	if s.lost || !s.armed || at-since < d.limits.gnssMs || s.blind < d.limits.blind {
		return
	}
	s.lost = true
	if p := &s.box.Papers; !p.AtSea(at, d.limits.seaMs) && !p.Ended(at) {
		d.clue(s.box, gnssLost, func() (string, []uint64) {
			return sentence(clues[gnssLost].why), parts.Basis(d.n, append(p.Route(), s.fixN)...)
		})
	}
}
