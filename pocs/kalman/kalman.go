// Package kalman is the duty desk with a sense for place, for identity and for what the sensors say together.
package kalman

import (
	"cmp"
	"slices"

	"sealab/pocs"
	"sealab/pocs/parts"
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
	Params:    declare(parts.DeskThresholds, thresholds, senseThresholds),
	New: func(s pocs.Setup) (pocs.Detector, error) {
		return &detector{desk: parts.NewDesk(s.Params, s.Keys), limits: newLimits(s.Params)}, nil
	},
}

type detector struct {
	desk   *parts.Desk
	limits limits
	tracks []*track // by the seal's slot
	roads  roads
	queue  []queued  // readings of the present batch
	found  []verdict // of the present reading
}

// queued is a reading that waits for its turn.
type queued struct {
	number int64 // boot and seq
	slot   int32 // of the seal
	order  int32 // in the batch
}

// Step tries the rules on the batch, message by message, then place, counters and sensors, seal by seal.
func (d *detector) Step(b event.Batch) ([]pocs.Finding, error) {
	nowMs := b.Now.UnixMilli()
	mixed := false
	for i := range b.Events {
		d.desk.At(i, b.Events[i].N)
		switch m := b.Events[i].Message.(type) {
		case *seal.Reading:
			mixed = d.rules(m, i, nowMs) || mixed
		case *notice.Notice:
			d.desk.Notice(m)
		}
	}
	if mixed {
		slices.SortStableFunc(d.queue, compare)
	}
	for i := range d.queue {
		q := &d.queue[i]
		d.desk.At(int(q.order), b.Events[q.order].N)
		d.try(d.tracks[q.slot], &b.Events[q.order], nowMs)
	}
	d.queue = d.queue[:0]
	if nowMs%parts.HourMs == 0 {
		d.desk.At(len(b.Events), 0)
		d.desk.Hour(nowMs)
	}
	return findings(d.desk.Take()), nil
}

// rules hands a reading to the desk and queues it. It reports whether a newer one of the same seal is queued already.
func (d *detector) rules(r *seal.Reading, order int, nowMs int64) (older bool) {
	if !d.desk.Believe(r, nowMs) {
		return false
	}
	s := d.desk.Reading(r, nowMs)
	if s.Slot == len(d.tracks) {
		d.tracks = append(d.tracks, &track{})
	}
	if s.Box == nil {
		return false
	}
	t, number := d.tracks[s.Slot], r.Val[seal.Boot]<<32|r.Val[seal.Seq]
	older = t.queuedMs == nowMs && number < t.queued
	t.box, t.queuedMs, t.queued = s.Box, nowMs, number
	d.queue = append(d.queue, queued{number, int32(s.Slot), int32(order)})
	return older
}

// compare puts the readings of each seal in the order of their counters. Arrival order means nothing, least of all in a
// backlog that comes in a burst.
func compare(a, b queued) int {
	return cmp.Or(cmp.Compare(a.slot, b.slot), cmp.Compare(a.number, b.number))
}

// try asks whether a reading can come from its seal, at this place, with its box as it should be.
func (d *detector) try(t *track, e *event.Event, nowMs int64) {
	r, n := e.Message.(*seal.Reading), e.N
	d.found = t.hear(d.found[:0], &report{r, n, e.At.UnixMilli() - r.Val[seal.Sent], nowMs, &t.box.Papers, &d.roads, &d.limits})
	for i := range d.found {
		v := &d.found[i]
		if v.kind == parts.Clone && t.copied(r) { // said before; it stays so until the box is sealed anew
			t.box.Mark(parts.Clone, nowMs)
			continue
		}
		d.desk.Say(t.box, v.kind, v.level, nowMs, func() (string, []uint64) { return v.why(r, v.odd), parts.Basis(n, v.with[:]...) })
	}
}

// findings makes findings of the desk's alarms.
func findings(alarms []parts.Alarm) []pocs.Finding {
	var said []pocs.Finding
	for _, a := range alarms {
		said = append(said, pocs.Finding{Container: a.Container, Kind: a.Kind.String(), Level: a.Level, Why: a.Why, Basis: a.Basis})
	}
	return said
}
