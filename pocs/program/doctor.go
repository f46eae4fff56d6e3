package program

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"sealab/pocs"
	"sealab/sim/event"
	"sealab/sim/exact"
	"sealab/sim/mqtt"
)

// Examination is what one way of talking with a program showed.
type Examination struct {
	Name     string `json:"name"`
	Doc      string `json:"doc"`
	Form     string `json:"form,omitempty"` // in which it was talked with; empty: it did not get so far
	Batches  int    `json:"batches"`        // answered
	Events   int    `json:"events"`         // told
	Findings int    `json:"findings"`
	Fault    *Fault `json:"fault,omitempty"`
	After    string `json:"after,omitempty"` // the line that the faulty answer was to, cut short
}

// Examine talks with a program as a run would, with good and with odd input, each time started anew. good gives the
// batches of a world, the same ones each time. yield is told of each examination when it is over; after a fault without
// which nothing more can be learnt, no other follows.
func Examine(ctx context.Context, c *Command, cfg Config, good func() iter.Seq[event.Batch], yield func(Examination)) error {
	d := doctor{ctx: ctx, command: c, cfg: cfg, good: good}
	switch {
	case d.cfg.Link != nil:
		d.cfg.Forms = []string{Messages}
	case d.cfg.Forms == nil:
		d.cfg.Forms = Forms
	}
	first := d.session("greeting", "hello, and a batch in which nothing was heard", d.cfg.Forms, plain, nothing)
	yield(first)
	if first.Fault != nil || ctx.Err() != nil {
		return ctx.Err()
	}
	said := map[string]string{}
	for _, form := range d.cfg.Forms {
		x := d.session("a world, "+form, "what seals and Customs say in a simulated world", []string{form}, plain, d.world)
		if x.Fault != nil && x.Form == "" && form != first.Form {
			continue // it knows one form and says so: that is enough
		}
		yield(x)
		if x.Fault != nil && x.Fault.Code == Timeout {
			return ctx.Err() // each further examination would wait as long
		}
		said[form] = d.said
	}
	if a, b := said[Rows], said[Columns]; len(said) == 2 && a != b {
		yield(differ("both forms", "the same world must be answered the same in rows and columns", ". In rows: %s; in columns: %s", a, b))
	}
	again := d.session("again", "the same world once more: the same must be said", []string{first.Form}, plain, d.world)
	if again.Fault == nil && d.said != said[first.Form] {
		again = differ(again.Name, again.Doc, ": it draws from other dice than dice_seed, or looks at a clock. First: %s; then: %s", said[first.Form], d.said)
	}
	yield(again)
	yield(d.session("odd messages", "messages that lack fields, hold their extremes, or come twice and late", []string{first.Form}, plain, oddities))
	yield(d.session("a crowd", "a batch of 5,000 events", []string{first.Form}, plain, crowd))
	yield(d.session("a newer Sealab", "keys that this version of the protocol does not know yet", []string{first.Form}, newer, oddities))
	return ctx.Err()
}

// doctor holds what examinations share.
type doctor struct {
	ctx     context.Context
	command *Command
	cfg     Config
	good    func() iter.Seq[event.Batch]
	said    string // everything that the program said in the last session
}

func (d *doctor) world(yield func(event.Batch) bool) {
	left := 100 // batches: enough to hear of every seal and of some hours
	for b := range d.good() {
		if left--; left < 0 || !yield(b) {
			return
		}
	}
}

// differ is a fault that shows only when two sessions are laid side by side.
func differ(name, doc, how, a, b string) Examination {
	a, b = firstOther(a, b)
	return Examination{Name: name, Doc: doc, Fault: &Fault{Code: Garbage, Topic: TopicAnswer, Field: "findings",
		What: "the same was answered otherwise" + fmt.Sprintf(how, a, b)}}
}

// firstOther gives the first line in which two texts differ.
func firstOther(a, b string) (lineA, lineB string) {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	start := 0
	for k := range i {
		if a[k] == '\n' {
			start = k + 1
		}
	}
	line := func(s string) string {
		s = s[min(start, len(s)):]
		if end := slices.Index([]byte(s), '\n'); end >= 0 {
			s = s[:end]
		}
		if s == "" {
			return "nothing"
		}
		return s
	}
	return line(a), line(b)
}

// session talks with the program once. dress may change each line before it is sent.
func (d *doctor) session(name, doc string, forms []string, dress func([]byte) []byte, batches iter.Seq[event.Batch]) Examination {
	x := Examination{Name: name, Doc: doc}
	d.said = ""
	cfg := d.cfg
	cfg.Forms = forms
	det, err := d.begin(cfg, dress)
	if err != nil {
		x.Fault = &Fault{Code: Died, Topic: TopicHello, What: "it cannot be started: " + err.Error()}
		return x
	}
	for b := range batches {
		said, err := det.Step(b)
		if err != nil {
			if !errors.As(err, &x.Fault) {
				x.Fault = &Fault{Code: Died, What: err.Error()}
			}
			x.After = det.last()
			break
		}
		x.Batches, x.Events, x.Findings = x.Batches+1, x.Events+len(b.Events), x.Findings+len(said)
		for _, f := range said {
			d.said += fmt.Sprintf("tick %d: %s %s %d\n", b.Tick, f.Container, f.Kind, f.Level)
		}
	}
	x.Form = det.form()
	if x.Fault == nil {
		x.Fault = det.farewell()
	}
	_ = det.Close() // it is over either way
	return x
}

