// A run's findings and truth as files, which give the run's score again when they are scored, and what it heard as EPCIS.

package dataset

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"sealab/pocs"
	"sealab/sim/epcis"
	"sealab/sim/event"
	"sealab/sim/seal"
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

// Export says what to write of a run.
type Export struct {
	Run    *pocs.Run
	Record []byte // its run.json
	// Heard, where it is given, hands out all that the run heard: epcis.json is written too.
	Heard func(do func(event.Batch) error) error
}

// Write writes a run's files into the folder dir, as Place does.
func (x Export) Write(dir string, force bool) (list []File, err error) {
	err = Place(dir, force, runName, func(draft string) error {
		for _, f := range x.files() {
			done, err := f.to(draft)
			if err != nil {
				return err
			}
			list = append(list, done)
		}
		return nil
	})
	return list, err
}

// exported is one file of a run; write says how many rows it has.
type exported struct {
	name  string
	write func(io.Writer) (rows int, err error)
}

func (x Export) files() []exported {
	r := x.Run
	list := []exported{
		{csvName, func(w io.Writer) (int, error) { return len(r.Findings), WriteFindingsCSV(w, r.Findings) }},
		{findingsName, func(w io.Writer) (int, error) { return len(r.Findings), WriteFindings(w, r.Findings) }},
		{runName, func(w io.Writer) (int, error) { _, err := w.Write(x.Record); return 1, err }},
		{truthName, func(w io.Writer) (int, error) { return len(r.Truth.Incidents), TruthOfRun(r).Write(w) }},
	}
	if x.Heard != nil {
		list = append(list, exported{epcisName, x.epcis})
	}
	slices.SortFunc(list, func(a, b exported) int { return cmp.Compare(a.name, b.name) })
	return list
}

func (f *exported) to(draft string) (File, error) {
	s, err := newSink(draft, f.name)
	if err != nil {
		return File{}, err
	}
	if s.Rows, err = f.write(s); err != nil {
		_ = s.file.Close()
		return File{}, fmt.Errorf("write %s: %w", f.name, err)
	}
	return s.close()
}

// epcis writes what the run heard as an EPCIS document, made at the end of the world.
func (x Export) epcis(w io.Writer) (int, error) {
	d := epcis.NewDocument(w, x.Run.Truth.End)
	err := x.Heard(func(b event.Batch) error {
		for i := range b.Events {
			if r, ok := b.Events[i].Message.(*seal.Reading); ok {
				if err := d.Add(b.Events[i].At, r); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return d.Rows(), d.Close()
}
