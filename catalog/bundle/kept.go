// Kept messages in the store: chunks of lines, packed, each of one subject.

package bundle

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"io"
	"iter"
	"slices"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/files"
)

// chunkBytes is how many bytes of lines go into a chunk: one seal's month at an hourly interval.
const chunkBytes = 256 << 10

func unpack(chunk []byte, do func(e *event.Event, subject string, line []byte) error) error {
	z, err := gzip.NewReader(bytes.NewReader(chunk))
	if err != nil {
		return err
	}
	return files.EachLine(io.LimitReader(z, maxEvents), do)
}

// Heard gives what was kept of some seals of a run's world and of the notices about their containers, as one batch in
// the order of hearing; of all where none is named. nil where that world was not kept.
func Heard(ctx context.Context, store *catalog.Store, r *pocs.Run, seals ...string) (iter.Seq[event.Batch], error) {
	kept, err := store.Kept(ctx, r.WorldDigest)
	if err != nil || kept == nil {
		return nil, err
	}
	subjects := slices.Clone(seals)
	for _, t := range r.Truth.Trips {
		if slices.Contains(seals, t.Seal) && !slices.Contains(subjects, t.Container) {
			subjects = append(subjects, t.Container)
		}
	}
	batch := event.Batch{Tick: 1, Now: r.Truth.End}
	err = store.KeptEvents(ctx, kept.Digest, func(c catalog.Chunk) error {
		return unpack(c.Data, func(e *event.Event, _ string, _ []byte) error {
			batch.Events = append(batch.Events, *e)
			return nil
		})
	}, subjects...)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(batch.Events, func(a, b event.Event) int { return cmp.Compare(a.N, b.N) })
	return func(yield func(event.Batch) bool) { yield(batch) }, nil
}

// Plan gives the kept plan of a world as JSON; nil where there is none.
func Plan(ctx context.Context, store *catalog.Store, digest string) ([]byte, error) {
	kept, err := store.Kept(ctx, digest)
	if err != nil || kept == nil || len(kept.Plan) == 0 {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(kept.Plan))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(z, maxText))
}

func recipeOf(known *experiment.Catalogue, r *pocs.Run) *sim.Scenario {
	for i := range known.Challenges {
		if known.Challenges[i].Name == r.Challenge {
			return sim.Recipe(known.Challenges[i].Scenarios, r.Scenario, r.Extends)
		}
	}
	return nil
}
