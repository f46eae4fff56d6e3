// The tables of a report. Arms are rows everywhere, so that two arms and two hundred fit the same page.

package web

import (
	"fmt"
	"slices"
	"strings"

	"sealab/pocs/experiment"
)

// mainColumns is how many measures stand side by side on a page.
const mainColumns = 6

// mainMeasures are the headline and the measures that the experiment's page begins with; where a challenge has none of
// those, its first ones.
func (w *reportWriter) mainMeasures() []*experiment.MeasureResult {
	var list []*experiment.MeasureResult
	pick := func(wanted func(int, string) bool) {
		for i := range w.Results.Measures {
			m := &w.Results.Measures[i]
			if len(list) < mainColumns && !slices.Contains(list, m) && wanted(i, m.Measure) {
				list = append(list, m)
			}
		}
	}
	pick(func(i int, name string) bool { return i == 0 || slices.Contains(firstMeasures, name) })
	if len(list) < 2 {
		pick(func(int, string) bool { return true })
	}
	return list
}

func (w *reportWriter) results() []reportBlock {
	var out []reportBlock
	if main := w.mainMeasures(); len(main) > 0 {
		out = append(out, reportBlock{Sheet: w.mainSheet(main)})
	}
	if w.Board != nil {
		out = append(out, reportBlock{Sheet: w.boardSheet()})
	}
	return append(out, reportBlock{Sheet: w.claimSheet()})
}

// mainSheet has a row an arm and a column a measure.
func (w *reportWriter) mainSheet(main []*experiment.MeasureResult) *sheet {
	s := &sheet{ID: "results", Caption: w.T("report.main"), Note: w.T("report.main.note", "baseline", w.Results.Baseline), Paper: true, Wide: true,
		Columns: []sheetColumn{{Name: w.T("experiment.arm")}}}
	rows := make([][]sheetCell, len(w.Results.Arms))
	for a := range rows {
		rows[a] = []sheetCell{{Text: w.Results.Arms[a].Name}}
		if a == w.whole.Baseline {
			rows[a][0].More = w.T("experiment.baseline")
		}
	}
	for _, m := range main {
		s.Columns = append(s.Columns, sheetColumn{Name: w.measureHead(m), Number: true})
		for a := range rows {
			am := &m.Arms[a]
			c := sheetCell{Text: w.value(m.Unit, am.Mean)}
			if am.Low != nil && am.High != nil {
				c.More = between(m.Unit, am.Low, am.High, w.value)
			}
			if am.Versus != nil {
				c.Words, c.Class = w.said(am.Versus)
			}
			rows[a] = append(rows[a], c)
		}
	}
	s.Groups = []sheetGroup{{Rows: rows}}
	return s
}

// boardSheet is the headline: the arms in groups, best first, and what each is against the baseline.
func (w *reportWriter) boardSheet() *sheet {
	b, headline := w.Board, &w.Results.Measures[0]
	s := &sheet{ID: "board", Caption: w.T("report.board", "measure", measureWords(w.texts, b.Measure)), Paper: true, Wide: true,
		Note: w.T("experiment.board.note") + " " + w.T("report.board.note", "baseline", w.Results.Baseline),
		Columns: columnsOf(w.T("experiment.arm"), ">"+w.T("experiment.group"), ">"+w.T("experiment.rank"), ">"+w.T("report.mean"),
			">"+w.T("pair.diff"), ">p", ">"+w.T("report.holm"), w.T("pair.words"))}
	var rows [][]sheetCell
	for _, p := range b.Places {
		at := slices.IndexFunc(headline.Arms, func(a experiment.ArmMeasure) bool { return a.Arm == p.Arm })
		rank := fmt.Sprint(p.RankLow)
		if p.RankHigh != p.RankLow {
			rank = fmt.Sprintf("%d–%d", p.RankLow, p.RankHigh)
		}
		row := append(plainRow(p.Arm, fmt.Sprint(p.Group), rank), sheetCell{Text: w.value(b.Unit, p.Mean), More: between(b.Unit, p.Low, p.High, w.value)})
		if p.Reference {
			row[0].More = w.T("experiment.reference")
		}
		if v := headline.Arms[at].Versus; v != nil {
			words, class := w.said(v)
			row = append(row, sheetCell{Text: w.signed(b.Unit, v.Diff), More: between(b.Unit, v.Low, v.High, w.signed)},
				sheetCell{Text: probability(v.P)}, sheetCell{Text: probability(v.PHolm)}, sheetCell{Words: words, Class: class})
		} else {
			row = append(row, plainRow("", "", "", w.T("experiment.baseline"))...)
		}
		rows = append(rows, row)
	}
	for _, arm := range b.Unranked {
		s.Note += " " + w.T("experiment.unranked", "arm", arm)
	}
	s.Groups = []sheetGroup{{Rows: rows}}
	return s
}

