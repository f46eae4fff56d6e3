package hmm_test

import (
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/hmm"
	"sealab/pocs/parts/play"
	"sealab/sim/event"
	"sealab/sim/geo"
	"sealab/sim/seal"
)

// TestMatchingAllocatesNothing: a fix of a booked box, on its way, costs no memory.
func TestMatchingAllocatesNothing(t *testing.T) {
	params := pocs.Params{}
	for _, p := range hmm.PoC.Params {
		params[p.Name] = p.Default
	}
	d, err := hmm.PoC.New(pocs.Setup{Params: params})
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	hear := func(b event.Batch) {
		list, err := d.Step(b)
		if err != nil {
			t.Fatal(err)
		}
		said += len(list)
	}
	truck := book(t, play.New(hear), "road", geo.ByRoad, "KEMBA", "UGKLA")
	truck.drive(1, 5*time.Minute)
	r := truck.Draw(play.With(seal.GRms, 200))
	b := event.Batch{Now: truck.Now, Events: []event.Event{{N: 99, Message: &r}}}
	if n := testing.AllocsPerRun(200, func() {
		b.Now = b.Now.Add(time.Minute)
		r.Val[seal.Seq]++
		r.Val[seal.TS] += 60_000
		r.Val[seal.Lat] += 10
		hear(b)
	}); n != 0 || said != 0 {
		t.Errorf("%g allocations a reading and %d findings, want none", n, said)
	}
}
