package program

import (
	"encoding/json"
	"errors"
	"fmt"

	"sealab/pocs"
	"sealab/sim/event"
)

// detector is a program in a run. Its Close ends the program.
type detector struct {
	proc   *process
	hello  Hello
	forms  []string
	limits Limits
	coder  *encoder // nil until it is ready
	buf    []byte
	heard  containers
	said   int
	failed error
	dress  func([]byte) []byte // changes each line before it is sent: the doctor's; nil: nobody
}

func newDetector(proc *process, h Hello, cfg Config) *detector {
	return &detector{proc: proc, hello: h, forms: cfg.Forms, limits: cfg.Limits, heard: containers{}}
}

// Step hands over a batch, the greeting before the first one, and takes the answer. A program that has failed once is
// not asked again.
func (d *detector) Step(b event.Batch) ([]pocs.Finding, error) {
	if d.failed != nil {
		return nil, d.failed
	}
	said, fault := d.step(b)
	if fault != nil {
		fault = d.proc.floodOr(fault)
		d.failed = fault
		d.proc.kill(fault)
		return nil, d.failed
	}
	return said, nil
}

func (d *detector) step(b event.Batch) ([]pocs.Finding, *Fault) {
	if d.coder == nil {
		if fault := d.greet(); fault != nil {
			return nil, fault
		}
	}
	d.heard.hear(b)
	d.buf = d.coder.batch(d.buf[:0], b)
	line, fault := d.tell(d.buf)
	if fault != nil {
		return nil, fault.at(TopicAnswer, d.proc.lineOf(fault))
	}
	said, fault := readAnswer(line, b.Tick)
	if fault == nil {
		fault = d.check(said)
	}
	if fault != nil {
		return nil, fault.at(TopicAnswer, d.proc.read)
	}
	return said, nil
}

// greet says hello and takes down what the program wants to hear.
func (d *detector) greet() *Fault {
	text, err := json.Marshal(d.hello)
	if err != nil { // a parameter that is no number
		return &Fault{Code: Garbage, Topic: TopicHello, What: err.Error()}
	}
	line, fault := d.tell(append(text, '\n'))
	if fault != nil {
		return fault.at(TopicReady, d.proc.lineOf(fault))
	}
	r, fault := readReady(line, d.forms)
	if fault != nil {
		return fault.at(TopicReady, d.proc.read)
	}
	d.coder = newEncoder(r)
	return nil
}

// tell sends a line and waits for the answer.
func (d *detector) tell(line []byte) ([]byte, *Fault) {
	if d.dress != nil {
		line = d.dress(line)
	}
	return d.proc.exchange(line)
}

// lineOf is the line that a fault in an exchange is about: one that was read, or none.
func (p *process) lineOf(f *Fault) int {
	if f.Code == Garbage {
		return p.read
	}
	return 0
}

// check holds findings against what was heard and against the limits.
func (d *detector) check(said []pocs.Finding) *Fault {
	if fault := d.heard.check(said); fault != nil {
		return fault
	}
	if d.said += len(said); d.said > d.limits.Findings {
		return &Fault{Code: Flood, What: fmt.Sprintf("it has made more than %d findings in this run", d.limits.Findings)}
	}
	return nil
}

// Close ends the program.
func (d *detector) Close() error {
	if d.failed == nil {
		d.failed = errors.New("detector_closed: the run is over")
	}
	d.proc.close()
	return nil
}
