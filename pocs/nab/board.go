// The scoreboard: detectors side by side over the same series.

package nab

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
)

// Where a row of the board comes from.
const (
	FromPoC       = "poc"
	FromResults   = "results"
	FromPublished = "published"
)

// Entrant is a detector with its anomaly scores.
type Entrant struct {
	Name, From string
	Scores     map[string][]float64          // by series
	Threshold  func(profile string) *float64 // nil, or giving nil: the best over the series is taken
}

// Board is what comes out.
type Board struct {
	Files   []string `json:"files"`
	Windows int      `json:"windows"`
	Rows    int      `json:"rows"`
	Entries []Entry  `json:"detectors"`
	Notes   []string `json:"notes"`
}

// Entry is a detector's row.
type Entry struct {
	Detector string `json:"detector"`
	From     string `json:"from"` // FromPoC …
	Cells    []Cell `json:"profiles"`
	// Of results whose detector published scores: how many were compared, and the largest difference, before scaling.
	Compared   int      `json:"compared,omitempty"`
	Difference *float64 `json:"largest_difference,omitempty"`
}

// Cell is how a detector did under one profile. The threshold and the counts are not known of published scores.
type Cell struct {
	Profile   string       `json:"profile"`
	Score     *float64     `json:"score"` // 0: no alarm; 100: perfect; nil: no windows
	Sum       float64      `json:"sum"`   // before that
	Threshold *float64     `json:"threshold,omitempty"`
	Best      bool         `json:"threshold_is_best_here"`    // it was chosen as the best over these files
	HeldOut   *float64     `json:"score_held_out,omitempty"`  // then: the score where each file is judged at the best threshold of the others
	Whole     *float64     `json:"whole_benchmark,omitempty"` // published over all files of the benchmark
	Files     []FileResult `json:"files"`
}

// FileResult is a cell's part of one file.
type FileResult struct {
	File  string      `json:"file"`
	Score float64     `json:"score"` // not scaled
	Rows  *RowCounts  `json:"rows,omitempty"`
	Hits  *WindowHits `json:"windows,omitempty"`
}

// RowCounts are alarms and silent rows, beyond probation.
type RowCounts struct {
	TP int `json:"tp"`
	TN int `json:"tn"`
	FP int `json:"fp"`
	FN int `json:"fn"`
}

// WindowHits are the windows, and those among them that hold an alarm.
type WindowHits struct {
	All int `json:"all"`
	Hit int `json:"hit"`
}

// NewBoard judges entrants over series that all of them have scores of. Published scores are laid beside where they
// cover every series; final holds published scores over the whole benchmark. Both may be nil. Best first, under the first
// of the profiles.
func NewBoard(list []*Series, profiles []Profile, entrants []Entrant, published *Published, final map[string]map[string]float64) (*Board, error) {
	if len(list) == 0 {
		return nil, errNoSeries
	}
	b := &Board{Notes: []string{}}
	for _, s := range list {
		b.Files = append(b.Files, s.Name)
		b.Windows += s.Counted()
		b.Rows += len(s.At)
		if s.Early > 0 {
			b.Notes = append(b.Notes, fmt.Sprintf("%d windows of %s lie in its first %d rows, where nothing counts, and were left out", s.Early, s.Name, s.Probation))
		}
	}
	for i := range entrants {
		e, err := b.judge(list, profiles, &entrants[i])
		if err != nil {
			return nil, err
		}
		if published != nil && entrants[i].From == FromResults {
			e.compare(published)
		}
		b.Entries = append(b.Entries, e)
	}
	b.publish(profiles, published, final)
	slices.SortStableFunc(b.Entries, func(x, y Entry) int { return cmp.Compare(y.Cells[0].order(), x.Cells[0].order()) })
	return b, nil
}

// order is what the board is sorted by. A detector known by the whole benchmark alone comes last.
func (c *Cell) order() float64 {
	if c.Score == nil {
		return math.Inf(-1)
	}
	return *c.Score
}

