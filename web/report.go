// The report of an experiment: what came out of it as one document that needs nothing else, in HTML, Markdown or LaTeX.

package web

import (
	"context"
	"log/slog"
	"net/http"

	"sealab/catalog"
	"sealab/pocs/experiment"
)

// reportFormats are what a report can be written in.
var reportFormats = []string{"html", "md", "tex"}

// Report writes the report of a stored experiment as "html", "md" or "tex". The same experiment with the same runs gives
// the same bytes, here and from the hub: no clock is asked, and the day shown is that on which the experiment was
// written down. Of cfg it needs the store, the PoCs and the challenges. Its errors are *Problem where the experiment is
// unknown, has not ended, has no whole world yet or was written for other code.
func Report(ctx context.Context, cfg Config, id, format string) ([]byte, error) {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	s, err := New(cfg)
	if err != nil {
		return nil, err
	}
	return s.report(ctx, s.pages[defaultLanguage], id, format)
}

// report writes a report in a visitor's language.
func (s *Server) report(ctx context.Context, set *pageSet, id, format string) ([]byte, error) {
	if _, err := oneOf("format", format, reportFormats); err != nil {
		return nil, err
	}
	w, err := s.reportWriter(ctx, set.texts, id)
	if err != nil {
		return nil, err
	}
	doc := w.report()
	if format == "html" {
		return set.reports.html(doc)
	}
	return set.reports.text(doc, format)
}

// reportWriter puts one experiment into words.
type reportWriter struct {
	*texts
	e     *catalog.Experiment
	whole *experiment.Design // as it was written; found.Design has the seeds that were played
	*found
	commits []commitCount
	charts  []reportFigure
}

// commitCount is how many of an experiment's runs a commit made.
type commitCount struct {
	Commit string
	Runs   int
}

// reportWriter finds what a report is about.
func (s *Server) reportWriter(ctx context.Context, t *texts, id string) (*reportWriter, error) {
	e, err := s.findExperiment(ctx, id)
	if err != nil {
		return nil, err
	}
	refuse := func(code, message string) error {
		return &Problem{Status: http.StatusConflict, Code: code, Field: "experiment", Value: e.ID, Message: message}
	}
	view, d := s.jsonOfExperiment(e)
	if d == nil {
		_, err := s.keptDesign(e)
		return nil, refuse("other_code", t.T("experiment.gone", "why", err))
	}
	if !view.Ended() {
		return nil, refuse("experiment_not_finished", t.T("report.early"))
	}
	f, err := s.results(ctx, e, d)
	if err != nil {
		return nil, err
	}
	if f.Results == nil {
		return nil, refuse("nothing_played", t.T("experiment.nothing"))
	}
	w := &reportWriter{texts: t, e: e, whole: d, found: f}
	if w.commits, err = s.commitsOf(ctx, e.ID); err != nil {
		return nil, err
	}
	w.charts, err = s.reportFigures(ctx, t, f)
	return w, err
}

// commitsOf counts the runs of an experiment by the code that made them.
func (s *Server) commitsOf(ctx context.Context, id string) ([]commitCount, error) {
	where, err := s.parseWhere(`experiment = "` + id + `"`)
	if err != nil {
		return nil, err
	}
	rows, err := s.cfg.Store.Runs(ctx, catalog.Query{Where: where, Order: "id", Ascending: true})
	if err != nil {
		return nil, err
	}
	var list []commitCount
	at := map[string]int{}
	for i := range rows {
		n, known := at[rows[i].Commit]
		if !known {
			n = len(list)
			at[rows[i].Commit] = n
			list = append(list, commitCount{Commit: rows[i].Commit})
		}
		list[n].Runs++
	}
	return list, nil
}
