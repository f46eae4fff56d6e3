package nab_test

// This file reads what is wrong: every file is hostile until it is parsed.

import (
	"bytes"
	"fmt"
	"io/fs"
	"math"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sealab/pocs"
	"sealab/pocs/nab"
)

const windowed = `{"a/x.csv": [["2026-01-01 00:05:00", "2026-01-01 00:10:00.000000"]], "a/y.csv": []}`

func readSeries(text string) error {
	w, err := nab.ReadWindows(strings.NewReader(windowed))
	if err != nil {
		return err
	}
	_, err = nab.ReadCorpus(fstest.MapFS{"a/x.csv": {Data: []byte(text)}}, w)
	return err
}

func readResults(text string) error {
	w, err := nab.ReadWindows(strings.NewReader(windowed))
	if err != nil {
		return err
	}
	_, err = nab.ReadResults(fstest.MapFS{"a/d_x.csv": {Data: []byte(text)}}, "d", w)
	return err
}

func readWindows(text string) error {
	_, err := nab.ReadWindows(strings.NewReader(text))
	return err
}

func readThresholds(text string) error {
	_, err := nab.ReadThresholds(strings.NewReader(text))
	return err
}

func readFinal(text string) error {
	_, err := nab.ReadFinal(strings.NewReader(text))
	return err
}

func readPublished(text string) error {
	_, err := nab.ReadPublished(strings.NewReader(text))
	return err
}

func TestErrorsNameFileLineAndField(t *testing.T) {
	const head, row = "timestamp,value\n", "2026-01-01 00:05:00,1\n"
	const scored, published = "timestamp,value,anomaly_score,label\n2026-01-01 00:05:00,1,", "Detector,Profile,File,Score\n"
	for _, c := range []struct {
		read       func(string) error
		text, want string
	}{
		{readSeries, head + row, ""},
		{readSeries, "\ufefftimestamp,other,value\n2026-01-01 00:05:00.5,\"a, b\",-1e3\n", ""},
		{readSeries, "", "read a/x.csv: line 1: the file is empty"},
		{readSeries, head, "read a/x.csv: line 2: the file has a header and no rows"},
		{readSeries, "time,value\n" + row, "line 1: timestamp: the header has no such column; it has time, value"},
		{readSeries, head + row + "2026-01-01 00:10:00,1,2\n", "line 3: wrong number of fields"},
		{readSeries, head + row + "2026-01-01T00:10:00Z,1\n", `line 3: timestamp: "2026-01-01T00:10:00Z" is not allowed: a time such as`},
		{readSeries, head + "2026-01-01 00:05:00,NaN\n", `line 2: value: "NaN" is not allowed: a number from -1e100 to 1e100`},
		{readSeries, head + "2026-01-01 00:05:00,1e101\n", `line 2: value: "1e101" is not allowed`},
		{readSeries, head + "2026-01-01 00:05:00," + strings.Repeat("9", 5000) + "\n", `line 2: value: "9999999999999999999999999999999999999999" is not`},
		{readSeries, head + "2026-01-01 00:05:00,\"1\n", "line 2"},
		{readSeries, head + "2027-01-01 00:05:00,1\n", "lay windows over a/x.csv: window 1, 2026-01-01 00:05:00 to 2026-01-01 00:10:00, holds none of its 1 rows"},
		{readSeries, strings.Repeat(",", 1<<20), "read a/x.csv: after byte "},
		{readPublished, published + strings.Repeat("d", 1<<20), "a line is longer than 65536 bytes"},
		{readResults, scored + "0.5,1\n", ""},
		{readResults, head + row, "read a/d_x.csv: line 1: anomaly_score: the header has no such column"},
		{readResults, scored + "1.5,1\n", `line 2: anomaly_score: "1.5" is not allowed: a number from 0 to 1`},
		{readResults, scored + "0.5,0.5\n", `line 2: label: "0.5" is not allowed: 0 or 1`},
		{readResults, scored + "0.5,yes\n", `line 2: label: "yes" is not allowed: 0 or 1`},
		{readWindows, windowed, ""},
		{readWindows, `[]`, "read windows: line 1: this is no JSON object: want one set of windows"},
		{readWindows, `a: []`, "line 1: this is no JSON object"},
		{readWindows, `{"a": `, "read windows: line 1, column 7: this is not JSON"},
		{readWindows, `{"../x.csv": []}`, `read windows: line 1, column 14: ../x.csv: "../x.csv" names no file`},
		{readWindows, `{"x": [], "x": []}`, `the key "x" stands twice`},
		{readWindows, `{"x": 3}`, "x: want a list, not a text or number"},
		{readWindows, `{"x": [["2026-01-01 00:05:00"]]}`, "x[0]: want two times, from and to"},
		{readWindows, `{"x": [["2026-01-01 00:05:00", "later"]]}`, `x[0][1]: "later" is no time`},
		{readWindows, `{"x": [["2026-01-02 00:00:00", "2026-01-01 00:00:00"]]}`, "x[0]: the window ends before it begins"},
		{readWindows, `{"x": [["2026-01-01 00:00:00", "2026-01-02 00:00:00"], ["2026-01-02 00:00:00", "2026-01-03 00:00:00"]]}`,
			"x[1]: the window begins before the one above has ended"},
		{readThresholds, `{"d": {"standard": {"threshold": 0.5, "score": -3}}}`, ""},
		{readThresholds, `{"d": {"standard": 0.5}}`, `read thresholds: line 1, column 20: d.standard: want an object with "threshold"`},
		{readThresholds, `{"d": {"standard": {"threshold": 3}}}`, `d.standard.threshold: "3" is not allowed: want a number from 0 to 2`},
		{readThresholds, `{"d": {"standart": {}}}`, `unknown key "standart": did you mean`},
		{readFinal, `{"d": {"standard": 74.85}}`, ""},
		{readFinal, `{"d": {"standard": "NaN"}}`, `read final scores: line 1, column 20: d.standard: "NaN" is not allowed: want a score`},
		{readPublished, published + "d,standard,a/x.csv,-1\nd,standard,Totals,-1\n", ""},
		{readPublished, "Detector,File\n", "read published scores: line 1: Profile: the header has no such column"},
		{readPublished, published + "d,standart,a/x.csv,-1\n", `line 2: Profile: "standart" is not allowed: one of [standard reward_low_FP_rate reward_low_FN_rate]`},
		{readPublished, published + ",standard,a/x.csv,-1\n", `line 2: Detector: "" is not allowed`},
		{readPublished, published + "d,standard,a/x.csv,many\n", `line 2: Score: "many" is not allowed: a score`},
		{readPublished, published + "d,standard,a/x.csv,1\nd,standard,a/x.csv,1\n", `line 3: File: "a/x.csv" is not allowed: each file once`},
	} {
		err := c.read(c.text)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%.80q: %v", c.text, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%.80q:\ngot  %v\nwant …%s…", c.text, err, c.want)
		}
	}
}

