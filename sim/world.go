// Package sim is the world: a virtual clock, private dice, trips, seals and radio; and it records the truth.
//
// A world is one goroutine and one agenda. It speaks in ticks and is a function of scenario, settings and seed alone.
package sim

import (
	"iter"
	"time"

	"sealab/sim/event"
)

// World is one world made from a scenario and a seed.
type World struct {
	truth Truth
}

// New makes the world of a scenario, resolved settings and a seed below MaxSeed. With only, it rebuilds those seals
// alone: same messages and times, own n and ticks.
func New(sc Scenario, set Settings, seed uint64, only ...string) (*World, error) {
	return &World{truth: Truth{Start: sc.Start, End: sc.Start.Add(sc.Span)}}, nil
}

// Span returns the world's start and end.
func (w *World) Span() (start, end time.Time) { return w.truth.Start, w.truth.End }

// Batches plays the world once, tick by tick.
func (w *World) Batches() iter.Seq[event.Batch] { return func(func(event.Batch) bool) {} }

// Heard returns the incidents heard up to the present tick, in the order of hearing.
func (w *World) Heard() []Incident { return nil }

// Truth returns what a judge may know, whole once Batches has ended.
func (w *World) Truth() Truth { return w.truth }
