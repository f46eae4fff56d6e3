// Why an attack was missed: what was done, what was heard of it first, what the detector said around it, and who else
// heard the same world.

package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"sealab/catalog"
	"sealab/catalog/query"
	"sealab/pocs"
	"sealab/sim"
)

// sightingJSON is what is known of one incident of a run.
type sightingJSON struct {
	Run string `json:"run"`
	PoC string `json:"poc"`
	incidentJSON
	Doc        string        `json:"doc" doc:"what physically happens"`
	By         int           `json:"by,omitempty" doc:"number of the finding that caught it, from 1"`
	DelayS     *float64      `json:"delay_s,omitempty" doc:"of that finding, since it was heard"`
	Opens      int64         `json:"window_from" doc:"a finding serves it from here, ms since 1970, virtual"`
	Closes     int64         `json:"window_to" doc:"and up to here"`
	First      *toldMessage  `json:"first" doc:"the first message that shows it; null: none did"`
	Missed     bool          `json:"missed,omitempty" doc:"a report that was due and did not come showed it before any message"`
	Shown      int           `json:"shown" doc:"messages up to the window's end that show it"`
	Comparison string        `json:"comparison" enum:"twin,again,nothing,none" doc:"first's fields are those that differ from what the honest twin would have sent; or it is what the seal had sent before, byte for byte; or the twin would have sent nothing; or there is no twin"`
	Said       []saidJSON    `json:"said" doc:"findings on its container from a day before the act to a day after the window"`
	Around     []toldMessage `json:"around" doc:"what was heard of the container from two hours before the act to the window's end"`
	Left       int           `json:"left_out" doc:"messages of that time that were too many"`
	Others     []otherJSON   `json:"others" doc:"other stored runs in the same world"`
}

// saidJSON is a finding with its place in time.
type saidJSON struct {
	N int `json:"n" doc:"number of the finding in its run, from 1"`
	findingJSON
	When string `json:"when" enum:"before,between,window,after" doc:"before the act; between act and hearing; in the window; after it"`
}

// otherJSON is what another run said of the same incident.
type otherJSON struct {
	Run    string   `json:"run"`
	PoC    string   `json:"poc"`
	Found  bool     `json:"found"`
	DelayS *float64 `json:"delay_s,omitempty"`
}

// AtOnce reports whether it was caught in the very tick in which it was heard.
func (o *otherJSON) AtOnce() bool { return o.DelayS != nil && *o.DelayS <= 0 }

// AtOnce reports the same of the run itself.
func (o *sightingJSON) AtOnce() bool { return o.DelayS != nil && *o.DelayS <= 0 }

// sighting looks into one incident. Whoever asks must have seen the truth.
func (s *Server) sighting(ctx context.Context, id, incident string, visitor *http.Request) (*sightingJSON, error) {
	run, err := s.wholeRun(ctx, id)
	if err != nil {
		return nil, err
	}
	if !revealed(visitor, run.ID) {
		return nil, hidden(run.ID)
	}
	i := incidentAt(run, incident)
	if i < 0 {
		return nil, notFound("incident", incident, "GET /api/v1/runs/"+run.ID+"/truth lists them")
	}
	sc, _, err := s.recipeOf(run.Scenario, run.Extends)
	if err != nil {
		return nil, unplayable(run, "This hub no longer has its scenario "+run.Scenario+".", "")
	}
	if err := s.heardHere(ctx, run, run.Truth.Incidents[i].Container); err != nil {
		return nil, err
	}
	seen, err := pocs.See(ctx, sc, run, i)
	if err != nil {
		return nil, s.whyNot(run, err)
	}
	out := &sightingJSON{Run: run.ID, PoC: run.PoC, incidentJSON: incidentsOf(run)[i], Doc: kindDoc(sc, run.Truth.Incidents[i].Kind),
		Missed: seen.Missed, Shown: seen.Shown, Left: seen.Left, Opens: seen.Window.Opens.UnixMilli(), Closes: seen.Window.Closes.UnixMilli(),
		Said: []saidJSON{}, Around: []toldMessage{}, Others: []otherJSON{}}
	out.By, out.DelayS = caughtBy(run, i)
	out.tell(run, seen)
	for _, k := range pocs.Said(run, i) {
		out.Said = append(out.Said, saidJSON{k + 1, findingOf(run, k, true), placeInTime(run.Findings[k].At, &run.Truth.Incidents[i], seen.Window)})
	}
	out.Others, err = s.others(ctx, run, out.ID)
	return out, err
}

