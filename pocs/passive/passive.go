// Package passive is the ordinary bolt seal: what Customs learns without any smart seal.
package passive

import (
	"fmt"
	"strings"

	"sealab/pocs"
	"sealab/pocs/parts"
	"sealab/sim/event"
	"sealab/sim/notice"
)

// PoC sees notices only: bookings, gates, arrivals and what inspections find.
var PoC = pocs.PoC{
	Name:      "passive",
	Challenge: "seals",
	UseCase:   "passive",
	Claim:     "score_balanced >= 0",
	Baseline:  true,
	Doc: `Stands for the ordinary bolt seal, which tells nobody anything: it reads no seal, only what Customs and
operators write into their own systems. It speaks when an inspection has found something, when another seal number
turns up than was put on and no opening was announced, and when a box comes in far later than booked. Where nobody
opens a box or compares a number, it stays silent, and scores what silence scores. It can name no offence better than
"bolt_cut", and what it says mostly comes too late to act upon: that is the point of comparing others with it.`,
	Params: []pocs.Param{{
		Name: "late_h", Unit: "h", Default: 72, Min: 1, Max: 720, Mark: "assumption",
		Doc: "a box that comes in later than booked by more than this is worth a look",
	}},
	New: func(s pocs.Setup) (pocs.Detector, error) {
		return &detector{lateMs: parts.HoursMs(s.Params["late_h"]), boxes: parts.NewRegister[box]()}, nil
	},
}

// Levels of what a notice is worth, on the scale 0–1000.
const (
	levelFound  = 900
	levelNumber = 600
	levelLate   = 200
)

type detector struct {
	lateMs int64
	boxes  parts.Register[box]
}

// box is what the papers say of one container.
type box struct {
	papers parts.Papers
	sealed string // number of the seal that was put on
	put    uint64 // delivery of the notice that said so
}

// Step reads the notices of the batch and skips everything else.
func (d *detector) Step(b event.Batch) ([]pocs.Finding, error) {
	var said []pocs.Finding
	for i := range b.Events {
		n, ok := b.Events[i].Message.(*notice.Notice)
		if !ok {
			continue
		}
		if level, why, with := d.read(n, b.Events[i].N); level > 0 {
			said = append(said, pocs.Finding{
				Container: strings.Clone(n.Container), Kind: parts.BoltCut.String(), Level: level, Why: why,
				Basis: parts.Basis(b.Events[i].N, with...),
			})
		}
	}
	return said, nil
}

// read files a notice, delivery number, and says what is wrong with it and with which earlier ones it was compared; level
// 0 is nothing.
func (d *detector) read(n *notice.Notice, number uint64) (level int, why string, with []uint64) {
	box := d.boxes.Find(n.Container)
	if box == nil {
		_, box = d.boxes.Add(n.Container)
	}
	late := box.papers.LateMs(n)
	box.papers.Add(n, number)
	switch {
	case n.What == notice.Booking:
		box.sealed, box.put = "", 0
	case n.What == notice.Sealing:
		box.sealed, box.put = strings.Clone(n.Seal), number
	case n.What == notice.InspectionResult && n.Result == "found":
		return levelFound, "The inspection has found something.", nil
	case n.Seal != "" && box.sealed != "" && n.Seal != box.sealed && !box.papers.Announced():
		was, put := box.sealed, box.put
		box.sealed, box.put = strings.Clone(n.Seal), number
		return levelNumber, fmt.Sprintf("Seal %s is on the box, but %s was put on it.", n.Seal, was), []uint64{put}
	case late > d.lateMs:
		return levelLate, fmt.Sprintf("The box comes in %d h later than booked.", late/parts.HourMs), box.papers.Route()
	}
	return 0, "", nil
}
