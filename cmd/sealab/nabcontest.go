//go:build !js

// What the benchmark judges: the series that every folder has, with the anomaly scores of whoever takes part.

package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sealab/pocs/nab"
)

// contest is what is judged.
type contest struct {
	series   []*nab.Series
	entrants []nab.Entrant
	notes    []string
}

// contest reads series and results, and plays those that are to be played: over the files that are everywhere.
func (c *nabCmd) contest() (*contest, error) {
	windows, err := readNamed(c.Windows, nab.ReadWindows)
	if err != nil {
		return nil, err
	}
	f := contest{notes: []string{}}
	var sources []*nab.Corpus
	if c.Data != "" {
		data, err := nab.ReadCorpus(os.DirFS(c.Data), windows)
		if err != nil {
			return nil, badInputf("%s: %w", c.Data, err)
		}
		sources = append(sources, data)
		f.note(data, c.Data)
	}
	var results []*nab.Results
	for _, dir := range c.Results {
		r, err := nab.ReadResults(os.DirFS(dir), filepath.Base(filepath.Clean(dir)), windows)
		if err != nil {
			return nil, badInputf("%s: %w", dir, err)
		}
		sources, results = append(sources, &r.Corpus), append(results, r)
		f.note(&r.Corpus, dir)
		if r.Labelled > 0 {
			f.notes = append(f.notes, fmt.Sprintf("%s: %s rows are labelled otherwise than the windows say", dir, plain(r.Labelled)))
		}
		f.entrants = append(f.entrants, nab.Entrant{Name: r.Detector, From: nab.FromResults, Scores: r.Scores})
	}
	if err := f.join(windows, sources); err != nil {
		return nil, err
	}
	return &f, c.play(&f)
}

// note says which files of a folder are left out since the windows do not name them.
func (f *contest) note(c *nab.Corpus, dir string) {
	if n := len(c.Other); n > 0 {
		f.notes = append(f.notes, fmt.Sprintf("%s: left out are %s CSV files that the windows do not name, or that are no results: %s", dir, plain(n), few(c.Other)))
	}
}

// join takes the files that all sources have.
func (f *contest) join(windows nab.Windows, sources []*nab.Corpus) error {
	missing := map[string]bool{}
	for name := range windows {
		for _, c := range sources {
			missing[name] = missing[name] || c.Series[name] == nil
		}
	}
	var left []string
	for _, name := range slices.Sorted(maps.Keys(missing)) {
		if missing[name] {
			left = append(left, name)
			continue
		}
		first := sources[0].Series[name]
		for _, c := range sources[1:] {
			if err := first.Same(c.Series[name]); err != nil {
				return badInput{err}
			}
		}
		f.series = append(f.series, first)
	}
	if len(f.series) > 0 && len(left) > 0 {
		f.notes = append(f.notes, fmt.Sprintf("left out are %s files of the windows that are not in every folder: %s", plain(len(left)), few(left)))
	}
	return nil
}

// play has the numeric parts hear the series.
func (c *nabCmd) play(f *contest) error {
	for _, name := range c.PoC {
		p, err := numeric(name)
		if err != nil {
			return err
		}
		params, err := resolve("parameter", p.Params, c.Param)
		if err != nil {
			return err
		}
		e := nab.Entrant{Name: name, From: nab.FromPoC, Scores: map[string][]float64{}}
		for _, s := range f.series {
			if e.Scores[s.Name], err = nab.Play(p, params, s); err != nil {
				return err
			}
		}
		f.entrants = append(f.entrants, e)
	}
	return nil
}

// few names the first of many.
func few(names []string) string {
	text := strings.Join(names[:min(len(names), mostNames)], ", ")
	if len(names) > mostNames {
		text += " …"
	}
	return text
}

// readNamed reads a file by its reader.
func readNamed[T any](name string, read func(io.Reader) (T, error)) (T, error) {
	var none T
	f, err := os.Open(name)
	if err != nil {
		return none, badInputf("read file: %w", err)
	}
	defer f.Close()
	v, err := read(f)
	if err != nil {
		return none, badInputf("%s: %w", name, err)
	}
	return v, nil
}
