// Run ids: short, unique, and in the order of their making when sorted as text.

package catalog

import (
	"encoding/binary"
	"fmt"
	"io"
	"time"
)

// digits are Crockford's base 32 in lower case: no letter is mistaken for a digit, and their order is that of ASCII.
const digits = "0123456789abcdefghjkmnpqrstvwxyz"

// NewRunID makes an id such as "r-1jzs8kq3ab7m2x9c": 9 digits of milliseconds since 1970, good until the year 3084,
// and 7 of chance, 35 bits from random (crypto/rand.Reader). It fails only if random does.
func NewRunID(now time.Time, random io.Reader) (string, error) {
	var chance [8]byte
	if _, err := io.ReadFull(random, chance[:]); err != nil {
		return "", fmt.Errorf("make run id: %w", err)
	}
	b := append(make([]byte, 0, 18), "r-"...)
	b = appendDigits(b, uint64(now.UnixMilli()), 9)
	return string(appendDigits(b, binary.LittleEndian.Uint64(chance[:]), 7)), nil
}

// appendDigits appends the lowest n base-32 digits of v.
func appendDigits(b []byte, v uint64, n int) []byte {
	for shift := 5 * (n - 1); shift >= 0; shift -= 5 {
		b = append(b, digits[v>>shift&31])
	}
	return b
}

// checkID refuses what could not stand in a topic, an address or a file name.
func checkID(id string) error {
	for _, c := range []byte(id) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '_' {
			return fmt.Errorf("%w: the run id %q may hold letters, digits, - and _ only", ErrUnfit, id)
		}
	}
	if id == "" || len(id) > 64 {
		return fmt.Errorf("%w: the run id has %d characters, wanted are 1–64: make one with NewRunID", ErrUnfit, len(id))
	}
	return nil
}
