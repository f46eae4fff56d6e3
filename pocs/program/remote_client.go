// One program of a run over MQTT, as the hub knows it: how far it has come, and what it has said of the tick.

package program

import (
	"bytes"
	"encoding/json"
	"fmt"

	"sealab/pocs"
	"sealab/sim/mqtt"
)

// client is one program.
type client struct {
	name     string
	hello    Hello
	joined   bool
	welcomed bool
	ready    bool
	tick     int64 // the present one; 0: none yet
	begun    bool
	part     int            // the last one that it has heard all of
	count    int            // of its findings, once it has said so; -1: it has not
	list     map[int][]byte // its findings of the tick by number, as they came
}

// begin is the beginning of a tick.
func (c *client) begin(tick int64) {
	c.tick, c.begun, c.part, c.count = tick, true, 0, -1
	c.list = map[int][]byte{}
}

// done reports whether it has heard the whole tick, and all its findings are here.
func (c *client) done() bool { return c.begun && c.count >= 0 && len(c.list) >= c.count }

// take takes in a message of it. again counts copies that the transport made.
func (c *client) take(m mqtt.Said, keys map[string]json.RawMessage) (again int, fault *Fault) {
	_, ticks := keys["tick"]
	_, fields := keys["fields"]
	switch {
	case m.Branch == mqtt.BranchFinding:
		return c.finding(m.Payload, keys)
	case ticks:
		return c.ack(keys)
	case fields:
		return c.answerHello(m.Payload)
	}
	return c.join(keys)
}

func (c *client) join(keys map[string]json.RawMessage) (again int, fault *Fault) {
	var version int
	if fault := need(keys, "", "protocol", "a whole number", &version); fault != nil {
		return 0, fault
	}
	switch {
	case version != Version:
		return 0, wrong("protocol", "is %d, must be %d", version, Version)
	case c.ready:
		return 0, wrong("", "it joins a second time: a program that was started anew cannot go on in its run")
	case c.joined:
		return 1, nil
	}
	c.joined = true
	return 0, nil
}

func (c *client) answerHello(payload []byte) (again int, fault *Fault) {
	if !c.welcomed {
		return 0, wrong("", "nobody asked for it: first join, then answer hello")
	}
	if c.ready {
		return 1, nil
	}
	if _, fault = readReady(payload, []string{Messages}); fault == nil {
		c.ready = true
	}
	return 0, fault
}

// past reports whether a message is a copy of one about an earlier tick; one about a later tick is wrong.
func (c *client) past(keys map[string]json.RawMessage) (past bool, fault *Fault) {
	var tick int64
	if fault = need(keys, "", "tick", "the tick that is answered, a whole number", &tick); fault != nil {
		return false, fault
	}
	if !c.begun || tick > c.tick {
		return false, wrong("tick", "is %d, and has not been told yet", tick)
	}
	return tick < c.tick, nil
}

func (c *client) ack(keys map[string]json.RawMessage) (again int, fault *Fault) {
	past, fault := c.past(keys)
	if fault != nil || past {
		return 1, fault
	}
	var copies int
	if text, ok := keys["duplicates"]; ok {
		if fault = read(text, "duplicates", "a whole number", &copies); fault != nil {
			return 0, fault
		}
	}
	again = max(0, min(copies, mostCopies))
	if text, ok := keys["part"]; ok && keys["findings"] == nil {
		var part int
		if fault = read(text, "part", "the part of the tick that was heard, from 1", &part); fault != nil {
			return 0, fault
		}
		if part <= c.part {
			return 1, nil
		}
		c.part = part
		return again, nil
	}
	var count int
	switch fault = need(keys, "", "findings", "how many findings there are on the topic finding, a whole number", &count); {
	case fault != nil:
		return 0, fault
	case count < 0:
		return 0, wrong("findings", "is %d, must be 0 or more", count)
	case c.count == count:
		return 1, nil
	case c.count >= 0:
		return 0, wrong("findings", "is %d, and was %d before", count, c.count)
	}
	c.count = count
	return again, c.counted()
}

// mostCopies is how many copies a program is believed to have heard in a tick.
const mostCopies = 1 << 20

// finding takes in one finding; they are read when the tick is done.
func (c *client) finding(payload []byte, keys map[string]json.RawMessage) (again int, fault *Fault) {
	past, fault := c.past(keys)
	if fault != nil || past {
		return 1, fault
	}
	var number int
	if fault = need(keys, "", "number", "its place among the findings of the tick, from 1", &number); fault != nil {
		return 0, fault
	}
	if number < 1 {
		return 0, wrong("number", "is %d, must be 1 or more", number)
	}
	if known, ok := c.list[number]; ok {
		if !bytes.Equal(known, payload) {
			return 0, wrong("number", "is %d, and another finding of the tick has it", number)
		}
		return 1, nil
	}
	c.list[number] = payload
	return 0, c.counted()
}

// counted holds the findings against their announced number.
func (c *client) counted() *Fault {
	if c.count < 0 {
		return nil
	}
	for number := range c.list {
		if number > c.count {
			return wrong("number", "is %d, and the acknowledgement says that there are %d findings", number, c.count)
		}
	}
	return nil
}

// findings reads the findings of a tick in the order of their numbers.
func (c *client) findings() (said []pocs.Finding, fault *Fault) {
	for number := 1; number <= c.count; number++ {
		f, fault := readFinding(c.list[number], "")
		if fault != nil {
			fault.Field = fmt.Sprintf("finding %d: %s", number, fault.Field)
			return nil, fault
		}
		said = append(said, f)
	}
	return said, nil
}