// TestFolders: files that the windows do not name are left, and named; results are held against the data's rows.
func TestFolders(t *testing.T) {
	w, err := nab.ReadWindows(strings.NewReader(windowed))
	if err != nil {
		t.Fatal(err)
	}
	text := []byte("timestamp,value,anomaly_score,label\n2026-01-01 00:05:00,1,0,0\n2026-01-01 00:10:00,1,0,1\n")
	c, err := nab.ReadCorpus(fstest.MapFS{"a/x.csv": {Data: text}, "b/z.csv": {Data: []byte("?")}, "README.md": {}}, w)
	if err != nil || len(c.Series) != 1 || fmt.Sprint(c.Other) != "[b/z.csv]" {
		t.Errorf("data: got %v, %v, %v", c.Names(), c.Other, err)
	}
	r, err := nab.ReadResults(fstest.MapFS{"a/d_x.csv": {Data: text}, "a/d_other.csv": {}, "d_standard_scores.csv": {}}, "d", w)
	if err != nil || len(r.Series) != 1 || len(r.Scores["a/x.csv"]) != 2 || len(r.Other) != 2 || r.Labelled != 1 {
		t.Errorf("results: got %+v, %v", r, err)
	}
	if _, err := nab.ReadCorpus(fstest.MapFS{"a/x.csv": {Mode: fs.ModeNamedPipe}}, w); err == nil || !strings.Contains(err.Error(), "read a/x.csv: it is no file") {
		t.Errorf("a pipe: got %v", err)
	}
	s := c.Series["a/x.csv"]
	if err := s.Same(r.Series["a/x.csv"]); err != nil {
		t.Error(err)
	}
	for _, other := range []nab.Series{{At: s.At[:1]}, {At: []time.Time{s.At[0], s.At[0]}}} {
		if err := s.Same(&other); err == nil || !strings.Contains(err.Error(), "compare a/x.csv: ") {
			t.Errorf("other rows: got %v", err)
		}
	}
}

// wild gives scores that are none.
type wild float64

func (w wild) Score(time.Time, float64) float64 { return float64(w) }

func TestPlayRefusesScores(t *testing.T) {
	for _, v := range []float64{math.NaN(), -0.1, 1.1, 0.5} {
		p := &pocs.PoC{Name: "wild", Series: func(pocs.Setup) (pocs.Series, error) { return wild(v), nil }}
		scores, err := nab.Play(p, nil, &nab.Series{Name: "x", At: make([]time.Time, 2), Values: []float64{1, 2}})
		if ok := v == 0.5; ok != (err == nil) || ok && len(scores) != 2 {
			t.Errorf("%v: got %v, %v", v, scores, err)
		}
	}
}

// FuzzRead: no text makes a reader fail but by its error, which is short; and what is read can be judged.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		windowed, "timestamp,value\n2026-01-01 00:05:00,1\n", "timestamp,value,anomaly_score,label\n2026-01-01 00:05:00,1,1,1\n",
		`{"d": {"standard": {"threshold": 0.5}}}`, `{"d": {"standard": 7}}`, "Detector,Profile,File,Score\nd,standard,a/x.csv,-1\n", "\"", "{\"a\": [[[[[[", "a: [b, {c: d}]",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for name, read := range map[string]func(string) error{"series": readSeries, "results": readResults, "windows": readWindows,
			"thresholds": readThresholds, "final": readFinal, "published": readPublished} {
			if err := read(string(text)); err != nil && len(err.Error()) > 2000 {
				t.Errorf("%s: an error of %d bytes", name, len(err.Error()))
			}
		}
		w, err := nab.ReadWindows(bytes.NewReader(text))
		if err != nil {
			return
		}
		for name, list := range w {
			for i := range list {
				if list[i].To.Before(list[i].From) || i > 0 && !list[i].From.After(list[i-1].To) {
					t.Errorf("%s: windows %v", name, list)
				}
			}
		}
	})
}
