// The pages of the library: all kinds, and one kind with its trace.

package web

import (
	"fmt"
	"html/template"
	"maps"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"sealab/sim"
	"sealab/sim/attacks"
)

// libraryPage is what its template shows.
type libraryPage struct{ Attacks, Alikes []attacks.Entry }

func (s *Server) libraryPage(c *gin.Context) error {
	p := &libraryPage{}
	for _, e := range s.library() {
		if e.Hostile {
			p.Attacks = append(p.Attacks, e)
		} else {
			p.Alikes = append(p.Alikes, e)
		}
	}
	return s.page(c, "library", p)
}

// kindPage is what its template shows of one kind.
type kindPage struct {
	attacks.Entry
	Trace    *attacks.Trace
	Rates    []sim.Setting
	Params   []named // how it was done
	Timeline template.HTML
	Charts   []kindChart
	Other    bool // another device speaks too
	Rows     []kindRow
	Rest     []kindRow // of a long act
	Counts   []kindCount
	World    string // the scenario in which a run can be started; empty: none holds the kind
	Try      string // address of the experiment form, filled in
}

func (p *kindPage) title(t *texts) string { return kindWords(t, p.Name) }

// kindChart is one field over time; Field is the path of its name.
type kindChart struct {
	Field, Unit string
	SVG         template.HTML
}

// kindRow is one message of the trace.
type kindRow struct {
	attacks.TraceRow
	Notice bool
	Phase  string // before, during, after
}

// kindCount is how many messages are of one sort.
type kindCount struct {
	Sort attacks.Sort
	N    int
}

// shownRows is how many messages are not folded away.
const shownRows = 40

func (s *Server) kindPage(c *gin.Context) error {
	trace, err := s.trace(c.Param("kind"))
	if err != nil {
		return err
	}
	p := &kindPage{Entry: attacks.Describe(trace.Kind, s.scenarios()), Trace: trace}
	for _, name := range slices.Sorted(maps.Keys(trace.Incident.Params)) {
		p.Params = append(p.Params, named{Name: name, Value: trace.Incident.Params[name]})
	}
	p.rows()
	t := s.set(c).texts
	p.Timeline = traceTimeline(t, trace)
	if p.Charts, err = traceCharts(t, trace); err != nil {
		return err
	}
	if len(p.Scenarios) > 0 {
		p.World = p.Scenarios[0]
		p.Try = "/experiments?kind=" + url.QueryEscape(p.Name) + "#write"
		if sc, _, err := s.findScenario(p.World); err == nil {
			p.settings(sc)
		}
	}
	return s.page(c, "library_kind", p)
}

// settings finds the settings that decide how often the kind happens.
func (p *kindPage) settings(sc *sim.Scenario) {
	for _, x := range sc.Settings {
		if slices.Contains(p.Entry.Rates, x.Name) {
			p.Rates = append(p.Rates, x)
		}
	}
}

// rows writes the messages out and counts them by their sorts.
func (p *kindPage) rows() {
	told, count := p.Trace.Told(), map[attacks.Sort]int{}
	for i := range told.Messages {
		m, r := &told.Messages[i], &p.Trace.Rows[i]
		row := kindRow{TraceRow: *m, Notice: r.Reading == nil && r.Honest == nil, Phase: "during"}
		switch at := r.Made; {
		case at.Before(told.Start):
			row.Phase = "before"
		case at.After(told.End):
			row.Phase = "after"
		}
		count[r.Sort]++
		p.Other = p.Other || r.Foreign
		if i < shownRows {
			p.Rows = append(p.Rows, row)
		} else {
			p.Rest = append(p.Rest, row)
		}
	}
	for _, sort := range []attacks.Sort{attacks.Same, attacks.Follows, attacks.Differs, attacks.Extra, attacks.Again, attacks.Missing} {
		if count[sort] > 0 {
			p.Counts = append(p.Counts, kindCount{sort, count[sort]})
		}
	}
}

// WaitS is how long it took from the act to its being heard, in seconds.
func (p *kindPage) WaitS() float64 {
	return p.Trace.Incident.HeardAt.Sub(p.Trace.Incident.Start).Seconds()
}

// LastS is how long the act lasted, in seconds.
func (p *kindPage) LastS() float64 {
	return p.Trace.Incident.End.Sub(p.Trace.Incident.Start).Seconds()
}

// LateS is how long after it was made a message was heard, in seconds; 0 where that was soon or never.
func (r *kindRow) LateS() float64 {
	if r.Heard == nil || r.Heard.Sub(r.Made).Minutes() < 10 {
		return 0
	}
	return r.Heard.Sub(r.Made).Seconds()
}

// Said is the row's message without the word that says it is a notice.
func (r *kindRow) Said() string {
	if r.Notice {
		return r.What[len("notice "):]
	}
	return r.What
}

// planFor is the experiment form filled in with the question which detector catches a kind.
func (s *Server) planFor(kind string) (planForm, bool) {
	f := s.planForm()
	for _, e := range s.library() {
		if e.Name != kind || len(e.Scenarios) == 0 {
			continue
		}
		words := kindWords(s.texts[defaultLanguage], kind)
		f.Name, f.Question = "who catches "+kind, fmt.Sprintf("Which detector catches this: %s?", words)
		if !e.Hostile {
			f.Question = fmt.Sprintf("Which detector is misled by this: %s?", words)
		}
		f.Scenarios, f.Arms = e.Scenarios[:1], nil
		for _, p := range s.cfg.PoCs {
			if !p.Baseline || p.Name == f.Baseline {
				f.Arms = append(f.Arms, p.Name)
			}
		}
		f.Thresholds = ""
		f.File = f.write()
		f.Wrote = f.File
		return f, true
	}
	return f, false
}
