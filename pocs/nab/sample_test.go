package nab_test

// This file holds the scorer against published per-file scores: those of a small sample, worked out by hand, and the
// benchmark's own where the environment variable NAB names a folder with its labels, config and results, which are not
// ours to ship.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"os"
	"strings"
	"testing"

	"sealab/pocs/nab"
)

// benchmarks are the folders at hand, each with a detector whose results and scores it holds.
func benchmarks() map[string]string {
	list := map[string]string{"testdata/sample": "toy"}
	if dir := os.Getenv("NAB"); dir != "" {
		list[dir] = "windowedGaussian"
	}
	return list
}

func TestReproducesPublishedScores(t *testing.T) {
	for dir, detector := range benchmarks() {
		t.Run(detector, func(t *testing.T) {
			root := os.DirFS(dir)
			results, published := mustResults(t, root, detector), mustPublished(t, root)
			thresholds, err := nab.ReadThresholds(open(t, root, "config/thresholds.json"))
			if err != nil {
				t.Fatal(err)
			}
			e := nab.Entrant{Name: detector, From: nab.FromResults, Scores: results.Scores, Threshold: func(profile string) *float64 {
				v := thresholds[detector][profile]
				return &v
			}}
			b, err := nab.NewBoard(list(&results.Corpus), nab.Profiles, []nab.Entrant{e}, published, nil)
			if err != nil {
				t.Fatal(err)
			}
			row := find(t, b, nab.FromResults)
			if want := len(b.Files) * len(nab.Profiles); row.Compared != want || *row.Difference > 1e-6 {
				t.Errorf("%d scores compared, want %d; the largest difference is %g", row.Compared, want, *row.Difference)
			}
			t.Logf("%d scores of %s: largest difference %.2g", row.Compared, detector, *row.Difference)
			if results.Labelled != 0 {
				t.Errorf("%d rows are labelled otherwise than the windows say", results.Labelled)
			}
			checkCounts(t, root, row)
		})
	}
}

// checkCounts wants the published numbers of alarms and silent rows.
func checkCounts(t *testing.T, root fs.FS, row *nab.Entry) {
	text, err := fs.ReadFile(root, "results/published_per_file_scores.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range row.Cells {
		for _, f := range c.Files {
			begin := fmt.Sprintf("\n%s,%s,%s,", row.Detector, c.Profile, f.File)
			want := fmt.Sprintf(",%d,%d,%d,%d,", f.Rows.TP, f.Rows.TN, f.Rows.FP, f.Rows.FN)
			_, rest, found := bytes.Cut(text, []byte(begin))
			line, _, _ := bytes.Cut(rest, []byte("\n"))
			if !found || !strings.Contains(string(line), want) {
				t.Errorf("%s under %s: rows %s; published is %s", f.File, c.Profile, want, line)
			}
		}
	}
}

// TestBoard: the sample's board to the last column, and what is best first.
func TestBoard(t *testing.T) {
	root := os.DirFS("testdata/sample")
	results, published := mustResults(t, root, "toy"), mustPublished(t, root)
	final := map[string]map[string]float64{"mute": {"standard": 0.5}}
	b, err := nab.NewBoard(list(&results.Corpus), nab.Profiles[:1], []nab.Entrant{{Name: "best", From: nab.FromPoC, Scores: results.Scores}}, published, final)
	if err != nil {
		t.Fatal(err)
	}
	// At 0.7: 0.9771 for the first window, 1 lost for the second, no false alarm. Scaled: 100·(−0.0229 + 2)/4.
	best, mute := find(t, b, nab.FromPoC), b.Entries[len(b.Entries)-1]
	if c := best.Cells[0]; math.Abs(*c.Score-49.427671) > 1e-6 || *c.Threshold != 0.9 || !c.Best || *c.HeldOut > *c.Score {
		t.Errorf("best: %s", asJSON(t, c))
	}
	if c := mute.Cells[0]; mute.Detector != "mute" || *c.Score != 0 || *c.Whole != 0.5 || c.Threshold != nil {
		t.Errorf("last: %s", asJSON(t, mute))
	}
	if b.Windows != 2 || b.Rows != 40 || len(b.Files) != 2 || len(b.Notes) != 0 || b.Entries[0].Detector != "best" {
		t.Errorf("board: %s", asJSON(t, b))
	}
}

// TestBoardLeavesOut: a detector that published too little has no row, and is named; without per-file scores the whole
// benchmark's stand alone.
func TestBoardLeavesOut(t *testing.T) {
	root := os.DirFS("testdata/sample")
	results := mustResults(t, root, "toy")
	published, err := nab.ReadPublished(strings.NewReader("Detector,Profile,File,Score\nhalf,standard,planted/calm.csv,0\n"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := nab.NewBoard(list(&results.Corpus), nab.Profiles, nil, published, nil)
	if err != nil || len(b.Entries) != 0 || len(b.Notes) != 1 || !strings.Contains(b.Notes[0], "half published no scores of planted/") {
		t.Errorf("got %v, %s", err, asJSON(t, b))
	}
	b, err = nab.NewBoard(list(&results.Corpus), nab.Profiles, nil, nil, map[string]map[string]float64{"a": {"standard": 3}})
	if err != nil || len(b.Entries) != 1 || b.Entries[0].Cells[0].Score != nil || *b.Entries[0].Cells[0].Whole != 3 {
		t.Errorf("got %v, %s", err, asJSON(t, b))
	}
	if _, err := nab.NewBoard(nil, nab.Profiles, nil, nil, nil); err == nil {
		t.Error("no series: got a board")
	}
}

func mustWindows(t *testing.T, root fs.FS) nab.Windows {
	t.Helper()
	w, err := nab.ReadWindows(open(t, root, "labels/combined_windows.json"))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func mustResults(t *testing.T, root fs.FS, detector string) *nab.Results {
	t.Helper()
	dir, err := fs.Sub(root, "results/"+detector)
	if err != nil {
		t.Fatal(err)
	}
	r, err := nab.ReadResults(dir, detector, mustWindows(t, root))
	if err != nil || len(r.Series) == 0 {
		t.Fatalf("%d series: %v", len(r.Series), err)
	}
	return r
}

func mustPublished(t *testing.T, root fs.FS) *nab.Published {
	t.Helper()
	p, err := nab.ReadPublished(open(t, root, "results/published_per_file_scores.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func open(t *testing.T, root fs.FS, name string) fs.File {
	t.Helper()
	f, err := root.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func list(c *nab.Corpus) []*nab.Series {
	var out []*nab.Series
	for _, name := range c.Names() {
		out = append(out, c.Series[name])
	}
	return out
}

func find(t *testing.T, b *nab.Board, from string) *nab.Entry {
	t.Helper()
	for i := range b.Entries {
		if b.Entries[i].From == from {
			return &b.Entries[i]
		}
	}
	t.Fatalf("no row from %s: %s", from, asJSON(t, b))
	return nil
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
