// The page of one run: verdict and score first; the truth behind its reveal.

package web

import (
	"html/template"
	"math"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/pocs"
	"sealab/pocs/visitor"
	"sealab/sim"
	"sealab/web/chart"
)

// runPage is what its template shows.
type runPage struct {
	runJSON
	Ended     bool
	Whole     bool // there is a result
	Revealed  bool
	Measures  []measureRow
	Findings  []findingJSON
	More      int            // findings that the page leaves out
	Incidents []incidentJSON // all of them; the page shows attacks one by one and look-alikes by kind
	Attacks   []incidentJSON
	Alikes    []alikeRow
	Timeline  template.HTML
	Params    []named
	Settings  []named
	Counts    pocs.Counts
	Again     string // the command that plays it again; empty for a visitor's run, which no command can play
	Files     string // the command that writes it to files; empty while there is no whole run
	Best      *float64
	Mates     []runJSON // other runs in the same world, to compare with
	Beside    besidePanel
	Kin       family    // the run that it was forked from, and its own forks
	Proof     *runProof // nil while there is nothing to prove
}

func (p *runPage) title(t *texts) string {
	return t.T("run.heading", "poc", p.PoC, "scenario", p.Scenario)
}

// Passed is the class of the verdict.
func (p *runPage) Passed() string { return p.Verdict }

// measureRow is one measure of a run.
type measureRow struct {
	pocs.Measure
	Value *float64
}

type named struct {
	Name  string
	Value float64
	Text  string // the value as a person writes it
	Unit  string
	Given bool // differs from the default
}

func namedAs(x *sim.Setting, v float64) named {
	return named{x.Name, v, x.Text(v), x.Unit, v != x.Default}
}

// shownFindings is what a page holds; CSV and JSON hold all.
const shownFindings = 200

