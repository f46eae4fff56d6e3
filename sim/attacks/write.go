package attacks

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"sealab/sim/seal"
)

// This file writes a trace out for a reader: as `sealab trace` prints it and the golden traces keep it.

// shownRows is how many rows of a long act are written out: the first ones and the last.
const shownRows = 60

// Text writes the trace out: the truth of the act, then a line for each message.
func (t *Trace) Text() string {
	var b strings.Builder
	in := &t.Incident
	side := "look-alike"
	if in.Hostile {
		side = "attack"
	}
	fmt.Fprintf(&b, "%s (%s), by %s, seed %d\n\n", t.Kind.Name, side, t.Stage, t.Seed)
	fmt.Fprintf(&b, "incident  %s, container %s, trip %s\n", in.ID, in.Container, in.Trip)
	fmt.Fprintf(&b, "act       %s to %s\n", stamp(in.Start), stamp(in.End))
	fmt.Fprintf(&b, "heard     %s\n", stamp(in.HeardAt))
	fmt.Fprintf(&b, "window    %s to %s\n", stamp(t.Opens), stamp(t.Closes))
	fmt.Fprintf(&b, "done      %s\n\n", params(in.Params))
	counts := map[Sort]int{}
	for i := range t.Rows {
		counts[t.Rows[i].Sort]++
	}
	fmt.Fprintf(&b, "%d messages: %d as the honest twin's, %d with an aftermath only, %d that differ, %d that it would not send,\n"+
		"%d heard again, %d that it would have sent and never came\n\n",
		len(t.Rows), counts[Same], counts[Follows], counts[Differs], counts[Extra], counts[Again], counts[Missing])
	fmt.Fprintf(&b, "%-15s %-8s %-25s %-8s %s\n", "made", "heard", "message", "twin", "seal | honest twin; of an extra one, what the twin said last")
	for i := range t.Rows {
		if cut := len(t.Rows) - shownRows; cut > 0 && i >= shownRows-around && i < len(t.Rows)-around {
			if i == shownRows-around {
				fmt.Fprintf(&b, "… %d more\n", cut)
			}
			continue
		}
		t.Rows[i].write(&b)
	}
	return b.String()
}

func (r *Row) write(b *strings.Builder) {
	heard := "never"
	if !r.Heard.IsZero() {
		heard = "+" + span(r.Heard.Sub(r.Made))
	}
	what := r.What
	if r.Foreign {
		what += " (other)"
	}
	line := fmt.Sprintf("%-15s %-8s %-25s %-8s %s", r.Made.Format("01-02 15:04:05"), heard, what, r.Sort, strings.Join(r.words(), ", "))
	b.WriteString(strings.TrimRight(line, " ") + "\n")
}

// words are what is told of a row's fields.
func (r *Row) words() []string {
	var out []string
	for _, f := range r.Fields {
		out = append(out, fmt.Sprintf("%s %s | %s", seal.Fields[f].Path, Value(r.Reading, f), Value(r.Honest, f)))
	}
	return out
}

// Value is a reading's field with its unit; a dash where it is not given.
func Value(r *seal.Reading, f seal.Field) string {
	v, ok := r.Get(f)
	if !ok {
		return "–"
	}
	if seal.Fields[f].Type == seal.FieldTime {
		return time.UnixMilli(v).UTC().Format("01-02 15:04:05")
	}
	return strings.TrimSpace(seal.Format(f, v) + " " + seal.Fields[f].Unit)
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.Format("2006-01-02 15:04:05")
}

// span is a duration to the second, short.
func span(d time.Duration) string {
	d = d.Round(time.Second)
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%ds", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%dm%02ds", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%dh%02dm", int(d.Hours()), int(d.Minutes())%60)
}

// params are how an act was done, names in order, values to three digits after the point.
func params(p map[string]float64) string {
	if len(p) == 0 {
		return "–"
	}
	var out []string
	for _, k := range slices.Sorted(maps.Keys(p)) {
		out = append(out, fmt.Sprintf("%s %.3g", k, p[k]))
	}
	return strings.Join(out, ", ")
}
