// A run and a truth as JSON: every field, so that what is read sums to what was written.

package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"time"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/files"
)

// runFile is runs/ID.json. Numbers n of findings and incidents begin at 1, as in the store.
type runFile struct {
	Run            string              `json:"run"`
	Room           string              `json:"room"`
	Challenge      string              `json:"challenge"`
	PoC            string              `json:"poc"`
	Params         pocs.Params         `json:"params"`
	Scenario       string              `json:"scenario"`
	Extends        string              `json:"extends,omitempty"`
	Settings       sim.Settings        `json:"settings"`
	Seed           uint64              `json:"seed"`
	DiceSeed       uint64              `json:"dice_seed"`
	Carrier        string              `json:"carrier"`
	Commit         string              `json:"commit"`
	Terms          termsFile           `json:"terms"`
	Events         int                 `json:"events"`
	Readings       int                 `json:"readings"`
	Claim          string              `json:"claim"`
	Verdict        pocs.Verdict        `json:"verdict"`
	Reason         string              `json:"reason"`
	Started        files.Moment        `json:"started"`
	ElapsedNs      int64               `json:"elapsed_ns"`
	Digest         string              `json:"digest"`
	WorldDigest    string              `json:"world_digest"`
	FindingsDigest string              `json:"findings_digest"`
	Truth          string              `json:"truth"` // names a member in truth/
	Score          map[string]*float64 `json:"score"`
	Counts         pocs.Counts         `json:"counts"`
	Findings       []findingFile       `json:"findings"`
	Judgements     []judgementFile     `json:"judgements"` // of the findings, in their order; none of a failed run
	Matched        []int               `json:"matched"`    // for each incident of the truth: the finding n that hit it; 0: none
}

type termsFile struct {
	GraceNs     int64    `json:"grace_ns"`
	BaseRate    float64  `json:"base_rate"`
	FlowPerDay  float64  `json:"flow_per_day"`
	CheckCost   *float64 `json:"check_cost"`
	CheckCO2eKg *float64 `json:"check_co2e_kg"`
}

type findingFile struct {
	At        files.Moment `json:"at"`
	Container string       `json:"container"`
	Kind      string       `json:"kind"`
	Level     int          `json:"level"`
	Why       string       `json:"why"`
}

type judgementFile struct {
	Sort     pocs.Sort `json:"sort"`
	Incident int       `json:"incident"` // n; 0: none
	Value    float64   `json:"value"`
	DelayS   float64   `json:"delay_s"`
	KindOK   bool      `json:"kind_ok"`
	Opens    bool      `json:"opens"`
}

// encodeRun writes a run whose truth has that name.
func encodeRun(r *pocs.Run, truth string) ([]byte, error) {
	t := r.Terms
	f := runFile{Run: r.ID, Room: r.Room, Challenge: r.Challenge, PoC: r.PoC, Params: r.Params, Scenario: r.Scenario, Extends: r.Extends, Settings: r.Settings,
		Seed: r.Seed, DiceSeed: r.DiceSeed, Carrier: r.Carrier, Commit: r.Commit,
		Terms:  termsFile{int64(t.Grace), t.BaseRate, t.FlowPerDay, t.CheckCost, t.CheckCO2eKg},
		Events: r.Events, Readings: r.Readings, Claim: r.Claim, Verdict: r.Verdict, Reason: r.Reason, Started: files.At(r.Started),
		ElapsedNs: int64(r.Elapsed), Digest: r.Digest, WorldDigest: r.WorldDigest, FindingsDigest: r.FindingsDigest, Truth: truth,
		Score: r.Score.Values, Counts: r.Score.Counts, Findings: []findingFile{}, Judgements: []judgementFile{}, Matched: []int{}}
	for _, x := range r.Findings {
		f.Findings = append(f.Findings, findingFile{files.At(x.At), x.Container, x.Kind, x.Level, x.Why})
	}
	for _, j := range r.Score.Findings {
		f.Judgements = append(f.Judgements, judgementFile{j.Sort, j.Incident + 1, j.Value, j.DelayS, j.KindOK, j.Opens})
	}
	for _, i := range r.Score.MatchedBy {
		f.Matched = append(f.Matched, i+1)
	}
	return encode(f)
}

