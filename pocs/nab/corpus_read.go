// Folders of the benchmark: its data, and the results of a detector.

package nab

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// Corpus are the series of a folder by name, with their windows.
type Corpus struct {
	Series map[string]*Series
	Other  []string // CSV files of the folder that the windows do not name, in order
}

// Results are a detector's anomaly scores by series, row by row.
type Results struct {
	Corpus
	Detector string
	Scores   map[string][]float64
	Labelled int // rows whose label is not what the windows say
}

// The most that is read of one folder.
const (
	mostFiles      = 2000
	mostCorpusRows = 10_000_000
)

// ReadCorpus reads the series of a data folder, as deep as their names go: realTraffic/speed_6005.csv.
func ReadCorpus(dir fs.FS, windows Windows) (*Corpus, error) {
	c := &Corpus{Series: map[string]*Series{}}
	total := 0
	err := eachCSV(dir, func(name string) error {
		list, known := windows[name]
		if !known {
			c.Other = append(c.Other, name)
			return nil
		}
		_, err := c.read(dir, name, name, list, false, &total)
		return err
	})
	return c, err
}

// ReadResults reads the results of a detector from a folder as the benchmark lays them out:
// realTraffic/DETECTOR_speed_6005.csv in the folder DETECTOR.
func ReadResults(dir fs.FS, detector string, windows Windows) (*Results, error) {
	r := &Results{Corpus: Corpus{Series: map[string]*Series{}}, Detector: detector, Scores: map[string][]float64{}}
	total := 0
	err := eachCSV(dir, func(file string) error {
		base, ours := strings.CutPrefix(path.Base(file), detector+"_")
		name := path.Join(path.Dir(file), base)
		list, known := windows[name]
		if !ours || !known {
			r.Other = append(r.Other, file)
			return nil
		}
		read, err := r.read(dir, file, name, list, true, &total)
		if err != nil {
			return err
		}
		r.Scores[name] = read.scores
		r.Labelled += otherwise(r.Series[name], read.labels)
		return nil
	})
	return r, err
}

// otherwise counts the rows beyond probation whose label is not what the windows say.
func otherwise(s *Series, labels []bool) int {
	n := 0
	_, window := s.worth()
	for i, in := range labels {
		if in != (window[i] >= 0) && i >= s.Probation {
			n++
		}
	}
	return n
}

// read reads one file into the corpus.
func (c *Corpus) read(dir fs.FS, file, name string, windows []Window, scored bool, total *int) (*rows, error) {
	f, err := dir.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	defer f.Close()
	r, err := readRows(f, scored)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	if *total += len(r.at); *total > mostCorpusRows {
		return nil, fmt.Errorf("read %s: the folder has more than the %d rows that are allowed", file, mostCorpusRows)
	}
	c.Series[name], err = newSeries(name, r, windows)
	return r, err
}

// eachCSV goes through the CSV files of a folder, in the order of their names.
func eachCSV(dir fs.FS, do func(name string) error) error {
	n := 0
	return fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("read folder: %w", err)
		case d.IsDir() || path.Ext(name) != ".csv":
			return nil
		}
		if info, err := fs.Stat(dir, name); err != nil || !info.Mode().IsRegular() { // to open a pipe would wait for ever
			return fmt.Errorf("read %s: it is no file", name)
		}
		if n++; n > mostFiles {
			return fmt.Errorf("read folder: it has more than the %d CSV files that are allowed", mostFiles)
		}
		return do(name)
	})
}

// Names are the names of the series, in order.
func (c *Corpus) Names() []string { return slices.Sorted(maps.Keys(c.Series)) }

// Same refuses series that are not the same rows: scores of the one say nothing of the other.
func (s *Series) Same(other *Series) error {
	if len(s.At) != len(other.At) {
		return fmt.Errorf("compare %s: %d rows here and %d there: want results of this very file", s.Name, len(other.At), len(s.At))
	}
	for i := range s.At {
		if !s.At[i].Equal(other.At[i]) {
			return fmt.Errorf("compare %s: row %d is of %s here and of %s there: want results of this very file", s.Name, i+1,
				other.At[i].Format(timeForm), s.At[i].Format(timeForm))
		}
	}
	return nil
}

// errNoSeries is that nothing can be judged.
var errNoSeries = errors.New("no file is in the windows and in all folders: names are such as realTraffic/speed_6005.csv, and results lie in a folder that is named as their detector")
