package check

import (
	"bytes"
	"fmt"
	"time"

	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// This file looks at what is heard, and at the truth once the world has ended.

// heard looks at one tick; origin gives the true times of its events (sim.World.Origin).
func (c *Checker) heard(b event.Batch, origin func(i int) (made, sent time.Time)) {
	from := b.Now.Add(-c.tick)
	late := b.Tick <= c.batch.Tick || !b.Now.Equal(c.start.Add(time.Duration(b.Tick)*c.tick)) || b.Now.After(c.end)
	c.look(order, late, "", b.Now, nil, func() (string, string) {
		return fmt.Sprintf("tick %d ends at %v", b.Tick, b.Now), fmt.Sprintf("above %d, within the world, and its end that many ticks after the start", c.batch.Tick)
	})
	c.batch.Tick = b.Tick
	last := from
	for i := range b.Events {
		e := &b.Events[i]
		off := e.N != c.n+1 || e.At.Before(last) || !e.At.After(from) || e.At.After(b.Now)
		c.look(order, off, e.Message.Subject(), e.At, nil, func() (string, string) {
			return fmt.Sprintf("number %d at %v", e.N, e.At), fmt.Sprintf("number %d, not before %v, in (%v, %v]", c.n+1, last, from, b.Now)
		})
		c.n, last = e.N, e.At
		c.delivered(e, i, origin)
	}
}

// delivered looks at one event.
func (c *Checker) delivered(e *event.Event, i int, origin func(i int) (made, sent time.Time)) {
	switch m := e.Message.(type) {
	case *seal.Reading:
		made, sent := origin(i)
		c.look(delivery, e.At.Before(sent) || sent.Before(made), m.Seal, e.At, nil, func() (string, string) {
			return fmt.Sprintf("made at %v, sent at %v", made, sent), "made, then sent, then heard"
		})
	case *notice.Notice:
		c.json = m.AppendJSON(c.json[:0])
		back, err := notice.Decode(c.json)
		fault := ""
		if err != nil {
			fault = err.Error()
		} else if !bytes.Equal(back.Notice.AppendJSON(nil), c.json) {
			fault = "its JSON reads as another notice"
		}
		c.look(whole, fault != "", m.Container, e.At, nil, func() (string, string) { return fault, "within protocol v1" })
	}
}

// truth looks at incidents and at how trips ended.
func (c *Checker) told(t sim.Truth) {
	trips, bySeal, seen := map[string]sim.Trip{}, map[string][]string{}, map[string]bool{}
	for _, trip := range t.Trips {
		trips[trip.Seal] = trip
	}
	for i := range t.Incidents {
		in := &t.Incidents[i]
		bySeal[in.Seal] = append(bySeal[in.Seal], in.ID)
		c.incident(in, trips[in.Seal], seen[in.ID])
		seen[in.ID] = true
	}
	for _, trip := range t.Trips {
		if d := c.devices[trip.Seal]; d != nil && trip.End.Before(c.end) {
			c.ends(trip, &d.last, bySeal[trip.Seal])
		}
	}
}

// incident looks at one record of the truth; again: its id was there before.
func (c *Checker) incident(in *sim.Incident, trip sim.Trip, again bool) {
	fault := ""
	switch {
	case again:
		fault = "the id is not its own"
	case in.ID == "" || in.Kind == "" || in.Container != trip.Container || in.Trip != trip.ID || trip.ID == "":
		fault = fmt.Sprintf("kind %q, container %q, trip %q", in.Kind, in.Container, in.Trip)
	case in.Start.Before(trip.Start) || in.Start.After(trip.End) || in.End.Before(in.Start) || in.End.After(c.end):
		fault = fmt.Sprintf("from %v to %v", in.Start, in.End)
	case in.Heard() && (in.HeardAt.Before(in.Start) || in.HeardAt.After(c.end)):
		fault = fmt.Sprintf("heard at %v", in.HeardAt)
	}
	c.look(truth, fault != "", in.Seal, in.Start, nil, func() (string, string) {
		return in.ID + ": " + fault, fmt.Sprintf("begins within its trip (%v to %v), ends after that and by %v, is heard after it begins", trip.Start, trip.End, c.end)
	})
}

// ends looks at the last message of a trip.
func (c *Checker) ends(trip sim.Trip, last *seal.Reading, incidents []string) {
	c.look(tripEnd, !last.Is(seal.Status, seal.Unarmed), trip.Seal, trip.End, incidents, func() (string, string) {
		return "last said " + seal.Format(seal.Status, last.Val[seal.Status]), "unarmed"
	})
}
