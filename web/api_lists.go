// What there is to choose from, as JSON: the same shapes as `sealab list X --json`.

package web

import (
	"context"
	"time"

	"sealab/pocs"
	"sealab/sim"
)

type settingJSON struct {
	Name    string   `json:"name"`
	Doc     string   `json:"doc"`
	Unit    string   `json:"unit"`
	Default float64  `json:"default"`
	Min     float64  `json:"min"`
	Max     float64  `json:"max"`
	Whole   bool     `json:"whole"`
	Mark    string   `json:"mark,omitempty" enum:"read,known,assumption"`
	Low     *float64 `json:"low,omitempty"`
	High    *float64 `json:"high,omitempty"`
	Words   []string `json:"words,omitempty" doc:"the names of the values 0, 1, 2 …"`
	Source  string   `json:"source,omitempty"`
}

type pocJSON struct {
	Name      string        `json:"name"`
	Challenge string        `json:"challenge"`
	UseCase   string        `json:"usecase,omitempty"`
	Claim     string        `json:"claim"`
	Doc       string        `json:"doc"`
	Baseline  bool          `json:"baseline"`
	SeesTruth bool          `json:"sees_truth"`
	Params    []settingJSON `json:"params"`
}

type scenarioJSON struct {
	Name      string        `json:"name"`
	Challenge string        `json:"challenge"`
	Doc       string        `json:"doc"`
	Start     time.Time     `json:"start"`
	SpanDays  float64       `json:"span_days"`
	TickS     float64       `json:"tick_s"`
	Settings  []settingJSON `json:"settings"`
}

type measureJSON struct {
	Name      string `json:"name"`
	Unit      string `json:"unit"`
	Better    string `json:"better" enum:"higher,lower,neutral"`
	Doc       string `json:"doc"`
	Challenge string `json:"challenge"`
}

func settingsJSON(list []sim.Setting) []settingJSON {
	out := make([]settingJSON, len(list))
	for i := range list {
		x := &list[i]
		out[i] = settingJSON{Name: x.Name, Doc: x.Doc, Unit: x.Unit, Default: x.Default, Min: x.Min, Max: x.Max,
			Whole: x.Whole, Mark: string(x.Mark), Words: x.Words, Source: x.Source}
		if x.Low != 0 || x.High != 0 {
			out[i].Low, out[i].High = &x.Low, &x.High
		}
	}
	return out
}

func (s *Server) apiPoCs(context.Context, *struct{}) (*answerOf[[]pocJSON], error) {
	out := []pocJSON{}
	for i := range s.cfg.PoCs {
		p := &s.cfg.PoCs[i]
		out = append(out, pocJSON{p.Name, p.Challenge, p.UseCase, orText(p.Claim, pocs.DefaultClaim), p.Doc, p.Baseline,
			s.cfg.SeesTruth[p.Name], settingsJSON(p.Params)})
	}
	return ok(out)
}

func (s *Server) apiScenarios(context.Context, *struct{}) (*answerOf[[]scenarioJSON], error) {
	out := []scenarioJSON{}
	for i := range s.cfg.Challenges {
		for j := range s.cfg.Challenges[i].Scenarios {
			sc := &s.cfg.Challenges[i].Scenarios[j]
			out = append(out, scenarioJSON{sc.Name, s.cfg.Challenges[i].Name, sc.Doc, sc.Start, sc.Span.Hours() / 24,
				sc.Tick.Seconds(), settingsJSON(sc.Settings)})
		}
	}
	return ok(out)
}

func (s *Server) apiMeasures(context.Context, *struct{}) (*answerOf[[]measureJSON], error) {
	out := []measureJSON{}
	for i := range s.cfg.Challenges {
		for _, m := range s.cfg.Challenges[i].Measures {
			out = append(out, measureJSON{m.Name, m.Unit, string(m.Better), m.Doc, s.cfg.Challenges[i].Name})
		}
	}
	return ok(out)
}
