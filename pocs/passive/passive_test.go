package passive_test

import (
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/parts/play"
	"sealab/pocs/passive"
	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

func TestPlays(t *testing.T) {
	book := func(s *play.Stage) *play.Stage {
		return s.Note(notice.Notice{What: notice.Booking, Route: []notice.Stop{
			{Place: "AEJEA", ETD: s.Now.UnixMilli()},
			{Place: "KEMBA", Mode: "sea", ETA: s.Now.Add(200 * time.Hour).UnixMilli()},
		}}).Note(notice.Notice{What: notice.Sealing, Seal: "SLB-1"})
	}
	plays := []struct {
		name  string
		play  func(*play.Stage)
		level int // of the only finding; 0: none
	}{
		{"a smart seal cries out", func(s *play.Stage) { s.Say(play.Code(seal.CodeRopeCut)) }, 0},
		{"clean inspection", func(s *play.Stage) { s.Note(notice.Notice{What: notice.InspectionResult, Result: "clean"}) }, 0},
		{"inspection finds", func(s *play.Stage) { s.Note(notice.Notice{What: notice.InspectionResult, Result: "found"}) }, 900},
		{"in time", func(s *play.Stage) {
			book(s).Wait(230 * time.Hour).Note(notice.Notice{What: notice.Arrival, Place: "KEMBA", Seal: "SLB-1"})
		}, 0},
		{"far too late", func(s *play.Stage) {
			book(s).Wait(280 * time.Hour).Note(notice.Notice{What: notice.Arrival, Place: "KEMBA", Seal: "SLB-1"})
		}, 200},
		{"another number", func(s *play.Stage) {
			gate := notice.Notice{What: notice.GateOut, Place: "KEMBA", Seal: "SLB-2"}
			book(s).Wait(200 * time.Hour).Note(gate).Note(gate)
		}, 600},
		{"another number after an announced opening", func(s *play.Stage) {
			book(s).Wait(200 * time.Hour).Note(notice.Notice{What: notice.AuthorisedOpening}).
				Note(notice.Notice{What: notice.GateOut, Place: "KEMBA", Seal: "SLB-2"})
		}, 0},
	}
	for _, c := range plays {
		d, err := passive.PoC.New(pocs.Setup{Params: pocs.Params{"late_h": 72}})
		if err != nil {
			t.Fatal(err)
		}
		var said []pocs.Finding
		c.play(play.New(func(b event.Batch) {
			list, err := d.Step(b)
			if err != nil {
				t.Fatal(err)
			}
			said = append(said, list...)
		}))
		switch {
		case c.level == 0 && len(said) != 0, c.level != 0 && (len(said) != 1 || said[0].Level != c.level):
			t.Errorf("%s: got %+v, want level %d", c.name, said, c.level)
		}
	}
}
