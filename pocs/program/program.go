// Package program is a detector in any language: a process that Sealab starts, tells what is heard, and asks what it
// finds, one line of JSON each way, tick by tick. Or the same over MQTT (Link), where somebody else may have started it
// (Joined), and where a run may also go by the clock.
//
// It goes in lockstep: the program hears a batch and answers it before the world goes on, so that how long it takes is
// in no digest. To the rest of the house it is a pocs.Detector like any other. What it says is hostile until parsed, and
// what it does is watched: each answer has a deadline, memory, processes and output have limits, and a program that
// breaks one is killed with everything it started; the run fails with one of the reason codes of Reasons. That guards
// against accidents and not against malice: a program runs with the rights of whoever started Sealab.
//
// The clocks behind the deadlines live here. Page writes down the whole protocol.
package program

import (
	"context"
	"fmt"
	"io"
	"time"

	"sealab/pocs"
	"sealab/sim/event"
)

// Version is the number of the protocol.
const Version = 1

// The forms of a batch.
const (
	Rows    = "rows"    // an object for each event
	Columns = "columns" // an array for each field
)

// Forms are the forms of a batch, the one to be preferred by a program that knows both first.
var Forms = []string{Columns, Rows}

// Limits bound what a program may take. Each is above 0.
type Limits struct {
	Deadline     time.Duration // for each answer, the first among them
	Run          time.Duration // for all answers of a run together
	MemoryBytes  int64         // resident, of the program and all that it started; what they share counts for each
	Processes    int           // at a time, the program among them
	AnswerBytes  int           // of a line
	LogBytes     int64         // on stderr in a run
	Findings     int           // in a run
	ScratchBytes int64         // in its scratch folder, where it has one
}

// DefaultLimits are those where nobody said otherwise.
func DefaultLimits() Limits {
	return Limits{Deadline: 10 * time.Second, Run: time.Hour, MemoryBytes: 2 << 30, Processes: 64,
		AnswerBytes: 4 << 20, LogBytes: 16 << 20, Findings: 200_000, ScratchBytes: 256 << 20}
}

// Config says how a program is run.
type Config struct {
	Challenge string
	Forms     []string // offered to it, of Forms; nil: all
	Limits    Limits
	Link      *Link     // over MQTT; nil: over pipes
	Log       io.Writer // takes its stderr; nil: nobody reads it. It must bear writes from several runs at a time
	Scratch   bool      // run it in a fresh folder of its own, also its home, which is thrown away after the run
	Warden    *Warden   // ends it when we are killed; nil: nobody
}

// PoC makes a proof of concept of a program. It is named after the program's main file and the content of its files, so
// that a run's record tells two versions of it apart. Each run starts it anew, in the caller's folder unless cfg says
// otherwise; where it cannot be started, or its files have changed since, the run fails. When ctx ends, whatever of it
// runs is killed.
func PoC(ctx context.Context, c *Command, cfg Config) pocs.PoC {
	if cfg.Forms == nil {
		cfg.Forms = Forms
	}
	return pocs.PoC{
		Name: c.Name(), Challenge: cfg.Challenge,
		Doc: cfg.doc(c),
		New: func(s pocs.Setup) (pocs.Detector, error) {
			if c.changed() {
				return absent{&Fault{Code: Changed, What: "the files of " + c.Line + " are not those that were read when it was named: name it again"}}, nil
			}
			if cfg.Link != nil {
				return meet(ctx, c, []string{c.client()}, &s, cfg)
			}
			proc, err := start(ctx, c, &cfg, "")
			if err != nil {
				return absent{&Fault{Code: Died, Topic: TopicHello, What: "it could not be started: " + err.Error()}}, nil
			}
			return newDetector(proc, hello(&cfg, &s), cfg), nil
		},
	}
}

// doc says what is known of a program, and in what surroundings it runs.
func (cfg *Config) doc(c *Command) string {
	how := "in lockstep over pipes"
	switch {
	case cfg.Link != nil && cfg.Link.Live:
		how = "live over MQTT"
	case cfg.Link != nil:
		how = "in lockstep over MQTT"
	}
	text := "The program " + c.Line + ", played " + how + ". It is known by the content of its files: " + c.Sum + "."
	if cfg.Scratch {
		l := &cfg.Limits
		text += fmt.Sprintf(" The host of this hub allows it. Each run starts it in an empty folder that is thrown away, and ends it when an answer takes "+
			"longer than %s, or when it holds more than %d MiB of memory or %d processes, or writes too much. That guards against accidents and is no "+
			"jail: it has the rights of whoever runs the hub, and may read what they may read and reach what they can reach.",
			l.Deadline, l.MemoryBytes>>20, l.Processes)
	}
	return text
}

// absent is a program that could not be started.
type absent struct{ why *Fault }

// Step says why.
func (a absent) Step(event.Batch) ([]pocs.Finding, error) { return nil, a.why }
