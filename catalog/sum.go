// The sums that seal a record: one SHA-256 over its name and values, and one over the list of all of them.

package catalog

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"

	"sealab/sim/event"
)

// entry is one line of a manifest.
type entry struct {
	n    int64 // from 1
	name string
	sum  string // 32 bytes
}

// appendValue appends a value with its type, so that 1, 1.0 and "1" differ.
func appendValue(b []byte, value any) []byte {
	switch v := value.(type) {
	case nil:
		return append(b, 'n')
	case int64:
		return binary.LittleEndian.AppendUint64(append(b, 'i'), uint64(v))
	case float64:
		return binary.LittleEndian.AppendUint64(append(b, 'f'), math.Float64bits(v))
	case string:
		return event.AppendString(append(b, 't'), v)
	case []byte:
		return event.AppendString(append(b, 'b'), string(v))
	}
	panic(fmt.Sprintf("sum record: no form for a %T", value))
}

// manifestOf sums each record.
func manifestOf(records []record) []entry {
	list := make([]entry, len(records))
	var b []byte
	for i, rec := range records {
		b = event.AppendString(append(b[:0], "sealab record 1\n"...), rec.name)
		for _, v := range rec.values {
			b = appendValue(b, v)
		}
		sum := sha256.Sum256(b)
		list[i] = entry{int64(i) + 1, rec.name, string(sum[:])}
	}
	return list
}

// rootOf sums a manifest.
func rootOf(manifest []entry) string {
	b := []byte("sealab manifest 1\n")
	for _, e := range manifest {
		b = binary.LittleEndian.AppendUint64(b, uint64(e.n))
		b = event.AppendString(b, e.name)
		b = event.AppendString(b, e.sum)
	}
	sum := sha256.Sum256(b)
	return string(sum[:])
}

// truthName names a truth after its root, so that equal truths of a room are stored once and an altered one no longer
// answers to its name.
func truthName(root string) string { return fmt.Sprintf("t-%x", root[:10]) }
