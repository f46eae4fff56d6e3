// The rules of an alarm desk: Sealab's built-in detector `rules`, written again for Sealab's Go client.
//
// It says the same of every message, in both forms of the protocol, in worlds whose seals do not sign.

package main

import (
	"maps"
	"math"
)

const (
	hour         = int64(3_600_000)
	maxPace      = 7 * 24 * hour
	earthRadiusM = 6371008.8
	degreeM      = earthRadiusM * math.Pi / 180
)

var defaults = map[string]float64{
	"cooldown_h": 24, "opening_slack_h": 2, "lux_lx": 10, "light_alarm_lx": 0, "shock_g": 4, "shock_port_g": 4.5,
	"handling_km": 10, "gnss_lost_h": 24, "gnss_lost_reports": 3, "silence_h": 24, "sea_slack_h": 24,
}

// codes are what the device reports: the kind that it means (empty: that of an open door), how sure, and why.
var codes = map[string]struct {
	kind  string
	level int
	why   string
}{
	"ROPE_CUT":      {"bolt_cut", 950, "The seal reports its bolt or cable cut"},
	"CASE_OPEN":     {"bolt_cut", 900, "The seal reports its case opened"},
	"DETACHED":      {"bolt_cut", 900, "The seal reports that it was taken off its mount"},
	"DOOR_OPEN":     {"", 800, "The seal reports the door opened"},
	"DISARMED":      {"quick_open", 600, "The seal was disarmed"},
	"LIGHT_ALARM":   {"", 500, "The seal reports light in the box"},
	"UNLOCK_DENIED": {"quick_open", 400, "The seal refused a wrong key"},
}

func main() { Run(begin) }

// rules is the desk: thresholds in the units of the fields, times in ms.
type rules struct {
	cooldown, openingSlack, gnssLost, silence, seaSlack int64
	lux, lightAlarm, shock, shockPort, handlingM        float64
	blindReports                                        int

	ports []Place
	seals map[string]*sealed
	order []*sealed // as first heard
	boxes map[string]*box
	usual int64 // longest time between two scheduled reports of any seal so far
	now   int64
	said  []Finding
}

// sealed is what is known of a seal.
type sealed struct {
	box                                *box
	lat, lon                           float64
	fixMs, firstMs, heardMs, dueMs     int64
	tele, teleMs, openedMs, tamperedMs int64
	blind                              int
	armed, paced, lost, silent         bool
}

// begin sets up the desk with the thresholds that the user gave.
func begin(h *Hello) Detector {
	v := maps.Clone(defaults)
	maps.Copy(v, h.Params)
	hours := func(name string) int64 { return int64(v[name] * float64(hour)) }
	whole := func(name string, per float64) float64 { return math.Trunc(v[name]*per) / per }
	r := &rules{
		cooldown: hours("cooldown_h"), openingSlack: hours("opening_slack_h"), gnssLost: hours("gnss_lost_h"),
		silence: hours("silence_h"), seaSlack: hours("sea_slack_h"),
		lux: whole("lux_lx", 10), lightAlarm: whole("light_alarm_lx", 10), shock: whole("shock_g", 1000), shockPort: whole("shock_port_g", 1000),
		handlingM: v["handling_km"] * 1000, blindReports: int(v["gnss_lost_reports"]),
		seals: map[string]*sealed{}, boxes: map[string]*box{},
	}
	for _, p := range h.Context.Places {
		if p.Kind != "waypoint" {
			r.ports = append(r.ports, p)
		}
	}
	return r
}

// Fields are what the rules look at.
func (r *rules) Fields() map[string][]string {
	return map[string][]string{
		"reading": {"seal", "container", "kind", "boot", "seq", "ts", "nextReport", "seal_state.status", "seal_state.armedAt",
			"seal_state.openedAt", "seal_state.tamperedAt", "pos.lat", "pos.lon", "pos.fix", "env.lux", "env.doorOpen",
			"env.gPeak", "event.code"},
		"notice": {"kind", "container", "ts", "until", "place", "route"},
	}
}

// Step tries the rules on the batch, message by message.
func (r *rules) Step(b *Batch) []Finding {
	r.now, r.said = b.Now, nil
	for i := range b.Events {
		if e := &b.Events[i]; e.Type == "reading" {
			r.reading(e)
		} else {
			r.box(e.Text("container")).notice(e)
		}
	}
	if r.now%hour == 0 {
		r.hour()
	}
	return r.said
}

func (r *rules) box(container string) *box {
	b := r.boxes[container]
	if b == nil {
		b = &box{container: container, last: map[string]int64{}, level: map[string]int{}}
		r.boxes[container] = b
	}
	return b
}

func (r *rules) seal(e *Event, ts int64) *sealed {
	s := r.seals[e.Text("seal")]
	if s == nil {
		s = &sealed{firstMs: ts}
		r.seals[e.Text("seal")] = s
		r.order = append(r.order, s)
	}
	if c := e.Text("container"); c != "" && (s.box == nil || s.box.container != c) {
		s.box, s.openedMs, s.tamperedMs = r.box(c), 0, 0
	}
	return s
}

