// Package check tests what every world must keep, whatever is done to its seals: how fast boxes move and where, what
// batteries, counters and clocks do, and that messages are whole, in order, and heard after they were sent.
//
// It looks at the truth: at each message at its source, at each delivery, and at the true place of each box.
package check

import (
	"fmt"
	"math"
	"strings"
	"time"

	"sealab/sim"
	"sealab/sim/event"
)

// Violation is one thing that must not be.
type Violation struct {
	Seal           string
	At             time.Time
	Found, Allowed string
}

// Row is one invariant and what came of it.
type Row struct {
	Name, Doc  string
	Checked    int      // cases looked at
	Excused    int      // breaks that an incident is meant to bring about
	By         []string // the kinds of these incidents
	Violations int
	First      []Violation // the first of them, MostShown at most
}

// MostShown is how many violations of an invariant are kept: the first say what is wrong.
const MostShown = 10

// The invariants, in the order in which they are shown.
const (
	speed = iota
	vehicle
	water
	battery
	counters
	latch
	times
	delivery
	order
	whole
	tripEnd
	truth
	numRows
)

var docs = [numRows][2]string{
	speed:    {"speed", "no box moves faster between true positions than its vessel, train or truck can"},
	vehicle:  {"vehicle", "a box on a vessel, train or truck is where that is"},
	water:    {"water", "no vessel is over land"},
	battery:  {"battery", "charge used never falls and charge left never rises, uncharged"},
	counters: {"counters", "(boot, seq) strictly increases at the source"},
	latch:    {"latch", "what was opened or tampered with stays latched until an ARMED or DISARMED"},
	times:    {"times", "each message keeps the times at which it was made and sent, as well as its clock can, and is buffered if it waited"},
	delivery: {"delivery", "nothing is heard before it was sent"},
	order:    {"order", "events are in the order of (at, n), within their tick"},
	whole:    {"whole", "every message lies within the table of fields and comes back from its JSON as it was"},
	tripEnd:  {"trip end", "a trip that ends within the world ends disarmed"},
	truth:    {"truth", "incidents lie within the world and their trip, and are heard after they begin"},
}

// excused names the kinds of incidents that are meant to break an invariant, and how often each may; 0: always.
var excused = map[int]map[string]int{
	times:    {"clock_rollback": 0},
	tripEnd:  {"moved_seal": 0, "low_battery": 0, "seal_theft": 0, "replay": 0}, // the last words are not heard, or not said
	battery:  {"seal_swap": 1},                                                  // another device under the same number
	counters: {"seal_swap": 1},
	latch:    {"seal_swap": 2}, // openedAt and tamperedAt of the old one
}

// Checker looks at one world.
type Checker struct {
	rows       [numRows]Row
	start, end time.Time
	tick       time.Duration
	skew       time.Duration  // by which clocks may be off at all times
	spent      map[string]int // excuses taken, by invariant and incident
	devices    map[string]*device
	batch      event.Batch
	n          uint64
	json       []byte
}

// newChecker makes one for a world from start to end that speaks in ticks of that length.
func newChecker(start, end time.Time, tick time.Duration) *Checker {
	c := &Checker{start: start, end: end, tick: tick, spent: map[string]int{}, devices: map[string]*device{}}
	for i := range c.rows {
		c.rows[i].Name, c.rows[i].Doc = docs[i][0], docs[i][1]
	}
	return c
}

// World plays a world of a scenario to its end and looks at all of it. stop is asked now and then with the share that is
// done, and ends it with its error.
func World(sc *sim.Scenario, w *sim.World, stop func(done float64) error) ([]Row, error) {
	start, end := w.Span()
	c := newChecker(start, end, sc.Tick)
	c.skew = time.Duration(math.Abs(w.Setting("clock_skew_s")) * float64(time.Second)) // 0 where there is no such setting
	for _, b := range w.Bodies() {
		c.travel(b)
	}
	w.Watch(c.sent)
	for b := range w.Batches() {
		c.heard(b, w.Origin)
		if err := stop(float64(b.Now.Sub(start)) / float64(end.Sub(start))); err != nil {
			return nil, err
		}
	}
	c.told(w.Truth())
	return c.rows[:], nil
}

// by notes the kind of an incident that broke the row as it was meant to.
func (r *Row) by(kind string) {
	for _, k := range r.By {
		if k == kind {
			return
		}
	}
	r.By = append(r.By, kind)
}

// look counts a case; a broken one is a violation unless one of the incidents is meant to do that.
func (c *Checker) look(row int, broken bool, who string, at time.Time, incidents []string, words func() (found, allowed string)) {
	r := &c.rows[row]
	r.Checked++
	if !broken {
		return
	}
	for _, id := range incidents {
		if c.excuse(row, id) {
			return
		}
	}
	r.Violations++
	if len(r.First) < MostShown {
		found, allowed := words()
		r.First = append(r.First, Violation{who, at, found, allowed})
	}
}

// excuse takes an incident's excuse for breaking an invariant, if it has one left.
func (c *Checker) excuse(row int, incident string) bool {
	kind, _, _ := strings.Cut(incident, "/")
	most, ok := excused[row][kind]
	if !ok {
		return false
	}
	key := fmt.Sprint(row, " ", incident)
	if most > 0 && c.spent[key] >= most {
		return false
	}
	c.spent[key]++
	c.rows[row].Excused++
	c.rows[row].by(kind)
	return true
}
