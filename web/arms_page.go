// Arms side by side: first the verdict in words, the cost, and who caught what; everything else a click away. The same
// page serves an experiment, two detectors over seeds, and loose runs.

package web

import (
	"maps"
	"math"
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"sealab/pocs"
	"sealab/pocs/experiment"
)

// armsView is what the template "arms" shows.
type armsView struct {
	Ask      *armsAsk
	Arms     []armHead
	Results  *experiment.Results
	Board    *experiment.Board
	Left     []uint64
	Says     []saying
	Sums     []reportItem // the arms of which the same is said, where there are many; else empty
	Worlds   int
	Cost     *costView
	Matrix   *matrixView
	Figures  []figure
	Differs  []differenceRow
	Sections []string
	Few      bool   // the measures are not all there are
	Decide   string // where the cost is carried to a decision; empty where there is no such page

	Path string
	keep url.Values // what the page is about
	asks url.Values // what it was asked to show
}

// armHead is an arm as the head of a column. Swatch is 1–4 where it is drawn, else 0.
type armHead struct {
	N         int
	Name      string
	PoC       string
	Reference bool
	Baseline  bool
	Swatch    int
	Runs      string // address of its runs
}

// saying is one arm's verdict against the baseline.
type saying struct {
	View   *armsView
	Arm    string
	Versus *experiment.Versus
}

// asked are the names that the page's own state takes in the address.
var asked = []string{"show", "arm_a", "arm_b", "side", "seed", "from", "arm", "all", "base", "flow", "check", "kg"}

