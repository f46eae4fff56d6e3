// What a duty officer is told of each container: what is out of the ordinary in its seal's reports, and what Customs
// and operators say of it. It is made from what was heard and from the plan, so no truth can be in it.

package web

import (
	"cmp"
	"math"
	"slices"

	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/geo"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// How grave a piece of news is by itself: what any seal operator's screen would show in which colour.
const (
	newsPaper = 0 // a notice, or good news
	newsOdd   = 1 // worth a look
	newsGrave = 2 // the seal itself says that it was opened or broken
)

// The thresholds of the watch: common sense rather than a detector's tuning.
const (
	newsShockMg   = 2500      // g × 1000
	newsLux10     = 50        // lx × 10: behind a shut door it is dark
	newsJumpKm    = 5.0       // between two fixes, faster than any truck
	newsJumpKmh   = 160.0     // that is how fast
	newsOffLandM  = 3000.0    // from the plan
	newsOffSeaM   = 6000.0    // likewise; a vessel's plan is coarser
	newsWarmMilli = 8000      // m°C between two reports
	newsJam       = 150       // the receiver's own indicator, of 255
	newsMovesKn10 = 50        // kn × 10, where the box feels no motion
	newsStillMg   = 25        // g × 1000, rms: nothing on wheels or water is so quiet
	newsBlindMs   = 6 * hour  // without a position while the radio works
	newsSilentMs  = 6 * hour  // past the report that was due
	newsAgainMs   = 12 * hour // what goes on is told again after so long
	newsFlipMs    = 4 * hour  // what comes and goes likewise: two devices under one name take turns
	newsWarmMs    = 2 * hour  // reports further apart tell nothing of a sudden change
	maxNews       = 6_000     // of one game: 40 containers bring some hundreds
)

// news is one thing told of one container. Its words are ui.play.say.WHAT, with {n} and {place}.
type news struct {
	N     int     `json:"n" doc:"running number, from 1"`
	At    int64   `json:"at" doc:"when it was heard, ms since 1970, virtual: the end of its tick"`
	When  int64   `json:"when" doc:"when it happened, by whoever says it"`
	C     string  `json:"c" doc:"container"`
	What  string  `json:"what" doc:"what is told, such as rope_cut or gate_in"`
	Num   float64 `json:"num,omitempty" doc:"its number: km, h, lx, g, °C, or ms since 1970 of an announced end"`
	Place string  `json:"place,omitempty"`
	Grave int     `json:"grave" doc:"0 notice, 1 worth a look, 2 the seal says that it was opened or broken"`
}

// boxWatch is what is known of one container.
type boxWatch struct {
	heard, due, ts           int64
	lat, lon                 float64
	placed                   bool
	temp, tempAt             int64
	armedAt, opened, tamper  int64
	spent                    int64 // charge, mAh × 1000
	door, light, silent, off bool
	blindSince               int64
	blind                    bool
	last                     map[string]int64 // when each thing was told last
}

// watch reads a world tick by tick.
type watch struct {
	plan  *sim.Plan
	index map[string]int
	boxes []boxWatch
	usual int64 // longest time between two reports of a seal under way, ms
	now   int64
	told  []news
}

func newWatch(p *sim.Plan) *watch {
	w := &watch{plan: p, index: map[string]int{}, boxes: make([]boxWatch, len(p.Seals))}
	for i := range p.Seals {
		w.index[p.Seals[i].Container] = i
		w.boxes[i].last = map[string]int64{}
	}
	return w
}

// hear takes in a tick.
func (w *watch) hear(b event.Batch) {
	w.now = b.Now.UnixMilli()
	for i := range b.Events {
		switch m := b.Events[i].Message.(type) {
		case *seal.Reading:
			if at, ok := w.index[m.Container]; ok {
				w.reading(at, m)
			}
		case *notice.Notice:
			if at, ok := w.index[m.Container]; ok {
				w.notice(at, m)
			}
		}
	}
	if w.now%hour == 0 {
		w.silence()
	}
}

// tell notes a piece of news, unless the same was told within the last so many ms.
func (w *watch) tell(i int, what string, grave int, when int64, num float64, place string, every int64) {
	b := &w.boxes[i]
	if last, told := b.last[what]; (told && w.now-last < every) || len(w.told) >= maxNews {
		return
	}
	b.last[what] = w.now
	w.told = append(w.told, news{N: len(w.told) + 1, At: w.now, When: when, C: w.plan.Seals[i].Container, What: what,
		Num: math.Round(num*10) / 10, Place: place, Grave: grave})
}

// saidCodes are the device's own words that are passed on, and how grave each is. Those of cell and motion are daily
// bread.
var saidCodes = map[int64]struct {
	what  string
	grave int
}{
	seal.CodeArmed: {"armed", newsPaper}, seal.CodeDisarmed: {"disarmed", newsOdd},
	seal.CodeDoorOpen: {"door_open", newsGrave}, seal.CodeDoorClose: {"door_close", newsPaper},
	seal.CodeRopeCut: {"rope_cut", newsGrave}, seal.CodeCaseOpen: {"case_open", newsGrave},
	seal.CodeDetached: {"detached", newsGrave}, seal.CodeLightAlarm: {"light", newsOdd},
	seal.CodeGNSSJam: {"jam", newsOdd}, seal.CodeUnlockDenied: {"denied", newsOdd}, seal.CodeReboot: {"reboot", newsOdd},
	seal.CodeBatLow: {"battery", newsOdd}, seal.CodeTempHigh: {"warm", newsOdd}, seal.CodeTempLow: {"warm", newsOdd},
}

func (w *watch) reading(i int, r *seal.Reading) {
	b := &w.boxes[i]
	at := r.Val[seal.TS]
	if b.silent {
		w.tell(i, "back", newsOdd, at, float64(w.now-b.heard)/hour, "", 0)
		b.silent = false
	}
	if r.Is(seal.MsgKind, seal.Tele) && b.ts > 0 && at > b.ts {
		w.usual = max(w.usual, min(at-b.ts, 6*hour))
	}
	b.heard = w.now
	if next, ok := r.Get(seal.NextReport); ok {
		b.due = next
	}
	w.code(i, b, r, at)
	if at < b.ts { // from a backlog: its events count, its state is old
		return
	}
	w.state(i, b, r, at)
	w.position(i, b, r, at)
	b.ts = at
}

// code tells what the device itself says happened.
func (w *watch) code(i int, b *boxWatch, r *seal.Reading, at int64) {
	code, has := r.Get(seal.Code)
	said, ok := saidCodes[code]
	if !has || !ok {
		return
	}
	num := 0.0
	switch said.what {
	case "light":
		num, b.light = float64(r.Val[seal.Lux])/10, true
	case "warm":
		num = float64(r.Val[seal.TC]) / 1000
	case "door_open":
		b.door, b.opened = true, max(b.opened, at)
	case "door_close":
		b.door = false
	case "rope_cut":
		b.tamper = max(b.tamper, at)
	}
	w.tell(i, said.what, said.grave, at, num, "", 0)
}

// state tells what the seal keeps and feels.
func (w *watch) state(i int, b *boxWatch, r *seal.Reading, at int64) {
	if t := r.Val[seal.ArmedAt]; t > b.armedAt {
		b.armedAt = t
	}
	if spent, ok := r.Get(seal.MAhUsed); ok {
		if spent < b.spent {
			w.tell(i, "fuller", newsOdd, at, 0, "", newsFlipMs)
		}
		b.spent = spent
	}
	if t := r.Val[seal.TamperedAt]; t > b.tamper {
		b.tamper = t
		w.tell(i, "tampered", newsGrave, t, 0, "", 0)
	}
	if t := r.Val[seal.OpenedAt]; t > b.opened {
		b.opened = t
		w.tell(i, "opened", newsGrave, t, 0, "", 0)
	}
	armed := !r.Is(seal.Status, seal.Unarmed)
	if open := r.Is(seal.DoorOpen, 1); open != b.door && armed {
		b.door = open
		if open {
			w.tell(i, "door_stands_open", newsGrave, at, 0, "", newsAgainMs)
		}
	}
	if lux, ok := r.Get(seal.Lux); ok {
		light := lux > newsLux10
		if light && !b.light && armed {
			w.tell(i, "light", newsOdd, at, float64(lux)/10, "", hour)
		}
		b.light = light
	}
	if g := r.Val[seal.GPeak]; g > newsShockMg {
		w.tell(i, "shock", newsOdd, at, float64(g)/1000, "", hour)
	}
	if temp, ok := r.Get(seal.TC); ok {
		if change := temp - b.temp; b.tempAt > 0 && at-b.tempAt < newsWarmMs && (change > newsWarmMilli || change < -newsWarmMilli) {
			w.tell(i, "warm", newsOdd, at, float64(temp)/1000, "", newsAgainMs)
		}
		b.temp, b.tempAt = temp, at
	}
}

// position tells where the seal says that it is, where that is not where it should be.
func (w *watch) position(i int, b *boxWatch, r *seal.Reading, at int64) {
	if r.Val[seal.Jam] > newsJam {
		w.tell(i, "jam", newsOdd, at, 0, "", newsAgainMs)
	}
	if !r.Is(seal.Fix, seal.Fix2D) && !r.Is(seal.Fix, seal.Fix3D) {
		if b.blindSince == 0 {
			b.blindSince = at
		}
		if at-b.blindSince > newsBlindMs && !b.blind {
			b.blind = true
			w.tell(i, "blind", newsOdd, at, float64(at-b.blindSince)/hour, "", newsAgainMs)
		}
		return
	}
	b.blindSince, b.blind = 0, false
	if g, ok := r.Get(seal.GRms); ok && g < newsStillMg && r.Val[seal.SpdKn] > newsMovesKn10 {
		w.tell(i, "moves_still", newsOdd, at, float64(r.Val[seal.SpdKn])/10*1.852, "", newsAgainMs)
	}
	lat, lon := float64(r.Val[seal.Lat])/1e6, float64(r.Val[seal.Lon])/1e6
	if b.placed && at > b.ts {
		km := geo.DistanceM(lat, lon, b.lat, b.lon) / 1000
		if hours := float64(at-b.ts) / hour; km > newsJumpKm && km > newsJumpKmh*hours {
			w.tell(i, "jump", newsOdd, at, km, "", newsFlipMs)
		}
	}
	b.lat, b.lon, b.placed = lat, lon, true
	pLat, pLon, kind, ok := planned(w.plan, &w.plan.Seals[i], at)
	most := newsOffLandM
	if kind == "vessel" {
		most = newsOffSeaM
	}
	m := 0.0
	if ok {
		m = geo.DistanceM(lat, lon, pLat, wrap(pLon))
	}
	switch {
	case m > most && (!b.off || w.now-b.last["off"] >= newsAgainMs):
		w.tell(i, "off", newsOdd, at, m/1000, "", newsFlipMs)
	case m <= most/2 && b.off:
		w.tell(i, "on_again", newsPaper, at, 0, "", newsFlipMs)
	}
	b.off = m > most || (b.off && m > most/2)
}

// silence looks once an hour for who should have reported long ago.
func (w *watch) silence() {
	for i := range w.boxes {
		b, legs := &w.boxes[i], w.plan.Seals[i].Legs
		if b.silent || b.heard == 0 || len(legs) == 0 || w.now >= legs[len(legs)-1].To {
			continue
		}
		_, _, kind, _ := planned(w.plan, &w.plan.Seals[i], w.now)
		if due := max(b.due, b.heard+w.usual); w.now-due > newsSilentMs && kind != "vessel" { // at sea there is no network
			b.silent = true
			w.tell(i, "silent", newsOdd, w.now, float64(w.now-b.heard)/hour, "", 0)
		}
	}
}

// saidNotices are the notices that are passed on.
var saidNotices = map[notice.What]string{
	notice.Sealing: "sealing", notice.GateIn: "gate_in", notice.GateOut: "gate_out", notice.Departure: "departure",
	notice.Arrival: "arrival", notice.AuthorisedOpening: "authorised", notice.ApprovedDiversion: "diversion",
	notice.InspectionResult: "inspected",
}

func (w *watch) notice(i int, n *notice.Notice) {
	what, ok := saidNotices[n.What]
	if !ok {
		return
	}
	place := ""
	if n.Place != "" {
		place = placeName(n.Place)
	}
	if n.What == notice.InspectionResult && n.Result == "found" {
		what = "inspected_found"
	}
	if n.What == notice.AuthorisedOpening && n.TS < w.now-hour {
		what = "authorised_late"
	}
	w.tell(i, what, newsPaper, n.TS, 0, place, 0)
}

// inOrder gives what was told, of one tick in the order in which it happened: a world that begins hears at once of all
// that was before.
func (w *watch) inOrder() []news {
	slices.SortStableFunc(w.told, func(a, b news) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.When, b.When)) })
	for i := range w.told {
		w.told[i].N = i + 1
	}
	return w.told
}

// newsUntil gives the news that were told by a moment, of those after number n.
func newsUntil(list []news, n int, now int64) []news {
	end, _ := slices.BinarySearchFunc(list, now+1, func(x news, at int64) int { return cmp.Compare(x.At, at) })
	if n >= end {
		return []news{}
	}
	return list[max(n, 0):end]
}
