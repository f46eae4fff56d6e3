//go:build !js

// The benchmark's scoreboard as a person reads it: on a terminal, and as a report in Markdown or CSV.

package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"sealab/catalog/dataset"
	"sealab/pocs/nab"
)

// originNames say where a row comes from.
var originNames = map[string]string{nab.FromPoC: "here", nab.FromResults: "its results", nab.FromPublished: "published"}

// boardTable is the board as rows of cells, a header first.
func boardTable(b *nab.Board) [][]string {
	head := []string{"DETECTOR", "FROM"}
	whole, threshold := false, false
	for _, e := range b.Entries {
		for _, c := range e.Cells {
			whole, threshold = whole || c.Whole != nil, threshold || c.Threshold != nil
		}
	}
	if len(b.Entries) > 0 {
		for _, c := range b.Entries[0].Cells {
			head = append(head, c.Profile)
		}
	}
	if threshold {
		head = append(head, "THRESHOLDS")
	}
	if whole {
		head = append(head, "WHOLE BENCHMARK")
	}
	rows := [][]string{head}
	for i := range b.Entries {
		e := &b.Entries[i]
		rows = append(rows, boardRow(e, originNames[e.From], threshold, whole, func(c *nab.Cell) *float64 { return c.Score }))
		if e.Cells[0].HeldOut != nil {
			rows = append(rows, boardRow(e, originNames[e.From]+", held out", false, false, func(c *nab.Cell) *float64 { return c.HeldOut }))
		}
	}
	return rows
}

// boardRow is one row; the score is one of the cell's.
func boardRow(e *nab.Entry, from string, threshold, whole bool, score func(*nab.Cell) *float64) []string {
	row := []string{e.Detector, from}
	var thresholds, wholes []string
	for i := range e.Cells {
		c := &e.Cells[i]
		row = append(row, twoDigits(score(c)))
		if c.Threshold != nil {
			thresholds = append(thresholds, strconv.FormatFloat(*c.Threshold, 'g', 6, 64))
		}
		if c.Whole != nil {
			wholes = append(wholes, twoDigits(c.Whole))
		}
	}
	if threshold {
		row = append(row, strings.Join(slices.Compact(thresholds), " "))
	}
	if whole {
		row = append(row, strings.Join(wholes, " "))
	}
	return row
}

func twoDigits(v *float64) string {
	if v == nil {
		return "–"
	}
	return strconv.FormatFloat(*v, 'f', 2, 64)
}

// boardTitle says what was judged.
func boardTitle(b *nab.Board) string {
	return fmt.Sprintf("Numenta Anomaly Benchmark: %s files, %s windows, %s rows", plain(len(b.Files)), plain(b.Windows), plain(b.Rows))
}

// boardNotes say what the numbers mean.
func boardNotes(b *nab.Board) (notes []string) {
	notes = append(notes, "No alarm at all scores 0, an alarm at the first row of every window and none elsewhere 100.")
	best, published := false, false
	for _, e := range b.Entries {
		published = published || e.From == nab.FromPublished
		best = best || len(e.Cells) > 0 && e.Cells[0].Best
		if e.Difference != nil {
			notes = append(notes, fmt.Sprintf("%s: %s scores of files compared with those published; the largest difference is %.2g.", e.Detector, plain(e.Compared), *e.Difference))
		}
	}
	if best {
		notes = append(notes, "Where no threshold was given, it is the one that is best over these very files, for each profile; held out, each file is judged at the one that is best over the others.")
	}
	if published {
		notes = append(notes, "Whoever published chose thresholds over all files of the benchmark, 58 in version 1.1, and not over a part of them: what is chosen here over fewer fits these files better.")
	}
	return append(notes, b.Notes...)
}

// printBoard prints the table and what it means.
func printBoard(s *session, b *nab.Board) error {
	fmt.Fprintf(s.stdout, "%s\n\n", boardTitle(b))
	if err := s.table(boardTable(b)); err != nil {
		return err
	}
	fmt.Fprintln(s.stdout)
	for _, note := range boardNotes(b) {
		if _, err := fmt.Fprintf(s.stdout, "%s\n", harmless(note)); err != nil {
			return fmt.Errorf("print board: %w", err)
		}
	}
	return nil
}

// write writes the report.
func (c *nabCmd) write(b *nab.Board) error {
	text := boardMarkdown(b)
	if filepath.Ext(c.Out) == ".csv" {
		var err error
		if text, err = boardCSV(b); err != nil {
			return err
		}
	}
	if err := os.WriteFile(c.Out, text, 0o644); err != nil {
		return badInputf("write report: %w", err)
	}
	return nil
}

// boardMarkdown is the board, and the scores of each file under its first profile.
func boardMarkdown(b *nab.Board) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "# %s\n\n", boardTitle(b))
	markdownTable(&out, boardTable(b))
	for _, note := range boardNotes(b) {
		fmt.Fprintf(&out, "\n- %s", markdownText(note))
	}
	fmt.Fprint(&out, "\n\nThe benchmark: S. Ahmad, A. Lavin, S. Purdy, Z. Agha, Unsupervised real-time anomaly detection for streaming data,\nNeurocomputing 262 (2017), doi:10.1016/j.neucom.2017.04.070.\n")
	rows := [][]string{{"FILE"}}
	for _, file := range b.Files {
		rows = append(rows, []string{file})
	}
	for i := range b.Entries {
		c := &b.Entries[i].Cells[0]
		if len(c.Files) != len(b.Files) {
			continue
		}
		rows[0] = append(rows[0], b.Entries[i].Detector)
		for j, f := range c.Files {
			rows[j+1] = append(rows[j+1], strconv.FormatFloat(f.Score, 'f', 3, 64))
		}
	}
	if len(rows[0]) > 1 {
		fmt.Fprintf(&out, "\n## File by file, %s, not scaled\n\n", b.Entries[0].Cells[0].Profile)
		markdownTable(&out, rows)
	}
	return out.Bytes()
}

func markdownTable(out *bytes.Buffer, rows [][]string) {
	for i, row := range rows {
		for j := range rows[0] {
			cell := ""
			if j < len(row) {
				cell = markdownText(row[j])
			}
			fmt.Fprintf(out, "| %s ", cell)
		}
		fmt.Fprint(out, "|\n")
		if i == 0 {
			fmt.Fprintf(out, "%s|\n", strings.Repeat("|---", len(rows[0])))
		}
	}
}

// markdownSigns would mean something within a cell or a line.
var markdownSigns = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", "&", "&amp;", "|", "&#124;", "~", `\~`)

func markdownText(text string) string { return markdownSigns.Replace(harmless(text)) }

// boardCSV is the scores of each file in the form in which they are published.
func boardCSV(b *nab.Board) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	rows := [][]string{{"Detector", "Profile", "File", "Threshold", "Score", "TP", "TN", "FP", "FN", "Total_Count"}}
	for _, e := range b.Entries {
		for _, c := range e.Cells {
			for _, f := range c.Files {
				if f.Rows == nil { // published: whoever has them has them
					continue
				}
				r := f.Rows
				row := []string{dataset.Text(e.Detector), c.Profile, dataset.Text(f.File), exactly(*c.Threshold), exactly(f.Score)}
				for _, n := range []int{r.TP, r.TN, r.FP, r.FN, r.TP + r.TN + r.FP + r.FN} {
					row = append(row, strconv.Itoa(n))
				}
				rows = append(rows, row)
			}
		}
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write report: %w", err)
	}
	return out.Bytes(), nil
}

func exactly(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
