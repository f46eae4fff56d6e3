// Writing a bundle: what of the store goes into it, in a fixed order.

package bundle

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"sealab/catalog"
	"sealab/catalog/proof"
	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim"
	"sealab/sim/files"
)

// Export says what goes into a bundle and what its making needs.
type Export struct {
	Store  *catalog.Store
	Known  experiment.Catalogue // makes the worlds whose messages are kept
	Policy Policy
	// Plan gives the map's plan of a world as JSON; nil: bundles have none.
	Plan func(w *sim.World, scenario string) ([]byte, error)
	// Report gives the experiment's report as one HTML file; nil, or nothing given: the bundle has none.
	Report func(ctx context.Context, id string) ([]byte, error)
	// Progress is told after each run and each world; nil: nobody.
	Progress func(done, total int)
}

// Write writes the bundle of a stored experiment. A run whose record was altered is refused, ErrNotFound is for an
// unknown experiment. The same content gives the same bytes.
func (x Export) Write(ctx context.Context, to io.Writer, id string) (*Manifest, error) {
	m, err := x.write(ctx, to, id)
	if err != nil {
		return nil, fmt.Errorf("export experiment %s: %w", id, err)
	}
	return m, nil
}

func (x Export) write(ctx context.Context, to io.Writer, id string) (*Manifest, error) {
	record, err := x.Store.Experiment(ctx, id)
	if err != nil {
		return nil, err
	}
	w := &writer{Export: x, ctx: ctx, out: newArchive(to), worlds: map[string]*heardWorld{}, truths: map[string]bool{},
		outcomes: map[string]experiment.Outcome{}}
	w.manifest = Manifest{Version: 1, Kind: Kind, Experiment: Experiment{record.ID, record.Room, record.Name, record.Question, record.Hash,
		record.State, record.Reason, record.Commit, files.At(record.Created), files.At(record.Finished)}, Trials: []Trial{}, Worlds: []World{},
		Runs: []proof.Manifest{}}
	if record.State == catalog.Running { // it is not running where it goes
		w.manifest.Experiment.State = catalog.Interrupted
	}
	if w.links, err = x.Store.Links(ctx, id); err != nil {
		return nil, err
	}
	w.out.add(fileName, []byte(record.File))
	for _, step := range []func() error{w.runs, w.heard, w.results, w.report, w.last} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return &w.manifest, w.out.close()
}

// writer is a bundle in the making.
type writer struct {
	Export
	ctx      context.Context
	out      *archive
	manifest Manifest
	links    []catalog.Link
	worlds   map[string]*heardWorld // by digest
	truths   map[string]bool
	outcomes map[string]experiment.Outcome
	done     int
	total    int
}

// heardWorld is a world with one of the runs that heard it.
type heardWorld struct {
	World
	run *pocs.Run // without findings
}

// runs writes every run with its truth.
func (w *writer) runs() error {
	var ids []string
	for _, l := range w.links {
		w.manifest.Trials = append(w.manifest.Trials, Trial(l))
		if !slices.Contains(ids, l.Run) {
			ids = append(ids, l.Run)
		}
	}
	slices.Sort(ids)
	w.total = len(ids)
	if most := maxMembers / 2; len(ids) > most {
		return fmt.Errorf("it rests on %d runs; a bundle holds at most %d", len(ids), most)
	}
	for _, id := range ids {
		if err := w.run(id); err != nil {
			return err
		}
		w.tell()
	}
	return nil
}

func (w *writer) tell() {
	w.done++
	if w.Progress != nil {
		w.Progress(w.done, max(w.total, w.done))
	}
}

func (w *writer) run(id string) error {
	r, sums, err := w.whole(id)
	if err != nil {
		return err
	}
	text, err := encodeRun(r, sums.Name)
	if err != nil {
		return err
	}
	truth, err := encodeTruth(&r.Truth)
	if err != nil {
		return err
	}
	back, err := assemble(text, truth)
	if err != nil {
		return err
	}
	if got, err := catalog.SumsOf(back); err != nil || got != sums {
		return fmt.Errorf("run %s cannot be written as JSON: one of its texts is not UTF-8", id)
	}
	w.out.add(runName(id), text)
	if !w.truths[sums.Name] {
		w.truths[sums.Name] = true
		w.out.add(truthName(sums.Name), truth)
	}
	w.manifest.Runs = append(w.manifest.Runs, proof.ManifestOf(r, sums))
	w.outcomes[id] = experiment.OutcomeOf(r)
	if r.Reason == "" && w.worlds[r.WorldDigest] == nil {
		r.Findings = nil
		w.worlds[r.WorldDigest] = &heardWorld{World{Digest: r.WorldDigest, Scenario: r.Scenario, Seed: r.Seed}, r}
	}
	return nil
}

