// The truth of a world as it lies in a dataset: truth.json, what a judge may know and no detector may.

package dataset

import (
	"encoding/json"
	"io"
	"time"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/files"
)

// TruthKind says what kind of file it is.
const TruthKind = "sealab truth"

// truthHead is what truth.json says before its lists.
type truthHead struct {
	Version     int          `json:"v"`
	Kind        string       `json:"kind"`
	Challenge   string       `json:"challenge"`
	Scenario    string       `json:"scenario"`
	Seed        uint64       `json:"seed"`
	WorldDigest string       `json:"world_digest"`
	Terms       termsJSON    `json:"terms"`
	Start       files.Moment `json:"start"`
	End         files.Moment `json:"end"`
	SealDays    float64      `json:"seal_days"`
}

// termsJSON are the terms of judging; windows below rest on grace_h.
type termsJSON struct {
	GraceH      float64  `json:"grace_h"`
	BaseRate    float64  `json:"base_rate"`    // attacks per 10,000 trips
	FlowPerDay  float64  `json:"flow_per_day"` // trips
	CheckCost   *float64 `json:"check_cost"`
	CheckCO2eKg *float64 `json:"check_co2e_kg"`
}

// incidentJSON is an incident with its window: a finding within it, both ends taken in, hits. Null where nothing shows
// the incident, or where it is a look-alike.
type incidentJSON struct {
	files.Incident
	WindowStart files.Moment `json:"window_start"`
	WindowEnd   files.Moment `json:"window_end"`
}

// TruthFile is what is needed to write a truth: it, and whose it is.
type TruthFile struct {
	Challenge, Scenario string
	Seed                uint64
	WorldDigest         string
	Terms               pocs.Terms
	sim.Truth
}

// Write writes truth.json: an object, with each incident and each trip on a line of its own.
func (t *TruthFile) Write(to io.Writer) error {
	w := lines{to: to}
	w.open(truthHead{Version, TruthKind, t.Challenge, t.Scenario, t.Seed, t.WorldDigest, termsJSON{t.Terms.Grace.Hours(), t.Terms.BaseRate,
		t.Terms.FlowPerDay, t.Terms.CheckCost, t.Terms.CheckCO2eKg}, files.At(t.Start), files.At(t.End), t.SealDays})
	w.list("incidents", len(t.Incidents), func(i int) any { return incidentOf(&t.Incidents[i], t.Terms.Grace) })
	trips := files.TruthOf(&sim.Truth{Trips: t.Trips}).Trips
	w.list("trips", len(trips), func(i int) any { return trips[i] })
	w.put([]byte("\n}\n"))
	return w.err
}

func incidentOf(in *sim.Incident, grace time.Duration) incidentJSON {
	out := incidentJSON{Incident: files.IncidentOf(in)}
	if out.Params == nil {
		out.Params = map[string]float64{}
	}
	if in.Hostile && in.Heard() {
		window := pocs.WindowOf(in, grace)
		out.WindowStart, out.WindowEnd = files.At(window.Opens), files.At(window.Closes)
	}
	return out
}

// lines writes an object whose lists have a line for each entry. The first error stays.
type lines struct {
	to  io.Writer
	err error
}

func (l *lines) put(b []byte) {
	if l.err == nil {
		_, l.err = l.to.Write(b)
	}
}

// open begins with the fields of head.
func (l *lines) open(head any) {
	b, err := json.MarshalIndent(head, "", " ")
	if err != nil {
		l.err = err
		return
	}
	l.put(b[:len(b)-2]) // without the line break and the bracket at its end
}

func (l *lines) list(key string, n int, entry func(int) any) {
	l.put([]byte(",\n " + `"` + key + `": [`))
	for i := range n {
		b, err := json.Marshal(entry(i))
		if err != nil && l.err == nil {
			l.err = err
		}
		between := ",\n  "
		if i == 0 {
			between = "\n  "
		}
		l.put(append([]byte(between), b...))
	}
	l.put([]byte("\n ]"))
}
