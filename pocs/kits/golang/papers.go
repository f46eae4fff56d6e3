// What Customs' own systems say about one container, for the example of the rules.

package main

// box is what is known of a container: its papers, and what was said of it.
type box struct {
	container string
	openings  []span
	legs      []leg
	end       string // where the booked route ends
	endedMs   int64  // when the box left there; 0: under way
	last      map[string]int64
	level     map[string]int
}

type span struct{ from, to int64 }

type leg struct {
	from, to, mode string
	leave, due     int64
}

// mostOpenings is how many announced openings are remembered.
const mostOpenings = 8

func (b *box) notice(e *Event) {
	ts, place := e.Whole("ts"), e.Text("place")
	switch e.Text("kind") {
	case "booking":
		b.book(e.List("route"))
	case "authorised_opening":
		b.openings = append(b.openings, span{ts, max(ts, e.Whole("until"))})
		b.openings = b.openings[max(0, len(b.openings)-mostOpenings):]
	case "departure":
		for i := range b.legs {
			if l := &b.legs[i]; l.from == place {
				l.due, l.leave = l.due+ts-l.leave, ts
				return
			}
		}
	case "arrival":
		for i := range b.legs {
			if b.legs[i].to == place {
				b.legs[i].due = ts
				return
			}
		}
	case "gate_out":
		if b.end != "" && place == b.end && b.endedMs == 0 {
			b.endedMs = ts
		}
	}
}

func (b *box) book(route []Event) {
	b.legs, b.end, b.endedMs = nil, "", 0
	for i := 1; i < len(route); i++ {
		from, to := &route[i-1], &route[i]
		b.legs = append(b.legs, leg{from.Text("place"), to.Text("place"), to.Text("mode"), from.Whole("etd"), to.Whole("eta")})
		b.end = to.Text("place")
	}
}

func (b *box) authorised(ms, slack int64) bool {
	for _, o := range b.openings {
		if ms >= o.from-slack && ms <= o.to+slack {
			return true
		}
	}
	return false
}

func (b *box) atSea(ms, slack int64) bool {
	for _, l := range b.legs {
		if l.mode == "sea" && ms >= l.leave-slack && ms <= l.due+slack {
			return true
		}
	}
	return false
}

func (b *box) ended(ms int64) bool { return b.endedMs != 0 && ms >= b.endedMs }
