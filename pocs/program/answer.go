package program

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"sealab/pocs"
)

// mostWhy is the longest reason of a finding, in characters.
const mostWhy = 2000

// kindForm is how an offence is named: it goes into tables, queries and terminals.
var kindForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)

// Answer is the program's answer to a batch.
type Answer struct {
	Tick     int64     `json:"tick" doc:"of the batch that is answered"`
	Findings []Finding `json:"findings" doc:"what it has to say after this batch; an empty list where there is nothing"`
}

// Finding is what a program says about a container.
type Finding struct {
	Container string   `json:"container" doc:"number of a container that some message was about"`
	Kind      string   `json:"kind" doc:"the offence, such as bolt_cut (sealab list attacks): small letters, digits and _"`
	Level     int      `json:"level" doc:"how sure, from 0 to 1000"`
	Why       string   `json:"why,omitempty" doc:"for an officer, in words, at most 2000 characters"`
	Basis     []uint64 `json:"basis,omitempty" doc:"numbers (n) of the events that it rests on, first the one that set it off"`
}

// readAnswer parses the answer to the batch of a tick.
func readAnswer(line []byte, tick int64) ([]pocs.Finding, *Fault) {
	var keys map[string]json.RawMessage
	if fault := object(line, "", &keys); fault != nil {
		return nil, fault
	}
	var got int64
	if fault := need(keys, "", "tick", "the batch's tick, a whole number", &got); fault != nil {
		return nil, fault
	}
	if got != tick {
		return nil, wrong("tick", "is %d, must be %d, that of the batch", got, tick)
	}
	var list []json.RawMessage
	if fault := need(keys, "", "findings", "a list, empty where there is nothing to say", &list); fault != nil {
		return nil, fault
	}
	var said []pocs.Finding
	for i, text := range list {
		f, fault := readFinding(text, fmt.Sprintf("findings[%d]", i))
		if fault != nil {
			return nil, fault
		}
		said = append(said, f)
	}
	return said, nil
}

func readFinding(text []byte, where string) (f pocs.Finding, fault *Fault) {
	var keys map[string]json.RawMessage
	if fault = object(text, where, &keys); fault != nil {
		return f, fault
	}
	base := ""
	if where != "" {
		base = where + "."
	}
	for _, part := range []struct {
		key, want string
		into      any
	}{{"container", "a text", &f.Container}, {"kind", "a text", &f.Kind}, {"level", "a whole number from 0 to 1000", &f.Level}} {
		if fault = need(keys, base, part.key, part.want, part.into); fault != nil {
			return f, fault
		}
	}
	if text, ok := keys["why"]; ok && fault == nil {
		fault = read(text, base+"why", "a text", &f.Why)
	}
	if text, ok := keys["basis"]; ok && fault == nil {
		fault = read(text, base+"basis", "a list of whole numbers", &f.Basis)
	}
	if fault != nil {
		return f, fault
	}
	f.Why = strings.Map(printing, f.Why)
	return f, checkFinding(&f, base)
}

// printing turns what would move a terminal's cursor into blanks.
func printing(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

// checkFinding looks at what JSON's types do not say.
func checkFinding(f *pocs.Finding, base string) *Fault {
	switch {
	case f.Container == "":
		return wrong(base+"container", "is empty")
	case !kindForm.MatchString(f.Kind):
		return wrong(base+"kind", "is %s, must be a letter from a to z and then at most 63 letters, digits and _", shown([]byte(f.Kind)))
	case f.Level < 0 || f.Level > 1000:
		return wrong(base+"level", "is %d, must be a whole number from 0 to 1000", f.Level)
	case utf8.RuneCountInString(f.Why) > mostWhy:
		return wrong(base+"why", "is longer than %d characters", mostWhy)
	}
	return nil
}
