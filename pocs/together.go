// Several detectors in one world: it is made, played and digested once, and each detector hears it.

package pocs

import (
	"context"
	"fmt"
	"maps"

	"sealab/sim"
	"sealab/sim/event"
)

// PlayTogether plays trials that differ in their detector alone: one world is made and each batch is digested once and
// handed to one detector after the other. The runs are those that Play gives each by itself, to the digest, also where
// one of them fails on the way. It returns an error for trials of different worlds, and for those with a carrier or a
// tape: these are played one by one. Detectors must not write into a batch; here another one would read it.
func PlayTogether(ctx context.Context, trials []Trial) ([]*Run, error) {
	if err := mayShare(trials); err != nil {
		return nil, fmt.Errorf("play trials together: %w", err)
	}
	if len(trials) == 0 {
		return nil, nil
	}
	w, err := sim.New(*trials[0].Scenario, trials[0].Settings, trials[0].Seed)
	if err != nil {
		return nil, fmt.Errorf("make world: %w", err)
	}
	c := choir{trials: trials, loops: make([]loop, len(trials)), runs: make([]*Run, len(trials)), ear: loop{world: event.NewDigest()}}
	for i := range trials {
		t := &trials[i]
		if c.loops[i].det, err = t.PoC.New(t.setup(w)); err != nil {
			return nil, fmt.Errorf("start %s: %w", t.PoC.Name, err)
		}
		defer closeDetector(c.loops[i].det)
	}
	start, end := w.Span()
	for batch := range w.Batches() {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("play trials together: %w", err)
		}
		c.ear.hear(batch)
		fraction := float64(batch.Now.Sub(start)) / float64(end.Sub(start))
		if !c.step(w, batch, fraction) {
			break
		}
	}
	for i := range trials {
		c.finish(w, i, "")
	}
	return c.runs, nil
}

// choir is the loops of several detectors, and the ear that they share.
type choir struct {
	trials []Trial
	loops  []loop
	runs   []*Run // nil while it goes on
	ear    loop   // digests and counts
}

// step lets everyone who has not failed hear a batch, and reports whether anyone goes on.
func (c *choir) step(w *sim.World, b event.Batch, fraction float64) (on bool) {
	for i := range c.loops {
		if c.runs[i] != nil {
			continue
		}
		l := &c.loops[i]
		if err := l.say(b); err != nil {
			c.finish(w, i, err.Error())
			continue
		}
		on = true
		if watch := c.trials[i].Watch; watch != nil {
			watch(Progress{b.Now, fraction, c.ear.readings, len(l.findings)}, l.fresh)
		}
	}
	return on
}

// finish records a run that has come to its end, good or bad: the truth is that of now.
func (c *choir) finish(w *sim.World, i int, reason string) {
	if c.runs[i] != nil {
		return
	}
	l := &c.loops[i]
	l.world, l.events, l.readings, l.reason = c.ear.world, c.ear.events, c.ear.readings, reason
	c.runs[i] = c.trials[i].record(w, l)
}

// mayShare refuses trials that one world cannot serve.
func mayShare(trials []Trial) error {
	for i := range trials {
		a, t := &trials[0], &trials[i]
		switch {
		case t.Carrier != nil || t.Tape != nil:
			return fmt.Errorf("%s has a carrier or a tape of its own", t.PoC.Name)
		case t.Scenario.Name != a.Scenario.Name || t.Seed != a.Seed || !maps.Equal(t.Settings, a.Settings):
			return fmt.Errorf("%s seed %d is another world than %s seed %d", t.Scenario.Name, t.Seed, a.Scenario.Name, a.Seed)
		}
	}
	return nil
}
