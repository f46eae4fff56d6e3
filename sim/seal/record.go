package seal

// This file writes the fixed binary form of a reading, which digests are made of. A world makes millions a second.

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"sealab/sim/event"
)

// wide marks a record that holds each value in eight bytes. NumFields stays below its bit.
const wide = 1 << 63

// width and base say how a value within its range is kept: as value − base, in width bytes.
var width, base = func() (w [NumFields]uint8, b [NumFields]int64) {
	for f := range Fields {
		w[f] = uint8(bits.Len64(uint64(Fields[f].Max-Fields[f].Min))+7) / 8
		b[f] = Fields[f].Min
	}
	return w, b
}()

// AppendRecord appends the fixed binary form: the five strings, the mask, then each present field's distance from the
// least of its range, little endian, in as many bytes as its range needs.
//
// The bytes are few because SHA-256 costs more than writing them does, and the widths are fixed because a varint's
// branches cost more than its bytes save. A reading that was never in range, and so will never be sent, takes eight
// bytes a value and says so in the mask: no two readings share a record.
func (r *Reading) AppendRecord(b []byte) []byte {
	b = event.AppendString(b, r.Seal)
	b = event.AppendString(b, r.Container)
	b = event.AppendString(b, r.Trip)
	b = event.AppendString(b, r.Detail)
	b = event.AppendString(b, r.CmdID)
	mask := uint64(r.Has) & (1<<NumFields - 1)
	b = binary.LittleEndian.AppendUint64(b, mask)
	start := len(b)
	b = slices.Grow(b, 8*NumFields)[:start+8*NumFields] // each value is stored as 8 bytes, the next one over its zeros
	end, over := start, uint64(0)
	for m := mask; m != 0; m &= m - 1 {
		f := bits.TrailingZeros64(m)
		v := uint64(r.Val[f] - base[f])
		w := width[f]
		over |= v >> (8 * w)
		binary.LittleEndian.PutUint64(b[end:], v)
		end += int(w)
	}
	if over != 0 {
		return r.appendWide(b[:start-8], mask)
	}
	return b[:end]
}

func (r *Reading) appendWide(b []byte, mask uint64) []byte {
	b = binary.LittleEndian.AppendUint64(b, mask|wide)
	for m := mask; m != 0; m &= m - 1 {
		b = binary.LittleEndian.AppendUint64(b, uint64(r.Val[bits.TrailingZeros64(m)]))
	}
	return b
}
