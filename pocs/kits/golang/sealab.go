// The Go client of Sealab: it talks with the sandbox, and your detector hears and answers.
//
// A detector is made by a function that takes Sealab's greeting; it says what fields it wants to hear, and steps:
//
//	type detector struct{}
//
//	func (detector) Fields() map[string][]string {
//		return map[string][]string{"reading": {"container", "event.code"}}
//	}
//
//	func (detector) Step(b *Batch) (said []Finding) {
//		for _, e := range b.Events {
//			if e.Text("event.code") == "ROPE_CUT" {
//				said = append(said, Finding{Container: e.Text("container"), Kind: "bolt_cut", Level: 900})
//			}
//		}
//		return said
//	}
//
//	func main() { Run(func(*Hello) Detector { return detector{} }) }
//
// Standard output belongs to the protocol; standard error is your log. `sealab schema protocol` says what fields there
// are. Nothing but Go's standard library is used.

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// Protocol is the version that this file speaks.
const Protocol = 1

// Hello is Sealab's greeting.
type Hello struct {
	Protocol  int                 `json:"protocol"`
	Challenge string              `json:"challenge"`
	Params    map[string]float64  `json:"params"`
	DiceSeed  uint64              `json:"dice_seed"`
	Forms     []string            `json:"forms"`
	Kinds     map[string][]string `json:"kinds"`
	Context   struct {
		Places []Place `json:"places"`
		Routes []struct {
			From    string  `json:"from"`
			To      string  `json:"to"`
			Mode    string  `json:"mode"`
			LengthM float64 `json:"length_m"`
		} `json:"routes"`
	} `json:"context"`
	Keys map[string]Key `json:"keys"` // registered keys by their id; empty where seals do not sign
}

// Key is what the signatures of a seal are checked with: 32 bytes of Ed25519 in base64url without padding.
type Key struct {
	Seal string `json:"seal"`
	Key  string `json:"key"`
}

// Place is a port, a terminal, a border or a waypoint.
type Place struct {
	ID      string  `json:"id"`
	Name    string  `json:"name"`
	Country string  `json:"country"`
	Lat     float64 `json:"lat"`
	Lon     float64 `json:"lon"`
	Kind    string  `json:"kind"`
	DwellH  float64 `json:"dwell_h"`
}

// Detector is what you write.
type Detector interface {
	Fields() map[string][]string // kinds of events, with the fields that you want of each
	Step(*Batch) []Finding
}

// Finding is what you have to say about a container; Level says how sure you are, from 0 to 1000.
type Finding struct {
	Container string   `json:"container"`
	Kind      string   `json:"kind"`
	Level     int      `json:"level"`
	Why       string   `json:"why,omitempty"`
	Basis     []uint64 `json:"basis,omitempty"`
}

// Batch is what was heard in one tick, the same in both forms of the protocol. Now is the end of the tick, in ms since
// 1970 UTC, like all times: it is the only clock there is.
type Batch struct {
	Tick, Now int64
	Events    []Event // in the order of hearing
}

// Event is one message. Its fields are asked for by name; one that it does not have is empty.
type Event struct {
	Type   string
	N      uint64
	fields map[string]any
}

// Has reports whether the event has a field.
func (e *Event) Has(name string) bool { return e.fields[name] != nil }

// Text is a field that is a text.
func (e *Event) Text(name string) string { s, _ := e.fields[name].(string); return s }

// Number is a field that is a number.
func (e *Event) Number(name string) float64 { v, _ := e.fields[name].(float64); return v }

// Whole is a field that is a whole number, such as a time: those are exact up to 2^53.
func (e *Event) Whole(name string) int64 { return int64(e.Number(name)) }

// Bool is a field that is true or false.
func (e *Event) Bool(name string) bool { v, _ := e.fields[name].(bool); return v }

// List is a field that is a list of objects, such as the route of a booking.
func (e *Event) List(name string) (list []Event) {
	items, _ := e.fields[name].([]any)
	for _, item := range items {
		fields, _ := item.(map[string]any)
		list = append(list, Event{fields: fields})
	}
	return list
}

// overMQTT joins a run over MQTT; nil: this program was built without it (see sealab_mqtt.go).
var overMQTT func(address string, begin func(*Hello) Detector) error

// Run talks with Sealab until the run is over: over MQTT where SEALAB_MQTT says where to join, else over pipes.
func Run(begin func(*Hello) Detector) {
	if err := run(os.Getenv("SEALAB_MQTT"), begin); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(address string, begin func(*Hello) Detector) error {
	switch {
	case address == "":
		return talk(os.Stdin, os.Stdout, begin)
	case overMQTT == nil:
		return errors.New("join run over MQTT: this program was built without it: build it with -tags mqtt (sealab_mqtt.go says how)")
	}
	return overMQTT(address, begin)
}

// talk is run over pipes, with its edges handed in.
func talk(in io.Reader, out io.Writer, begin func(*Hello) Detector) error {
	lines, answers := json.NewDecoder(bufio.NewReaderSize(in, 1<<20)), json.NewEncoder(out)
	var hello Hello
	if err := lines.Decode(&hello); err != nil {
		return fmt.Errorf("read greeting: %w: this program is started by Sealab: sealab run --exec PROGRAM northern-corridor", err)
	}
	if hello.Protocol != Protocol {
		return fmt.Errorf("read greeting: Sealab speaks version %d of the protocol, this file version %d", hello.Protocol, Protocol)
	}
	d := begin(&hello)
	fields := d.Fields()
	if err := answers.Encode(map[string]any{"protocol": Protocol, "form": hello.Forms[0], "fields": fields}); err != nil {
		return err
	}
	for {
		var message map[string]json.RawMessage
		if err := lines.Decode(&message); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("read batch: %w", err)
		}
		b, err := readBatch(message, fields)
		if err != nil {
			return fmt.Errorf("read batch: %w", err)
		}
		said := d.Step(b)
		if said == nil {
			said = []Finding{}
		}
		if err := answers.Encode(map[string]any{"tick": b.Tick, "findings": said}); err != nil {
			return err
		}
	}
}

// readBatch takes a batch apart, in whichever form it is.
func readBatch(message map[string]json.RawMessage, fields map[string][]string) (*Batch, error) {
	b := &Batch{}
	if err := json.Unmarshal(message["tick"], &b.Tick); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(message["now"], &b.Now); err != nil {
		return nil, err
	}
	if rows, ok := message["events"]; ok {
		var list []map[string]any
		if err := json.Unmarshal(rows, &list); err != nil {
			return nil, err
		}
		for _, row := range list {
			kind, _ := row["type"].(string)
			n, _ := row["n"].(float64)
			b.Events = append(b.Events, Event{kind, uint64(n), row})
		}
		return b, nil
	}
	for kind, names := range fields {
		if text, ok := message[kind]; ok {
			if err := b.addColumns(kind, names, text); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(b.Events, func(a, b Event) int { return int(int64(a.N) - int64(b.N)) })
	return b, nil
}

func (b *Batch) addColumns(kind string, names []string, text []byte) error {
	var columns map[string][]any
	if err := json.Unmarshal(text, &columns); err != nil {
		return err
	}
	for i, n := range columns["n"] {
		number, _ := n.(float64)
		e := Event{kind, uint64(number), make(map[string]any, len(names))}
		for _, name := range names {
			if column := columns[name]; column != nil && column[i] != nil {
				e.fields[name] = column[i]
			}
		}
		b.Events = append(b.Events, e)
	}
	return nil
}
