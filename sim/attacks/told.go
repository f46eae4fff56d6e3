package attacks

import (
	"time"

	"sealab/sim/seal"
)

// This file is the published form of a trace: what `sealab trace KIND --json` and the API give.

// Told is a trace for other programs. Times are in RFC 3339, of the world.
type Told struct {
	Kind      string             `json:"kind"`
	Hostile   bool               `json:"hostile"`
	Stage     string             `json:"stage" doc:"by what the goods travel" enum:"road,rail,sea"`
	Seed      uint64             `json:"seed"`
	Seal      string             `json:"seal"`
	Container string             `json:"container"`
	Trip      string             `json:"trip"`
	Start     time.Time          `json:"start" doc:"of the act"`
	End       time.Time          `json:"end"`
	HeardAt   time.Time          `json:"heard_at" doc:"end of the tick in which it was heard first"`
	WindowTo  time.Time          `json:"window_to" doc:"a finding serves it from heard_at to here"`
	Params    map[string]float64 `json:"params" doc:"how it was done"`
	Messages  []TraceRow         `json:"messages" doc:"before, during and after the act"`
}

// TraceRow is one message, or one that did not come.
type TraceRow struct {
	Made    time.Time    `json:"made" doc:"true time at which it was made; of a notice, at which it was heard"`
	Heard   *time.Time   `json:"heard" doc:"null: never"`
	What    string       `json:"what" doc:"tele, birth, … or the event's code; of a notice what it says"`
	Twin    string       `json:"twin" enum:"same,follows,differs,extra,again,missing" doc:"how it stands to what the honest twin sends at that moment, a report of another rhythm to the nearest: the same; the same but for counters, charge and rounding; otherwise; the twin sends nothing; it was heard before; the twin sends it and it never came"`
	Foreign bool         `json:"foreign,omitempty" doc:"another device sent it under the same id"`
	Fields  []TraceField `json:"fields" doc:"that differ"`
}

// TraceField is one field that differs.
type TraceField struct {
	Path   string `json:"path"`
	Value  string `json:"value" doc:"with its unit"`
	Honest string `json:"honest" doc:"the honest twin's; of a message that it does not send, the one it sent last before"`
}

// Told writes the trace for other programs.
func (t *Trace) Told() *Told {
	in := &t.Incident
	out := &Told{Kind: t.Kind.Name, Hostile: in.Hostile, Stage: t.Stage, Seed: t.Seed, Seal: in.Seal, Container: in.Container,
		Trip: in.Trip, Start: in.Start, End: in.End, HeardAt: in.HeardAt, WindowTo: t.Closes, Params: in.Params,
		Messages: make([]TraceRow, len(t.Rows))}
	if out.Params == nil {
		out.Params = map[string]float64{}
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		row := TraceRow{Made: r.Made, What: r.What, Twin: string(r.Sort), Foreign: r.Foreign, Fields: make([]TraceField, len(r.Fields))}
		if !r.Heard.IsZero() {
			row.Heard = &r.Heard
		}
		for k, f := range r.Fields {
			row.Fields[k] = TraceField{seal.Fields[f].Path, Value(r.Reading, f), Value(r.Honest, f)}
		}
		out.Messages[i] = row
	}
	return out
}
