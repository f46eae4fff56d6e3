// Deliveries as explanations show them: copies of what was heard, with what the truth says of each.

package pocs

import (
	"slices"
	"time"

	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// Delivery is one message as it was heard. Of Reading and Notice at most one is set.
type Delivery struct {
	At, Now time.Time // of the delivery, and the end of its tick
	N       uint64    // number of the delivery; in a world of some seals alone it is that world's own
	Reading *seal.Reading
	Notice  *notice.Notice
	Kind    string // of the message
	Topic   string // below the run's root
	JSON    string
	Attack  string // id of the attack that shows in it, where the truth was asked for
	Alike   string // of the look-alike
}

// copyOf keeps an event beyond its batch.
func copyOf(e *event.Event, now time.Time) Delivery {
	d := Delivery{At: e.At, Now: now, N: e.N, Kind: e.Message.Kind()}
	switch m := e.Message.(type) {
	case *seal.Reading:
		r := *m
		d.Reading = &r
	case *notice.Notice:
		n := *m
		n.Route = slices.Clone(m.Route)
		d.Notice = &n
	case event.Wire:
		d.write(m)
	}
	return d
}

// write adds the form on the wire. It is left until the delivery is shown: most are not.
func (d *Delivery) write(m event.Wire) {
	d.Topic, d.JSON = string(m.AppendTopic(nil)), string(m.AppendJSON(nil))
}

// finish makes what is shown of a delivery.
func (d *Delivery) finish() {
	switch {
	case d.Reading != nil:
		d.write(d.Reading)
	case d.Notice != nil:
		d.write(d.Notice)
	}
}

// concerns reports whether a message is about a container or comes from one of its seals.
func concerns(m event.Message, container string, seals []string) bool {
	if m.Subject() == container {
		return true
	}
	r, ok := m.(*seal.Reading)
	return ok && slices.Contains(seals, r.Seal)
}
