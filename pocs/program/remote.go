// A run over MQTT in lockstep: the hub publishes a tick, and goes on when every program has heard all of it and has said
// what it found.

package program

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"sealab/pocs"
	"sealab/sim/event"
	"sealab/sim/mqtt"
)

// remote is one run's programs, as one detector. Its Close tells them that the run is over.
type remote struct {
	ctx      context.Context
	meeting  *mqtt.Meeting
	exchange *mqtt.Exchange
	proc     *process // the program that was started for the run; nil: they were started elsewhere
	cfg      Config
	limits   Limits
	clients  []*client // in the order in which their findings are taken
	log      *complaints
	heard    containers
	said     int
	spent    time.Duration // waiting for them
	failed   error
	dress    func([]byte) []byte // changes hello before it is sent: the doctor's; nil: nobody
	joining  time.Duration       // how long they may take to join
	parted   bool                // they were told that the run is over
	extra    int                 // copies that the transport made, of what they said and of what they heard
}

// Step publishes a batch, and returns what every program has found in it. After a failure nobody is asked again.
func (d *remote) Step(b event.Batch) ([]pocs.Finding, error) {
	if d.failed != nil {
		return nil, d.failed
	}
	said, err := d.step(b)
	if err != nil {
		d.fail(err)
		return nil, d.failed
	}
	return said, nil
}

// fail ends what was started.
func (d *remote) fail(err error) {
	d.failed = err
	var fault *Fault
	if d.proc != nil {
		if !errors.As(err, &fault) {
			fault = &Fault{Code: Died, What: "it was stopped: " + err.Error()}
		}
		d.proc.kill(fault)
	}
}

func (d *remote) step(b event.Batch) ([]pocs.Finding, error) {
	d.heard.hear(b)
	for _, c := range d.clients {
		c.begin(b.Tick)
	}
	until := time.Now().Add(d.limits.Deadline)
	parts := (len(b.Events) + mqtt.TickPart - 1) / mqtt.TickPart
	if parts <= 1 {
		return d.answers(b, 0, 0, until)
	}
	for part := 1; part < parts; part++ {
		one := event.Batch{Tick: b.Tick, Now: b.Now, Events: b.Events[(part-1)*mqtt.TickPart : part*mqtt.TickPart]}
		if err := d.publish(one, part, parts, until); err != nil {
			return nil, err
		}
		if err := d.wait(until, TopicAck, func(c *client) bool { return c.part >= part }); err != nil {
			return nil, err
		}
	}
	b.Events = b.Events[(parts-1)*mqtt.TickPart:]
	return d.answers(b, parts, parts, until)
}

// answers publishes the last part of a tick, and takes what is found in all of it.
func (d *remote) answers(b event.Batch, part, parts int, until time.Time) ([]pocs.Finding, error) {
	if err := d.publish(b, part, parts, until); err != nil {
		return nil, err
	}
	if err := d.wait(until, TopicAck, (*client).done); err != nil {
		return nil, err
	}
	var all []pocs.Finding
	for _, c := range d.clients {
		said, fault := c.findings()
		if fault == nil {
			fault = d.heard.check(said)
		}
		if fault != nil {
			return nil, fault.by(TopicFinding, c.name)
		}
		all = append(all, said...)
	}
	if d.said += len(all); d.said > d.limits.Findings {
		return nil, d.tooMany()
	}
	return all, nil
}

func (d *remote) tooMany() *Fault {
	return &Fault{Code: Flood, What: fmt.Sprintf("more than %d findings were made in this run", d.limits.Findings)}
}

func (d *remote) publish(b event.Batch, part, parts int, until time.Time) error {
	ctx, cancel := context.WithDeadline(d.ctx, until)
	defer cancel()
	err := d.exchange.Publish(ctx, b, part, parts)
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("%w: the broker did not take it in time", mqtt.ErrLost)
	}
	if err != nil {
		return fmt.Errorf("%w (tick %d)", err, b.Tick) // it begins with the run's reason
	}
	return nil
}

// greet waits until all programs have joined, tells each of its run as it comes, and takes down what it answers.
func (d *remote) greet() error {
	if err := d.wait(time.Now().Add(d.joining), TopicJoin, func(c *client) bool { return c.joined }); err != nil {
		return err
	}
	return d.wait(time.Now().Add(d.limits.Deadline), TopicReady, func(c *client) bool { return c.ready })
}

// welcome tells a program of its run.
func (d *remote) welcome(c *client) error {
	ctx, cancel := context.WithTimeout(d.ctx, d.limits.Deadline)
	defer cancel()
	for _, message := range welcomes(c, d.cfg.Link.Live) {
		text, err := json.Marshal(message)
		if err != nil { // a parameter that is no number
			return &Fault{Code: Garbage, Topic: TopicHello, What: err.Error()}
		}
		if d.dress != nil {
			text = d.dress(text)
		}
		if err := d.exchange.Say(ctx, mqtt.BranchHello, text); err != nil {
			return err
		}
	}
	return nil
}