// tell writes the messages out: the first against the honest twin's.
func (o *sightingJSON) tell(run *pocs.Run, seen *pocs.Sighting) {
	fields := fieldsFor(o.Kind)
	for k := range seen.Around {
		m := writtenOut(&seen.Around[k], run.ID, fields)
		if d := &seen.Around[k]; d.Attack == o.ID || d.Alike == o.ID {
			m.Shows = o.ID
		} else {
			m.Shows = orText(d.Attack, d.Alike)
		}
		o.Around = append(o.Around, m)
	}
	o.Comparison = "none"
	if seen.First == nil {
		return
	}
	first := writtenOut(seen.First, run.ID, fields)
	first.Shows = o.ID
	switch {
	case seen.Honest != nil && *seen.Honest == *seen.First.Reading:
		o.Comparison = "again"
	case seen.Honest != nil:
		o.Comparison = "twin"
		compared(&first, seen.First.Reading, seen.Honest)
	case seen.Twin:
		o.Comparison = "nothing"
	}
	o.First = &first
}

// placeInTime says where a finding lies beside an incident.
func placeInTime(at time.Time, in *sim.Incident, w pocs.Window) string {
	switch {
	case at.Before(in.Start):
		return "before"
	case at.After(w.Closes):
		return "after"
	case !in.Heard() || at.Before(w.Opens):
		return "between"
	}
	return "window"
}

func incidentAt(run *pocs.Run, id string) int {
	id = strings.TrimPrefix(id, "/")
	for i := range run.Truth.Incidents {
		if run.Truth.Incidents[i].ID == id {
			return i
		}
	}
	return -1
}

// caughtBy gives the finding that caught an incident, counted from 1, and its delay; 0 where none did.
func caughtBy(run *pocs.Run, i int) (int, *float64) {
	if i >= len(run.Score.MatchedBy) || run.Score.MatchedBy[i] < 0 {
		return 0, nil
	}
	by := run.Score.MatchedBy[i]
	return by + 1, &run.Score.Findings[by].DelayS
}

// kindDoc is what physically happens in an attack or look-alike.
func kindDoc(sc *sim.Scenario, kind string) string {
	for _, k := range sc.Attacks {
		if k.Name == kind {
			return k.Doc
		}
	}
	for _, l := range sc.LookAlikes {
		if l.Kind.Name == kind {
			return l.Kind.Doc
		}
	}
	return ""
}

// shownOthers is how many other runs are asked: the newest of each arm that found something else than the others.
const shownOthers = 12

// others asks what other whole runs in the very same world said of an incident.
func (s *Server) others(ctx context.Context, run *pocs.Run, incident string) ([]otherJSON, error) {
	where, err := query.Parse("world_digest = '"+run.WorldDigest+"'", catalog.RunFields(nil))
	if err != nil {
		return nil, err
	}
	rows, err := s.cfg.Store.Runs(ctx, catalog.Query{Scenario: run.Scenario, Seed: &run.Seed, State: catalog.Done, Where: where})
	if err != nil {
		return nil, err
	}
	out, known := []otherJSON{}, map[string]bool{run.PoC + run.Digest: true}
	for i := range rows {
		arm := rows[i].PoC + rows[i].Digest
		if known[arm] || len(out) == shownOthers {
			continue
		}
		known[arm] = true
		other, err := s.storedRun(ctx, rows[i].ID)
		if err != nil {
			return nil, err
		}
		if k := incidentAt(other, incident); k >= 0 {
			by, delay := caughtBy(other, k)
			out = append(out, otherJSON{other.ID, other.PoC, by > 0, delay})
		}
	}
	return out, nil
}
