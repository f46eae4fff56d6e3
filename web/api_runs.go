// Runs over the API: start, look, cancel, reveal.

package web

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// runsIn is the query of the runs table. Its fields are those of the page's address.
type runsIn struct {
	PoC      string `query:"poc" maxLength:"80"`
	Scenario string `query:"scenario" maxLength:"80"`
	State    string `query:"state"`
	Verdict  string `query:"verdict"`
	Seed     string `query:"seed" doc:"a whole number below 2^53"`
	Text     string `query:"q" maxLength:"80" doc:"found anywhere in the run"`
	Where    string `query:"query" doc:"in the query language: poc = kalman AND (delay_p50_s < 3600 OR NOT recall < 0.9)"`
	Cols     string `query:"cols" maxLength:"2000" doc:"further columns, with commas between them: fields of the query language, such as recall,set.seals,tag"`
	Sort     string `query:"sort" doc:"any field of the query language, such as started, recall or set.seals"`
	Dir      string `query:"dir" doc:"asc or desc"`
	Page     int    `query:"page" minimum:"1" maximum:"100000" default:"1"`
	Limit    int    `query:"limit" minimum:"1" maximum:"1000" default:"50"`
}

type runsOut struct {
	Runs  []runJSON `json:"runs"`
	Total int       `json:"total"`
	Page  int       `json:"page"`
}

func (s *Server) apiRuns(ctx context.Context, in *runsIn) (*answerOf[runsOut], error) {
	q := runQuery{PoC: in.PoC, Scenario: in.Scenario, State: in.State, Verdict: in.Verdict, Text: in.Text, Seed: in.Seed,
		Where: in.Where, Cols: colsOf([]string{in.Cols}), Sort: in.Sort, Dir: in.Dir, Page: in.Page}
	rows, total, err := s.runList(ctx, q, in.Limit)
	if err != nil {
		return nil, err
	}
	if rows == nil {
		rows = []runJSON{}
	}
	return ok(runsOut{rows, total, in.Page})
}

// startIn is an order as JSON. Values may be numbers, or the words low and high.
type startIn struct {
	Body struct {
		PoC      string                     `json:"poc" minLength:"1" maxLength:"80" example:"kalman"`
		Scenario string                     `json:"scenario" minLength:"1" maxLength:"80" example:"asia-europe"`
		Seed     seedNumber                 `json:"seed"`
		Params   map[string]json.RawMessage `json:"params,omitempty" doc:"parameter → number, or \"low\" or \"high\""`
		Settings map[string]json.RawMessage `json:"settings,omitempty" doc:"setting → number, or \"low\" or \"high\""`
		Carrier  string                     `json:"carrier,omitempty" default:"direct" doc:"direct, mqtt or live"`
	}
}

// seedNumber keeps the digits as they came: a float would round them before they are checked.
type seedNumber json.RawMessage

// UnmarshalJSON keeps the text.
func (n *seedNumber) UnmarshalJSON(b []byte) error {
	*n = append((*n)[:0], b...)
	return nil
}

// Schema says what the document shows.
func (seedNumber) Schema(huma.Registry) *huma.Schema {
	low := 0.0 // the upper bound is checked on the digits, where an error can name it exactly
	return &huma.Schema{Type: huma.TypeInteger, Minimum: &low, Description: "below 2^53, so that no browser rounds it", Examples: []any{7}}
}

type startedOut struct {
	ID    string `json:"id"`
	Run   string `json:"run"`
	State string `json:"state"`
	URL   string `json:"url"`
}

func (s *Server) apiStart(ctx context.Context, in *startIn) (*answerOf[startedOut], error) {
	b := &in.Body
	o := order{PoC: b.PoC, Scenario: b.Scenario, Seed: string(b.Seed), Carrier: orText(b.Carrier, "direct")}
	var err error
	if o.Params, err = valuesOf("params.", b.Params); err != nil {
		return nil, err
	}
	if o.Settings, err = valuesOf("settings.", b.Settings); err != nil {
		return nil, err
	}
	id, err := s.desk.take(ctx, o)
	if err != nil {
		return nil, err
	}
	return &answerOf[startedOut]{Status: http.StatusAccepted, Body: startedOut{id, id, stateQueued, "/runs/" + id}}, nil
}

// valuesOf reads numbers and words as text: they are checked against the range of what they set.
func valuesOf(prefix string, given map[string]json.RawMessage) (map[string]string, error) {
	out := make(map[string]string, len(given))
	for name, raw := range given {
		var word string
		var number json.Number
		raw = bytes.TrimSpace(raw)
		switch {
		case json.Unmarshal(raw, &word) == nil && len(raw) > 0 && raw[0] == '"':
			out[name] = word
		case json.Unmarshal(raw, &number) == nil && number != "":
			out[name] = number.String()
		default:
			return nil, invalid("bad_value", prefix+clip(name), string(raw), "allowed is a number, or low or high where it has them")
		}
	}
	return out, nil
}

type idIn struct {
	ID string `path:"id" maxLength:"64"`
}

func (s *Server) apiRun(ctx context.Context, in *idIn) (*answerOf[runJSON], error) {
	view, _, err := s.findRun(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if view.Parent, err = s.cfg.Store.Parent(ctx, in.ID); err != nil {
		return nil, err
	}
	b, err := s.cfg.Store.Beside(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	view.Tags, view.Note = b[in.ID].Tags, b[in.ID].Note
	return ok(view)
}

func (s *Server) apiDelete(ctx context.Context, in *idIn) (*answerOf[startedOut], error) {
	if s.desk.find(in.ID) != nil {
		if err := s.cancelRun(in.ID); err != nil {
			return nil, err
		}
		return ok(startedOut{in.ID, in.ID, stateCancelled, "/runs/" + in.ID})
	}
	if err := s.dropRun(ctx, in.ID); err != nil {
		return nil, err
	}
	return ok(startedOut{in.ID, in.ID, "deleted", "/runs"})
}

// visitIn is a request about a run whose answer depends on what the visitor has revealed.
type visitIn struct {
	ID   string `path:"id" maxLength:"64"`
	Seen string `cookie:"seen"`
}

// visitor makes a request of the cookie, so that one function reads it for pages and API.
func (in *visitIn) visitor() *http.Request {
	r := &http.Request{Header: http.Header{}}
	r.AddCookie(&http.Cookie{Name: seenCookie, Value: in.Seen})
	return r
}

type findingsOut struct {
	Run      string        `json:"run"`
	Revealed bool          `json:"revealed"`
	Findings []findingJSON `json:"findings"`
}

func (s *Server) apiFindings(ctx context.Context, in *visitIn) (*answerOf[findingsOut], error) {
	run, err := s.wholeRun(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	seen := revealed(in.visitor(), run.ID)
	return ok(findingsOut{run.ID, seen, findingsOf(run, seen)})
}

type truthOut struct {
	Run       string         `json:"run"`
	Incidents []incidentJSON `json:"incidents"`
}

func (s *Server) apiTruth(ctx context.Context, in *visitIn) (*answerOf[truthOut], error) {
	run, err := s.wholeRun(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if !revealed(in.visitor(), run.ID) {
		return nil, hidden(run.ID)
	}
	return ok(truthOut{run.ID, incidentsOf(run)})
}

func (s *Server) apiReveal(ctx context.Context, in *visitIn) (*answerOf[truthOut], error) {
	run, err := s.wholeRun(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &answerOf[truthOut]{Status: http.StatusOK, SetCookie: seeing(in.visitor(), run.ID).String(),
		Body: truthOut{run.ID, incidentsOf(run)}}, nil
}
