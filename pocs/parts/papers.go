package parts

import (
	"strings"

	"sealab/sim/notice"
)

// maxOpenings is how many announced openings are remembered per container: more than one trip ever has.
const maxOpenings = 8

// Papers are what Customs' own systems say about one container: booked legs, announced openings, the trip's end.
type Papers struct {
	openings [maxOpenings]opening
	opened   int // openings announced so far; the newest maxOpenings are kept
	legs     []leg
	last     string // place where the booked route ends
	endedMs  int64  // when the box was noticed to leave there; 0: under way
	booked   uint64 // number of the booking; 0: none was heard
	ended    uint64 // of the notice that ended the trip
}

type opening struct {
	fromMs, toMs int64
	n            uint64 // of the notice
}

type leg struct {
	from, to       string
	mode           string
	leaveMs, dueMs int64
	left, came     uint64 // numbers of the notices that it began and ended; 0: none yet
}

// Add takes in one notice with the number of its delivery.
func (p *Papers) Add(n *notice.Notice, number uint64) {
	switch n.What {
	case notice.Booking:
		p.book(n)
		p.booked = number
	case notice.AuthorisedOpening:
		p.openings[p.opened%maxOpenings] = opening{n.TS, max(n.TS, n.Until), number}
		p.opened++
	case notice.Departure:
		p.depart(n, number)
	case notice.Arrival:
		p.arrive(n, number)
	case notice.GateOut:
		p.leave(n, number)
	}
}

// Openings are the numbers of the announced openings that are remembered.
func (p *Papers) Openings() []uint64 {
	var out []uint64
	for _, o := range p.openings[:min(p.opened, maxOpenings)] {
		out = append(out, o.n)
	}
	return out
}

// Route are the numbers of the notices that say where the box is to be when: its booking, and what became of its legs.
func (p *Papers) Route() []uint64 {
	out := []uint64{p.booked, p.ended}
	for i := range p.legs {
		out = append(out, p.legs[i].left, p.legs[i].came)
	}
	return out
}

// book replaces the planned route: a new booking is a new trip, or the same one planned anew.
func (p *Papers) book(n *notice.Notice) {
	p.legs, p.last, p.endedMs, p.ended = p.legs[:0], "", 0, 0
	for i := 1; i < len(n.Route); i++ {
		a, b := &n.Route[i-1], &n.Route[i]
		p.legs = append(p.legs, leg{
			from: strings.Clone(a.Place), to: strings.Clone(b.Place), mode: strings.Clone(b.Mode),
			leaveMs: a.ETD, dueMs: b.ETA,
		})
		p.last = p.legs[len(p.legs)-1].to
	}
}

// depart moves the leg that begins at the notice's place to the time at which it really began.
func (p *Papers) depart(n *notice.Notice, number uint64) {
	for i := range p.legs {
		if l := &p.legs[i]; l.from == n.Place {
			l.dueMs += n.TS - l.leaveMs
			l.leaveMs, l.left = n.TS, number
			return
		}
	}
}

// arrive ends the leg that leads to the notice's place at the time at which it really ended.
func (p *Papers) arrive(n *notice.Notice, number uint64) {
	for i := range p.legs {
		if l := &p.legs[i]; l.to == n.Place {
			l.dueMs, l.came = n.TS, number
			return
		}
	}
}

// leave ends the trip when the box leaves the last place of its route; in the yard there it is still under seal.
func (p *Papers) leave(n *notice.Notice, number uint64) {
	if p.last != "" && n.Place == p.last && p.endedMs == 0 {
		p.endedMs, p.ended = n.TS, number
	}
}

// LateMs is how much later than booked the box comes in by an arrival; ask before the notice is added. 0 for all else.
func (p *Papers) LateMs(n *notice.Notice) int64 {
	for i := range p.legs {
		if l := &p.legs[i]; n.What == notice.Arrival && l.to == n.Place {
			return max(0, n.TS-l.dueMs)
		}
	}
	return 0
}

// Announced reports whether any opening was announced so far.
func (p *Papers) Announced() bool { return p.opened > 0 }

// Authorised reports whether an opening at this time was announced, so far as is known by now.
func (p *Papers) Authorised(ms, slackMs int64) bool {
	for i := range min(p.opened, maxOpenings) {
		if o := &p.openings[i]; ms >= o.fromMs-slackMs && ms <= o.toMs+slackMs {
			return true
		}
	}
	return false
}

// AtSea reports whether the box is on the water at this time by its booked route, corrected by departures and arrivals.
func (p *Papers) AtSea(ms, slackMs int64) bool {
	for i := range p.legs {
		if l := &p.legs[i]; l.mode == "sea" && ms >= l.leaveMs-slackMs && ms <= l.dueMs+slackMs {
			return true
		}
	}
	return false
}

// Mode is how the box travels at this time by its booked route: "sea", "rail" or "road", or empty between legs and where
// nothing is booked. A sea leg counts only from slackMs after its start to slackMs before its end.
func (p *Papers) Mode(ms, slackMs int64) string {
	_, _, mode := p.Way(ms, slackMs)
	return mode
}

// Way is from where, to where and how the box travels at this time, as Mode has it; all empty where that is not known.
func (p *Papers) Way(ms, slackMs int64) (from, to, mode string) {
	for i := range p.legs {
		l := &p.legs[i]
		inset := int64(0)
		if l.mode == "sea" {
			inset = slackMs
		}
		if ms >= l.leaveMs+inset && ms <= l.dueMs-inset {
			return l.from, l.to, l.mode
		}
	}
	return "", "", ""
}

// Roads gives the ends of each booked leg by road, until told to stop.
func (p *Papers) Roads(yield func(from, to string) bool) {
	for i := range p.legs {
		if l := &p.legs[i]; l.mode == "road" && !yield(l.from, l.to) {
			return
		}
	}
}

// Only reports whether every booked leg is by this mode, and there is one.
func (p *Papers) Only(mode string) bool {
	for i := range p.legs {
		if p.legs[i].mode != mode {
			return false
		}
	}
	return len(p.legs) > 0
}

// Ended reports whether the box had left the last place of its booked route by this time.
func (p *Papers) Ended(ms int64) bool { return p.endedMs != 0 && ms >= p.endedMs }
