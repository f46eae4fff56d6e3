package parts

import (
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// Desk is the duty desk: what an operator's alarm desk does with every message, rule by rule.
type Desk struct {
	limits limits
	seals  Register[Seal]
	boxes  Register[Box]
	alarms []Alarm
}

// Box is what the desk knows of one container.
type Box struct {
	Container string
	Papers    Papers
	saidMs    [numKinds]int64 // when each kind was last said; 0: never
}

// Seal is what the desk knows of one seal.
type Seal struct {
	Slot  int // running number in first-heard order, from 0
	ID    string
	Box   *Box // the container it was last heard on; nil until it was on one
	Lat   int64
	Lon   int64 // degrees × 1e6, of the newest fix of its own
	FixMs int64 // time of that fix; 0: none yet

	armed      bool  // by its newest status
	firstMs    int64 // time of the first message
	heardMs    int64 // end of the tick in which it was last heard
	dueMs      int64 // when it will report again by its own word
	openedMs   int64 // latches that were dealt with
	tamperedMs int64
	lost       bool // the loss of position was dealt with
	silent     bool // the silence was dealt with
}

// limits are the desk's thresholds in the units of the wire.
type limits struct {
	cooldownMs, openingMs, gnssMs, silenceMs, seaMs int64
	lux, shock, shockPort                           int64
	handlingM                                       float64
}

// NewDesk sets up a desk with its thresholds, by the names of DeskThresholds.
func NewDesk(v Values) *Desk {
	return &Desk{
		limits: limits{
			cooldownMs: HoursMs(v["cooldown_h"]), openingMs: HoursMs(v["opening_slack_h"]),
			gnssMs: HoursMs(v["gnss_lost_h"]), silenceMs: HoursMs(v["silence_h"]), seaMs: HoursMs(v["sea_slack_h"]),
			lux: int64(v["lux_lx"] * 10), shock: int64(v["shock_g"] * 1000), shockPort: int64(v["shock_port_g"] * 1000),
			handlingM: v["handling_km"] * 1000,
		},
		seals: NewRegister[Seal](), boxes: NewRegister[Box](),
	}
}

// Notice files a notice under its container.
func (d *Desk) Notice(n *notice.Notice) { d.box(n.Container).Papers.Add(n) }

// Reading files a reading under its seal, tries the rules on it and returns the seal's state.
func (d *Desk) Reading(r *seal.Reading, nowMs int64) *Seal {
	s := d.seal(r)
	s.heardMs, s.silent = nowMs, false
	if due, ok := r.Get(seal.NextReport); ok {
		s.dueMs = max(s.dueMs, due)
	}
	if s.Box != nil {
		d.rules(s, r, nowMs)
	}
	return s
}

// Hour looks for silence; call it at every whole hour.
func (d *Desk) Hour(nowMs int64) {
	for _, s := range d.seals.All() {
		if s.armed && !s.silent && nowMs-max(s.heardMs, s.dueMs) > d.limits.silenceMs {
			d.silence(s, nowMs)
		}
	}
}

// Take returns the alarms since the last call; they are valid until the next reading.
func (d *Desk) Take() []Alarm {
	said := d.alarms
	d.alarms = d.alarms[:0]
	return said
}

// Say raises an alarm on a container, unless the same kind was said of it within the cool-down.
func (d *Desk) Say(b *Box, k Kind, level int, nowMs int64, why string) {
	if b.saidMs[k] != 0 && nowMs-b.saidMs[k] < d.limits.cooldownMs {
		return
	}
	b.saidMs[k] = nowMs
	d.alarms = append(d.alarms, Alarm{b.Container, k, level, why})
}

func (d *Desk) seal(r *seal.Reading) *Seal {
	s := d.seals.Find(r.Seal)
	if s == nil {
		slot := len(d.seals.All())
		var id string
		id, s = d.seals.Add(r.Seal)
		s.ID, s.Slot, s.firstMs = id, slot, r.Val[seal.TS]
	}
	if r.Container != "" && (s.Box == nil || s.Box.Container != r.Container) {
		s.Box = d.box(r.Container)
		s.openedMs, s.tamperedMs = 0, 0
	}
	return s
}

func (d *Desk) box(container string) *Box {
	b := d.boxes.Find(container)
	if b == nil {
		container, b = d.boxes.Add(container)
		b.Container = container
	}
	return b
}