// With is the page's address with some of its state changed; an empty value takes a name out.
func (v *armsView) With(pairs ...any) string {
	q := url.Values{}
	for _, from := range []url.Values{v.keep, v.asks} {
		for name, values := range from {
			q[name] = values
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, value := pairs[i].(string), plainText(pairs[i+1])
		if q.Del(name); value != "" {
			q.Set(name, value)
		}
	}
	return address(v.Path, q)
}

func plainText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case uint64:
		return strconv.FormatUint(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return ""
}

// Hidden lists the state that a form must carry along, but for the names that it sets itself.
func (v *armsView) Hidden(own ...string) []fact {
	var out []fact
	for _, from := range []url.Values{v.keep, v.asks} {
		for _, name := range slices.Sorted(maps.Keys(from)) {
			if !slices.Contains(own, name) {
				for _, value := range from[name] {
					out = append(out, fact{name, value})
				}
			}
		}
	}
	return out
}

// Headline is the measure that the verdict goes by.
func (v *armsView) Headline() *experiment.MeasureResult {
	if v.Results == nil || len(v.Results.Measures) == 0 {
		return nil
	}
	return &v.Results.Measures[0]
}

// AName and BName are the two arms that are told apart.
func (v *armsView) AName() string { return v.Arms[v.Ask.A].Name }

// BName is the second of them.
func (v *armsView) BName() string { return v.Arms[v.Ask.B].Name }

// arms makes the view of what was found. With ?csv= it answers with the table of that figure and returns nil.
func (s *Server) arms(c *gin.Context, f *found, path string, keep url.Values) (*armsView, error) {
	q := c.Request.URL.Query()
	ask, err := askOf(q, f)
	if err != nil {
		return nil, err
	}
	v := &armsView{Ask: ask, Results: f.Results, Board: f.Board, Left: f.Left, Worlds: len(f.Design.Scenarios) * len(f.Design.Seeds),
		Sections: sections, Path: path, keep: keep, asks: url.Values{}}
	for _, name := range asked {
		if q.Has(name) {
			v.asks[name] = q[name]
		}
	}
	v.heads(f)
	t := s.set(c).texts
	v.says(f)
	if len(v.Says) >= mostSentences {
		v.Sums = (&reportWriter{texts: t, found: f}).verdictOnMany(v.Headline())
	}
	v.Few = f.Results != nil && !ask.All && len(f.Results.Measures) < f.named()
	books, err := s.books(c.Request.Context(), f.Design, f.Out, ask.Section == "levels")
	if err != nil {
		return nil, err
	}
	rows := matrixRows
	if q.Get("csv") == "matrix" {
		rows, ask.From = math.MaxInt, 0
	}
	v.Matrix = v.matrix(f.Design, ledgersIn(books), rows)
	v.Cost = v.cost(f)
	if err := v.section(t, f, &armBooks{f.Design, books, ask.Drawn, ask.Terms}); err != nil {
		return nil, err
	}
	if id := q.Get("csv"); id != "" {
		return nil, v.csv(c, id)
	}
	return v, nil
}

func (v *armsView) heads(f *found) {
	for i := range f.Design.Arms {
		a := &f.Design.Arms[i]
		v.Arms = append(v.Arms, armHead{N: i + 1, Name: a.Name, PoC: a.PoC.Name, Reference: a.PoC.Baseline, Baseline: i == f.Design.Baseline,
			Swatch: slices.Index(v.Ask.Drawn, i) + 1})
	}
}

// says gathers the verdicts: arms that compete before references, the surest difference first.
func (v *armsView) says(f *found) {
	m := v.Headline()
	if m == nil {
		return
	}
	for _, arm := range f.ranked() {
		if a := &m.Arms[arm]; a.Versus != nil {
			v.Says = append(v.Says, saying{v, a.Arm, a.Versus})
		}
	}
}

// section makes what lies a click away.
func (v *armsView) section(t *texts, f *found, b *armBooks) (err error) {
	switch v.Ask.Section {
	case "measures":
		v.Figures = f.forest(t)
	case "time":
		v.Figures, err = b.time(t)
	case "levels":
		v.Figures, err = b.levels(t)
	case "kinds":
		v.Figures = b.kinds(t)
	case "cost":
		var front *experiment.Front
		if front, err = f.front(); err == nil && front != nil {
			v.Figures = make([]figure, 1)
			v.Figures[0], err = pareto(t, front)
		}
	case "differences":
		v.differences(f)
	}
	return err
}

// named is how many measures the runs have.
func (f *found) named() int {
	n := 0
	for _, m := range f.Design.Challenge.Measures {
		if f.has(m.Name) {
			n++
		}
	}
	return n
}

// has reports whether a measure is one of the challenge's and some run has it.
func (f *found) has(measure string) bool {
	if !slices.ContainsFunc(f.Design.Challenge.Measures, func(m pocs.Measure) bool { return m.Name == measure }) {
		return false
	}
	for _, o := range f.Out {
		if _, there := o.Values[measure]; there {
			return true
		}
	}
	return false
}

// csv sends a figure's table, or one of the page's own.
func (v *armsView) csv(c *gin.Context, id string) error {
	switch id {
	case "matrix":
		return v.matrixCSV(c)
	case "measures":
		return measuresCSV(v.Results, openTable(c, id, measuresHead...))
	case "differences":
		return v.differencesCSV(c)
	}
	known := []string{"matrix", "measures", "differences"}
	for _, fig := range v.Figures {
		if fig.ID == id {
			t := openTable(c, id, fig.Head...)
			for _, row := range fig.Rows {
				cells := make([]any, len(row))
				for i := range row {
					cells[i] = row[i]
				}
				t.row(cells...)
			}
			return t.close()
		}
		known = append(known, fig.ID)
	}
	_, err := oneOf("csv", id, known)
	return err
}

// costView is what the arms would mean at the stated terms.
type costView struct {
	Measures []pocs.Measure
	Rows     []experiment.Projection
}

// cost projects the arms to the terms asked for; nil where the challenge has nothing that depends on them.
func (v *armsView) cost(f *found) *costView {
	rows := experiment.Project(f.Design, f.Out, v.Ask.Terms)
	view := &costView{Rows: rows}
	for _, m := range f.Design.Challenge.Measures {
		if slices.ContainsFunc(rows, func(p experiment.Projection) bool { return p.Values[m.Name] != nil }) {
			view.Measures = append(view.Measures, m)
		}
	}
	if len(view.Measures) == 0 {
		return nil
	}
	return view
}

// differenceRow is one number that sets arms apart.
type differenceRow struct {
	What, Name string
	Values     []string
}

func (v *armsView) differences(f *found) {
	for _, d := range experiment.Differences(f.Design, v.Ask.All) {
		row := differenceRow{What: d.What, Name: d.Name}
		for _, n := range d.Values {
			row.Values = append(row.Values, plainNumber(n))
		}
		v.Differs = append(v.Differs, row)
	}
}

func (v *armsView) differencesCSV(c *gin.Context) error {
	head := []string{"what", "name"}
	for _, a := range v.Arms {
		head = append(head, a.Name)
	}
	t := openTable(c, "differences", head...)
	for _, d := range v.Differs {
		cells := []any{d.What, d.Name}
		for _, value := range d.Values {
			cells = append(cells, value)
		}
		t.row(cells...)
	}
	return t.close()
}

// figureAt is a figure with the address of its table as CSV.
type figureAt struct {
	figure
	CSV string
}

func figureIn(v *armsView, f figure) figureAt { return figureAt{f, v.With("csv", f.ID)} }
