package main

import (
	"cmp"
	"strings"
	"time"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
)

// runJSON is what `run --json` prints (DESIGN section 5); schemas/run.json publishes it.
type runJSON struct {
	Run            string              `json:"run"`
	Challenge      string              `json:"challenge"`
	PoC            string              `json:"poc"`
	Params         pocs.Params         `json:"params"`
	Scenario       string              `json:"scenario"`
	Extends        string              `json:"extends,omitempty"`
	Settings       sim.Settings        `json:"settings"`
	Seed           uint64              `json:"seed"`
	Carrier        string              `json:"carrier"`
	Commit         string              `json:"commit"`
	Events         int                 `json:"events"`
	Readings       int                 `json:"readings"`
	Findings       int                 `json:"findings"`
	Incidents      int                 `json:"incidents"`
	Unheard        int                 `json:"unheard"`
	LookAlikes     int                 `json:"lookalikes"`
	Digest         string              `json:"digest"`
	WorldDigest    string              `json:"world_digest"`
	FindingsDigest string              `json:"findings_digest"`
	Claim          string              `json:"claim"`
	Score          map[string]*float64 `json:"score"`
	Verdict        pocs.Verdict        `json:"verdict"`
	Reason         string              `json:"reason,omitempty"`
	Parent         string              `json:"parent,omitempty"`
	Started        time.Time           `json:"started"`
	ElapsedS       float64             `json:"elapsed_s"`
	FindingList    *[]findingJSON      `json:"finding_list,omitempty"`
	IncidentList   *[]incidentJSON     `json:"incident_list,omitempty"`
}

// findingJSON is one finding with the judge's word on it.
type findingJSON struct {
	At        time.Time `json:"at"`
	Container string    `json:"container"`
	Kind      string    `json:"kind"`
	Level     int       `json:"level"`
	Why       string    `json:"why"`
	Sort      pocs.Sort `json:"sort,omitempty"`
	Incident  string    `json:"incident,omitempty"`
	DelayS    *float64  `json:"delay_s,omitempty"`
}

// incidentJSON is the truth about one attack or look-alike.
type incidentJSON struct {
	ID        string             `json:"id"`
	Kind      string             `json:"kind"`
	Hostile   bool               `json:"hostile"`
	Seal      string             `json:"seal"`
	Container string             `json:"container"`
	Trip      string             `json:"trip"`
	Start     time.Time          `json:"start"`
	End       time.Time          `json:"end"`
	HeardAt   *time.Time         `json:"heard_at"`
	Found     bool               `json:"found"`
	Params    map[string]float64 `json:"params"`
}

// toJSON gives the published shape of a run; full adds the lists.
func toJSON(r *pocs.Run, full bool) runJSON {
	counts := countTruth(r.Truth.Incidents)
	out := runJSON{
		Run: r.ID, Challenge: r.Challenge, PoC: r.PoC, Params: orEmpty(r.Params), Scenario: r.Scenario, Extends: r.Extends,
		Settings: settingsShown(r), Seed: r.Seed, Carrier: r.Carrier, Commit: r.Commit,
		Events: r.Events, Readings: r.Readings, Findings: len(r.Findings),
		Incidents: counts.Incidents, Unheard: counts.Unheard, LookAlikes: counts.LookAlikes,
		Digest: r.Digest, WorldDigest: r.WorldDigest, FindingsDigest: r.FindingsDigest,
		Claim: r.Claim, Score: r.Score.Values, Verdict: r.Verdict, Reason: r.Reason,
		Started: r.Started.UTC(), ElapsedS: r.Elapsed.Seconds(),
	}
	if out.Score == nil {
		out.Score = map[string]*float64{}
	}
	if full {
		findings, incidents := findingList(r), incidentList(r)
		out.FindingList, out.IncidentList = &findings, &incidents
	}
	return out
}

// countTruth counts what was there. It does not ask the judge, who says nothing of a failed run.
func countTruth(list []sim.Incident) (c pocs.Counts) {
	for i := range list {
		switch in := &list[i]; {
		case !in.Hostile:
			c.LookAlikes++
		case in.Heard():
			c.Incidents++
		default:
			c.Unheard++
		}
	}
	return c
}

func findingList(r *pocs.Run) []findingJSON {
	list := make([]findingJSON, len(r.Findings))
	for i, f := range r.Findings {
		list[i] = findingJSON{At: f.At.UTC(), Container: f.Container, Kind: f.Kind, Level: f.Level, Why: f.Why}
		if i >= len(r.Score.Findings) { // a failed run is not judged
			continue
		}
		j := r.Score.Findings[i]
		list[i].Sort = j.Sort
		if j.Incident >= 0 {
			list[i].Incident = r.Truth.Incidents[j.Incident].ID
		}
		if j.Sort == pocs.Hit {
			list[i].DelayS = &j.DelayS
		}
	}
	return list
}

func incidentList(r *pocs.Run) []incidentJSON {
	list := make([]incidentJSON, len(r.Truth.Incidents))
	for i, in := range r.Truth.Incidents {
		list[i] = incidentJSON{ID: in.ID, Kind: in.Kind, Hostile: in.Hostile, Seal: in.Seal, Container: in.Container,
			Trip: in.Trip, Start: in.Start.UTC(), End: in.End.UTC(), Params: in.Params}
		if in.Heard() {
			heard := in.HeardAt.UTC()
			list[i].HeardAt = &heard
		}
		if i < len(r.Score.MatchedBy) {
			list[i].Found = r.Score.MatchedBy[i] >= 0
		}
		if in.Params == nil {
			list[i].Params = map[string]float64{}
		}
	}
	return list
}

// settingsShown are a run's settings, the many assumptions and kinds only where they differ from their default.
func settingsShown(r *pocs.Run) sim.Settings {
	sc, _, err := all.FindScenario(cmp.Or(r.Extends, r.Scenario))
	if err != nil {
		return orEmpty(r.Settings)
	}
	shown := make(sim.Settings, len(r.Settings))
	for name, v := range r.Settings {
		shown[name] = v
	}
	for i := range sc.Settings {
		if d := &sc.Settings[i]; (d.Rare || strings.HasPrefix(d.Name, assumptionPrefix)) && shown[d.Name] == d.Default {
			delete(shown, d.Name)
		}
	}
	return shown
}

func orEmpty(m map[string]float64) map[string]float64 {
	if m == nil {
		return map[string]float64{}
	}
	return m
}
