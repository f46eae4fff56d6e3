// Taking a bundle into a store.

package bundle

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"sealab/catalog"
	"sealab/pocs/experiment"
	"sealab/sim/event"
	"sealab/sim/files"
)

// Store keeps the experiment and its runs in the default room, under the ids that they have. already is true where the
// same bundle was kept before; what is missing of it is added then. *Refused where other runs or another experiment
// have these ids.
func (b *Bundle) Store(ctx context.Context, to *catalog.Store, now time.Time) (already bool, err error) {
	if err := b.checkFile(); err != nil {
		return false, err
	}
	if err := b.CheckEvents(ctx); err != nil { // before anything is kept: of some worlds they would be needed only later
		return false, err
	}
	origin, err := to.Origin(ctx, b.Experiment.ID)
	if err != nil {
		return false, err
	}
	for i := range b.Runs {
		if err := b.storeRun(ctx, to, b.Runs[i].Run); err != nil {
			return false, fmt.Errorf("import run %s: %w", b.Runs[i].Run, err)
		}
	}
	made, err := b.storeExperiment(ctx, to)
	if err != nil {
		return false, fmt.Errorf("import experiment %s: %w", b.Experiment.ID, err)
	}
	if made { // one that was made here stays one that was made here
		err = to.SetOrigin(ctx, catalog.Origin{Experiment: b.Experiment.ID, Bundle: b.Sum, Room: b.Experiment.Room, Results: b.Results, Imported: now})
	}
	for _, l := range b.Links() {
		if err == nil {
			err = to.LinkRun(ctx, b.Experiment.ID, l)
		}
	}
	return !made && (origin == nil || origin.Bundle == b.Sum), err
}

// checkFile refuses an experiment file that is not the one it says it is.
func (b *Bundle) checkFile() error {
	file, err := experiment.Parse([]byte(b.File))
	if err != nil {
		return refuse(fileName, "it cannot be read: %v", err)
	}
	if file.Hash() != b.Experiment.Hash {
		return refuse(fileName, "it is not the file whose hash %s has", manifestName)
	}
	return nil
}

func (b *Bundle) storeRun(ctx context.Context, to *catalog.Store, id string) error {
	r, err := b.Run(id)
	if err != nil {
		return err
	}
	r.Room = catalog.DefaultRoom
	err = to.SaveRun(ctx, r)
	if !errors.Is(err, catalog.ErrExists) {
		return err
	}
	if err := to.UndeleteRun(ctx, id); err != nil && !errors.Is(err, catalog.ErrNotFound) {
		return err
	}
	there, err := to.Sealed(ctx, id)
	if err != nil {
		return err
	}
	if mine, err := catalog.SumsOf(r); err != nil || mine != there {
		return errors.Join(refuse(runName(id), "another run of that id is here already"), err)
	}
	return nil
}

// storeExperiment keeps the record, unless it is there; made is true where it was not.
func (b *Bundle) storeExperiment(ctx context.Context, to *catalog.Store) (made bool, err error) {
	e := &b.Experiment
	record := &catalog.Experiment{ID: e.ID, Name: e.Name, Question: e.Question, File: b.File, Hash: e.Hash, State: e.State, Reason: e.Reason,
		Commit: e.Commit, Created: e.Created.Time, Finished: e.Finished.Time}
	switch e.State {
	case catalog.Draft, catalog.Done, catalog.Failed, catalog.Interrupted:
	default:
		return false, refuse(manifestName, "an experiment cannot be %.20q", e.State)
	}
	err = to.SaveExperiment(ctx, record)
	if !errors.Is(err, catalog.ErrExists) {
		return err == nil, err
	}
	if err := to.UndeleteExperiment(ctx, e.ID); err != nil && !errors.Is(err, catalog.ErrNotFound) {
		return false, err
	}
	there, err := to.Experiment(ctx, e.ID)
	if err != nil {
		return false, err
	}
	if there.Hash != e.Hash || there.File != b.File {
		return false, refuse(fileName, "another experiment of the id %s is here already", e.ID)
	}
	return false, nil
}

// CheckEvents compares what was heard in each world whose messages are here with its digest: *Refused where it is
// something else.
func (b *Bundle) CheckEvents(ctx context.Context) error {
	for i := range b.Worlds {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("check messages: %w", err)
		}
		if b.Worlds[i].Events == "" {
			continue
		}
		if err := b.events(&b.Worlds[i], func(*event.Event, string, []byte) error { return nil }); err != nil {
			return err
		}
	}
	return nil
}

// events hands out the messages of a world, and refuses them in the end if they do not give its digest.
func (b *Bundle) events(w *World, do func(e *event.Event, subject string, line []byte) error) error {
	f := b.members[w.Events]
	if f == nil {
		return refuse(w.Events, "it is missing")
	}
	in, err := f.Open()
	if err != nil {
		return refuse(w.Events, "it cannot be unpacked: %v", err)
	}
	defer in.Close()
	z, err := gzip.NewReader(in)
	if err != nil {
		return refuse(w.Events, "it cannot be unpacked: %v", err)
	}
	limited := &io.LimitedReader{R: z, N: maxEvents}
	digest := event.NewDigest()
	one := make([]event.Event, 1)
	err = files.EachLine(limited, func(e *event.Event, subject string, line []byte) error {
		one[0] = *e
		digest.Add(event.Batch{Events: one})
		return do(e, subject, line)
	})
	switch {
	case err != nil:
		return refuse(w.Events, "%v", err)
	case limited.N <= 0:
		return refuse(w.Events, "it unpacks to more than %d MB", maxEvents>>20)
	case digest.String() != w.Digest:
		return refuse(w.Events, "these messages are not those of the world that it is named after")
	}
	return nil
}

// Keep stores what was heard in the world of that digest, seal by seal, if the bundle has it. Messages that do not give
// the digest are refused, and nothing of them is stored.
func (b *Bundle) Keep(ctx context.Context, to *catalog.Store, digest string) (kept bool, err error) {
	var w *World
	for i := range b.Worlds {
		if b.Worlds[i].Digest == digest && b.Worlds[i].Events != "" {
			w = &b.Worlds[i]
		}
	}
	if w == nil {
		return false, nil
	}
	var plan []byte
	if w.Plan != "" {
		text, err := b.read(w.Plan)
		if err != nil {
			return false, err
		}
		plan = pack(text)
	}
	var parts parting
	err = b.events(w, func(e *event.Event, subject string, line []byte) error {
		if parts.n%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		return parts.add(e, subject, line)
	})
	if err == nil {
		err = parts.keep(ctx, to, catalog.KeptWorld{Digest: digest, Plan: plan})
	}
	return err == nil, err
}