// whole reads a run that is as it was sealed.
func (w *writer) whole(id string) (r *pocs.Run, sums catalog.Sums, err error) {
	altered, err := w.Store.VerifyStored(w.ctx, id)
	if errors.Is(err, catalog.ErrNotFound) {
		return nil, sums, fmt.Errorf("it rests on run %s, which was deleted: take it back, or run the experiment again", id)
	}
	if err != nil {
		return nil, sums, err
	}
	if len(altered) > 0 {
		return nil, sums, fmt.Errorf("run %s is altered: %s", id, altered[0])
	}
	r, err = w.Store.Run(w.ctx, id)
	if err != nil {
		return nil, sums, err
	}
	sums, err = w.Store.Sealed(w.ctx, id)
	return r, sums, err
}

// assemble joins a run with its truth.
func assemble(run, truth []byte) (*pocs.Run, error) {
	r, _, err := decodeRun(run)
	if err != nil {
		return nil, err
	}
	r.Truth, err = decodeTruth(truth)
	return r, err
}

// heard writes the messages of the worlds that the policy asks for.
func (w *writer) heard() error {
	list := make([]*heardWorld, 0, len(w.worlds))
	for _, digest := range sortedKeys(w.worlds) {
		list = append(list, w.worlds[digest])
	}
	slices.SortStableFunc(list, func(a, b *heardWorld) int {
		return cmp.Or(cmp.Compare(a.Seed, b.Seed), cmp.Compare(a.Scenario, b.Scenario))
	})
	most := map[Policy]int{All: len(list), Some: min(len(list), someWorlds)}[w.Policy]
	w.total += most
	cover := Coverage{Policy: w.Policy, Worlds: len(list)}
	for i, world := range list {
		world.Why = "left out: see events"
		if i < most {
			if err := w.keep(world); err != nil {
				return err
			}
			w.tell()
		}
		if world.Events != "" {
			cover.Kept++
		}
		w.manifest.Worlds = append(w.manifest.Worlds, world.World)
	}
	cover.Note = coverNote(cover)
	w.manifest.Events = cover
	return nil
}

func coverNote(c Coverage) string {
	switch {
	case c.Kept == c.Worlds:
		return "The messages of every world are here."
	case c.Policy == None:
		return "No messages are here; they come again from scenario, settings and seed."
	case c.Policy == Some && c.Worlds > someWorlds:
		return fmt.Sprintf("The messages of %d of %d worlds are here, those of the first seeds; the others come again from scenario, settings and seed.", c.Kept, c.Worlds)
	}
	return fmt.Sprintf("The messages of %d of %d worlds are here; each of the others says why not.", c.Kept, c.Worlds)
}

// results writes the conclusion, where there is one.
func (w *writer) results() error {
	record, err := w.Store.Experiment(w.ctx, w.manifest.Experiment.ID)
	if err != nil {
		return err
	}
	text, err := proof.Conclude(w.Known, record.File, w.links, w.outcomes)
	if err == nil {
		w.out.add(resultsName, text)
	}
	return nil // an experiment that is not whole has no conclusion, and no less of a bundle
}

func (w *writer) report() error {
	if w.Report == nil {
		return nil
	}
	text, err := w.Report(w.ctx, w.manifest.Experiment.ID)
	if err == nil && len(text) > 0 {
		w.out.add(reportName, text)
	}
	return err
}

// last writes what speaks of all others.
func (w *writer) last() error {
	text, err := encode(w.manifest)
	if err != nil {
		return err
	}
	w.out.add(manifestName, text)
	w.out.add(readmeName, readme(&w.manifest))
	w.out.add(sumsName, w.out.sums())
	return nil
}
