// The order of a report: verdict first, then design, results, charts, what it rests on, and how to cite it.

package web

import (
	"fmt"
	"regexp"
	"strings"

	"sealab/pocs/experiment"
)

// report builds the document.
func (w *reportWriter) report() *report {
	title := orText(w.e.Name, w.e.ID)
	doc := &report{Lang: w.Lang, Title: title, Question: w.e.Question, BibTeX: w.bibTeX(title),
		About: w.T("report.about", "id", w.e.ID, "when", stamp(w.e.Created), "commit", w.e.Commit),
		Foot:  fmt.Sprintf("Sealab · %s · %s · %s", plainKey(w.e.ID), plainKey(clipDigest(w.e.Hash)), plainKey(short(w.e.Commit)))}
	doc.Sections = []reportSection{
		{ID: "verdict", Title: w.T("experiment.verdict"), Blocks: w.verdict()},
		{ID: "design", Title: w.T("report.design"), Blocks: w.design()},
		{ID: "results", Title: w.T("report.results"), Blocks: w.results()},
	}
	if len(w.Results.Thresholds) > 0 {
		doc.add("thresholds", w.T("experiment.thresholds"), w.thresholds())
	}
	if len(w.charts) > 0 {
		doc.add("charts", w.T("report.charts"), reportBlock{Figures: w.charts})
	}
	if left := w.leftOut(); len(left) > 0 {
		doc.add("left", w.T("report.left"), left...)
	}
	doc.Sections = append(doc.Sections, reportSection{ID: "method", Title: w.T("report.method"), Fine: true, Blocks: w.method()},
		reportSection{ID: "limits", Title: w.T("report.limits"), Fine: true, Blocks: []reportBlock{w.limits()}},
		reportSection{ID: "citation", Title: w.T("report.citation"), Keep: true, Blocks: w.citation(title, doc.BibTeX)},
		reportSection{ID: "measures", Title: w.T("report.every"), Appendix: true, Blocks: []reportBlock{w.everyMeasure()}},
		reportSection{ID: "manifest", Title: w.T("report.manifest"), Appendix: true, Blocks: w.manifest()})
	return doc
}

func (r *report) add(id, title string, blocks ...reportBlock) {
	r.Sections = append(r.Sections, reportSection{ID: id, Title: title, Blocks: blocks})
}

// unplain is what does not go into a style sheet's text or a file name.
var unplain = regexp.MustCompile(`[^A-Za-z0-9.+:-]+`)

// plainKey keeps of a foreign text what is safe anywhere.
func plainKey(text string) string { return unplain.ReplaceAllString(text, "") }

// digestShown is how much of a digest stands in a line: 16 hexadecimal digits tell any two runs apart.
const digestShown = len("sha256:") + 16

func clipDigest(digest string) string { return digest[:min(len(digest), digestShown)] }

// measureArrow shows which way a measure is better.
func measureArrow(m *experiment.MeasureResult) string {
	switch m.Better {
	case "higher":
		return " ↑"
	case "lower":
		return " ↓"
	}
	return ""
}

// measureHead names a measure with its arrow.
func (w *reportWriter) measureHead(m *experiment.MeasureResult) string {
	return measureWords(w.texts, m.Measure) + measureArrow(m)
}

// value writes a number and keeps it together with its unit.
func (w *reportWriter) value(unit string, v *float64) string {
	return unbroken(measured(w.texts, unit, v))
}

// signed writes a difference so.
func (w *reportWriter) signed(unit string, v *float64) string {
	return unbroken(signed(w.texts, unit, v))
}

// noBreak is the blank at which no line is broken.
const noBreak = "\u00a0"

func unbroken(text string) string { return strings.ReplaceAll(text, " ", noBreak) }

// between is an interval as text writes its ends; a sign of per cent stands once.
func between(unit string, low, high *float64, text func(unit string, v *float64) string) string {
	if low == nil || high == nil {
		return "–"
	}
	return strings.TrimSuffix(text(unit, low), noBreak+"%") + " …" + noBreak + text(unit, high)
}

// probability writes a p-value; what is smaller than four places show is said to be.
func probability(p *float64) string {
	switch {
	case p == nil:
		return "–"
	case *p < 0.00005:
		return "<" + noBreak + "0.0001"
	}
	return fmt.Sprintf("%.4f", *p)
}

// said gives the word of a comparison. The permutation test alone decides it; a dagger says that it does not hold after
// Holm's correction.
func (w *reportWriter) said(v *experiment.Versus) (text, class string) {
	if v.Pairs == 0 {
		return "", ""
	}
	slug := strings.ReplaceAll(string(v.Words), " ", "_")
	text = w.Or("words."+slug, string(v.Words))
	if !v.Holds && v.Words != experiment.NotDistinguishable {
		return text + " †", ""
	}
	return text, slug
}
