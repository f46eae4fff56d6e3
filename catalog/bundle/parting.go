// The messages of a world parted by whom they are about, so that one seal's are read without the others'.

package bundle

import (
	"bytes"
	"context"

	"sealab/catalog"
	"sealab/sim/event"
)

// parting takes lines in the order of hearing.
type parting struct {
	open map[string]*bytes.Buffer // by subject
	out  []catalog.Chunk
	n    int
}

func (p *parting) add(_ *event.Event, subject string, line []byte) error {
	p.n++
	lines := p.open[subject]
	if lines == nil {
		if p.open == nil {
			p.open = map[string]*bytes.Buffer{}
		}
		lines = &bytes.Buffer{}
		p.open[subject] = lines
	}
	if lines.Write(line); lines.Len() > chunkBytes {
		p.out = append(p.out, catalog.Chunk{Subject: subject, Data: pack(lines.Bytes())})
		lines.Reset()
	}
	return nil
}

// keep stores what was taken.
func (p *parting) keep(ctx context.Context, to *catalog.Store, w catalog.KeptWorld) error {
	for _, subject := range sortedKeys(p.open) {
		if p.open[subject].Len() > 0 {
			p.out = append(p.out, catalog.Chunk{Subject: subject, Data: pack(p.open[subject].Bytes())})
		}
	}
	w.Events = p.n
	chunks := p.out
	return to.KeepWorld(ctx, w, func() (c catalog.Chunk, ok bool, err error) {
		if len(chunks) == 0 {
			return c, false, nil
		}
		c, chunks = chunks[0], chunks[1:]
		return c, true, nil
	})
}
