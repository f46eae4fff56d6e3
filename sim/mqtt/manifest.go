package mqtt

// This file is the tick message: what a tick held, so that a listener can tell whether it has heard all of it.

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxPart bounds one tick message in bytes. A broker takes 1 MiB at most; a quarter of it leaves room for those that
// are set up more tightly.
const maxPart = 256 << 10

// maxParts bounds how many messages one tick may be spread over: far above 100,000 seals that all report in it.
const maxParts = 4096

// wireTime is how times stand on the wire: RFC 3339 in UTC with milliseconds.
const wireTime = "2006-01-02T15:04:05.000Z"

// Manifest is one tick message. A tick too large for one message is spread over Parts of them, numbered by Part from 1;
// both are 0, and absent on the wire, where one is enough.
type Manifest struct {
	Tick        int64
	Now         time.Time
	Part, Parts int
	Events      []ManifestEntry
}

// ManifestEntry names one message of the tick and when it was heard in the world. Identical copies that the simulated
// radio delivered stand in the manifest as often as they were heard.
type ManifestEntry struct {
	At    time.Time
	N     uint64
	Topic string   // in full
	Sum   [32]byte // SHA-256 of the payload
}

// appendManifests appends the tick messages of a tick to list, each at most maxPart bytes long.
func appendManifests(list [][]byte, m Manifest) [][]byte {
	list = appendParts(list[:0], m, 0)
	if parts := len(list); parts > 1 {
		list = appendParts(list[:0], m, parts)
	}
	return list
}

func appendParts(list [][]byte, m Manifest, parts int) [][]byte {
	for part, done := 1, 0; part == 1 || done < len(m.Events); part++ {
		one, size := Manifest{Tick: m.Tick, Now: m.Now}, 0
		for first := done; done < len(m.Events) && (done == first || size+entrySize(m.Events[done]) < maxPart); done++ {
			size += entrySize(m.Events[done])
			one.Events = m.Events[first : done+1]
		}
		if parts > 0 {
			one.Part, one.Parts = part, parts
		}
		list = append(list, one.append(nil))
	}
	return list
}

// NewEntry names a message, published on a topic, that was heard at a time as the world's n-th delivery.
func NewEntry(at time.Time, n uint64, topic string, payload []byte) ManifestEntry {
	return ManifestEntry{At: at, N: n, Topic: topic, Sum: sha256.Sum256(payload)}
}

// Encode returns the tick message as it is published.
func (m *Manifest) Encode() []byte { return m.append(nil) }

// append appends the tick message as canonical JSON.
func (m *Manifest) append(b []byte) []byte {
	b = append(b, `{"events":[`...)
	for i := range m.Events {
		if i > 0 {
			b = append(b, ',')
		}
		b = m.Events[i].append(b)
	}
	b = append(append(b, `],"now":"`...), m.Now.UTC().Format(wireTime)...)
	b = append(b, '"')
	if m.Parts > 0 {
		b = strconv.AppendInt(append(b, `,"part":`...), int64(m.Part), 10)
		b = strconv.AppendInt(append(b, `,"parts":`...), int64(m.Parts), 10)
	}
	return append(strconv.AppendInt(append(b, `,"tick":`...), m.Tick, 10), '}')
}

// entrySize is well above the length of an entry in JSON, so that there is room for what closes the message after it.
func entrySize(e ManifestEntry) int { return len(e.Topic) + 280 }

// append appends the entry as canonical JSON. Topics are plain ASCII, so nothing needs escaping.
func (e ManifestEntry) append(b []byte) []byte {
	b = e.At.UTC().AppendFormat(append(b, `{"at":"`...), wireTime)
	b = strconv.AppendUint(append(b, `","n":`...), e.N, 10)
	b = hex.AppendEncode(append(b, `,"sha256":"`...), e.Sum[:])
	return append(append(append(b, `","topic":"`...), e.Topic...), `"}`...)
}

var (
	errOrder  = errors.New("its events are not in order of (at, n)")
	errParts  = errors.New("part and parts do not fit")
	errSum    = errors.New("sha256 is not 64 hexadecimal digits")
	errWhen   = errors.New("a time is not RFC 3339 in UTC with milliseconds")
	errNoTick = errors.New("tick, now or events is missing")
)

// DecodeManifest reads a tick message. Unknown fields are ignored, as everywhere on the wire.
func DecodeManifest(b []byte) (Manifest, error) {
	m, err := decodeManifest(b)
	if err != nil {
		return Manifest{}, fmt.Errorf("decode manifest: %w", err)
	}
	return m, nil
}

func decodeManifest(b []byte) (m Manifest, err error) {
	var wire struct {
		Tick   *int64
		Now    string
		Part   int
		Parts  int
		Events *[]struct {
			At, Topic, SHA256 string
			N                 uint64
		}
	}
	if err := json.Unmarshal(b, &wire); err != nil {
		return m, err
	}
	if wire.Tick == nil || wire.Events == nil {
		return m, errNoTick
	}
	m = Manifest{Tick: *wire.Tick, Part: wire.Part, Parts: wire.Parts, Events: make([]ManifestEntry, len(*wire.Events))}
	if m.Now, err = parseTime(wire.Now); err != nil {
		return m, err
	}
	if m.Parts != 0 || m.Part != 0 {
		if m.Parts < 2 || m.Parts > maxParts || m.Part < 1 || m.Part > m.Parts {
			return m, errParts
		}
	}
	for i, w := range *wire.Events {
		e := &m.Events[i]
		e.N, e.Topic = w.N, w.Topic
		if e.At, err = parseTime(w.At); err != nil {
			return m, err
		}
		if len(w.SHA256) != 2*len(e.Sum) {
			return m, errSum
		}
		if _, err := hex.Decode(e.Sum[:], []byte(w.SHA256)); err != nil {
			return m, errSum
		}
		if i > 0 && !m.Events[i-1].before(e) {
			return m, errOrder
		}
	}
	return m, nil
}

func (e *ManifestEntry) before(o *ManifestEntry) bool {
	if c := e.At.Compare(o.At); c != 0 {
		return c < 0
	}
	return e.N < o.N
}

func parseTime(s string) (time.Time, error) {
	if len(s) != len(wireTime) || !strings.HasSuffix(s, "Z") {
		return time.Time{}, errWhen
	}
	t, err := time.Parse(wireTime, s)
	if err != nil {
		return time.Time{}, errWhen
	}
	return t, nil
}
