// What a page over arms needs of their runs beside the outcomes: ledgers, and scores over the finding level.

package web

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/experiment"
)

// booked is what is remembered of a run for such pages. It never changes.
type booked struct {
	ledger *experiment.Ledger
	levels []experiment.LevelScore // nil until somebody asked for them
}

// keptBooks bounds what is remembered, in entries of some 200 bytes.
const keptBooks = 200_000

// books opens the ledgers of a design's trials, and with levels judges each again level by level. Runs that were deleted
// since are left out.
func (s *Server) books(ctx context.Context, d *experiment.Design, out map[experiment.Job]experiment.Outcome, levels bool) (map[experiment.Job]*booked, error) {
	trials := d.Trials()
	list := make([]*booked, len(trials))
	failed := make([]error, len(trials))
	eachSideBySide(len(trials), func(i int) {
		list[i], failed[i] = s.book(ctx, d.Challenge, out[trials[i]].Run, levels)
	})
	books := make(map[experiment.Job]*booked, len(trials))
	for i, j := range trials {
		if failed[i] != nil {
			return nil, failed[i]
		}
		if list[i] != nil {
			books[j] = list[i]
		}
	}
	return books, nil
}

// book opens one run; nil where it is not there.
func (s *Server) book(ctx context.Context, c *pocs.Challenge, id string, levels bool) (*booked, error) {
	b, known := s.booked.get(id)
	if known && (b.levels != nil || !levels) {
		return &b, nil
	}
	run, err := s.cfg.Store.Run(ctx, id)
	if errors.Is(err, catalog.ErrNotFound) || errors.Is(err, catalog.ErrUnfit) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	b.ledger = experiment.LedgerOf(run)
	if levels {
		b.levels = experiment.LevelsOf(c, run)
	}
	s.enter(id, &b)
	return &b, nil
}

func (s *Server) enter(id string, b *booked) {
	s.booked.put(id, *b, 1+len(b.ledger.Entries)+2*len(b.levels))
}

// eachSideBySide does n things that have nothing to do with each other, one a core at a time.
func eachSideBySide(n int, do func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

func ledgersIn(books map[experiment.Job]*booked) map[experiment.Job]*experiment.Ledger {
	out := make(map[experiment.Job]*experiment.Ledger, len(books))
	for j, b := range books {
		out[j] = b.ledger
	}
	return out
}

// sidesOf are two arms with the counts of who caught what.
type sidesOf struct {
	A string `json:"a"`
	B string `json:"b"`
	experiment.Sides
}

// sidesAgainst tells every arm's catches from the baseline's.
func (s *Server) sidesAgainst(ctx context.Context, f *found) ([]sidesOf, error) {
	out := []sidesOf{}
	if f == nil || f.Results == nil {
		return out, nil
	}
	books, err := s.books(ctx, f.Design, f.Out, false)
	if err != nil {
		return nil, err
	}
	d := f.Design
	all := experiment.LayIncidents(d, ledgersIn(books))
	for a := range d.Arms {
		if a != d.Baseline {
			out = append(out, sidesOf{d.Arms[a].Name, d.Arms[d.Baseline].Name, all.Count(a, d.Baseline)})
		}
	}
	return out, nil
}
