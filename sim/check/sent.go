package check

import (
	"bytes"
	"fmt"
	"math"
	"time"

	"sealab/sim"
	"sealab/sim/seal"
)

// This file looks at each message at its source, beside the one that the same device sent before.

// device is what the checker knows of one device: a seal, or one that an attack has set up.
type device struct {
	last seal.Reading // the message before
	set  time.Time    // when its clock was last set
}

// The limits of clocks: 5 s a day is the hard limit of ISO 18185-2; at a fix a clock is right within 50 ms (reference
// c2), for which four standard deviations are allowed; what the network tells may be off by half a second.
const (
	driftPerDay = 5 * time.Second
	setWithin   = 500 * time.Millisecond
	bufferedMs  = 5000
)

// sent looks at one message.
func (c *Checker) sent(m sim.Sent) {
	r, id := m.Reading, m.Reading.Seal
	if m.Foreign {
		id = m.Attack
	}
	why := incidentsOf(m)
	c.inRange(m)
	d := c.devices[id]
	if d == nil {
		d = &device{set: c.start}
		c.devices[id] = d
	} else {
		c.follows(d, m, why)
	}
	c.clock(d, m, why)
	d.last = *r
}

func incidentsOf(m sim.Sent) []string {
	var list []string
	for _, id := range []string{m.Attack, m.LookAlike} {
		if id != "" {
			list = append(list, id)
		}
	}
	return list
}

// follows compares a message with the one before of the same device.
func (c *Checker) follows(d *device, m sim.Sent, why []string) {
	r, was := m.Reading, &d.last
	v, w := &r.Val, &was.Val
	up := v[seal.Boot] > w[seal.Boot] || v[seal.Boot] == w[seal.Boot] && v[seal.Seq] > w[seal.Seq]
	c.look(counters, !up, r.Seal, m.Made, why, func() (string, string) {
		return fmt.Sprintf("(%d, %d) after (%d, %d)", v[seal.Boot], v[seal.Seq], w[seal.Boot], w[seal.Seq]), "larger than the one before"
	})
	rose := !charging(r) && !charging(was) && (v[seal.MAhUsed] < w[seal.MAhUsed] || v[seal.Pct] > w[seal.Pct])
	c.look(battery, rose, r.Seal, m.Made, why, func() (string, string) {
		return fmt.Sprintf("%s mAh used, %s %% left", seal.Format(seal.MAhUsed, v[seal.MAhUsed]), seal.Format(seal.Pct, v[seal.Pct])),
			fmt.Sprintf("at least %s mAh, at most %s %%", seal.Format(seal.MAhUsed, w[seal.MAhUsed]), seal.Format(seal.Pct, w[seal.Pct]))
	})
	for _, f := range []seal.Field{seal.OpenedAt, seal.TamperedAt} {
		_, now := r.Get(f)
		_, before := was.Get(f)
		gone := before && !now && !r.Is(seal.Code, seal.CodeArmed) && !r.Is(seal.Code, seal.CodeDisarmed)
		c.look(latch, gone, r.Seal, m.Made, why, func() (string, string) {
			return f.String() + " is gone", "latched: " + seal.Format(f, w[f])
		})
	}
}

func charging(r *seal.Reading) bool { return r.Val[seal.Charging] != 0 }

// clock compares a message's times with the true ones.
func (c *Checker) clock(d *device, m sim.Sent, why []string) {
	v := &m.Reading.Val
	made, sent := v[seal.TS], v[seal.Sent]
	if m.Reading.Is(seal.ClkSrc, seal.ClockGNSS) {
		d.set = m.Made
	}
	days := math.Abs(m.Made.Sub(d.set).Hours() / 24)
	most := setWithin + c.skew + time.Duration(days*float64(driftPerDay))
	off := time.Duration(made-m.Made.UnixMilli()) * time.Millisecond
	waited, truly := sent-made, m.At.Sub(m.Made).Milliseconds()
	wrong := off > most || off < -most || waited != truly || (waited >= bufferedMs) != m.Reading.Is(seal.Buffered, 1)
	c.look(times, wrong, m.Reading.Seal, m.Made, why, func() (string, string) {
		return fmt.Sprintf("ts is %v from the true time; sent %d ms after ts, buffered %d", off, waited, v[seal.Buffered]),
			fmt.Sprintf("at most %v (clock set %.1f days ago); sent %d ms after ts, buffered from %d ms on", most, days, truly, bufferedMs)
	})
}

// equal reports whether two readings say and prove the same.
func equal(a, b *seal.Reading) bool {
	x, y := *a, *b
	if p, q := a.Proof, b.Proof; p != nil && q != nil {
		if p.Linked != q.Linked || p.Prev != q.Prev || p.Signed != q.Signed || p.Kid != q.Kid || p.Value != q.Value || !bytes.Equal(p.Foreign, q.Foreign) {
			return false
		}
	} else if p != q {
		return false
	}
	x.Proof, y.Proof = nil, nil
	return x == y
}

// inRange looks at a message's fields, and whether its JSON says the same.
func (c *Checker) inRange(m sim.Sent) {
	r, fault := m.Reading, ""
	for f := range seal.Field(seal.NumFields) {
		if v, ok := r.Get(f); ok && !f.InRange(v) {
			fault = fmt.Sprintf("%s is %s", f, seal.Format(f, v))
		}
	}
	c.json = r.AppendJSON(c.json[:0])
	back, err := seal.Decode(c.json)
	switch {
	case fault != "":
	case err != nil:
		fault = err.Error()
	case !equal(&back.Reading, r):
		fault = "its JSON reads as another message"
	}
	c.look(whole, fault != "", r.Seal, m.Made, nil, func() (string, string) { return fault, "within protocol v1" })
}
