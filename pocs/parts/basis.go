package parts

import "slices"

// Basis puts together what an alarm rests on: first the delivery that set it off, then those that it was compared with,
// each once, in the order of hearing. Numbers of 0 stand for none.
func Basis(trigger uint64, with ...uint64) []uint64 {
	out := make([]uint64, 0, 1+len(with))
	if trigger != 0 {
		out = append(out, trigger)
	}
	slices.Sort(with)
	for _, n := range slices.Compact(with) {
		if n != 0 && n != trigger {
			out = append(out, n)
		}
	}
	return out
}
