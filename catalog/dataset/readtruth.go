// A truth on its way in: read strictly, since a score rests on it.

package dataset

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/event/wire"
)

// MaxTruth is how many bytes a truth may have: that of a month of 100,000 seals has fewer.
const MaxTruth = 512 << 20

// truthIn is a truth whose lists are not read yet.
type truthIn struct {
	Challenge   string            `json:"challenge"`
	Scenario    string            `json:"scenario"`
	Seed        uint64            `json:"seed"`
	WorldDigest string            `json:"world_digest"`
	Terms       *termsJSON        `json:"terms"`
	Start       string            `json:"start"`
	End         string            `json:"end"`
	SealDays    *float64          `json:"seal_days"`
	Incidents   []json.RawMessage `json:"incidents"`
	Trips       []json.RawMessage `json:"trips"`
}

// ReadTruth reads truth.json. Its windows are not asked for: the judge works them out anew.
func ReadTruth(from io.Reader) (*TruthFile, error) {
	text, err := io.ReadAll(io.LimitReader(from, MaxTruth+1))
	if err == nil && len(text) > MaxTruth {
		err = fmt.Errorf("it is longer than %d MB", MaxTruth>>20)
	}
	if err == nil {
		err = readable(text, TruthKind)
	}
	if err != nil {
		return nil, fmt.Errorf("read truth: %w", err)
	}
	t, err := parseTruth(text)
	if err != nil {
		return nil, fmt.Errorf("read truth: %w", err)
	}
	return t, nil
}

func parseTruth(text []byte) (*TruthFile, error) {
	var in truthIn
	if err := json.Unmarshal(text, &in); err != nil {
		return nil, placed(text, err)
	}
	t := &TruthFile{Challenge: in.Challenge, Scenario: in.Scenario, Seed: in.Seed, WorldDigest: in.WorldDigest}
	var err error
	if t.Terms, err = in.Terms.terms(); err != nil {
		return nil, err
	}
	switch {
	case in.Challenge == "":
		return nil, errors.New("challenge: is missing")
	case in.SealDays == nil || *in.SealDays < 0:
		return nil, errors.New("seal_days: is missing or below 0")
	case in.Incidents == nil || in.Trips == nil:
		return nil, errors.New("incidents or trips: is missing")
	}
	t.SealDays = *in.SealDays
	if t.Start, err = timeOf("start", in.Start); err != nil {
		return nil, err
	}
	if t.End, err = timeOf("end", in.End); err != nil {
		return nil, err
	}
	return t, t.lists(text, &in)
}

// terms checks the terms of judging.
func (j *termsJSON) terms() (t pocs.Terms, err error) {
	if j == nil {
		return t, errors.New("terms: is missing")
	}
	const most = 1e6 // hours, more than a century
	if !(j.GraceH > 0 && j.GraceH <= most) {
		return t, fmt.Errorf("terms.grace_h: %v is not allowed: above 0, at most %v", j.GraceH, most)
	}
	if !(j.BaseRate >= 0 && j.BaseRate <= 10_000) {
		return t, fmt.Errorf("terms.base_rate: %v is not allowed: 0 to 10,000 attacks per 10,000 trips", j.BaseRate)
	}
	if j.FlowPerDay < 0 {
		return t, fmt.Errorf("terms.flow_per_day: %v is below 0", j.FlowPerDay)
	}
	return pocs.Terms{Grace: Hours(j.GraceH), BaseRate: j.BaseRate, FlowPerDay: j.FlowPerDay, CheckCost: j.CheckCost, CheckCO2eKg: j.CheckCO2eKg}, nil
}

// Hours is a number of hours to the nearest nanosecond, so that a grace written as hours comes back.
func Hours(h float64) time.Duration {
	return time.Duration(float64(h*float64(time.Hour)) + 0.5)
}

func timeOf(path, text string) (time.Time, error) {
	ms, _, ok := wire.ParseTime([]byte(text))
	if !ok {
		return time.Time{}, fmt.Errorf("%s: %q is no time: RFC 3339 in UTC, such as 2026-03-01T08:15:00.250Z", path, wire.Clip(text))
	}
	return time.UnixMilli(ms).UTC(), nil
}