func (s *Server) runPage(c *gin.Context) error {
	view, run, err := s.findRun(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	p := &runPage{runJSON: view, Ended: view.State != stateQueued && view.State != stateRunning,
		Whole: view.State == stateDone || view.State == stateFailed, Again: s.again(&view), Files: filesOf(&view)}
	p.Params, p.Settings = s.namedNumbers(&view)
	if p.Kin, err = s.kin(c.Request.Context(), view.Run); err != nil {
		return err
	}
	if p.Beside, err = s.besideOf(c, "/runs", view.Run); err != nil {
		return err
	}
	if !p.Ended {
		lookAgain(c)
	}
	if run != nil && p.Whole {
		if err := s.fillRun(c, p, run); err != nil {
			return err
		}
	}
	s.render(c, http.StatusOK, "run", p)
	return nil
}

func (s *Server) fillRun(c *gin.Context, p *runPage, run *pocs.Run) error {
	p.Revealed, p.Counts, p.Best = revealed(c.Request, run.ID), run.Score.Counts, run.Score.Values["score_balanced"]
	for _, m := range s.measures(run.Challenge) {
		if m.Name == "kind_accuracy" && run.PoC == visitor.Name {
			continue // flags name no kind
		}
		if v, ok := run.Score.Values[m.Name]; ok {
			p.Measures = append(p.Measures, measureRow{m, v})
		}
	}
	p.Findings = findingsOf(run, p.Revealed)
	if len(p.Findings) > shownFindings {
		p.More = len(p.Findings) - shownFindings
		p.Findings = p.Findings[:shownFindings]
	}
	if p.Revealed {
		p.Incidents = incidentsOf(run)
		p.Attacks, p.Alikes = sorted(p.Incidents, run)
	}
	p.Timeline = timeline(s.set(c).texts, run, p.Revealed)
	var err error
	if p.Mates, err = s.sameWorld(c.Request.Context(), run); err != nil {
		return err
	}
	p.Proof, err = s.proofOf(c.Request.Context(), run)
	return err
}

// measures are those of a challenge, in the order in which they are shown.
func (s *Server) measures(challenge string) []pocs.Measure {
	for i := range s.cfg.Challenges {
		if s.cfg.Challenges[i].Name == challenge {
			return s.cfg.Challenges[i].Measures
		}
	}
	return nil
}

// namedNumbers gives a run's parameters and settings their units, and tells which differ from the default.
func (s *Server) namedNumbers(r *runJSON) (params, settings []named) {
	if p, err := s.findPoC(r.PoC); err == nil {
		for _, x := range p.Params {
			if v, ok := r.Params[x.Name]; ok {
				params = append(params, namedAs(&x, v))
			}
		}
	}
	if sc, _, err := s.recipeOf(r.Scenario, r.Extends); err == nil {
		for _, x := range sc.Settings {
			v, ok := r.Settings[x.Name]
			if ok && (v != x.Default || !x.Rare) {
				settings = append(settings, namedAs(&x, v))
			}
		}
	}
	return params, settings
}

// timeline lays the findings over time, one row a severity, and where the truth is revealed the incidents below them.
func timeline(t *texts, run *pocs.Run, truth bool) template.HTML {
	if run.Truth.Start.IsZero() || !run.Truth.End.After(run.Truth.Start) {
		return ""
	}
	rows := []string{"critical", "major", "minor"}
	f := chart.Frame{ID: "timeline", Title: t.T("chart.timeline"), Desc: t.T("chart.timeline.desc", "n", len(run.Findings)),
		Width: 900, Height: 130, XTicks: chart.Days(run.Truth.Start, run.Truth.End, 8)}
	labels := []string{t.T("sev.critical"), t.T("sev.major"), t.T("sev.minor")}
	if truth {
		labels = append(labels, t.T("run.incidents"), t.T("run.lookalikes"))
		f.Height = 190
	}
	n := float64(len(labels))
	f.YTicks = append(f.YTicks, chart.Tick{At: 0.4})
	for i, label := range labels {
		f.YTicks = append(f.YTicks, chart.Tick{At: n - float64(i), Label: label})
	}
	f.YTicks = append(f.YTicks, chart.Tick{At: n + 0.6})
	var marks []chart.Mark
	for i, finding := range run.Findings {
		row := map[string]float64{"critical": 0, "major": 1, "minor": 2}[severity(finding.Level)]
		m := chart.Mark{Class: chart.Class(rows[int(row)]), Shape: shapeOf(rows[int(row)]), X: float64(finding.At.UnixMilli()), Y: n - row,
			Title: finding.Container + ", " + kindWords(t, finding.Kind) + ", " + stamp(finding.At)}
		if truth && i < len(run.Score.Findings) && run.Score.Findings[i].Sort != pocs.Hit {
			m.Class = "faint"
		}
		marks = append(marks, m)
	}
	var bars []chart.Bar
	if truth {
		bars = incidentBars(t, run)
	}
	return chart.Bars(f, bars, marks)
}

// incidentBars are the incidents as spans of time: hostile ones in the upper row, found ones filled.
func incidentBars(t *texts, run *pocs.Run) []chart.Bar {
	var out []chart.Bar
	least := run.Truth.End.Sub(run.Truth.Start) / 200 // a span too short to see is drawn this long
	for i := range run.Truth.Incidents {
		in := &run.Truth.Incidents[i]
		b := chart.Bar{Class: "alike", Row: 1, From: float64(in.Start.UnixMilli()), To: float64(in.End.UnixMilli()), Thick: 12,
			Title: kindWords(t, in.Kind) + ", " + in.Container + ", " + stamp(in.Start)}
		if in.Hostile {
			b.Row, b.Class = 2, "missed"
			if i < len(run.Score.MatchedBy) && run.Score.MatchedBy[i] >= 0 {
				b.Class = "found"
			}
		}
		b.To = math.Max(b.To, b.From+float64(least/time.Millisecond))
		out = append(out, b)
	}
	return out
}

// alikeRow is one kind of look-alike: how many there were, and how many brought a false alarm.
type alikeRow struct {
	Kind      string
	N, Fooled int
}

// sorted parts attacks from look-alikes. Of the latter a world holds hundreds, so that they are counted by kind.
func sorted(list []incidentJSON, run *pocs.Run) (attacks []incidentJSON, alikes []alikeRow) {
	fooled := map[int]bool{}
	for _, word := range run.Score.Findings {
		if word.Sort == pocs.False && word.Incident >= 0 {
			fooled[word.Incident] = true
		}
	}
	at := map[string]int{}
	for i, in := range list {
		if in.Hostile {
			attacks = append(attacks, in)
			continue
		}
		row, known := at[in.Kind]
		if !known {
			row = len(alikes)
			at[in.Kind] = row
			alikes = append(alikes, alikeRow{Kind: in.Kind})
		}
		alikes[row].N++
		if fooled[i] {
			alikes[row].Fooled++
		}
	}
	return attacks, alikes
}

// Numbers are the settings and parameters that differ from their defaults, or those that do not.
func (p *runPage) Numbers(given bool) []named {
	var out []named
	for _, n := range slices.Concat(p.Settings, p.Params) {
		if n.Given == given {
			out = append(out, n)
		}
	}
	return out
}

// FindingsCount is how many findings there are, shown or not.
func (p *runPage) FindingsCount() int { return p.runJSON.Findings }
