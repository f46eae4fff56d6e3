// The JSON shapes of runs: the same names as `sealab run --json` prints, and how far a run has come.

package web

import (
	"slices"
	"strings"
	"time"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/sim"
)

// runJSON is one run. Lists leave out parameters, settings and digests.
type runJSON struct {
	Run            string              `json:"run"`
	State          string              `json:"state" enum:"queued,running,done,failed,cancelled,interrupted"`
	Fraction       float64             `json:"fraction"`
	Challenge      string              `json:"challenge"`
	PoC            string              `json:"poc"`
	Params         map[string]float64  `json:"params,omitempty"`
	Scenario       string              `json:"scenario"`
	Extends        string              `json:"extends,omitempty" doc:"the scenario whose recipe that is, where it is another one"`
	Settings       map[string]float64  `json:"settings,omitempty"`
	Seed           uint64              `json:"seed"`
	Carrier        string              `json:"carrier"`
	Commit         string              `json:"commit"`
	Readings       int                 `json:"readings"`
	Findings       int                 `json:"findings"`
	Incidents      int                 `json:"incidents"`
	Unheard        int                 `json:"unheard"`
	LookAlikes     int                 `json:"lookalikes"`
	Digest         string              `json:"digest,omitempty"`
	WorldDigest    string              `json:"world_digest,omitempty"`
	FindingsDigest string              `json:"findings_digest,omitempty"`
	Claim          string              `json:"claim"`
	Verdict        string              `json:"verdict" enum:"pass,fail,unknown"`
	Score          map[string]*float64 `json:"score"`
	Started        time.Time           `json:"started"`
	ElapsedS       float64             `json:"elapsed_s"`
	Reason         string              `json:"reason,omitempty"`
	Parent         string              `json:"parent,omitempty" doc:"the run that it was forked from; not in lists"`
	Tags           []string            `json:"tags,omitempty" doc:"what people marked it with"`
	Arms           []string            `json:"arms,omitempty" doc:"names of the arms for which experiments play it; of lists"`
	Note           string              `json:"note,omitempty" doc:"what people wrote about it; not in lists"`
	Cells          map[string]any      `json:"cells,omitempty" doc:"of a list: the columns that were asked for by cols"`
}

// Called says for which arms experiments play the run, where their names say more than its proof of concept's: those of
// a grid differ in nothing else that a list shows.
func (r runJSON) Called() string {
	return strings.Join(slices.DeleteFunc(slices.Clone(r.Arms), func(arm string) bool { return arm == r.PoC }), ", ")
}

// findingJSON is one finding; what the judge made of it is there only for whoever has seen the truth.
type findingJSON struct {
	At        int64    `json:"at" doc:"ms since 1970, virtual"`
	Container string   `json:"container"`
	Kind      string   `json:"kind"`
	Level     int      `json:"level"`
	Sev       string   `json:"sev" enum:"critical,major,minor"`
	Why       string   `json:"why"`
	Sort      string   `json:"sort,omitempty" enum:"hit,repeat,neither,false"`
	Incident  string   `json:"incident,omitempty"`
	DelayS    *float64 `json:"delay_s,omitempty"`
}

// incidentJSON is the truth about one attack or look-alike.
type incidentJSON struct {
	ID        string             `json:"id"`
	Kind      string             `json:"kind"`
	Hostile   bool               `json:"hostile"`
	Seal      string             `json:"seal"`
	Container string             `json:"container"`
	Trip      string             `json:"trip"`
	Start     int64              `json:"start" doc:"of the act, ms since 1970, virtual"`
	End       int64              `json:"end"`
	HeardAt   *int64             `json:"heard_at" doc:"null: nothing ever showed it"`
	Found     bool               `json:"found"`
	Params    map[string]float64 `json:"params"`
}

func jsonOfRun(r *pocs.Run, state string) runJSON {
	c := r.Score.Counts
	return runJSON{Run: r.ID, State: state, Fraction: 1, Challenge: r.Challenge, PoC: r.PoC, Params: r.Params,
		Scenario: r.Scenario, Extends: r.Extends, Settings: r.Settings, Seed: r.Seed, Carrier: r.Carrier, Commit: r.Commit,
		Readings: r.Readings, Findings: len(r.Findings), Incidents: c.Incidents, Unheard: c.Unheard,
		LookAlikes: c.LookAlikes, Digest: r.Digest, WorldDigest: r.WorldDigest, FindingsDigest: r.FindingsDigest,
		Claim: r.Claim, Verdict: string(r.Verdict), Score: orNone(r.Score.Values), Started: r.Started.UTC(),
		ElapsedS: r.Elapsed.Seconds(), Reason: r.Reason}
}