// wait takes what is said until every program is done, or the time is up.
func (d *remote) wait(until time.Time, topic string, done func(*client) bool) error {
	started := time.Now()
	if left := started.Add(d.limits.Run - d.spent); topic == TopicAck && left.Before(until) {
		until = left
	}
	timer := time.NewTimer(time.Until(until))
	defer timer.Stop()
	for {
		if err := d.take(); err != nil {
			return err
		}
		missing := d.missing(done)
		if missing == "" {
			if topic == TopicAck {
				d.spent += time.Since(started)
			}
			return nil
		}
		select {
		case <-d.exchange.Moved():
		case <-d.gone():
			return d.died(topic)
		case <-d.exchange.Lost():
			return d.exchange.Err()
		case <-d.ctx.Done():
			return d.ctx.Err()
		case <-timer.C:
			return d.late(topic, missing, time.Since(started))
		}
	}
}

// missing are the names of those who are not done.
func (d *remote) missing(done func(*client) bool) string {
	var names []string
	for _, c := range d.clients {
		if !done(c) {
			names = append(names, c.name)
		}
	}
	return strings.Join(names, ", ")
}

// gone is closed when the program that was started has ended; nobody's end is told where none was.
func (d *remote) gone() <-chan struct{} {
	if d.proc == nil {
		return nil
	}
	return d.proc.gone
}

func (d *remote) died(topic string) error {
	f := d.proc.died()
	f.Topic = topic
	return f
}

// late says whom the hub has waited for in vain.
func (d *remote) late(topic, missing string, waited time.Duration) *Fault {
	within := d.limits.Deadline
	if topic == TopicJoin {
		within = d.joining
	}
	f := &Fault{Code: Timeout, Topic: topic, Client: missing, What: fmt.Sprintf("no answer within %s", within)}
	switch {
	case d.proc != nil && d.proc.killedFor() != nil:
		return d.proc.killedFor()
	case topic == TopicAck && d.spent+waited >= d.limits.Run:
		f.What = fmt.Sprintf("the answers of the run took more than %s together", d.limits.Run)
	case topic == TopicAck:
		f.What += "; it may not have heard all that the tick's manifest names"
	}
	return f
}

// take takes in what programs have said.
func (d *remote) take() error {
	list, flood := d.exchange.Take()
	if flood {
		return &Fault{Code: Flood, What: "more was said than may wait"}
	}
	for _, m := range list {
		if err := d.one(m); err != nil {
			return err
		}
	}
	return nil
}

func (d *remote) one(m mqtt.Said) error {
	if len(m.Payload) > d.limits.AnswerBytes {
		return &Fault{Code: Flood, Topic: m.Branch, What: fmt.Sprintf("a message has more than %d bytes", d.limits.AnswerBytes)}
	}
	name, keys, fault := readSender(m.Payload)
	if fault != nil {
		return fault.by(m.Branch, "")
	}
	c := d.client(name)
	if c == nil {
		d.log.say("somebody called %s answers on %s, and is not one of those who were asked", shown([]byte(name)), m.Branch)
		return nil
	}
	again, fault := c.take(m, keys)
	if fault != nil {
		return fault.by(m.Branch, c.name)
	}
	d.extra += again
	if c.joined && !c.welcomed {
		c.welcomed = true
		return d.welcome(c)
	}
	return nil
}

func (d *remote) client(name string) *client {
	for _, c := range d.clients {
		if c.name == name {
			return c
		}
	}
	return nil
}

// Close tells the programs that the run is over, ends the one that was started, and gives the others time to hear it and go.
func (d *remote) Close() error {
	if !d.parted {
		d.part()
	}
	if d.proc != nil {
		d.proc.close()
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(d.ctx), parting)
	defer cancel()
	d.meeting.Left(ctx)
	d.exchange.Close()
	d.meeting.Close()
	return nil
}

// part says farewell.
func (d *remote) part() {
	d.parted = true
	reason := ""
	if d.failed != nil {
		reason = d.failed.Error()
	}
	text, err := json.Marshal(Bye{Reason: reason})
	if err != nil {
		return // it is a text
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(d.ctx), parting)
	defer cancel()
	_ = d.exchange.Say(ctx, mqtt.BranchBye, text) // whoever does not hear it finds the broker gone
	if d.extra > 0 {
		d.log.say("%d copies that the transport made were dropped", d.extra)
	}
	if d.failed == nil {
		d.failed = errors.New("detector_closed: the run is over")
	}
}
