// A run over MQTT by the clock: what programs say is taken when it comes.

package program

import (
	"fmt"
	"io"
	"sync"

	"sealab/pocs"
	"sealab/sim/event"
	"sealab/sim/mqtt"
)

// live is the programs of a live run. Others publish its events; its findings are stamped with the end of the tick in
// which they came.
type live struct{ *remote }

// Step returns what was said since the last one. What is no finding, or about a container of which nobody has heard, is
// named in the log and left out: by the clock one slip is no reason to end a run.
func (d *live) Step(b event.Batch) ([]pocs.Finding, error) {
	if d.failed != nil {
		return nil, d.failed
	}
	d.heard.hear(b)
	said, err := d.taken()
	if err == nil && d.ctx.Err() != nil {
		err = d.ctx.Err()
	}
	if err != nil {
		d.fail(err)
	}
	return said, err
}

func (d *live) taken() (said []pocs.Finding, err error) {
	select {
	case <-d.gone():
		return nil, d.died(TopicFinding)
	case <-d.exchange.Lost():
		return nil, d.exchange.Err()
	default:
	}
	list, flood := d.exchange.Take()
	if flood {
		return nil, &Fault{Code: Flood, What: "more was said in a tick than may wait"}
	}
	for _, m := range list {
		f, fault := d.read(m)
		if fault != nil {
			d.log.say("%s", fault)
			continue
		}
		if f != nil {
			said = append(said, *f)
		}
	}
	if d.said += len(said); d.said > d.limits.Findings {
		return nil, d.tooMany()
	}
	return said, nil
}

// read reads one message; nil: it is no finding, and need not be one.
func (d *live) read(m mqtt.Said) (*pocs.Finding, *Fault) {
	if len(m.Payload) > d.limits.AnswerBytes {
		return nil, &Fault{Code: Flood, Topic: m.Branch, What: fmt.Sprintf("a message has more than %d bytes", d.limits.AnswerBytes)}
	}
	if m.Branch == mqtt.BranchAck {
		return nil, nil // nobody waits for it
	}
	name, _, fault := readSender(m.Payload)
	if fault != nil {
		return nil, fault.by(TopicFinding, "")
	}
	if d.client(name) == nil {
		return nil, wrong("client", "is %s, who was not asked", shown([]byte(name))).by(TopicFinding, "")
	}
	f, fault := readFinding(m.Payload, "")
	if fault == nil {
		fault = d.heard.check([]pocs.Finding{f})
	}
	if fault != nil {
		return nil, fault.by(TopicFinding, name)
	}
	return &f, nil
}

// mostComplaints is how many lines a run writes of what was wrong with messages: a flood of them says nothing more.
const mostComplaints = 20

// complaints is a log that falls silent.
type complaints struct {
	to   io.Writer
	mu   sync.Mutex
	many int
}

func (c *complaints) say(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.many++; c.to == nil || c.many > mostComplaints {
		return
	}
	line := fmt.Sprintf(format, args...)
	if c.many == mostComplaints {
		line += "; what else is wrong in this run is not told"
	}
	fmt.Fprintln(c.to, "sealab: "+line) // whoever reads along is no reason to fail
}