func (r *rules) reading(e *Event) {
	ts := e.Whole("ts")
	s := r.seal(e, ts)
	s.heardMs, s.silent = r.now, false
	s.dueMs = max(s.dueMs, e.Whole("nextReport"))
	if e.Text("kind") == "tele" {
		r.pace(s, e.Whole("boot")<<32|e.Whole("seq"), ts)
	}
	if s.box == nil {
		return
	}
	status := e.Text("seal_state.status")
	s.armed = status == "armed" || status == "open" || status == "tampered"
	if c, known := codes[e.Text("event.code")]; known && !(e.Text("event.code") == "LIGHT_ALARM" && e.Number("env.lux") < r.lightAlarm) {
		kind := c.kind
		if kind == "" {
			kind = doorKind(status)
		}
		r.open(s.box, kind, c.level, ts, c.why)
	}
	if s.armed {
		r.latches(s, e, status)
		r.sensors(s, e, status, ts)
	}
	r.position(s, e, ts)
}

func (r *rules) pace(s *sealed, number, ts int64) {
	if number == s.tele+1 && ts > s.teleMs {
		s.paced = true
		r.usual = max(r.usual, min(ts-s.teleMs, maxPace))
	}
	s.tele, s.teleMs = number, ts
}

func (r *rules) latches(s *sealed, e *Event, status string) {
	armed := e.Whole("seal_state.armedAt")
	if at := e.Whole("seal_state.tamperedAt"); at > armed && at > s.tamperedMs {
		s.tamperedMs = at
		r.open(s.box, "bolt_cut", 900, at, "The seal says that it was tampered with")
	}
	if at := e.Whole("seal_state.openedAt"); at > armed && at > s.openedMs {
		s.openedMs = at
		r.open(s.box, doorKind(status), 800, at, "The seal says that it was opened")
	}
}

func (r *rules) sensors(s *sealed, e *Event, status string, ts int64) {
	if e.Bool("env.doorOpen") {
		r.open(s.box, doorKind(status), 700, ts, "The door stands open under an armed seal")
	} else if e.Number("env.lux") > r.lux {
		r.open(s.box, doorKind(status), 500, ts, "There is light behind a shut door")
	}
	g := e.Number("env.gPeak")
	if g <= r.shock {
		return
	}
	known := s.fixMs != 0 && ts-s.fixMs < 6*hour
	if (!known || r.handling(s.lat, s.lon)) && g <= r.shockPort {
		return
	}
	r.open(s.box, "bolt_cut", 300, ts, "There was a blow as of a tool")
}

// handling reports whether boxes are lifted and set down here.
func (r *rules) handling(lat, lon float64) bool {
	for _, p := range r.ports {
		if math.Abs(lat-p.Lat)*degreeM <= r.handlingM && distanceM(lat, lon, p.Lat, p.Lon) <= r.handlingM {
			return true
		}
	}
	return false
}

func (r *rules) position(s *sealed, e *Event, ts int64) {
	switch e.Text("pos.fix") {
	case "2d", "3d":
		s.blind = 0
		if ts >= s.fixMs {
			s.lat, s.lon, s.fixMs, s.lost = e.Number("pos.lat"), e.Number("pos.lon"), ts, false
		}
		return
	case "", "unknown":
		return
	}
	s.blind++
	if s.lost || !s.armed || ts-max(s.fixMs, s.firstMs) < r.gnssLost || s.blind < r.blindReports {
		return
	}
	s.lost = true
	if !s.box.atSea(ts, r.seaSlack) && !s.box.ended(ts) {
		r.say(s.box, "gnss_jam", 300, "No position for long while the radio works.")
	}
}

// hour looks for silence.
func (r *rules) hour() {
	for _, s := range r.order {
		if !s.armed || s.silent || !s.paced || r.now-max(s.heardMs+r.usual, s.dueMs) <= r.silence || s.box.atSea(r.now, r.seaSlack) {
			continue
		}
		s.silent = true
		if !s.box.ended(r.now) {
			r.say(s.box, "radio_wrap", 200, "Nothing was heard for long, off the sea.")
		}
	}
}

// open says that it was opened, unless an opening at that time was announced or the trip is over.
func (r *rules) open(b *box, kind string, level int, ms int64, why string) {
	if !b.authorised(ms, r.openingSlack) && !b.ended(ms) {
		r.say(b, kind, level, why+", and no opening was announced.")
	}
}

// say says what goes on once, and again only after it has been quiet for the cool-down, or if it is surer.
func (r *rules) say(b *box, kind string, level int, why string) {
	if b.last[kind] == 0 || r.now-b.last[kind] >= r.cooldown {
		b.level[kind] = 0
	}
	b.last[kind] = r.now
	if level > b.level[kind] {
		b.level[kind] = level
		r.said = append(r.said, Finding{Container: b.container, Kind: kind, Level: level, Why: why})
	}
}

func doorKind(status string) string {
	if status == "tampered" {
		return "bolt_cut"
	}
	return "quick_open"
}

// distanceM is the great-circle distance (R. W. Sinnott 1984).
func distanceM(lat1, lon1, lat2, lon2 float64) float64 {
	const rad = math.Pi / 180
	sa, so := math.Sin((lat2-lat1)*rad/2), math.Sin((lon2-lon1)*rad/2)
	h := sa*sa + math.Cos(lat1*rad)*math.Cos(lat2*rad)*so*so
	return 2 * earthRadiusM * math.Asin(min(1, math.Sqrt(h)))
}
