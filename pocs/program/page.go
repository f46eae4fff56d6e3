package program

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// Page is the protocol written down, as Markdown: everything that a client in another language needs. Its tables are
// those that the code runs on, its examples are written by the code that writes the lines themselves.
func Page() []byte {
	var b strings.Builder
	limits := DefaultLimits()
	for _, part := range []string{pageStart, "\n## hello\n\n", helloText, fieldsOf(Hello{}), "\nA place has these keys:\n\n", fieldsOf(Place{}),
		"\nand a route these:\n\n", fieldsOf(Leg{}), "\n## ready\n\n", readyText, fieldsOf(Ready{}), "\n## batch\n\n", batchText,
		"\n## answer\n\n", answerText, fieldsOf(Answer{}), "\nA finding has these keys:\n\n", fieldsOf(Finding{}), answerRules,
		"\n## An example\n\n", example(), "\n## Limits\n\n", limitsText(limits), "\n## When it goes wrong\n\n", reasonsText(), overMQTT()} {
		b.WriteString(part)
	}
	for i := range Kinds {
		fmt.Fprintf(&b, "\n## Fields of a %s\n\nA %[1]s is %s.\n\n| field | value | what it is |\n|---|---|---|\n", Kinds[i].Name, Kinds[i].Doc)
		for _, f := range Kinds[i].Fields {
			kind := f.Type
			if f.Unit != "" {
				kind += ", in " + f.Unit
			}
			row(&b, "`"+f.Name+"`", kind, f.Doc)
		}
	}
	return []byte(b.String())
}

const pageStart = `# The Sealab protocol, version 1

A detector is a program in any language. Sealab starts it and talks with it over its standard input and output, in
lockstep: it says what was heard in one tick of the world, and goes on when the program has answered.

    Sealab   hello   →  program      once
    Sealab  ←  ready    program      once
    Sealab   batch   →  program      once a tick
    Sealab  ←  answer   program      to every batch
    …
    Sealab closes the program's standard input, and the program ends.

That is over pipes. Further below stands how the same goes over MQTT, for programs that run elsewhere, and what is otherwise in a
live run.

- Every message is one JSON object in one line of UTF-8 that ends with a line feed. Flush after each line that you write.
  Lines may be long: hello has some 100 kB, and a batch as many events as were heard.
- Standard output belongs to the protocol. Standard error is your log; it is shown and not kept.
- Keys that you do not know are to be ignored: the protocol may grow. Sealab ignores yours likewise.
- Whole numbers stay below 2^53. Times are ms since 1970 UTC. The batch's ` + "`now`" + ` is the only clock, ` + "`dice_seed`" + ` the only
  chance: who looks at another clock or draws otherwise cannot be played again. How long an answer takes is in no result.
- A program sees PATH, HOME and LANG of the environment in which Sealab was started, and runs in the same folder. A variable
  SEALAB_PROGRAM marks it and what it starts: all that bears it is ended with the run.
  Where a hub starts it (` + "`sealab serve --program 'COMMAND'`" + `), it runs in a folder of its own, which is empty, is also its HOME
  and TMPDIR, and is thrown away after the run.

` + "`sealab run --exec 'COMMAND' northern-corridor`" + ` judges a program, ` + "`sealab doctor -- COMMAND`" + ` tries it with good and odd input,
and ` + "`sealab new poc NAME --lang python|javascript|go`" + ` writes one to begin with.
`

const helloText = "What the program is greeted with.\n\n"

const readyText = "The program's answer: how it wants to be told what.\n\n"

const batchText = `What was heard in one tick, that is after the last batch and up to now. A batch comes for every tick in which something
was heard, and at every whole hour (` + "`now % 3600000 == 0`" + `) even if nothing was, so that silence can be noticed.

| key | value | what it is |
|---|---|---|
| ` + "`tick`" + ` | whole number | the batch's number, to be repeated in the answer |
| ` + "`now`" + ` | time in ms since 1970, UTC | the end of the tick; findings are stamped with it |
| ` + "`events`" + ` | list of objects | in the form rows: the events in the order of hearing |
| ` + "`reading`" + `, ` + "`notice`" + ` | object of lists | in the form columns: the events of that kind; left out where there are none |

In the form *rows* an event has ` + "`type`" + `, its kind, ` + "`n`" + `, its number, which rises in the order of hearing, and those of the
fields that were asked for which it has. In the form *columns* a kind has ` + "`n`" + ` and each field as a list, all of equal length,
with null where an event lacks the field; a field that none of them has is left out. The order across kinds is that of ` + "`n`" + `.
Rows are easy, columns cost a program less time to read. The values are the same.

A message may lack any field, say the same twice, come late, or lie: so do seals.
`

