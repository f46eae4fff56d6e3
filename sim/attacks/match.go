package attacks

import (
	"fmt"
	"slices"
	"time"

	"sealab/sim"
	"sealab/sim/seal"
)

// This file finds, for each message of a seal, the one that its honest twin would have sent in its place.

// match gives for each message that was sent the index of the twin's that it stands for, −1 where there is none, and which
// of the twin's were answered so. What is made at the same moment belongs together; else, where an act has moved the
// rhythm of the reports, each scheduled one stands for the twin's nearest.
func match(sent []sim.Sent, twin []sim.Said) (beside []int, answered []bool) {
	honest := make(map[string]int, len(twin))
	for k := range twin {
		honest[due(twin[k].Made, &twin[k].Reading)] = k
	}
	beside, answered = make([]int, len(sent)), make([]bool, len(twin))
	for i := range sent {
		beside[i] = -1
		if k, ok := honest[due(sent[i].Made, sent[i].Reading)]; ok && !sent[i].Foreign {
			beside[i], answered[k] = k, true
		}
	}
	reports := scheduled(twin)
	for i := range sent {
		if beside[i] >= 0 || sent[i].Foreign || !sent[i].Reading.Is(seal.MsgKind, seal.Tele) {
			continue
		}
		if k := nearest(reports, twin, sent[i].Made); k >= 0 && !answered[k] {
			beside[i], answered[k] = k, true
		}
	}
	return beside, answered
}

// due tells what a device makes at one moment from all else it makes.
func due(made time.Time, r *seal.Reading) string { return fmt.Sprint(made.UnixMilli(), " ", name(r)) }

// scheduled lists the twin's scheduled reports in the order of making.
func scheduled(twin []sim.Said) []int {
	var list []int
	for k := range twin {
		if twin[k].Reading.Is(seal.MsgKind, seal.Tele) {
			list = append(list, k)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int { return twin[a].Made.Compare(twin[b].Made) })
	return list
}

// nearest is the twin's report that is nearest in time, if it lies within half the time between two of its reports; else −1.
func nearest(reports []int, twin []sim.Said, made time.Time) int {
	i, _ := slices.BinarySearchFunc(reports, made, func(k int, t time.Time) int { return twin[k].Made.Compare(t) })
	if i == 0 || i == len(reports) {
		return -1 // before the first or after the last: it stands for none
	}
	before, after := reports[i-1], reports[i]
	if gap := twin[after].Made.Sub(twin[before].Made); made.Sub(twin[before].Made) > gap/2 {
		return after
	}
	return before
}
