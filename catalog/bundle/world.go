// The messages of one world on their way into a bundle: made again from the seed, or as they were kept.

package bundle

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"

	"sealab/catalog"
	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/files"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// keep writes the messages and the plan of a world. Where that cannot be, the world says why, and the bundle goes on
// without: its runs can still be judged again.
func (w *writer) keep(world *heardWorld) error {
	name := worldName(world.Digest)
	lines, plan, why, err := w.made(world)
	if err != nil {
		return err
	}
	if why != "" {
		kept, err := w.Store.Kept(w.ctx, world.Digest)
		if err != nil {
			return err
		}
		if kept == nil {
			world.Why = why
			return nil
		}
		if lines, plan, err = w.asKept(kept); err != nil {
			return err
		}
	}
	world.Why, world.Events = "", path.Join(eventDir, name+".ndjson.gz")
	w.out.stored(world.Events, lines)
	if len(plan) > 0 {
		world.Plan = path.Join(planDir, name+".json")
		w.out.add(world.Plan, plan)
	}
	return nil
}

// made makes a world again. why says what keeps it from being the one that was heard.
func (w *writer) made(world *heardWorld) (lines, plan []byte, why string, err error) {
	if world.run.Carrier == "live" {
		return nil, nil, "a live run's messages come only once", nil
	}
	sc := recipeOf(&w.Known, world.run)
	if sc == nil {
		return nil, nil, "the code that wrote this bundle has no such scenario", nil
	}
	const another = "the code that wrote this bundle makes another world"
	made, err := sim.New(*sc, world.run.Settings, world.run.Seed)
	if err != nil {
		return nil, nil, another, nil
	}
	if w.Plan != nil {
		if plan, err = w.Plan(made, world.Scenario); err != nil {
			return nil, nil, "", err
		}
	}
	var packed bytes.Buffer
	zip := newPacker(&packed)
	digest, size := event.NewDigest(), 0
	var line []byte
	for b := range made.Batches() {
		if err := w.ctx.Err(); err != nil {
			return nil, nil, "", err
		}
		digest.Add(b)
		for i := range b.Events {
			var ok bool
			if line, ok = files.AppendLine(line[:0], &b.Events[i]); !ok {
				return nil, nil, fmt.Sprintf("bundles know no form of messages of the kind %q", b.Events[i].Message.Kind()), nil
			}
			size += len(line)
			zip.Write(line)
		}
		if size > maxEvents {
			return nil, nil, "its messages are more than a bundle takes", nil
		}
	}
	if digest.String() != world.Digest {
		return nil, nil, another, nil
	}
	if err := zip.Close(); err != nil {
		return nil, nil, "", err
	}
	return packed.Bytes(), plan, "", nil
}

// asKept gives back what an import has kept, in the order of hearing.
func (w *writer) asKept(kept *catalog.KeptWorld) (lines, plan []byte, err error) {
	type delivery struct {
		n    uint64
		line string
	}
	var list []delivery
	err = w.Store.KeptEvents(w.ctx, kept.Digest, func(c catalog.Chunk) error {
		return unpack(c.Data, func(e *event.Event, _ string, line []byte) error {
			list = append(list, delivery{e.N, string(line)})
			return nil
		})
	})
	if err != nil {
		return nil, nil, err
	}
	slices.SortFunc(list, func(a, b delivery) int { return cmp.Compare(a.n, b.n) })
	var packed bytes.Buffer
	zip := newPacker(&packed)
	for _, d := range list {
		zip.Write([]byte(d.line))
	}
	if err := zip.Close(); err != nil || len(kept.Plan) == 0 {
		return packed.Bytes(), nil, err
	}
	from, err := gzip.NewReader(bytes.NewReader(kept.Plan))
	if err != nil {
		return nil, nil, err
	}
	plan, err = io.ReadAll(io.LimitReader(from, maxText))
	return packed.Bytes(), plan, err
}

// packer is a gzip stream into memory, which takes everything.
type packer struct{ z *gzip.Writer }

func newPacker(to *bytes.Buffer) packer { return packer{gzip.NewWriter(to)} }

// Write packs some bytes.
func (p packer) Write(b []byte) { _, _ = p.z.Write(b) }

// Close ends the stream.
func (p packer) Close() error { return p.z.Close() }

// pack packs a whole text.
func pack(text []byte) []byte {
	var out bytes.Buffer
	p := newPacker(&out)
	p.Write(text)
	_ = p.Close()
	return out.Bytes()
}
