// Package files is how what was heard in a world, and the truth about it, lie in files: in bundles of experiments, in
// labelled datasets, and packed by seal in the store.
//
// The forms are closed: what would not be written back in the same bytes is refused, so that a sum over a file is a sum
// over what it says, and two readers never understand one text differently.
package files

import (
	"fmt"
	"time"
)

// Moment is a time as RFC 3339 in UTC to the millisecond; a zero one is null.
type Moment struct{ time.Time }

// At gives a time that form.
func At(t time.Time) Moment { return Moment{t} }

// momentForm is the one way to write a moment, without its quotes.
const momentForm = "2006-01-02T15:04:05.000Z"

// MarshalJSON writes it.
func (m Moment) MarshalJSON() ([]byte, error) {
	if m.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + m.UTC().Format(momentForm) + `"`), nil
}

// UnmarshalJSON reads no other form: two hubs must not read one text as two times.
func (m *Moment) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		m.Time = time.Time{}
		return nil
	}
	t, err := time.Parse(`"`+momentForm+`"`, string(b))
	if err != nil {
		return fmt.Errorf("read time %.40s: want one such as 2026-01-05T00:00:00.000Z", b)
	}
	m.Time = t
	return nil
}
