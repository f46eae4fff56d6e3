// CSV beside the tables. A cell that a spreadsheet would take for a formula is made text.

package web

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// runs finds what a spreadsheet would run: = + - @, also as wide letters, at the beginning of a cell, and where one begins
// for whoever's spreadsheet parts cells by semicolons or tabs, and does not see quotes behind a comma.
var runs = regexp.MustCompile(`(^[\t\r\n]*|[;\t\r\n])([=+\-@＝＋－＠])`)

// defuse puts an apostrophe before what a spreadsheet would run, and before what it trims away. Numbers stay numbers,
// minus sign and all.
func defuse(cell string) string {
	if !strings.ContainsAny(cell, "=+-@\t\r\n＝＋－＠") {
		return cell
	}
	if _, err := strconv.ParseFloat(cell, 64); err == nil && cell[0] == '-' {
		return cell
	}
	cell = runs.ReplaceAllString(cell, "$1'$2")
	if strings.ContainsRune("\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// table streams rows as CSV under a file name.
type table struct {
	c   *gin.Context
	out *csv.Writer
}

// openTable begins a table; names of columns may be foreign too, such as those of arms.
func openTable(c *gin.Context, name string, head ...string) *table {
	c.Header("Content-Type", "text/csv; charset=utf-8")
	c.Header("Content-Disposition", fmt.Sprintf(`attachment; filename="%s.csv"`, name))
	t := &table{c, csv.NewWriter(c.Writer)}
	names := make([]string, len(head))
	for i, text := range head {
		names[i] = defuse(text)
	}
	_ = t.out.Write(names) // an error stays in the writer until close
	return t
}

func (t *table) row(cells ...any) {
	text := make([]string, len(cells))
	for i, v := range cells {
		text[i] = cellText(v)
	}
	_ = t.out.Write(text)
}

func cellText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []string:
		return defuse(strings.Join(v, "; "))
	case *float64:
		if v == nil {
			return ""
		}
		return strconv.FormatFloat(*v, 'g', -1, 64)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	case string:
		return defuse(v)
	}
	return defuse(fmt.Sprint(v))
}

func (t *table) close() error {
	t.out.Flush()
	return t.out.Error()
}

func (s *Server) runsCSV(c *gin.Context) error {
	q := runQueryOf(c.Request.URL.Query())
	q.Page = 1
	rows, _, err := s.runList(c.Request.Context(), q, 0)
	if err != nil {
		return err
	}
	if len(q.Cols) > 0 {
		return runsByColumn(c, rows, q.Cols)
	}
	head := append([]string{"run", "state", "poc", "scenario", "seed", "carrier", "commit", "claim", "verdict", "readings",
		"findings", "incidents", "unheard", "lookalikes", "digest", "started", "elapsed_s", "reason"}, columns...)
	t := openTable(c, "runs", head...)
	for _, r := range rows {
		cells := []any{r.Run, r.State, r.PoC, r.Scenario, r.Seed, r.Carrier, r.Commit, r.Claim, r.Verdict, r.Readings,
			r.Findings, r.Incidents, r.Unheard, r.LookAlikes, r.Digest, r.Started, r.ElapsedS, r.Reason}
		for _, m := range columns {
			cells = append(cells, r.Score[m])
		}
		t.row(cells...)
	}
	return t.close()
}

// runsByColumn writes the columns that were asked for, behind what says which run it is.
func runsByColumn(c *gin.Context, rows []runJSON, cols []string) error {
	cols = slices.DeleteFunc(slices.Clone(cols), func(name string) bool { return slices.Contains(fixedColumns, name) })
	t := openTable(c, "runs", slices.Concat([]string{"run"}, fixedColumns, cols)...)
	for _, r := range rows {
		cells := []any{r.Run, r.Started, r.PoC, r.Scenario, r.Seed, r.Verdict, r.State}
		for _, name := range cols {
			cells = append(cells, r.Cells[name])
		}
		t.row(cells...)
	}
	return t.close()
}

func (s *Server) findingsCSV(c *gin.Context) error {
	run, err := s.wholeRun(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	t := openTable(c, "findings-"+run.ID, "at", "container", "kind", "level", "why", "sort", "incident", "delay_s")
	for _, f := range findingsOf(run, revealed(c.Request, run.ID)) {
		t.row(time.UnixMilli(f.At), f.Container, f.Kind, f.Level, f.Why, f.Sort, f.Incident, f.DelayS)
	}
	return t.close()
}

func (s *Server) truthCSV(c *gin.Context) error {
	run, err := s.wholeRun(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	if !revealed(c.Request, run.ID) {
		return hidden(run.ID)
	}
	t := openTable(c, "truth-"+run.ID, "id", "kind", "hostile", "seal", "container", "trip", "start", "end", "heard_at", "found")
	found := incidentsOf(run)
	for i := range run.Truth.Incidents {
		in := &run.Truth.Incidents[i]
		var heard any = ""
		if in.Heard() {
			heard = in.HeardAt
		}
		t.row(in.ID, in.Kind, in.Hostile, in.Seal, in.Container, in.Trip, in.Start, in.End, heard, found[i].Found)
	}
	return t.close()
}
