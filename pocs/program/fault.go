package program

import (
	"fmt"
	"strings"
)

// Code is why a run failed through its program: the first word of the run's reason.
type Code string

// The reason codes. They do not change, so that a query may ask for them.
const (
	Timeout   Code = "detector_timeout"
	Garbage   Code = "detector_garbage"
	Died      Code = "detector_died"
	Flood     Code = "detector_flood"
	Processes Code = "detector_processes"
	Memory    Code = "detector_memory"
	Container Code = "detector_container"
	Changed   Code = "detector_changed"
)

// Reasons says what each code means, in the order in which the page lists them.
var Reasons = []struct {
	Code Code
	Doc  string
}{
	{Timeout, "an answer did not come within the deadline, or the answers of the run took too long together"},
	{Garbage, "a line is not what was asked for: no JSON, a field that is missing or of the wrong kind, another tick, or a line that nobody asked for"},
	{Died, "the program ended, or closed its standard output, before the run was over"},
	{Flood, "a line, the log, the findings of the run or its scratch folder are longer than allowed"},
	{Processes, "more processes at a time than allowed"},
	{Memory, "the program and what it started hold more memory than allowed"},
	{Container, "a finding names a container that no message heard so far was about"},
	{Changed, "the program's files were changed between the moment when it was named and its run"},
}

// The topics of the protocol: what a line is about.
const (
	TopicHello  = "hello"  // to the program, once
	TopicReady  = "ready"  // its answer
	TopicBatch  = "batch"  // to the program, once a tick
	TopicAnswer = "answer" // its answer
)

// Fault is what a program did wrong.
type Fault struct {
	Code   Code   `json:"code"`
	Topic  string `json:"topic,omitempty"`  // of the line that was read or waited for
	Client string `json:"client,omitempty"` // over MQTT, whose message it was
	Line   int    `json:"line,omitempty"`   // of its standard output, from 1; 0: no line is concerned
	Field  string `json:"field,omitempty"`  // such as "findings[0].level"; empty: the line as a whole
	What   string `json:"what"`
}

// Error reads as one line: the code, where, and what.
func (f *Fault) Error() string {
	var where []string
	if f.Topic != "" {
		where = append(where, f.Topic)
	}
	if f.Client != "" {
		where = append(where, f.Client)
	}
	if f.Line > 0 {
		where = append(where, fmt.Sprintf("line %d", f.Line))
	}
	if f.Field != "" {
		where = append(where, f.Field)
	}
	return string(f.Code) + ": " + strings.Join(append(where, f.What), ": ")
}

// at says where a fault was found.
func (f *Fault) at(topic string, line int) *Fault {
	f.Topic, f.Line = topic, line
	return f
}

// by says on which topic a fault was found, and whose it is.
func (f *Fault) by(topic, client string) *Fault {
	f.Topic, f.Client = topic, client
	return f
}

// wrong is garbage in one field.
func wrong(field, format string, args ...any) *Fault {
	return &Fault{Code: Garbage, Field: field, What: fmt.Sprintf(format, args...)}
}
