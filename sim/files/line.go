// Messages as lines of JSON: {"at":"2026-01-05T00:00:12.345Z","n":1,"kind":"reading","message":{…}}, the
// message as it would travel over MQTT.

package files

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// AppendLine appends one delivery, line break and all. ok is false for a kind of message that ParseLine would not know again.
func AppendLine(b []byte, e *event.Event) (line []byte, ok bool) {
	m, ok := e.Message.(event.Wire)
	if !ok || m.Kind() != seal.KindReading && m.Kind() != notice.KindNotice {
		return b, false
	}
	b = append(b, `{"at":"`...)
	b = e.At.UTC().AppendFormat(b, momentForm)
	b = strconv.AppendUint(append(b, `","n":`...), e.N, 10)
	b = append(strconv.AppendQuote(append(b, `,"kind":`...), m.Kind()), `,"message":`...)
	return append(m.AppendJSON(b), "}\n"...), true
}

// ParseLine reads one delivery. What would not be written back in the same bytes is refused: pages show these bytes.
func ParseLine(line []byte) (e event.Event, subject string, err error) {
	var f struct {
		At      Moment          `json:"at"`
		N       uint64          `json:"n"`
		Kind    string          `json:"kind"`
		Message json.RawMessage `json:"message"`
	}
	if err := json.Unmarshal(line, &f); err != nil {
		return e, "", err
	}
	e = event.Event{At: f.At.Time, N: f.N}
	switch f.Kind {
	case seal.KindReading:
		d, err := seal.Decode(f.Message)
		if err != nil {
			return e, "", err
		}
		e.Message, subject = &d.Reading, d.Reading.Seal
	case notice.KindNotice:
		d, err := notice.Decode(f.Message)
		if err != nil {
			return e, "", err
		}
		e.Message, subject = &d.Notice, d.Notice.Container
	default:
		return e, "", fmt.Errorf("messages of kind %.40q are not known to this code: a newer one may read them", f.Kind)
	}
	if again, _ := AppendLine(nil, &e); !bytes.Equal(bytes.TrimSuffix(again, []byte("\n")), line) {
		return e, "", fmt.Errorf("it is not written the way messages are")
	}
	return e, subject, nil
}

// MaxLine is far above any message: the wire allows 64 KiB.
const MaxLine = 80 << 10

// EachLine hands out deliveries with their subject and their bytes, line break and all; valid during the call only.
func EachLine(r io.Reader, do func(e *event.Event, subject string, line []byte) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 4096), MaxLine)
	n := 0
	for lines.Scan() {
		n++
		e, subject, err := ParseLine(lines.Bytes())
		if err == nil {
			err = do(&e, subject, append(lines.Bytes(), '\n'))
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return lines.Err()
}