const answerText = "What the program has to say after a batch. There is exactly one answer to every batch.\n\n"

const answerRules = `
Findings are stamped with the batch's ` + "`now`" + ` and taken in the order of the list. A hit is worth most at once; every false finding
opens an episode that costs (` + "`sealab list measures`" + `). To say the same again and again is no use.
`

// example is a conversation as it goes over the pipes.
func example() string {
	at := time.UnixMilli(1_772_000_000_000).UTC()
	cut := exampleCut()
	out := &notice.Notice{What: notice.GateOut, TS: at.UnixMilli(), Container: "SLBU1000633", Place: "KEMBA"}
	b := event.Batch{Tick: 29, Now: at.Add(time.Minute), Events: []event.Event{
		{At: at, N: 411, Message: out}, {At: at.Add(time.Second), N: 412, Message: cut}}}
	fields := `{"reading":["container","event.code","env.lux"],"notice":["kind","container","place"]}`
	wanted := map[string][]string{"reading": {"container", "event.code", "env.lux"}, "notice": {"kind", "container", "place"}}
	line := func(form string) string {
		return "    ← " + string(newEncoder(&Ready{Form: form, Fields: wanted}).batch(nil, b))
	}
	return "What the program reads is marked with ←, what it writes with →; the marks are not part of the lines.\n\n" +
		`    ← {"protocol":1,"challenge":"seals","params":{},"dice_seed":42,"forms":["columns","rows"],"kinds":{…},"context":{…}}` + "\n" +
		`    → {"protocol":1,"form":"rows","fields":` + fields + "}\n" + line(Rows) +
		`    → {"tick":29,"findings":[{"container":"SLBU1000633","kind":"bolt_cut","level":950,"why":"The seal says that it was cut.","basis":[412]}]}` +
		"\n\nThe same batch in the form columns:\n\n" + line(Columns)
}

// exampleCut is what a seal says whose bolt is cut.
func exampleCut() *seal.Reading {
	cut := &seal.Reading{Seal: "SLB-00000007", Container: "SLBU1000633"}
	cut.Set(seal.MsgKind, seal.EventMsg)
	cut.Set(seal.Boot, 1)
	cut.Set(seal.Seq, 9)
	cut.Set(seal.TS, 1_772_000_000_000)
	cut.Set(seal.Code, seal.CodeRopeCut)
	cut.Set(seal.Lux, 103)
	return cut
}

func limitsText(l Limits) string {
	return fmt.Sprintf("An answer, the first included, has %s (`--deadline`), all answers of a run together %s. A program may hold, with all "+
		"that it starts, %d MiB of memory (`--memory`) and %d processes, write lines of %d MiB and a log of %d MiB, and make %d findings "+
		"in a run. Beyond that it is killed with everything that it has started. Memory and processes are counted on Linux alone.\n",
		l.Deadline, l.Run, l.MemoryBytes>>20, l.Processes, l.AnswerBytes>>20, l.LogBytes>>20, l.Findings)
}

func reasonsText() string {
	var b strings.Builder
	b.WriteString("A program that breaks the protocol or a limit makes a failed run. Its reason begins with one of these codes; then it says\n" +
		"in which message, in which line of the program's output and in which field the fault is.\n\n| code | why |\n|---|---|\n")
	for _, r := range Reasons {
		row(&b, "`"+string(r.Code)+"`", r.Doc)
	}
	return b.String()
}

// fieldsOf is the table of a message's keys, from its type.
func fieldsOf(message any) string {
	var b strings.Builder
	b.WriteString("| key | value | what it is |\n|---|---|---|\n")
	t := reflect.TypeOf(message)
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous { // its keys have a table of their own
			continue
		}
		name, omit, _ := strings.Cut(f.Tag.Get("json"), ",")
		kind := inWords(f.Type)
		if omit != "" {
			kind += ", may be left out"
		}
		row(&b, "`"+name+"`", kind, f.Tag.Get("doc"))
	}
	return b.String()
}

// inWords says what JSON a Go type becomes.
func inWords(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "text"
	case reflect.Float64:
		return "number"
	case reflect.Slice:
		return "list of: " + inWords(t.Elem())
	case reflect.Bool:
		return "true or false"
	case reflect.Pointer:
		return inWords(t.Elem())
	case reflect.Map:
		return "object, under each name: " + inWords(t.Elem())
	case reflect.Struct:
		return "object"
	}
	return "whole number"
}

func row(b *strings.Builder, cells ...string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}
