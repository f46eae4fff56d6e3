// What a live run hears, taken down as it comes: the clock brings it once, and no seed brings it back.

package bundle

import (
	"bytes"
	"context"
	"iter"
	"sync"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/sim/event"
	"sealab/sim/files"
)

// Journal is the tape of a run whose messages are to be kept. It may be read while it is written.
type Journal struct {
	mu     sync.Mutex
	blocks []block // full ones, packed
	open   block   // not packed yet
	bytes  int
	broken bool // a message did not fit: nothing more is taken down, and nothing kept
}

// block is a stretch of lines in the order of hearing.
type block struct {
	last  uint64 // number of its last event
	lines []byte
}

// Record takes a tick down. Where that cannot be, the run goes on all the same.
func (j *Journal) Record(m pocs.Moment) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	for i := range m.Batch.Events {
		if !j.broken {
			j.take(&m.Batch.Events[i])
		}
	}
	return nil
}

// take writes down one event, in a form that is known to be readable.
func (j *Journal) take(e *event.Event) {
	from := len(j.open.lines)
	lines, ok := files.AppendLine(j.open.lines, e)
	if ok {
		_, _, err := files.ParseLine(bytes.TrimSuffix(lines[from:], []byte("\n")))
		ok = err == nil
	}
	if j.bytes += len(lines) - from; !ok || j.bytes > maxEvents {
		j.broken, j.blocks, j.open = true, nil, block{}
		return
	}
	j.open = block{e.N, lines}
	if len(lines) >= chunkBytes {
		j.blocks = append(j.blocks, block{e.N, pack(lines)})
		j.open.lines = lines[:0]
	}
}

// packed gives the blocks that have events with numbers above after; ok is false where not all was taken down.
func (j *Journal) packed(after uint64) (list [][]byte, ok bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, b := range j.blocks {
		if b.last > after {
			list = append(list, b.lines)
		}
	}
	return append(list, pack(j.open.lines)), !j.broken
}

// Heard gives what was taken down by now in the order of hearing: all events with numbers above after, and maybe some
// before them. ok is false where the journal could not take all.
func (j *Journal) Heard(after uint64) (list iter.Seq[event.Batch], ok bool) {
	blocks, ok := j.packed(after)
	return func(yield func(event.Batch) bool) {
		for _, lines := range blocks {
			var b event.Batch
			err := unpack(lines, func(e *event.Event, _ string, _ []byte) error {
				b.Events = append(b.Events, *e)
				return nil
			})
			if err != nil || !yield(b) { // each line could be read when it was taken down
				return
			}
		}
	}, ok
}

// Keep stores it all as the world of that digest, seal by seal; nothing where the journal could not take all.
func (j *Journal) Keep(ctx context.Context, to *catalog.Store, digest string) error {
	blocks, ok := j.packed(0)
	if !ok {
		return nil
	}
	var parts parting
	for _, lines := range blocks {
		if err := unpack(lines, parts.add); err != nil {
			return err
		}
	}
	return parts.keep(ctx, to, catalog.KeptWorld{Digest: digest})
}