// lists reads incidents and trips.
func (t *TruthFile) lists(text []byte, in *truthIn) error {
	seen := make(map[string]bool, len(in.Incidents))
	for i, raw := range in.Incidents {
		inc, err := parseIncident(raw)
		if err == nil && seen[inc.ID] {
			err = fmt.Errorf("id: %q is there twice", wire.Clip(inc.ID))
		}
		if err != nil {
			return fmt.Errorf("line %d: incidents[%d].%w", lineOfEntry(text, "incidents", i), i, err)
		}
		seen[inc.ID] = true
		t.Incidents = append(t.Incidents, inc)
	}
	for i, raw := range in.Trips {
		trip, err := parseTrip(raw)
		if err != nil {
			return fmt.Errorf("line %d: trips[%d].%w", lineOfEntry(text, "trips", i), i, err)
		}
		t.Trips = append(t.Trips, trip)
	}
	return nil
}

// entry reads the entries of the truth's lists.
type entry struct {
	wire.Scanner
	object wire.Object
}

// openEntry begins an entry with those keys, of which the first need are mandatory.
func openEntry(raw []byte, keys []string) *entry {
	e := &entry{object: wire.Object{Keys: keys}}
	e.Start(raw)
	return e
}

func (e *entry) end(mandatory int) error {
	for i := range mandatory {
		if !e.object.Has(i) {
			e.Fail(e.object.Keys[i], "is missing")
		}
	}
	return e.End()
}

func (e *entry) time(key string) time.Time {
	ms, _ := e.Time(key)
	return time.UnixMilli(ms).UTC()
}

// name reads a text that must not be empty, nor move a cursor.
func (e *entry) name(key string) string {
	text := e.Text(key, 256)
	switch {
	case text == "":
		e.Fail(key, "must not be empty")
	case strings.ContainsFunc(text, unicode.IsControl):
		e.Fail(key, "has a control character")
	}
	return text
}

var incidentKeys = []string{"id", "kind", "hostile", "container", "start", "end", "heard_at", "seal", "trip"}

func parseIncident(raw []byte) (in sim.Incident, err error) {
	e := openEntry(raw, incidentKeys)
	for ok := e.Enter(&e.object); ok; ok = e.Next('}') {
		switch i := e.Known(&e.object); i {
		case 0:
			in.ID = e.name("id")
		case 1:
			in.Kind = e.name("kind")
		case 2:
			in.Hostile = e.Bool("hostile")
		case 3:
			in.Container = e.name("container")
		case 4:
			in.Start = e.time("start")
		case 5:
			in.End = e.time("end")
		case 6:
			if !e.Null() {
				in.HeardAt = e.time("heard_at")
			}
		case 7:
			in.Seal = e.Text("seal", 256)
		case 8:
			in.Trip = e.Text("trip", 256)
		}
	}
	return in, e.end(7)
}

var tripKeys = []string{"id", "container", "start", "end", "seal", "from", "to"}

func parseTrip(raw []byte) (t sim.Trip, err error) {
	e := openEntry(raw, tripKeys)
	for ok := e.Enter(&e.object); ok; ok = e.Next('}') {
		switch e.Known(&e.object) {
		case 0:
			t.ID = e.name("id")
		case 1:
			t.Container = e.name("container")
		case 2:
			t.Start = e.time("start")
		case 3:
			t.End = e.time("end")
		case 4:
			t.Seal = e.Text("seal", 256)
		case 5:
			t.From = e.Text("from", 256)
		case 6:
			t.To = e.Text("to", 256)
		}
	}
	return t, e.end(4)
}

// lineOfEntry finds the line in which the entry of a top-level list begins; the text was read before.
func lineOfEntry(text []byte, list string, n int) int {
	d := json.NewDecoder(bytes.NewReader(text))
	_, _ = d.Token() // {
	for d.More() {
		key, _ := d.Token()
		if key != list {
			var skipped json.RawMessage
			_ = d.Decode(&skipped)
			continue
		}
		_, _ = d.Token() // [
		for range n {
			var skipped json.RawMessage
			_ = d.Decode(&skipped)
		}
		d.More() // goes on to where it begins
		return lineOf(text, d.InputOffset()+int64(len(text[d.InputOffset():])-len(bytes.TrimLeft(text[d.InputOffset():], ", \t\r\n"))))
	}
	return 1
}
