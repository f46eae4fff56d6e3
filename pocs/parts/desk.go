package parts

import (
	"slices"

	"sealab/sim/notice"
	"sealab/sim/seal"
)

// Desk is the duty desk: what an operator's alarm desk does with every message, rule by rule.
type Desk struct {
	limits limits
	trust  Trust
	seals  Register[Seal]
	boxes  Register[Box]
	usual  int64  // longest time between two scheduled reports of any seal so far, ms
	order  int    // of the message that is being tried
	n      uint64 // of its delivery
	alarms []Alarm
}

// Box is what the desk knows of one container.
type Box struct {
	Container string
	Papers    Papers
	lastMs    [numKinds]int64 // when there was last cause to say each kind; 0: never
	level     [numKinds]int   // the surest that was said of it since it was quiet
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
	teleMs     int64 // time of the newest scheduled report, and its boot and seq
	tele       int64
	paced      bool  // two scheduled reports in a row were heard: it has a pace
	blind      int64 // reports without a position of its own in a row
	openedMs   int64 // latches that were dealt with
	tamperedMs int64
	lost       bool // the loss of position was dealt with
	silent     bool // the silence was dealt with

	// Numbers of deliveries, for what an alarm rests on: the first message, the newest, the one that said when it will
	// report again, the newest fix and the first report since without one; 0: none.
	firstN, heardN, dueN, fixN, blindN uint64
}

// limits are the desk's thresholds in the units of the wire.
type limits struct {
	cooldownMs, openingMs, gnssMs, silenceMs, seaMs int64
	blind                                           int64 // reports
	lux, lightAlarm, shock, shockPort               int64
	handlingM                                       float64
}

// NewDesk sets up a desk with its thresholds, by the names of DeskThresholds, and the registered keys where seals sign.
func NewDesk(v Values, keys seal.Keyring) *Desk {
	return &Desk{
		trust: NewTrust(keys),
		limits: limits{
			cooldownMs: HoursMs(v["cooldown_h"]), openingMs: HoursMs(v["opening_slack_h"]),
			gnssMs: HoursMs(v["gnss_lost_h"]), silenceMs: HoursMs(v["silence_h"]), seaMs: HoursMs(v["sea_slack_h"]),
			lux: int64(v["lux_lx"] * 10), lightAlarm: int64(v["light_alarm_lx"] * 10), shock: int64(v["shock_g"] * 1000), shockPort: int64(v["shock_port_g"] * 1000),
			blind: int64(v["gnss_lost_reports"]), handlingM: v["handling_km"] * 1000,
		},
		seals: NewRegister[Seal](), boxes: NewRegister[Box](),
	}
}

// Notice files a notice under its container.
func (d *Desk) Notice(n *notice.Notice) { d.box(n.Container).Papers.Add(n, d.n) }

// Meet files a reading under its seal and returns the seal's state: for detectors that try rules of their own.
func (d *Desk) Meet(r *seal.Reading, nowMs int64) *Seal {
	s := d.seal(r)
	s.heardMs, s.heardN, s.silent = nowMs, d.n, false
	return s
}

// Reading files a reading under its seal, tries the rules on it and returns the seal's state.
func (d *Desk) Reading(r *seal.Reading, nowMs int64) *Seal {
	s := d.Meet(r, nowMs)
	if due, ok := r.Get(seal.NextReport); ok && due > s.dueMs {
		s.dueMs, s.dueN = due, d.n
	}
	d.pace(s, r)
	if s.Box != nil {
		d.rules(s, r, nowMs)
	}
	return s
}

// pace learns how far apart scheduled reports are made, from two with numbers in a row: a seal that waits for coverage
// keeps its pace all the same. The longest of the fleet counts, since a box changes its pace when it comes to rest.
func (d *Desk) pace(s *Seal, r *seal.Reading) {
	if !r.Is(seal.MsgKind, seal.Tele) {
		return
	}
	at, number := r.Val[seal.TS], r.Val[seal.Boot]<<32|r.Val[seal.Seq]
	if number == s.tele+1 && at > s.teleMs {
		s.paced = true
		d.usual = max(d.usual, min(at-s.teleMs, maxPaceMs))
	}
	s.tele, s.teleMs = number, at
}

// maxPaceMs is the longest time between two reports that is taken for a pace.
const maxPaceMs = 7 * 24 * HourMs

// Hour looks for silence; call it at every whole hour.
func (d *Desk) Hour(nowMs int64) {
	for _, s := range d.seals.All() {
		due := max(s.heardMs+d.usual, s.dueMs)
		if s.armed && s.paced && !s.silent && nowMs-due > d.limits.silenceMs {
			d.silence(s, nowMs)
		}
	}
}

// At says which message of the batch the next calls are about, and the number of its delivery: alarms come out in the
// order of the messages.
func (d *Desk) At(order int, n uint64) { d.order, d.n = order, n }

// Take returns the alarms since the last call, in the order of the messages; they are valid until the next reading.
func (d *Desk) Take() []Alarm {
	said := d.alarms
	d.alarms = d.alarms[:0]
	if len(said) > 1 {
		slices.SortStableFunc(said, func(a, b Alarm) int { return a.order - b.order })
	}
	return said
}

// Say raises an alarm on a container, unless there was cause to say the same, as surely, within the cool-down before:
// what goes on is said once, and again only after it has been quiet for so long. tell is asked only where it is said:
// why, and which deliveries that rests on.
func (d *Desk) Say(b *Box, k Kind, level int, nowMs int64, tell func() (why string, basis []uint64)) {
	if b.Quiet(k, nowMs, d.limits.cooldownMs) {
		b.level[k] = 0
	}
	b.Mark(k, nowMs)
	if level > b.level[k] {
		b.level[k] = level
		why, basis := tell()
		d.alarms = append(d.alarms, Alarm{b.Container, k, level, why, basis, d.order})
	}
}

// Mark notes that there was cause to say a kind, said or not.
func (b *Box) Mark(k Kind, nowMs int64) { b.lastMs[k] = nowMs }

// Quiet reports whether there has been no cause to say a kind of this container for so long.
func (b *Box) Quiet(k Kind, nowMs, forMs int64) bool {
	return b.lastMs[k] == 0 || nowMs-b.lastMs[k] >= forMs
}

func (d *Desk) seal(r *seal.Reading) *Seal {
	s := d.seals.Find(r.Seal)
	if s == nil {
		slot := len(d.seals.All())
		var id string
		id, s = d.seals.Add(r.Seal)
		s.ID, s.Slot, s.firstMs, s.firstN = id, slot, r.Val[seal.TS], d.n
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
