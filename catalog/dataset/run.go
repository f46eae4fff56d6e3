// A run's findings and truth as files, which give the run's score again when they are scored.

package dataset

import (
	"fmt"
	"io"

	"sealab/pocs"
)

// The files of a run, besides its truth.
const (
	findingsName = "findings.ndjson"
	csvName      = "findings.csv"
	runName      = "run.json"
)

// TruthOfRun is what `score` needs to judge as the run was judged.
func TruthOfRun(r *pocs.Run) *TruthFile {
	return &TruthFile{r.Challenge, r.Scenario, r.Seed, r.WorldDigest, r.Terms, r.Truth}
}

// ExportRun writes a run's files into the folder dir, as Place does; record is its run.json.
func ExportRun(r *pocs.Run, record []byte, dir string, force bool) (list []File, err error) {
	err = Place(dir, force, runName, func(draft string) error {
		for _, f := range []struct {
			name  string
			rows  int
			write func(io.Writer) error
		}{
			{csvName, len(r.Findings), func(w io.Writer) error { return WriteFindingsCSV(w, r.Findings) }},
			{findingsName, len(r.Findings), func(w io.Writer) error { return WriteFindings(w, r.Findings) }},
			{runName, 1, func(w io.Writer) error { _, err := w.Write(record); return err }},
			{truthName, len(r.Truth.Incidents), TruthOfRun(r).Write},
		} {
			s, err := newSink(draft, f.name)
			if err != nil {
				return err
			}
			if err := f.write(s); err != nil {
				_ = s.file.Close()
				return fmt.Errorf("write %s: %w", f.name, err)
			}
			s.Rows = f.rows
			done, err := s.close()
			if err != nil {
				return err
			}
			list = append(list, done)
		}
		return nil
	})
	return list, err
}
