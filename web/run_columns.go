// The columns of the runs table: which may be chosen, which are shown, and what stands in their cells.

package web

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sealab/catalog"
	"sealab/catalog/query"
)

// columns are the measures that the table shows unless others are chosen; all are on a run's own page.
var columns = []string{"score_balanced", "recall", "precision", "false_alarms_per_1000_seal_days", "delay_p50_s"}

// maxColumns is how many a table may have beside those that say which run it is.
const maxColumns = 20

// runColumn is one column beside those that say which run it is.
type runColumn struct {
	Name    string
	Kind    query.Kind
	Measure bool
	Unit    string
	Doc     string
	Chosen  bool
	Always  bool // stands in a narrow table too
}

// Number reports whether cells stand to the right.
func (c runColumn) Number() bool { return c.Kind == query.Number }

// colsOf reads the names of columns: a list with commas, or one a parameter as a form sends them, each once.
func colsOf(given []string) []string {
	var list []string
	for _, part := range given {
		for _, name := range strings.FieldsFunc(part, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\r' }) {
			if !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	return list
}

// usualColumns are those of a table for which none were chosen: of a hub without them the first measures there are.
func (s *Server) usualColumns(fields []query.Field) []string {
	var list, others []string
	for _, name := range columns {
		if _, known := query.Find(fields, name); known {
			list = append(list, name)
		}
	}
	for _, f := range fields {
		if s.isMeasure(f.Name) && len(others) < len(columns) {
			others = append(others, f.Name)
		}
	}
	if len(list) == 0 {
		return others
	}
	return list
}

func (s *Server) isMeasure(name string) bool {
	for i := range s.cfg.Challenges {
		for _, m := range s.cfg.Challenges[i].Measures {
			if m.Name == name {
				return true
			}
		}
	}
	return false
}

// shownColumns are the columns of a table, in order.
func (s *Server) shownColumns(q runQuery, fields []query.Field) []runColumn {
	names := q.Cols
	if len(names) == 0 {
		names = s.usualColumns(fields)
	}
	list := make([]runColumn, 0, len(names))
	for i, name := range names {
		f, _ := query.Find(fields, name) // checked before
		list = append(list, runColumn{Name: name, Kind: f.Kind, Measure: s.isMeasure(name), Unit: f.Unit, Doc: f.Doc,
			Always: len(q.Cols) > 0 || i == 0})
	}
	return list
}

// fixedColumns are always there, so that nobody has to choose them.
var fixedColumns = []string{"started", "poc", "scenario", "seed", "verdict", "state"}

// Choices are the columns that may be ticked; settings and parameters are many and are written into a field.
func (p *runsPage) Choices(measures bool) []runColumn {
	var list []runColumn
	for _, f := range p.fields {
		if strings.HasSuffix(f.Name, "*") || slices.Contains(fixedColumns, f.Name) || p.isMeasure(f.Name) != measures {
			continue
		}
		list = append(list, runColumn{Name: f.Name, Doc: f.Doc, Measure: measures, Chosen: slices.ContainsFunc(p.Columns, func(c runColumn) bool { return c.Name == f.Name })})
	}
	return list
}

// Written are the chosen settings and parameters, as the field has them.
func (p *runsPage) Written() string {
	var list []string
	for _, c := range p.Columns {
		if strings.Contains(c.Name, ".") {
			list = append(list, c.Name)
		}
	}
	return strings.Join(list, ", ")
}

// runCell is what stands in one cell.
type runCell struct {
	Number *float64
	At     time.Time
	List   []string
	Text   string
	Full   string // of a digest or commit, whose beginning tells it apart
	Link   string
}

// Cell gives the value of a column for a run.
func (p *runsPage) Cell(r *runJSON, c runColumn) runCell {
	if c.Measure {
		return runCell{Number: r.Score[c.Name]}
	}
	switch v := r.Cells[c.Name].(type) {
	case float64:
		return runCell{Number: &v}
	case time.Time:
		return runCell{At: v}
	case []string:
		return runCell{List: v}
	case string:
		cell := runCell{Text: v, Full: v}
		switch c.Name {
		case "id", "parent":
			cell.Link = "/runs/" + v
		case "commit", "digest", "world_digest":
			cell.Text = short(v)
		}
		return cell
	}
	return runCell{}
}

// cellAt is what the cell's template needs.
type cellAt struct {
	P *runsPage
	C runColumn
	V runCell
}

// In is the cell of a run in a column.
func (p *runsPage) In(r runJSON, c runColumn) cellAt { return cellAt{p, c, p.Cell(&r, c)} }

// Under are the tags that stand below a run's name, unless they have a column.
func (p *runsPage) Under(r runJSON) []string {
	if slices.Contains(p.Query.Cols, "tag") {
		return nil
	}
	return r.Tags
}

// Arms says for which arms experiments play a run, unless they have a column.
func (p *runsPage) Arms(r runJSON) string {
	if slices.Contains(p.Query.Cols, "arm") {
		return ""
	}
	return r.Called()
}

// Usual is the table with the usual columns.
func (p *runsPage) Usual() string {
	q := p.Query
	q.Cols = nil
	return address("/runs", q.values())
}

// WhereHas is the table of the runs that have one text in a field, such as a tag.
func (p *runsPage) WhereHas(field, text string) string { return whereHas("/runs", field, text) }

func whereHas(path, field, text string) string {
	where := query.Node{Op: query.Compare, Name: field, Cmp: "=", Text: text}
	return path + "?" + (runQuery{Where: where.String(), Page: 1}).values().Encode()
}

// checkColumns refuses what is no column, or too many of them.
func checkColumns(cols []string, fields []query.Field) error {
	if len(cols) > maxColumns {
		return invalid("too_many_columns", "cols", strings.Join(cols, ","), fmt.Sprintf("allowed are %d columns", maxColumns))
	}
	for _, name := range cols {
		if _, known := query.Find(fields, name); !known {
			return invalid("bad_column", "cols", name, query.Suggest(fields, name))
		}
	}
	return nil
}

// alwaysRead are the fields that are read for every list: they stand below a run's name.
var alwaysRead = []string{"tag", "arm"}

// wanted says which measures and cells the store shall hand out.
func (s *Server) wanted(q runQuery, fields []query.Field, out *catalog.Query) {
	out.Columns = slices.Clone(q.Cols)
	for _, name := range alwaysRead {
		if !slices.Contains(out.Columns, name) {
			out.Columns = append(out.Columns, name)
		}
	}
	out.Measures = s.usualColumns(fields)
	for _, name := range q.Cols {
		if s.isMeasure(name) && !slices.Contains(out.Measures, name) {
			out.Measures = append(out.Measures, name)
		}
	}
}

// takeCells gives a run the cells that were asked for.
func (r *runJSON) takeCells(row *catalog.Row, q runQuery) {
	for _, name := range q.Cols {
		if r.Cells == nil {
			r.Cells = map[string]any{}
		}
		r.Cells[name] = row.Cells[name]
	}
}
