// Package usecase is what the catalogue says of one use case of disruptive technology: its fields, the words that they
// may hold, how it is read from what people write, and what is wrong with it, field by field.
//
// The published JSON Schema (schema.json) is the one place that says what an entry may hold; lists of words, limits and
// messages are taken from it. An absent field means "not known", never "none".
package usecase

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Entry is one version of a use case. Texts are plain text or Markdown of others, which nobody trusts.
type Entry struct {
	ID           string    `json:"id,omitempty"`
	Origin       string    `json:"origin,omitempty"`
	Lang         string    `json:"lang,omitempty"` // BCP 47; empty: en
	Title        string    `json:"title,omitempty"`
	Summary      string    `json:"summary,omitempty"`
	Problem      string    `json:"problem,omitempty"`
	Approach     string    `json:"approach,omitempty"`
	Technologies []string  `json:"technologies,omitempty"` // the main one first
	Process      []string  `json:"process,omitempty"`      // likewise
	Stage        string    `json:"stage,omitempty"`
	Started      string    `json:"started,omitempty"` // YYYY, YYYY-MM or YYYY-MM-DD
	Ended        string    `json:"ended,omitempty"`
	Countries    []string  `json:"countries,omitempty"` // ISO 3166-1 alpha-2, or EU
	Regions      []string  `json:"wco_region,omitempty"`
	Submitter    *Party    `json:"submitter,omitempty"`
	Partners     []Partner `json:"partners,omitempty"`
	Data         []Data    `json:"data_used,omitempty"`
	Standards    []string  `json:"standards,omitempty"`
	Metrics      []Metric  `json:"metrics,omitempty"`
	Costs        []Cost    `json:"costs,omitempty"`
	Outcome      string    `json:"outcome,omitempty"`
	Lessons      *Lessons  `json:"lessons,omitempty"`
	StoppedWhy   string    `json:"stopped_why,omitempty"`
	AttackModes  []string  `json:"attack_modes,omitempty"`
	Environment  string    `json:"environmental_effect,omitempty"`
	Caveats      []string  `json:"caveats,omitempty"`
	Sources      []Source  `json:"sources,omitempty"`
	Evidence     string    `json:"evidence,omitempty"` // empty: an idea has none
	AnnexNumber  string    `json:"annex_number,omitempty"`
	Licence      string    `json:"licence,omitempty"`
	PoCs         []string  `json:"pocs,omitempty"`
	Claims       []Claim   `json:"claims,omitempty"`
}

// Party is the organization that leads an initiative, or sends an entry in.
type Party struct {
	Name string `json:"name,omitempty"`
	Kind string `json:"kind,omitempty"`
}

// Partner is another organization and its role.
type Partner struct {
	Name string `json:"name,omitempty"`
	Role string `json:"role,omitempty"`
	Kind string `json:"kind,omitempty"`
}

// Data is a data set that is used.
type Data struct {
	Name        string `json:"name,omitempty"`
	Owner       string `json:"owner,omitempty"`
	Sensitivity string `json:"sensitivity,omitempty"`
}

// Metric is a figure of success, as reported: at least one of baseline, target and measured value.
type Metric struct {
	Name     string   `json:"name,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	Baseline *float64 `json:"baseline,omitempty"`
	Target   *float64 `json:"target,omitempty"`
	Measured *float64 `json:"measured,omitempty"`
	Better   string   `json:"better,omitempty"`
	Note     string   `json:"note,omitempty"`
}

// Cost is what something cost.
type Cost struct {
	Item     string   `json:"item,omitempty"`
	Amount   *float64 `json:"amount,omitempty"`
	Currency string   `json:"currency,omitempty"` // ISO 4217
	Year     *int     `json:"year,omitempty"`
}

// Lessons are what was learned.
type Lessons struct {
	Legal     string `json:"legal,omitempty"`
	Policy    string `json:"policy,omitempty"`
	Technical string `json:"technical,omitempty"`
}

// Source is a public address.
type Source struct {
	Title string `json:"title,omitempty"`
	URL   string `json:"url,omitempty"`
}

// Claim says of a proof of concept what an experiment is to show: that a measure stands so to a value.
type Claim struct {
	PoC        string   `json:"poc,omitempty"` // an arm of the experiment
	Experiment string   `json:"experiment,omitempty"`
	Measure    string   `json:"measure,omitempty"`
	Comparator string   `json:"comparator,omitempty"`
	Value      *float64 `json:"value,omitempty"`
}

// JSON is the entry's one form: the fields in the order of the schema, nothing that is absent, no line breaks. What is
// stored, compared and hashed is this.
func (e *Entry) JSON() []byte {
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	if err := w.Encode(e); err != nil {
		panic(err) // texts and finite numbers: Parse lets nothing else in
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// Hash is "sha256:" and the SHA-256 of JSON.
func (e *Entry) Hash() string {
	sum := sha256.Sum256(e.JSON())
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Language is that of the texts.
func (e *Entry) Language() string {
	if e.Lang == "" {
		return "en"
	}
	return e.Lang
}