// patient is a program that the doctor talks with, over pipes or over MQTT.
type patient interface {
	pocs.Detector
	io.Closer
	form() string     // in which it is talked with; empty: it has not got so far
	last() string     // what was told last, cut short
	farewell() *Fault // the end: the program is to end by itself
}

func (d *doctor) begin(cfg Config, dress func([]byte) []byte) (patient, error) {
	setup := pocs.Setup{Dice: exact.NewDice(1, "doctor")}
	if cfg.Link != nil {
		return invite(d.ctx, d.command, []string{d.command.client()}, &setup, cfg, dress)
	}
	proc, err := start(d.ctx, d.command, &d.cfg, "")
	if err != nil {
		return nil, err
	}
	det := newDetector(proc, hello(&cfg, &setup), cfg)
	det.dress = dress
	return det, nil
}

func (d *detector) form() string {
	if d.coder == nil {
		return ""
	}
	return d.coder.form()
}

func (d *detector) last() string     { return clipped(d.buf) }
func (d *detector) farewell() *Fault { return d.proc.farewell() }

func (d *remote) form() string {
	if d.missing(func(c *client) bool { return c.ready }) != "" {
		return ""
	}
	return Messages
}

func (d *remote) last() string {
	if c := d.clients[0]; c.begun {
		return fmt.Sprintf("the manifest of tick %d", c.tick)
	}
	return ""
}

// farewell says bye, and wants the program to end by itself, in peace.
func (d *remote) farewell() *Fault {
	const topic = mqtt.BranchBye
	d.part()
	if !wait(d.proc.gone, parting) {
		f := &Fault{Code: Timeout, Topic: topic, What: fmt.Sprintf("it does not end within %s after the run's last word", parting)}
		d.proc.kill(f)
		return d.proc.killedFor()
	}
	if cause := d.proc.killedFor(); cause != nil {
		return cause.at(topic, 0)
	}
	if !d.proc.cmd.ProcessState.Success() {
		f := d.proc.died()
		f.Topic = topic
		return f
	}
	return nil
}

// clipped is the beginning of a line.
func clipped(line []byte) string {
	const most = 200
	text := strings.TrimSpace(string(line))
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}

// farewell ends the input and wants the program to end by itself, in peace and without another word.
func (p *process) farewell() *Fault {
	_ = p.in.Close()
	const topic = "end of input"
	timer := time.NewTimer(parting)
	defer timer.Stop()
	select {
	case line, more := <-p.lines:
		if more {
			p.read++
			return (&Fault{Code: Garbage, What: "nobody asked for it: " + shown(line)}).at(topic, p.read)
		}
	case <-timer.C:
		f := &Fault{Code: Timeout, Topic: topic, What: fmt.Sprintf("it does not end within %s when its standard input does", parting)}
		select {
		case <-p.gone:
			f.What = "it has ended, but something that it started still holds its standard output"
		default:
		}
		p.kill(f)
		return p.killedFor()
	}
	switch {
	case p.killedFor() != nil:
		return p.killedFor().at(topic, 0)
	case !wait(p.gone, parting):
		return &Fault{Code: Timeout, Topic: topic, What: "it closes its standard output and goes on"}
	case !p.cmd.ProcessState.Success():
		f := p.died()
		f.Topic = topic
		return f
	}
	return nil
}

// plain leaves a line as it is.
func plain(line []byte) []byte { return line }

// newer adds what a later version of the protocol might: keys of every sort, in the message and in each row of it.
func newer(line []byte) []byte {
	var message map[string]any
	if err := json.Unmarshal(line, &message); err != nil {
		return line // it is ours, and JSON
	}
	strange := map[string]any{"deep": []any{1, nil, "text", map[string]any{}}}
	if rows, ok := message["events"].([]any); ok {
		for _, row := range rows {
			row.(map[string]any)["x_new"] = strange
		}
	}
	for _, k := range Kinds {
		if columns, ok := message[k.Name].(map[string]any); ok {
			columns["x_new"] = columns["n"]
		}
	}
	message["x_new"] = strange
	out, err := json.Marshal(message)
	if err != nil {
		return line
	}
	return append(out, '\n')
}

// nothing is an hour in which nothing was heard.
func nothing(yield func(event.Batch) bool) { yield(event.Batch{Tick: 60, Now: oddNow}) }
