// One world of a dataset, message by message.

package dataset

import (
	"context"
	"fmt"
	"time"

	"sealab/sim"
	"sealab/sim/epcis"
	"sealab/sim/event"
	"sealab/sim/files"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// world makes the world of a seed and writes its files below root.
func (s *Spec) world(ctx context.Context, root string, seed uint64, watch func(float64)) (World, []File, error) {
	made, err := sim.New(s.Scenario, s.Settings, seed)
	if err != nil {
		return World{}, nil, fmt.Errorf("make world: %w", err)
	}
	folder := s.folder(seed)
	start, end := made.Span()
	out, err := s.openScribe(root, folder, end)
	if err != nil {
		return World{}, nil, err
	}
	defer out.abandon()
	digest := event.NewDigest()
	for b := range made.Batches() {
		if err := ctx.Err(); err != nil {
			return World{}, nil, fmt.Errorf("make dataset: %w", err)
		}
		digest.Add(b)
		if err := out.hear(b); err != nil {
			return World{}, nil, err
		}
		watch(float64(b.Now.Sub(start)) / float64(end.Sub(start)))
	}
	truth := TruthFile{s.Challenge, s.Scenario.Name, seed, digest.String(), s.Terms, made.Truth()}
	list, err := out.close(&truth)
	if err != nil {
		return World{}, nil, err
	}
	return worldOf(folder, &truth, out), list, nil
}

func worldOf(folder string, t *TruthFile, out *scribe) World {
	w := World{Seed: t.Seed, Folder: folder, WorldDigest: t.WorldDigest, Start: files.At(t.Start), End: files.At(t.End),
		Readings: out.messages.Rows, Notices: out.notices.Rows, Trips: len(t.Trips), SealDays: t.SealDays}
	w.Events = w.Readings + w.Notices
	for i := range t.Incidents {
		switch in := &t.Incidents[i]; {
		case !in.Hostile:
			w.LookAlikes++
		case in.Heard():
			w.Incidents++
		default:
			w.Unheard++
		}
	}
	return w
}

// scribe writes down what is heard in one world.
type scribe struct {
	root, folder      string
	messages, notices *sink
	table             *table
	flat              *sink           // of the table
	epcis             *epcis.Document // nil: not asked for
	events            *sink           // of the EPCIS document
	open              []*sink
	line              []byte
}

// openScribe opens the files of one world. An EPCIS document says when it was made: here that is the end of the world, on
// its own clock.
func (s *Spec) openScribe(root, folder string, end time.Time) (*scribe, error) {
	c := &scribe{root: root, folder: folder}
	var err error
	if c.messages, err = c.sink(messagesName); err == nil {
		c.notices, err = c.sink(noticesName)
	}
	if err == nil {
		c.flat, err = c.sink(parquetName)
	}
	if err == nil {
		c.table, err = newTable(c.flat)
	}
	if err == nil && s.EPCIS {
		if c.events, err = c.sink(epcisName); err == nil {
			c.epcis = epcis.NewDocument(c.events, end)
		}
	}
	if err != nil {
		c.abandon()
		return nil, err
	}
	return c, nil
}

func (c *scribe) sink(name string) (*sink, error) {
	s, err := newSink(c.root, join(c.folder, name))
	if err == nil {
		c.open = append(c.open, s)
	}
	return s, err
}

// abandon closes what an error has left open.
func (c *scribe) abandon() {
	for _, s := range c.open {
		_ = s.file.Close()
	}
}

// hear writes down the events of one tick.
func (c *scribe) hear(b event.Batch) error {
	for i := range b.Events {
		e := &b.Events[i]
		var ok bool
		if c.line, ok = files.AppendLine(c.line[:0], e); !ok {
			return fmt.Errorf("make dataset: messages of the kind %q have no form in files yet", e.Message.Kind())
		}
		switch m := e.Message.(type) {
		case *seal.Reading:
			if err := c.reading(e, m); err != nil {
				return err
			}
		case *notice.Notice:
			c.notices.row(c.line)
		default:
			return fmt.Errorf("make dataset: messages of the kind %q have no file yet", e.Message.Kind())
		}
	}
	return c.messages.err // a full disk is told at once, not after the last tick
}

// reading writes down a reading, whose line is at hand, in each of its forms.
func (c *scribe) reading(e *event.Event, r *seal.Reading) error {
	c.messages.row(c.line)
	c.flat.Rows++
	if err := c.table.add(e, r); err != nil || c.epcis == nil {
		return err
	}
	err := c.epcis.Add(e.At, r)
	c.events.Rows = c.epcis.Rows()
	return err
}

// close writes the truth and ends every file.
func (c *scribe) close(t *TruthFile) ([]File, error) {
	truth, err := c.sink(truthName)
	if err != nil {
		return nil, err
	}
	if err := t.Write(truth); err != nil {
		return nil, fmt.Errorf("write %s: %w", truth.Name, err)
	}
	truth.Rows = len(t.Incidents)
	if err := c.table.close(); err != nil {
		return nil, err
	}
	if c.epcis != nil {
		if err := c.epcis.Close(); err != nil {
			return nil, err
		}
	}
	var list []File
	for _, s := range c.open {
		f, err := s.close()
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	c.open = nil
	return list, nil
}
