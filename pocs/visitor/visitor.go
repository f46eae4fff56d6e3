// Package visitor turns the flags that a person set in a played world into a detector, so that person and machine are
// judged by the same judge.
//
// Unlike every other proof of concept it exists only for the run that it was made for: nobody can start it, and to play
// it again means to say the kept flags again. Such a run is re-scored, not re-executed: what is proved is that the
// world, the flags and the score belong together, not that the person would flag the same.
package visitor

import (
	"fmt"
	"slices"
	"time"

	"sealab/pocs"
	"sealab/sim/event"
)

// Name is that of the proof of concept in runs, tables and queries.
const Name = "visitor"

// Kind is what a flag says of a container: a person points, and names no offence.
const Kind = "flagged"

// Level is that of every flag: whoever flags sends somebody to look.
const Level = 1000

// Flag is one container pointed at.
type Flag struct {
	Tick      int64 // the world's, from 1; a flag of a tick that nothing was heard in is said in the next that is given out
	Container string
	Why       string // prose, in no digest
}

// New makes the proof of concept of these flags. It says them in the order of their ticks; within a tick they keep the
// order given. The list is not kept.
func New(flags []Flag) *pocs.PoC {
	list := slices.Clone(flags)
	slices.SortStableFunc(list, func(a, b Flag) int { return int(a.Tick - b.Tick) })
	return &pocs.PoC{
		Name:      Name,
		Challenge: "seals",
		Doc: `A person at the duty desk, who saw what any operator sees and pointed at containers. It claims to be better than
silence. Flags name no offence, so that kind accuracy means nothing here; and one person in one world is an anecdote,
not evidence.`,
		New: func(pocs.Setup) (pocs.Detector, error) { return &detector{left: list}, nil },
	}
}

// Again makes the proof of concept that says a stored run's findings again. It returns an error where a finding does not
// stand at the end of a tick of that length after start.
func Again(list []pocs.Finding, start time.Time, tick time.Duration) (*pocs.PoC, error) {
	flags := make([]Flag, len(list))
	for i, f := range list {
		since := f.At.Sub(start)
		if since <= 0 || tick <= 0 || since%tick != 0 {
			return nil, fmt.Errorf("replay flags: number %d stands at %s, which is no tick of its world", i+1, f.At.UTC().Format(time.RFC3339))
		}
		flags[i] = Flag{Tick: int64(since / tick), Container: f.Container, Why: f.Why}
	}
	return New(flags), nil
}

type detector struct{ left []Flag }

// Step says the flags whose tick has come.
func (d *detector) Step(b event.Batch) ([]pocs.Finding, error) {
	var said []pocs.Finding
	for len(d.left) > 0 && d.left[0].Tick <= b.Tick {
		said = append(said, pocs.Finding{Container: d.left[0].Container, Kind: Kind, Level: Level, Why: d.left[0].Why})
		d.left = d.left[1:]
	}
	return said, nil
}
