// Scores that others have published, file by file.

package nab

import (
	"fmt"
	"io"
	"slices"
)

// Published are the scores of other detectors, as they published them.
type Published struct {
	Detectors []string // in the order of the file
	known     map[string]bool
	score     map[publishedKey]float64
}

type publishedKey struct{ detector, profile, file string }

// Score gives what a detector published for a file under a profile.
func (p *Published) Score(detector, profile, file string) (float64, bool) {
	v, ok := p.score[publishedKey{detector, profile, file}]
	return v, ok
}

// has says whether a detector published scores for a file under every profile.
func (p *Published) has(detector, file string) bool {
	for i := range Profiles {
		if _, ok := p.Score(detector, Profiles[i].Name, file); !ok {
			return false
		}
	}
	return true
}

// totals is the name of the row that adds up a detector's files.
const totals = "Totals"

// ReadPublished reads per-file scores: CSV with at least the columns Detector, Profile, File and Score.
func ReadPublished(in io.Reader) (*Published, error) {
	p := &Published{known: map[string]bool{}, score: map[publishedKey]float64{}}
	t, err := newTable(in)
	if err == nil {
		err = t.need("Detector", "Profile", "File", "Score")
	}
	if err != nil {
		return nil, fmt.Errorf("read published scores: %w", err)
	}
	for {
		more, err := t.next()
		if err == nil && more {
			err = p.take(t)
		}
		if err != nil {
			return nil, fmt.Errorf("read published scores: %w", err)
		}
		if !more {
			return p, nil
		}
	}
}

// take takes in the present row.
func (p *Published) take(t *table) error {
	detector, profile, file := t.column("Detector"), t.column("Profile"), t.column("File")
	if t.row[file] == totals {
		return nil
	}
	for _, c := range []int{detector, file} {
		if t.row[c] == "" || len(t.row[c]) > mostName {
			return t.wrong(c, fmt.Sprintf("a name of up to %d bytes", mostName))
		}
	}
	if !slices.Contains(ProfileNames(), t.row[profile]) {
		return t.wrong(profile, fmt.Sprintf("one of %v", ProfileNames()))
	}
	score, err := t.number(t.column("Score"), -mostScore, mostScore, "a score")
	if err != nil {
		return err
	}
	key := publishedKey{t.row[detector], t.row[profile], t.row[file]}
	if _, twice := p.score[key]; twice {
		return t.wrong(file, "each file once for a detector and profile")
	}
	if !p.known[key.detector] {
		p.known[key.detector] = true
		p.Detectors = append(p.Detectors, key.detector)
	}
	p.score[key] = score
	return nil
}
