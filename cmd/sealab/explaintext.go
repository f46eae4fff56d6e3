//go:build !js

// Messages of an explanation, as JSON and in words.

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"sealab/pocs"
	"sealab/sim/seal"
)

// messageJSON is one message of an explanation, with the bytes that were sent.
type messageJSON struct {
	N       uint64          `json:"n"`
	At      time.Time       `json:"at"` // heard
	Kind    string          `json:"kind"`
	What    string          `json:"what"`
	Trigger bool            `json:"trigger,omitempty"`
	Attack  string          `json:"attack,omitempty"` // the attack that shows in it
	Alike   string          `json:"lookalike,omitempty"`
	Topic   string          `json:"topic"`
	Payload json.RawMessage `json:"payload"`
}

type differenceJSON struct {
	Field  string `json:"field"`
	Heard  string `json:"heard"`
	Honest string `json:"honest"`
}

func messagesOf(list []pocs.Delivery) []messageJSON {
	out := make([]messageJSON, len(list))
	for i := range list {
		d := &list[i]
		m := messageJSON{N: d.N, At: d.At.UTC(), Kind: d.Kind, What: d.Kind, Attack: d.Attack, Alike: d.Alike, Topic: d.Topic,
			Payload: json.RawMessage(d.JSON)}
		switch {
		case d.Reading != nil:
			m.What = seal.Format(seal.MsgKind, d.Reading.Val[seal.MsgKind])
			if code, ok := d.Reading.Get(seal.Code); ok {
				m.What += " " + seal.Format(seal.Code, code)
			}
		case d.Notice != nil:
			m.What = d.Notice.What.String()
		}
		if d.JSON == "" {
			m.Payload = json.RawMessage("null")
		}
		out[i] = m
	}
	return out
}

// differencesOf sets the first message against the honest twin's; nil where there is none to compare with.
func differencesOf(s *pocs.Sighting) []differenceJSON {
	if s.Honest == nil {
		return nil
	}
	out := []differenceJSON{}
	text := func(r *seal.Reading, f seal.Field) string {
		if v, ok := r.Get(f); ok {
			return seal.Format(f, v)
		}
		return "null"
	}
	for _, f := range pocs.Differences(s.First.Reading, s.Honest) {
		out = append(out, differenceJSON{seal.Fields[f].Path, text(s.First.Reading, f), text(s.Honest, f)})
	}
	return out
}

func printExplained(w io.Writer, x *explainedJSON) error {
	fmt.Fprintf(w, "%s: %s on %s, level %d, %s\n%s\n", harmless(x.PoC), harmless(x.Kind), harmless(x.Container), x.Level, minute(x.At), harmless(x.Why))
	if x.Sort != "" {
		fmt.Fprintf(w, "judged: %s%s\n", x.Sort, of(x.Incident))
	}
	switch {
	case !x.Says:
		fmt.Fprintf(w, "\n%s does not say what this rests on; since it last spoke of the container it had heard:\n", harmless(x.PoC))
	case len(x.Messages) == 0:
		fmt.Fprintf(w, "\nIt rests on no message.\n")
	default:
		fmt.Fprintf(w, "\nIt rests on (* set it off):\n")
	}
	return printMessages(w, x.Messages, x.LeftOut, func(m *messageJSON) bool { return m.Trigger })
}

// printFirst says how an incident was first heard.
func printFirst(w io.Writer, x *seenJSON) {
	switch {
	case x.HeardAt == nil:
		fmt.Fprintf(w, "No message shows it: nobody can find it, and it is counted apart.\n")
	case x.First == nil:
		fmt.Fprintf(w, "First heard %s, by a report that was due and did not come.\n", minute(*x.HeardAt))
	default:
		if x.Missed {
			fmt.Fprintf(w, "First heard %s, by a report that was due and did not come; then %s, in %s; ", minute(*x.HeardAt), minute(x.First.At), x.First.What)
		} else {
			fmt.Fprintf(w, "First heard %s, in %s; ", minute(*x.HeardAt), x.First.What)
		}
		fmt.Fprintf(w, "%d messages show it by %s.\n", x.Shown, minute(x.Closes))
		switch {
		case x.Differs != nil && len(x.Differs) == 0 && x.Hostile:
			fmt.Fprintf(w, "An honest seal would have sent the same, but for its counters: or it is an old message, sent again.\n")
		case x.Differs == nil && x.Hostile:
			fmt.Fprintf(w, "An honest seal would have said nothing then.\n")
		}
		for _, d := range x.Differs {
			fmt.Fprintf(w, "  %-18s %s, of an honest seal %s\n", d.Field, d.Heard, d.Honest)
		}
	}
}

func printSeen(w io.Writer, x *seenJSON) error {
	fmt.Fprintf(w, "%s on %s, %s to %s\n", harmless(x.Kind), harmless(x.Container), minute(x.Start), minute(x.End))
	printFirst(w, x)
	fmt.Fprintf(w, "\n%s said of this container, from a day before to a day after:\n", harmless(x.PoC))
	for _, f := range x.Said {
		fmt.Fprintf(w, "  %s  finding %d, %s, level %d, %s%s: %s\n", minute(f.At), f.Finding, harmless(f.Kind), f.Level, f.Sort, of(f.Incident),
			harmless(f.Why))
	}
	if len(x.Said) == 0 {
		fmt.Fprintf(w, "  nothing\n")
	}
	for _, o := range x.Others {
		said := "missed it"
		if o.Found {
			said = "found it after " + delayText(*o.DelayS)
		}
		fmt.Fprintf(w, "%s (%s) %s\n", harmless(o.PoC), o.Run, said)
	}
	fmt.Fprintf(w, "\nHeard from two hours before to the window's end (* shows it):\n")
	return printMessages(w, x.Around, x.LeftOut, func(m *messageJSON) bool { return m.Attack == x.ID || m.Alike == x.ID })
}

// printMessages prints a line a message; what is marked bears a star.
func printMessages(w io.Writer, list []messageJSON, left int, marked func(*messageJSON) bool) error {
	for i := range list {
		star := " "
		if marked(&list[i]) {
			star = "*"
		}
		fmt.Fprintf(w, "%s %s  %-28s %s\n", star, list[i].At.Format("2006-01-02 15:04:05"), list[i].What, list[i].Payload)
	}
	if left > 0 {
		fmt.Fprintf(w, "  and %d more\n", left)
	}
	return nil
}

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") }

// of names an incident behind a judgement, where there is one.
func of(incident string) string { return strings.TrimSuffix(" of "+harmless(incident), " of ") }
