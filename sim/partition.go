package sim

import "sealab/sim/exact"

// This file is the way from the networks to the hub, which the setting partition_h cuts.
//
// A partition lies behind the radio: the seal has its acknowledgement and knows nothing. It delays an honest twin's
// messages as it does its victim's, so that it touches nothing and no act; a report that an attacker held back is missed
// when the hub could have known.

// PartitionSetting is the setting's name.
const PartitionSetting = "partition_h"

// cut is when the link is down: no message of a seal is heard in (from, to].
type cut struct{ from, to int64 }

// prepareLink sets when the link is down: from the middle of the world's span on.
func (w *World) prepareLink() {
	w.cut.from = w.start + (w.end-w.start)/2
	w.cut.to = w.cut.from + exact.Round(hourMs*w.set[PartitionSetting])
}

// across gives when the hub hears what would be heard at time at with a whole link. What waited comes in its order, so
// many times as fast as it was sent, and what is sent meanwhile comes behind it.
func (w *World) across(at int64) int64 {
	if w.cut.from == w.cut.to || at <= w.cut.from {
		return at
	}
	return max(at, w.cut.to+exact.Round(float64(at-w.cut.from)/w.a[CatchUp]))
}

// send puts a message of a seal on its way to the hub, to be heard at time at if the link is whole.
func (w *World) send(at int64, slot int32) { w.deliver(w.across(at), slot) }
