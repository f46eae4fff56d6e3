// The verdict of a report in words, its thresholds, and what was left out of it.

package web

import (
	"strings"

	"sealab/pocs/experiment"
)

// mostSentences is up to how many arms the verdict has a sentence an arm; of more it has one a word.
const mostSentences = 8

// mostListed is how many failed trials a report lists.
const mostListed = 40

// verdict says of each arm what came out, first in words.
func (w *reportWriter) verdict() []reportBlock {
	if len(w.Results.Measures) == 0 {
		return []reportBlock{{Text: w.T("report.nomeasure")}}
	}
	m := &w.Results.Measures[0]
	var items []reportItem
	for i := range m.Arms {
		if v := m.Arms[i].Versus; v != nil && len(m.Arms) <= mostSentences {
			items = append(items, w.verdictOn(m, &m.Arms[i]))
		}
	}
	if len(m.Arms) > mostSentences {
		items = w.verdictOnMany(m)
	}
	var out []reportBlock
	if len(items) == 0 {
		a := &m.Arms[0]
		out = append(out, reportBlock{Text: w.T("report.alone", "arm", a.Arm, "measure", measureWords(w.texts, m.Measure), "mean", w.value(m.Unit, a.Mean), "n", a.N)})
	} else {
		out = append(out, reportBlock{Items: items})
	}
	if n := len(w.Results.Thresholds); n > 0 {
		held := 0
		for _, c := range w.Results.Thresholds {
			if c.Holds {
				held++
			}
		}
		out = append(out, reportBlock{Text: w.T("report.held", "held", held, "n", n)})
	}
	return append(out, reportBlock{Note: true, Text: w.T("report.verdict.note")})
}

func (w *reportWriter) verdictOn(m *experiment.MeasureResult, a *experiment.ArmMeasure) reportItem {
	v, base := a.Versus, w.Results.Baseline
	if v.Pairs == 0 {
		return reportItem{Strong: w.T("experiment.nopairs", "a", a.Arm, "b", base)}
	}
	slug := strings.ReplaceAll(string(v.Words), " ", "_")
	it := reportItem{Class: slug, Strong: w.Or("pair.says."+slug, "{a}: {b}")}
	it.Strong = strings.NewReplacer("{a}", a.Arm, "{b}", base).Replace(it.Strong)
	it.Text = w.T("experiment.by", "measure", measureWords(w.texts, m.Measure), "diff", w.signed(m.Unit, v.Diff), "n", v.Pairs)
	if v.Low != nil && v.High != nil {
		it.Text += ". " + w.T("pair.between", "low", w.signed(m.Unit, v.Low), "high", w.signed(m.Unit, v.High))
	} else {
		it.Text += "."
	}
	it.Text += " " + w.T("report.p", "p", equals(probability(v.P)), "holm", probability(v.PHolm))
	switch {
	case v.Outlook != nil:
		it.Text += " " + w.T("report.outlook", "why", v.Outlook.Why)
	case !v.Holds && v.Words != experiment.NotDistinguishable:
		it.Class = ""
		it.Text += " " + w.T("experiment.notholm")
	}
	return it
}

// verdictOnMany gathers the arms of which the same is said.
func (w *reportWriter) verdictOnMany(m *experiment.MeasureResult) []reportItem {
	const many = "report.many."
	var out []reportItem
	for _, words := range []experiment.Words{experiment.Better, experiment.Higher, experiment.NotDistinguishable, experiment.Lower, experiment.Worse} {
		var arms []string
		held := true
		for i := range m.Arms {
			v := m.Arms[i].Versus
			if v == nil || v.Pairs == 0 || v.Words != words {
				continue
			}
			arm := m.Arms[i].Arm + " (" + w.signed(m.Unit, v.Diff)
			if !v.Holds && words != experiment.NotDistinguishable {
				held = false
				arm += noBreak + "†"
			}
			arms = append(arms, arm+")")
		}
		if len(arms) == 0 {
			continue
		}
		slug := strings.ReplaceAll(string(words), " ", "_")
		it := reportItem{Class: slug, Strong: w.T(many+slug, "n", len(arms), "b", w.Results.Baseline), Text: strings.Join(arms, "; ") + "."}
		if !held {
			it.Class = ""
			it.Text += " † " + w.T("report.many.notholm")
		}
		out = append(out, it)
	}
	return out
}

// equals puts the sign before a p-value that has none.
func equals(p string) string {
	if strings.HasPrefix(p, "<") {
		return p
	}
	return "= " + p
}

func (w *reportWriter) thresholds() reportBlock {
	s := &sheet{ID: "thresholds", Caption: w.T("experiment.thresholds"), Note: w.T("report.thresholds.note"), Paper: true, Named: true,
		Columns: columnsOf(w.T("report.threshold"), ">"+w.T("report.mean"), ">"+w.T("experiment.runs"), w.T("report.outcome"))}
	var rows [][]sheetCell
	for _, c := range w.Results.Thresholds {
		mean := w.T("experiment.nomean")
		if c.Mean != nil {
			mean = maybe(4, c.Mean)
		}
		row := plainRow(c.Text(), mean, whole(c.N))
		if c.Holds {
			row = append(row, sheetCell{Words: "✓ " + w.T("experiment.holds"), Class: "better"})
		} else {
			row = append(row, sheetCell{Words: "✗ " + w.T("experiment.breached"), Class: "worse"})
		}
		rows = append(rows, row)
	}
	s.Groups = []sheetGroup{{Rows: rows}}
	return reportBlock{Sheet: s}
}

// leftOut names what the figures do not rest on.
func (w *reportWriter) leftOut() []reportBlock {
	var out []reportBlock
	if len(w.Left) > 0 {
		out = append(out, reportBlock{Text: w.T("report.left.seeds", "seeds", experiment.FormatSeeds(w.Left))})
	}
	failed := w.Results.Failed
	if len(failed) == 0 {
		return out
	}
	b := reportBlock{}
	for _, f := range failed[:min(len(failed), mostListed)] {
		b.Items = append(b.Items, reportItem{Strong: f.Arm + " · " + f.Scenario + " · " + w.T("runs.seed", "seed", f.Seed), Text: f.Reason + " (" + f.Run + ")"})
	}
	out = append(out, reportBlock{Text: w.T("experiment.failedruns") + ": " + whole(len(failed)) + "."}, b)
	if more := len(failed) - mostListed; more > 0 {
		out = append(out, reportBlock{Note: true, Text: w.T("report.left.more", "n", more, "id", w.e.ID)})
	}
	return out
}
