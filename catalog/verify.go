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
	truth, err := whereTruth(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	list, err := verifyOwner(ctx, tx, id, runParts)
	if err != nil {
		return nil, err
	}
	more, err := verifyOwner(ctx, tx, truth, truthParts)
	if err != nil {
		return nil, err
	}
	if list = append(list, more...); len(list) > 0 {
		return list, nil
	}
	return contradictions(ctx, tx, id, truth)
}

// verifyOwner checks the rows of a run, or of a truth, against its manifest and seal.
func verifyOwner(ctx context.Context, tx *sql.Tx, owner string, parts []part) ([]Altered, error) {
	var records []record
	state := ""
	for _, p := range parts {
		rows, err := rowsOf(ctx, tx, p, owner)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			records = append(records, p.records(row)...)
		}
	}
	for _, rec := range records {
		if rec.name == "state" {
			state = fmt.Sprint(rec.values[0])
		}
	}
	manifest, err := manifestStored(ctx, tx, owner)
	if err != nil {
		return nil, err
	}
	sealed, err := sealStored(ctx, tx, owner)
	if err != nil {
		return nil, err
	}
	if sealed == nil && len(manifest) == 0 && (state == string(Running) || state == string(Interrupted)) {
		return nil, ErrUnfinished
	}
	return compare(manifestOf(records), manifest, sealed), nil
}

// sealRow is what the seal table holds of one owner.
type sealRow struct {
	records int64
	root    string
}

func sealStored(ctx context.Context, tx *sql.Tx, owner string) (*sealRow, error) {
	rows, err := rowsOf(ctx, tx, part{table: "seal", owner: "owner", columns: []string{"records", "sha256"}}, owner)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	n, _ := rows[0][0].(int64)
	root, _ := rows[0][1].([]byte)
	return &sealRow{n, string(root)}, nil
}

func manifestStored(ctx context.Context, tx *sql.Tx, owner string) ([]entry, error) {
	p := part{table: "manifest", owner: "owner", columns: []string{"n", "name", "sha256"}, order: 1}
	rows, err := rowsOf(ctx, tx, p, owner)
	if err != nil {
		return nil, err
	}
	list := make([]entry, len(rows))
	for i, row := range rows {
		n, _ := row[0].(int64)
		name, _ := row[1].(string)
		sum, _ := row[2].([]byte)
		list[i] = entry{n, name, string(sum)}
	}
	return list, nil
}

// compare names what differs between the records as they are now, the manifest and the seal.
func compare(now, manifest []entry, sealed *sealRow) []Altered {
	var list []Altered
	if sealed == nil {
		list = append(list, Altered{"seal", "removed"})
	}
	differ := match(now, manifest)
	if sealed != nil && rootOf(now) == sealed.root { // the records are as they were: it was the manifest that was touched
		for _, a := range differ {
			list = append(list, Altered{"manifest of " + a.Record, "changed"})
		}
		if len(differ) == 0 && rootOf(manifest) != sealed.root {
			list = append(list, Altered{"manifest", "changed"})
		}
	} else {
		list = append(list, differ...)
		if len(differ) == 0 && sealed != nil {
			list = append(list, Altered{"seal", "changed"})
		}
	}
	if sealed != nil && sealed.records != int64(len(now)) && len(list) == 0 {
		list = append(list, Altered{"seal", "changed"})
	}
	return list
}

// match pairs the records with the manifest by name.
func match(now, manifest []entry) []Altered {
	sums := map[string][]string{}
	for _, e := range manifest {
		sums[e.name] = append(sums[e.name], e.sum)
	}
	var list []Altered
	for _, e := range now {
		switch known := sums[e.name]; {
		case len(known) == 0:
			list = append(list, Altered{e.name, "added"})
		default:
			if known[0] != e.sum {
				list = append(list, Altered{e.name, "changed"})
			}
			sums[e.name] = known[1:]
		}
	}
	for _, e := range manifest {
		if len(sums[e.name]) > 0 {
			list = append(list, Altered{e.name, "removed"})
			sums[e.name] = sums[e.name][1:]
		}
	}
	return list
}

// contradictions names what cannot be true although every seal is whole: someone sealed again after altering.
func contradictions(ctx context.Context, tx *sql.Tx, id, truth string) ([]Altered, error) {
	r, err := load(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	var list []Altered
	if truthID(r) != truth {
		list = append(list, Altered{"truth", "its records are not those it is named after"})
	}
	if pocs.FindingsDigest(r.Findings) != r.FindingsDigest {
		list = append(list, Altered{"digest findings", "is not the digest of the findings"})
	}
	if pocs.JointDigest(r.WorldDigest, r.FindingsDigest) != r.Digest {
		list = append(list, Altered{"digest joint", "is not the digest of world and findings"})
	}
	return list, nil
}
