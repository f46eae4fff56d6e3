// Whether a stored run is as it was sealed, and if not, which records are not.

package catalog

import (
	"context"
	"database/sql"
	"fmt"

	"sealab/pocs"
)

// Altered names a record that is not as it should be.
type Altered struct {
	Record string // "finding 3", "incident bolt_cut/1/SLB-00000007", "score recall", "setting seals", "digest world"
	How    string // "changed", "added", "removed", or what differs
}

// String reads as one line for a person.
func (a Altered) String() string { return a.Record + ": " + a.How }

// VerifyStored compares what is stored of a run with its seal and names every record that was changed, added or removed
// since, also in the manifest and the seal themselves; none: the run is as it was saved. Whoever changes record,
// manifest and seal alike is found out by Diff with the run played again. ErrUnfinished for a run without a seal.
func (s *Store) VerifyStored(ctx context.Context, id string) ([]Altered, error) {
	var list []Altered
	err := s.view(ctx, func(tx *sql.Tx) (err error) {
		list, err = verify(ctx, tx, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("verify run %s: %w", id, err)
	}
	return list, nil
}

func verify(ctx context.Context, tx *sql.Tx, id string) ([]Altered, error) {
	at, err := locate(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	own, err := stored(ctx, tx, id, runParts)
	if err != nil {
		return nil, err
	}
	if own.untouched() && (at.state == Running || at.state == Interrupted) {
		return nil, ErrUnfinished
	}
	truth, err := stored(ctx, tx, at.truth, truthParts)
	if err != nil {
		return nil, err
	}
	if list := append(own.compare(), truth.compare()...); len(list) > 0 {
		return list, nil
	}
	return contradictions(ctx, tx, id, at.truth)
}

// evidence is all that is stored about a run's own records, or a truth's.
type evidence struct {
	now      []entry // of the records as they are
	played   bool    // there are rows that only a played run has
	manifest []entry
	seals    [][]any // one row
}

// stored reads the records of a run, or of a truth, with their manifest and seal.
func stored(ctx context.Context, tx *sql.Tx, owner string, parts []part) (e evidence, err error) {
	d := rendered{parts: parts, rows: make([][][]any, len(parts))}
	for i, p := range parts {
		if d.rows[i], err = rowsOf(ctx, tx, p, owner); err != nil {
			return e, err
		}
		e.played = e.played || len(d.rows[i]) > 0 && p.table != "run" && p.table != "setting"
	}
	e.now = manifestOf(d.records())
	lines, err := rowsOf(ctx, tx, manifestPart, owner)
	if err != nil {
		return e, err
	}
	for _, row := range lines {
		n, _ := row[0].(int64) // what has another type was altered, and differs
		name, _ := row[1].(string)
		sum, _ := row[2].([]byte)
		e.manifest = append(e.manifest, entry{n, name, string(sum)})
	}
	e.seals, err = rowsOf(ctx, tx, sealPart, owner)
	return e, err
}

// untouched reports that nothing but Begin has written here.
func (e evidence) untouched() bool { return len(e.seals) == 0 && len(e.manifest) == 0 && !e.played }

// contradictions names what cannot be true although every seal is whole: someone sealed again after altering.
func contradictions(ctx context.Context, tx *sql.Tx, id, truth string) ([]Altered, error) {
	r, err := load(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	var list []Altered
	claim := func(holds bool, record, how string) {
		if !holds {
			list = append(list, Altered{record, how})
		}
	}
	claim(truthName(rootOf(manifestOf(recordsOf(truthParts, r)))) == truth, "truth", "its records are not those it is named after")
	claim(pocs.FindingsDigest(r.Findings) == r.FindingsDigest, "digest findings", "is not the digest of the findings")
	claim(pocs.JointDigest(r.WorldDigest, r.FindingsDigest) == r.Digest, "digest joint", "is not the digest of world and findings")
	return list, nil
}