// judge makes an entrant's row.
func (b *Board) judge(list []*Series, profiles []Profile, e *Entrant) (Entry, error) {
	row := Entry{Detector: e.Name, From: e.From}
	scores := make([][]float64, len(list))
	for i, s := range list {
		if scores[i] = e.Scores[s.Name]; len(scores[i]) != len(s.At) {
			return row, fmt.Errorf("judge %s: %d scores for the %d rows of %s", e.Name, len(scores[i]), len(s.At), s.Name)
		}
	}
	rows := newSweep(list, scores)
	for _, p := range profiles {
		c := Cell{Profile: p.Name}
		if e.Threshold != nil {
			c.Threshold = e.Threshold(p.Name)
		}
		if c.Threshold == nil {
			best := rows.best(p, none)
			c.Threshold, c.Best = &best, true
			if len(list) > 1 {
				c.heldOut(rows, list, scores, &p)
			}
		}
		for i, s := range list {
			r := s.Score(scores[i], *c.Threshold, p)
			c.Sum += r.Score
			c.Files = append(c.Files, FileResult{s.Name, r.Score, &RowCounts{r.TP, r.TN, r.FP, r.FN}, &WindowHits{r.Windows, r.Hits}})
		}
		c.scale(&p, b.Windows)
		row.Cells = append(row.Cells, c)
	}
	return row, nil
}

// heldOut judges each series at the threshold that is best over the others.
func (c *Cell) heldOut(rows *sweep, list []*Series, scores [][]float64, p *Profile) {
	sum, windows := 0.0, 0
	for i, s := range list {
		r := s.Score(scores[i], rows.best(*p, i), *p)
		sum += r.Score
		windows += r.Windows
	}
	if score, ok := p.Normalize(sum, windows); ok {
		c.HeldOut = &score
	}
}

func (c *Cell) scale(p *Profile, windows int) {
	if score, ok := p.Normalize(c.Sum, windows); ok {
		c.Score = &score
	}
}

// compare holds a row against what its detector published.
func (e *Entry) compare(published *Published) {
	for _, c := range e.Cells {
		for _, f := range c.Files {
			want, ok := published.Score(e.Detector, c.Profile, f.File)
			if !ok {
				continue
			}
			off := math.Abs(f.Score - want)
			if e.Compared++; e.Difference == nil || off > *e.Difference {
				e.Difference = &off
			}
		}
	}
}

// publish lays published scores beside: those of every series, and those over the whole benchmark.
func (b *Board) publish(profiles []Profile, published *Published, final map[string]map[string]float64) {
	names := slices.Sorted(maps.Keys(final))
	if published != nil {
		names = published.Detectors
	}
	for _, name := range names {
		if lacks := b.lacks(published, name); lacks != "" {
			b.Notes = append(b.Notes, fmt.Sprintf("%s published no scores of %s, and is left out", name, lacks))
			continue
		}
		row := Entry{Detector: name, From: FromPublished}
		for _, p := range profiles {
			c := Cell{Profile: p.Name, Files: []FileResult{}}
			if published != nil {
				c.published(b, &p, published, name)
			}
			if score, ok := final[name][p.Name]; ok {
				c.Whole = &score
			}
			row.Cells = append(row.Cells, c)
		}
		b.Entries = append(b.Entries, row)
	}
}

// lacks names a file of which a detector published no scores.
func (b *Board) lacks(published *Published, detector string) string {
	if published == nil {
		return ""
	}
	for _, file := range b.Files {
		if !published.has(detector, file) {
			return file
		}
	}
	return ""
}

// published adds up what a detector published for the board's files.
func (c *Cell) published(b *Board, p *Profile, published *Published, detector string) {
	for _, file := range b.Files {
		score, _ := published.Score(detector, p.Name, file)
		c.Sum += score
		c.Files = append(c.Files, FileResult{File: file, Score: score})
	}
	c.scale(p, b.Windows)
}