func jsonOfRow(r *catalog.Row) runJSON {
	c := r.Counts
	tags, _ := r.Cells["tag"].([]string)
	arms, _ := r.Cells["arm"].([]string)
	return runJSON{Run: r.ID, State: stateOfRow(r), Fraction: 1, Challenge: r.Challenge, PoC: r.PoC, Scenario: r.Scenario, Extends: r.Extends,
		Seed: r.Seed, Carrier: r.Carrier, Commit: r.Commit, Readings: r.Readings, Findings: r.Findings,
		Incidents: c.Incidents, Unheard: c.Unheard, LookAlikes: c.LookAlikes, Digest: r.Digest, Claim: r.Claim,
		Verdict: string(r.Verdict), Score: orNone(r.Values), Started: r.Started.UTC(), ElapsedS: r.Elapsed.Seconds(),
		Reason: r.Reason, Tags: tags, Arms: arms}
}

func (s *Server) jsonOfJob(j *job) runJSON {
	at, _ := j.see()
	out := jsonOfRun(s.skeleton(j), at.State)
	out.Fraction, out.Readings, out.Findings, out.Reason = at.Fraction, at.Readings, at.Findings, at.Reason
	return out
}

// stateOfRow tells a run that was called off from one that the hub's end cut short.
func stateOfRow(r *catalog.Row) string {
	if r.State == catalog.Interrupted && r.Reason == stateCancelled {
		return stateCancelled
	}
	return string(r.State)
}

func orNone(m map[string]*float64) map[string]*float64 {
	if m == nil {
		return map[string]*float64{}
	}
	return m
}

// findingsOf lists a run's findings, with the judge's word only where the truth has been revealed.
func findingsOf(r *pocs.Run, revealed bool) []findingJSON {
	out := make([]findingJSON, len(r.Findings))
	for i := range r.Findings {
		out[i] = findingOf(r, i, revealed)
	}
	return out
}

// findingOf is the finding at place i.
func findingOf(r *pocs.Run, i int, revealed bool) findingJSON {
	f := &r.Findings[i]
	out := findingJSON{At: f.At.UnixMilli(), Container: f.Container, Kind: f.Kind, Level: f.Level, Sev: severity(f.Level), Why: f.Why}
	if !revealed || i >= len(r.Score.Findings) {
		return out
	}
	word := &r.Score.Findings[i]
	out.Sort = string(word.Sort)
	if word.Incident >= 0 {
		out.Incident = r.Truth.Incidents[word.Incident].ID
	}
	if word.Sort == pocs.Hit {
		out.DelayS = &word.DelayS
	}
	return out
}

func incidentsOf(r *pocs.Run) []incidentJSON {
	out := make([]incidentJSON, len(r.Truth.Incidents))
	for i := range r.Truth.Incidents {
		in := &r.Truth.Incidents[i]
		out[i] = incidentJSON{ID: in.ID, Kind: in.Kind, Hostile: in.Hostile, Seal: in.Seal, Container: in.Container,
			Trip: in.Trip, Start: in.Start.UnixMilli(), End: in.End.UnixMilli(), HeardAt: heardAt(in), Params: in.Params,
			Found: i < len(r.Score.MatchedBy) && r.Score.MatchedBy[i] >= 0}
	}
	return out
}

func heardAt(in *sim.Incident) *int64 {
	if !in.Heard() {
		return nil
	}
	at := in.HeardAt.UnixMilli()
	return &at
}

// The levels from which a finding is shown as major and as critical. Levels say how sure a detector is; a list of
// alarms needs three steps, and these leave the middle third of the scale to the middle one.
const (
	majorLevel    = 500
	criticalLevel = 800
)

func severity(level int) string {
	switch {
	case level >= criticalLevel:
		return "critical"
	case level >= majorLevel:
		return "major"
	}
	return "minor"
}
