// The archive as one JSON file.

package interchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"sealab/catalog/usecase"
)

// maxBytes is how large a file may be: more than 10,000 entries of the largest size that people write.
const maxBytes = 256 << 20

// JSON writes the archive as one file.
func (a *Archive) JSON() ([]byte, error) {
	whole := *a
	whole.Editions = make([]Edition, len(a.Editions))
	for i, e := range a.Editions {
		e.Entry = e.entry.JSON()
		whole.Editions[i] = e
	}
	return encode(whole)
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	w.SetIndent("", "  ")
	if err := w.Encode(v); err != nil {
		return nil, fmt.Errorf("write catalogue: %w", err)
	}
	return b.Bytes(), nil
}

// Read reads an archive from one JSON file, and says what is wrong with it and where.
func Read(r io.Reader) (*Archive, error) {
	a, err := decode(r)
	if err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	var all []error
	for i := range a.Editions {
		e := &a.Editions[i]
		var faults []usecase.Fault
		if e.entry, faults = usecase.Parse(e.Entry); len(faults) > 0 {
			f := faults[0]
			f.Line = 0 // of the entry alone, which is no line of the file
			all = append(all, fmt.Errorf("%s: %w", e.name(), f))
		}
		e.Entry = nil
	}
	if err := errors.Join(all...); err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	if err := a.check(); err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	return a, nil
}

// decode reads the frame: no key that is not known, nothing after the end, no other format.
func decode(r io.Reader) (*Archive, error) {
	limited := &io.LimitedReader{R: r, N: maxBytes + 1}
	d := json.NewDecoder(limited)
	d.DisallowUnknownFields()
	var a Archive
	err := d.Decode(&a)
	switch {
	case limited.N <= 0:
		return nil, fmt.Errorf("it is larger than %d MiB", maxBytes>>20)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, errors.New("it ends too early: want what sealab catalog export writes")
	case err != nil:
		at := d.InputOffset()
		if bad := (*json.SyntaxError)(nil); errors.As(err, &bad) {
			at = bad.Offset
		}
		return nil, fmt.Errorf("byte %d: %w", at, err)
	case a.Format != Format || a.Version != Version:
		return nil, fmt.Errorf("format is %.40q, version %d: this code reads %q, version %d", a.Format, a.Version, Format, Version)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("byte %d: something follows the end", d.InputOffset())
	}
	return &a, nil
}