// decodeRun reads a run without its truth, and the truth's name.
func decodeRun(text []byte) (*pocs.Run, string, error) {
	var f runFile
	if err := decode(text, &f); err != nil {
		return nil, "", err
	}
	t := f.Terms
	r := &pocs.Run{ID: f.Run, Room: f.Room, Challenge: f.Challenge, PoC: f.PoC, Params: f.Params, Scenario: f.Scenario, Extends: f.Extends, Settings: f.Settings,
		Seed: f.Seed, DiceSeed: f.DiceSeed, Carrier: f.Carrier, Commit: f.Commit,
		Terms: pocs.Terms{Grace: time.Duration(t.GraceNs), BaseRate: t.BaseRate, FlowPerDay: t.FlowPerDay, CheckCost: t.CheckCost,
			CheckCO2eKg: t.CheckCO2eKg},
		Events: f.Events, Readings: f.Readings, Claim: f.Claim, Verdict: f.Verdict, Reason: f.Reason, Started: f.Started.Time,
		Elapsed: time.Duration(f.ElapsedNs), Digest: f.Digest, WorldDigest: f.WorldDigest, FindingsDigest: f.FindingsDigest,
		Score: pocs.Score{Values: f.Score, Counts: f.Counts}}
	for _, x := range f.Findings {
		r.Findings = append(r.Findings, pocs.Finding{At: x.At.Time, Container: x.Container, Kind: x.Kind, Level: x.Level, Why: x.Why})
	}
	for _, j := range f.Judgements {
		r.Score.Findings = append(r.Score.Findings, pocs.Judged{Sort: j.Sort, Incident: j.Incident - 1, Value: j.Value, DelayS: j.DelayS,
			KindOK: j.KindOK, Opens: j.Opens})
	}
	for _, n := range f.Matched {
		r.Score.MatchedBy = append(r.Score.MatchedBy, n-1)
	}
	return r, f.Truth, nil
}

// digestForm is how a digest is written; a run that failed may have none.
var digestForm = regexp.MustCompile(`^(sha256:[0-9a-f]{64})?$`)

// fits refuses places in lists that are not there, for pages follow them, and digests that are none: pages ask by them.
func fits(r *pocs.Run) error {
	for _, digest := range []string{r.Digest, r.WorldDigest, r.FindingsDigest} {
		if !digestForm.MatchString(digest) {
			return fmt.Errorf("%.80q is no digest", digest)
		}
	}
	for _, j := range r.Score.Findings {
		if j.Incident < -1 || j.Incident >= len(r.Truth.Incidents) {
			return errors.New("a judgement names an incident that the truth does not have")
		}
	}
	for _, i := range r.Score.MatchedBy {
		if i < -1 || i >= len(r.Score.Findings) {
			return errors.New("an incident was matched by a finding that is not there, or was not judged")
		}
	}
	if n := len(r.Score.Findings); n > 0 && n != len(r.Findings) {
		return errors.New("there are not as many judgements as findings")
	}
	if n := len(r.Score.MatchedBy); n > 0 && n != len(r.Truth.Incidents) {
		return errors.New("there are not as many matches as incidents")
	}
	return nil
}

func encodeTruth(t *sim.Truth) ([]byte, error) { return encode(files.TruthOf(t)) }

func decodeTruth(text []byte) (sim.Truth, error) {
	var f files.Truth
	if err := decode(text, &f); err != nil {
		return sim.Truth{}, err
	}
	return f.Sim(), nil
}

// encode writes a value the one way that bundles have: a line for each part that a person may look for, keys in order.
func encode(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(v)
	return out.Bytes(), err
}

// decode reads one value and nothing after it.
func decode(text []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something stands after its end")
	}
	return nil
}
