// Odd input for the doctor: what a program must bear, since seals and their foes send it.

package program

import (
	"fmt"
	"time"

	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// oddNow is a whole hour.
var oddNow = time.UnixMilli(1_771_999_200_000).UTC()

const oddBox = "SLBU1000633"

// oddities are batches of messages that are allowed and seldom.
func oddities(yield func(event.Batch) bool) {
	n := uint64(0)
	for i, list := range oddMessages() {
		now := oddNow.Add(time.Duration(i+1) * time.Minute)
		b := event.Batch{Tick: int64(61 + i), Now: now}
		for _, m := range list {
			n++
			b.Events = append(b.Events, event.Event{At: now, N: n, Message: m})
		}
		if !yield(b) {
			return
		}
	}
	yield(event.Batch{Tick: 120, Now: oddNow.Add(time.Hour)})
}

// oddMessages are lists of messages that are heard together.
func oddMessages() [][]event.Message {
	bare := func(id string) *seal.Reading { return &seal.Reading{Seal: id, Container: oddBox} }
	will := &seal.Reading{Seal: "SLB-00000001"}
	will.Set(seal.MsgKind, seal.Death)
	will.Set(seal.Reason, seal.ReasonLWT)
	low, high, unknown := bare("SLB-00000002"), bare("SLB-00000003"), bare("SLB-00000004")
	for f := range seal.Fields {
		info := &seal.Fields[f]
		low.Set(seal.Field(f), info.Min)
		high.Set(seal.Field(f), info.Max)
		if info.Type == seal.FieldEnum {
			unknown.Set(seal.Field(f), 0)
		}
	}
	high.Detail = "\"quoted\", \\, a line\nbreak, \u2028, 集装箱, 🚢"
	moved := *low
	moved.Container = seal.MakeContainer(seal.SimPrefix, 100_065)
	late := bare("SLB-00000002")
	late.Set(seal.TS, 1)
	note := func(n notice.Notice) *notice.Notice { n.ID, n.Container = "N-1", oddBox; return &n }
	return [][]event.Message{
		{bare("SLB-00000001")},
		{will},
		{low, high, unknown},
		{high, high, late, &moved, low},
		{note(notice.Notice{}), note(notice.Notice{What: notice.Booking}), note(notice.Notice{What: notice.Arrival})},
		{note(notice.Notice{What: notice.Booking, TS: 1, Route: []notice.Stop{{Place: "KEMBA"}}}), note(notice.Notice{What: notice.GateOut, TS: 2, Place: "KEMBA"}),
			note(notice.Notice{What: notice.AuthorisedOpening, TS: 3})},
		{note(notice.Notice{What: notice.InspectionResult, TS: 4, Result: "unknown"}), high},
	}
}

// crowd is one batch of many seals, each heard for the first time.
func crowd(yield func(event.Batch) bool) {
	b := event.Batch{Tick: 61, Now: oddNow.Add(time.Minute)}
	for i := range 5000 {
		r := &seal.Reading{Seal: fmt.Sprintf("SLB-%08d", i), Container: seal.MakeContainer(seal.SimPrefix, 100_000+i)}
		r.Set(seal.TS, b.Now.UnixMilli()-int64(i))
		r.Set(seal.MsgKind, seal.Tele)
		r.Set(seal.Status, seal.Armed)
		b.Events = append(b.Events, event.Event{At: b.Now, N: uint64(i + 1), Message: r})
	}
	yield(b)
}