// claimSheet counts what came of each arm's runs.
func (w *reportWriter) claimSheet() *sheet {
	s := &sheet{ID: "claims", Caption: w.T("report.claims"), Note: w.T("report.claims.note"),
		Columns: columnsOf(w.T("experiment.arm"), ">"+w.T("experiment.runs"), ">"+w.T("report.failed"), w.T("run.claim"), ">"+w.T("report.claim.held"))}
	caught := slices.ContainsFunc(w.Results.Arms, func(a experiment.ArmResult) bool { return a.Caught.N > 0 })
	if caught {
		s.Columns = append(s.Columns, sheetColumn{Name: w.T("report.caught"), Number: true})
	}
	var rows [][]sheetCell
	for i := range w.Results.Arms {
		a := &w.Results.Arms[i]
		row := plainRow(a.Name, whole(a.Runs), whole(a.Failed), orText(w.whole.Arms[i].PoC.Claim, "score_balanced > 0"))
		row = append(row, shareCell(a.Passed))
		if caught {
			row = append(row, shareCell(a.Caught))
		}
		rows = append(rows, row)
	}
	s.Groups = []sheetGroup{{Rows: rows}}
	return s
}

func shareCell(s experiment.Share) sheetCell {
	if s.P == nil {
		return sheetCell{Text: "–"}
	}
	return sheetCell{Text: fmt.Sprintf("%d / %d", s.K, s.N), More: percent(*s.Low) + " … " + percent(*s.High)}
}

// everyMeasure lists all numbers: a group of rows a measure, a row an arm.
func (w *reportWriter) everyMeasure() reportBlock {
	s := &sheet{ID: "measures", Caption: w.T("report.every"), Note: w.T("report.every.note", "baseline", w.Results.Baseline), Wide: true, Named: true,
		Columns: columnsOf(w.T("experiment.arm"), ">"+w.T("report.n"), ">"+w.T("report.mean"), ">"+w.T("pair.interval"), ">"+w.T("pair.diff"),
			">"+w.T("pair.interval"), ">p", ">"+w.T("report.holm"), w.T("pair.words"))}
	var empty []string
	for i := range w.Results.Measures {
		m := &w.Results.Measures[i]
		if !slices.ContainsFunc(m.Arms, func(a experiment.ArmMeasure) bool { return a.N > 0 }) {
			empty = append(empty, measureWords(w.texts, m.Measure))
			continue
		}
		g := sheetGroup{Title: w.measureHead(m)}
		for k := range m.Arms {
			g.Rows = append(g.Rows, w.measureRow(m, &m.Arms[k]))
		}
		s.Groups = append(s.Groups, g)
	}
	if len(empty) > 0 {
		s.Note += " " + w.T("report.every.null", "measures", strings.Join(empty, ", "))
	}
	return reportBlock{Sheet: s}
}

func (w *reportWriter) measureRow(m *experiment.MeasureResult, a *experiment.ArmMeasure) []sheetCell {
	row := plainRow(a.Arm, whole(a.N), w.value(m.Unit, a.Mean), between(m.Unit, a.Low, a.High, w.value))
	v := a.Versus
	if v == nil {
		return append(row, plainRow("", "", "", "", w.T("experiment.baseline"))...)
	}
	words, class := w.said(v)
	row = append(row, plainRow(w.signed(m.Unit, v.Diff), between(m.Unit, v.Low, v.High, w.signed), probability(v.P), probability(v.PHolm))...)
	return append(row, sheetCell{Words: words, Class: class})
}
