// The charts of a report: all that an experiment's pages draw, with tables cut to the width of a page.

package web

import (
	"context"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// reportFigure is a chart with its table as it goes on paper.
type reportFigure struct {
	figure
	Sheets []*sheet
}

// Broad reports whether a chart needs the width of the page.
func (f reportFigure) Broad() bool {
	at := chartWidth.FindStringSubmatch(string(f.SVG))
	if at == nil || len(f.Sheets) > 0 {
		return len(f.Sheets) > 0
	}
	w, err := strconv.ParseFloat(at[1], 64)
	return err == nil && w > halfPage
}

// reportFigures draws what follows from the outcomes, and what follows from the ledgers of the runs. With many arms the
// charts show those that the experiment's page begins with.
func (s *Server) reportFigures(ctx context.Context, t *texts, f *found) ([]reportFigure, error) {
	list, err := f.figures(t)
	if err != nil {
		return nil, err
	}
	ask, err := askOf(url.Values{}, f)
	if err != nil {
		return nil, err
	}
	books, err := s.books(ctx, f.Design, f.Out, true)
	if err != nil {
		return nil, err
	}
	b := &armBooks{f.Design, books, ask.Drawn, ask.Terms}
	for _, draw := range []func(*texts) ([]figure, error){b.time, b.levels, func(t *texts) ([]figure, error) { return b.kinds(t), nil }} {
		more, err := draw(t)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	out := make([]reportFigure, len(list))
	for i := range list {
		out[i] = reportFigure{list[i], paperSheets(t, &list[i])}
	}
	return out, nil
}

const (
	figureColumns = 7  // side by side on a page, behind the names
	figureRows    = 60 // of a chart's table; of more, those of the arms that are drawn
)

// paperSheets turns and cuts a chart's table: what has a column for every arm has a row for each, and as many columns
// as a page holds.
func paperSheets(t *texts, f *figure) []*sheet {
	head, rows := f.Head, f.Rows
	if f.ID == "forest" { // the leaderboard holds these numbers
		return nil
	}
	note := ""
	if level := slices.Index(head, t.T("arms.level")); level >= 0 {
		rows, note = stepsOnly(rows, level), t.T("report.chart.steps")
	}
	if len(rows) > figureRows {
		rows = slices.DeleteFunc(slices.Clone(rows), func(row []string) bool { return !f.draws(row[0]) })
	}
	if len(head) > figureColumns+1 {
		head, rows = turned(head, rows)
	}
	var out []*sheet
	for from := 1; from < len(head) && len(rows) > 0; from += figureColumns {
		to := min(from+figureColumns, len(head))
		s := &sheet{ID: fmt.Sprintf("%s-%d", f.ID, len(out)+1), Caption: t.T("report.chart.numbers", "title", f.Title), Columns: columnsOf(head[0])}
		for c, name := range head[from:to] {
			words := slices.ContainsFunc(rows, func(row []string) bool { return !startsAsNumber(row[from+c]) })
			s.Columns = append(s.Columns, sheetColumn{Name: name, Number: !words})
		}
		var group sheetGroup
		for _, row := range rows {
			cells := plainRow(row[0])
			for _, text := range row[from:to] {
				cells = append(cells, sheetCell{Text: paperNumber(text)})
			}
			group.Rows = append(group.Rows, cells)
		}
		s.Groups = []sheetGroup{group}
		out = append(out, s)
	}
	if len(out) > 0 {
		out[len(out)-1].Note = note
	}
	return out
}

// stepsOnly drops the rows that differ from the one before them in the finding level alone.
func stepsOnly(rows [][]string, level int) [][]string {
	var out [][]string
	for _, row := range rows {
		if n := len(out); n > 0 && slices.Equal(slices.Delete(slices.Clone(row), level, level+1), slices.Delete(slices.Clone(out[n-1]), level, level+1)) {
			continue
		}
		out = append(out, row)
	}
	return out
}

func startsAsNumber(text string) bool {
	return text == "" || strings.ContainsAny(text[:1], "+-0123456789")
}

func (f *figure) draws(arm string) bool {
	return slices.ContainsFunc(f.Key, func(k keyed) bool { return k.Name == arm })
}

// turned makes columns of rows.
func turned(head []string, rows [][]string) ([]string, [][]string) {
	newHead, out := []string{head[0]}, make([][]string, len(head)-1)
	for i := range out {
		out[i] = []string{head[i+1]}
	}
	for _, row := range rows {
		newHead = append(newHead, row[0])
		for i := range out {
			out[i] = append(out[i], row[i+1])
		}
	}
	return newHead, out
}

// paperNumber cuts a number to what a reader takes in; other texts stay.
func paperNumber(text string) string {
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case text == "":
		return "–"
	case err != nil || math.IsInf(v, 0) || math.IsNaN(v):
		return text
	case math.Abs(v) >= 1000:
		return decimals(0, v)
	}
	return decimals(max(0, 3-len(strconv.Itoa(int(math.Abs(v))))+1), v)
}
