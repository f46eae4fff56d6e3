// After a bundle was stored: its runs are played again, and what this code cannot make is kept as it was heard.

package bundle

import (
	"context"
	"fmt"

	"sealab/catalog"
	"sealab/catalog/proof"
)

// Taking is the second half of an import.
type Taking struct {
	Bundle   *Bundle
	Store    *catalog.Store
	Check    *proof.Checker
	NoVerify bool // nothing is played; the messages that other code made are kept, since nobody knows
	Progress func(proof.Progress)
}

// Run plays the runs of a stored bundle again, and keeps the messages of the worlds that do not come out. The report is
// nil where nothing was played. It may be called again after it was interrupted.
func (t Taking) Run(ctx context.Context) (report *proof.Report, kept int, err error) {
	b := t.Bundle
	if !t.NoVerify {
		report, err = t.Check.Experiment(ctx, proof.Case{ID: b.Experiment.ID, From: proof.Stored{Store: t.Store}, File: b.File, Links: b.Links(), Results: b.Results}, t.Progress)
		if err != nil {
			return nil, 0, fmt.Errorf("verify experiment %s: %w", b.Experiment.ID, err)
		}
	}
	seen := map[string]bool{}
	for i := range b.Runs {
		m := &b.Runs[i]
		if m.Reason != "" || seen[m.Digests.World] {
			continue
		}
		seen[m.Digests.World] = true
		comes, err := t.comes(ctx, m)
		if err != nil {
			return report, kept, err
		}
		if comes {
			continue
		}
		there, err := b.Keep(ctx, t.Store, m.Digests.World)
		if err != nil {
			return report, kept, err
		}
		if there {
			kept++
		}
	}
	return report, kept, nil
}

// comes reports whether this code makes the world that a run heard.
func (t Taking) comes(ctx context.Context, m *proof.Manifest) (bool, error) {
	if same, known, err := t.Store.WorldNoted(ctx, m.Digests.World, t.Check.Commit); known || err != nil {
		return same, err
	}
	if t.NoVerify || m.Carrier == "live" { // a live run's messages come only once, and no bundle has them
		return m.Commit == t.Check.Commit, nil
	}
	r, err := t.Bundle.Run(m.Run) // its detector is not here, so that it was not played
	if err != nil {
		return false, err
	}
	same, err := proof.MakesWorld(ctx, &t.Check.Known, r)
	if err != nil {
		return false, err
	}
	return same, t.Store.NoteWorld(ctx, m.Digests.World, t.Check.Commit, same)
}
