// Package hmm matches boxes with the roads and railways of their booking by a hidden Markov model.
//
// After P. Newson and J. Krumm, Hidden Markov map matching through noise and sparseness, ACM SIGSPATIAL GIS 2009, 336–343
// (doi:10.1145/1653771.1653818): hidden is on which piece of way a box is, or that it has left all of them; each fix
// speaks for a state by its distance, and states follow each other the likelier the less the way between them differs
// from the straight line. The filter runs forward only, since an alarm must not wait for what comes later.
//
// The defaults were tuned by
//
//	sealab tune hmm mixed --set attacks=3 --seeds 1..24 -p leave_per_h=0.0001,0.001,0.01 -p off_km=7.5,15,30
//	  -p sure=0.8,0.9,0.95,0.99 -p back_per_h=0.1,0.5,2 -p jam_reports=1,2 --rounds 1
//	  --within 'nuisance_trips <= 0.0005' --within 'recall_diversion >= 0.95'
//	sealab tune hmm mixed land-bridge --set attacks=3 --seeds 1..24 -p road_m=50,100,150,200 -p rail_m=200,300,400,600
//	  --rounds 1 --within 'nuisance_trips <= 0.0005' --within 'recall_diversion >= 0.95'
//
// of whose road_m and rail_m the wider were taken, which are not distinguishable from the best: real maps are coarser.
package hmm

import (
	"cmp"
	"slices"

	"sealab/pocs"
	"sealab/pocs/parts"
	"sealab/pocs/parts/terms"
	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// PoC asks whether a box follows the ways of its booking.
var PoC = pocs.PoC{
	Name:      "hmm",
	Challenge: "seals",
	UseCase:   "hmm",
	Claim:     "recall_diversion >= 0.9",
	Doc:       doc,
	Params:    terms.Params(thresholds),
	New: func(s pocs.Setup) (pocs.Detector, error) {
		return &detector{desk: parts.NewDesk(s.Params, s.Keys), limits: newLimits(s.Params)}, nil
	},
}

type detector struct {
	desk   *parts.Desk
	limits limits
	seals  []*traveller // by the seal's slot
	queue  []queued     // readings of the present batch
	trips  parts.Register[trip]
	plans  plans
}

// queued is a reading that waits for its turn.
type queued struct {
	number int64 // boot and seq
	slot   int   // of the seal
	order  int   // in the batch
}

// Step files notices, and then matches readings, seal by seal in the order of their counters: a backlog comes in any. A
// reading that is older than one before it changes nothing: where the box is now, the newer one has told.
func (d *detector) Step(b event.Batch) ([]pocs.Finding, error) {
	nowMs := b.Now.UnixMilli()
	for i := range b.Events {
		d.desk.At(i, b.Events[i].N)
		switch m := b.Events[i].Message.(type) {
		case *seal.Reading:
			if d.desk.Believe(m, nowMs) {
				d.meet(m, i, nowMs)
			}
		case *notice.Notice:
			d.desk.Notice(m)
			d.notice(m, b.Events[i].N)
		}
	}
	if len(d.queue) > 1 {
		slices.SortStableFunc(d.queue, func(a, b queued) int { return cmp.Or(cmp.Compare(a.slot, b.slot), cmp.Compare(a.number, b.number)) })
	}
	for _, q := range d.queue {
		e := &b.Events[q.order]
		d.desk.At(q.order, e.N)
		d.follow(d.seals[q.slot], e.Message.(*seal.Reading), e.N, nowMs)
	}
	d.queue = d.queue[:0]
	return terms.Findings(d.desk.Take()), nil
}

// meet finds the seal of a reading, and has it wait for its turn where it is on a box.
func (d *detector) meet(r *seal.Reading, order int, nowMs int64) {
	s := d.desk.Meet(r, nowMs)
	if s.Slot == len(d.seals) {
		d.seals = append(d.seals, &traveller{})
	}
	if s.Box == nil {
		return
	}
	if t := d.seals[s.Slot]; t.box != s.Box {
		*t = traveller{box: s.Box, trip: d.trip(s.Box.Container)}
	}
	d.queue = append(d.queue, queued{r.Val[seal.Boot]<<32 | r.Val[seal.Seq], s.Slot, order})
}

// follow follows the seal by one more reading and says what is wrong with its way.
func (d *detector) follow(t *traveller, r *seal.Reading, n uint64, nowMs int64) {
	v := t.hear(r, n, nowMs, &d.limits)
	if v.why == nil {
		return
	}
	d.desk.Say(t.box, v.kind, v.level, nowMs, func() (string, []uint64) {
		return v.why(t, r), parts.Basis(n, v.with[:]...)
	})
}

// notice plans the ways of a booking, and notes the leave that Customs gave to go another way.
func (d *detector) notice(n *notice.Notice, number uint64) {
	if n.What != notice.Booking && n.What != notice.ApprovedDiversion {
		return
	}
	t := d.trip(n.Container)
	if n.What == notice.ApprovedDiversion {
		t.freeFromMs, t.freeToMs, t.freed = n.TS, max(n.TS+parts.HoursMs(freeH), n.Until), number
		return
	}
	t.book(n.Route, &d.plans)
}

func (d *detector) trip(container string) *trip {
	if d.trips.All() == nil {
		d.trips = parts.NewRegister[trip]()
	}
	t := d.trips.Find(container)
	if t == nil {
		_, t = d.trips.Add(container)
	}
	return t
}
