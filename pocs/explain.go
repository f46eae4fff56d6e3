// Why a finding was said: the world is played again from its seed, and the same detector asked what it rests on.

package pocs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
)

// Explanation is what led to one finding.
type Explanation struct {
	Finding Finding
	// Basis says whether the detector told what the finding rests on. Where it did not, Heard is what it had heard of
	// the container since it last spoke of it: that may be more, and it may be less.
	Basis   bool
	Trigger uint64     // number of the delivery that set it off; 0: none did, or it is not told
	Heard   []Delivery // in the order of hearing
	Left    int        // deliveries that belong here and are not in Heard: there were too many, or they lie too far back
}

// ErrDiffers says that a run played again by this code does not come to the same finding.
var ErrDiffers = errors.New("code differs: played again by this code, the detector does not say this")

// Limits of an explanation: what is kept of a container's messages while it plays, and what is shown where the detector
// does not tell.
const (
	keptDeliveries  = 20_000
	shownDeliveries = 40
)

// Explain plays the trial of run r again up to its finding i, counted from 0, and gives what led to it. It costs about
// what the run cost up to there. ErrDiffers where this code does not make that finding; a live run cannot be explained.
func (t Trial) Explain(ctx context.Context, r *Run, i int) (*Explanation, error) {
	if r.Carrier == "live" {
		return nil, errors.New("explain finding: the run was carried live, and when its messages arrived comes only once")
	}
	if i < 0 || i >= len(r.Findings) {
		return nil, fmt.Errorf("explain finding %d: there are %d", i+1, len(r.Findings))
	}
	w := witness{want: &r.Findings[i]}
	for _, trip := range r.Truth.Trips {
		if trip.Container == w.want.Container && !slices.Contains(w.seals, trip.Seal) {
			w.seals = append(w.seals, trip.Seal)
		}
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	t.CarrierName, t.Carrier, t.Tape, t.KeepBasis = "direct", nil, &w, true
	t.Watch = func(p Progress, fresh []Finding) {
		if w.hear(fresh, i-(p.Findings-len(fresh))) {
			stop()
		}
	}
	_, err := t.Play(ctx)
	switch {
	case w.said == nil && err != nil:
		return nil, fmt.Errorf("explain finding: %w", err)
	case w.said == nil || !sameFinding(w.said, w.want):
		return nil, ErrDiffers
	}
	return w.explain(), nil
}

func sameFinding(a, b *Finding) bool {
	return a.At.Equal(b.At) && a.Container == b.Container && a.Kind == b.Kind && a.Level == b.Level
}

// witness is a tape that keeps what concerns one container.
type witness struct {
	want    *Finding
	seals   []string
	heard   []Delivery
	dropped int
	spoke   int // deliveries heard, dropped ones too, when the detector last spoke of the container
	said    *Finding
}

// Record keeps what concerns the container; the oldest readings give way where there are too many.
func (w *witness) Record(m Moment) error {
	for i := range m.Batch.Events {
		if e := &m.Batch.Events[i]; concerns(e.Message, w.want.Container, w.seals) {
			w.heard = append(w.heard, copyOf(e, m.Batch.Now))
		}
	}
	if len(w.heard) > keptDeliveries {
		old := len(w.heard) - keptDeliveries/2
		w.dropped += old
		w.heard = slices.Clone(w.heard[old:])
	}
	return nil
}

// hear looks through what was just said for the finding at place i, and reports whether it has come.
func (w *witness) hear(fresh []Finding, i int) bool {
	for k := range fresh {
		if k == i {
			said := fresh[k]
			w.said = &said
			return true
		}
		if fresh[k].Container == w.want.Container {
			w.spoke = w.dropped + len(w.heard)
		}
	}
	return false
}

// explain picks the deliveries that the finding rests on.
func (w *witness) explain() *Explanation {
	x := &Explanation{Finding: *w.want, Basis: w.said.Basis != nil}
	if !x.Basis {
		since := w.heard[max(0, min(w.spoke-w.dropped, len(w.heard))):]
		x.Heard = since[max(0, len(since)-shownDeliveries):]
		x.Left = len(since) - len(x.Heard) + max(0, w.dropped-w.spoke)
	}
	for k, n := range w.said.Basis {
		if k == 0 {
			x.Trigger = n
		}
		at, found := slices.BinarySearchFunc(w.heard, n, func(d Delivery, n uint64) int { return cmp.Compare(d.N, n) })
		if !found {
			x.Left++
			continue
		}
		x.Heard = append(x.Heard, w.heard[at])
	}
	slices.SortFunc(x.Heard, func(a, b Delivery) int { return cmp.Compare(a.N, b.N) })
	for k := range x.Heard {
		x.Heard[k].finish()
	}
	return x
}
