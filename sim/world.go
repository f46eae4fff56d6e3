// Package sim is the world: a virtual clock, private dice, trips, seals and radio; and it records the truth.
//
// A world is one goroutine and one agenda. It speaks in ticks and is a function of scenario, settings and seed alone.
//
// Three decisions bite here. A seal out of coverage makes its readings only when it is back, in the order in which
// they were due: their content depends on its own dice alone, so nothing is lost by waiting and no backlog takes
// memory. The honest twin of a victim is played first and leaves the set of all it sends; a message is touched when it
// is not in that set (DESIGN section 4). And victims are chosen seal by seal (victims.go), so that a seal more can move
// an attack only onto itself.
package sim

import (
	"fmt"
	"iter"
	"time"

	"sealab/sim/event"
	"sealab/sim/exact"
)

// World is one world made from a scenario and a seed.
type World struct {
	sc    Scenario
	set   Settings
	seed  uint64 // of all dice: from the user's seed and the scenario's name, so that scenarios share no chance
	signs int    // the setting `signature`
	only  map[string]bool
	twins map[string][]Said // what honest twins send, in a world of some seals alone
	start int64             // ms since 1970
	end   int64
	tick  int64 // length in ms
	a     [numAssume]float64

	lnP50, lnP95, lnP99, lnSlope float64 // of the latency
	interval                     [numPaces]int64

	vehicles []*vehicle
	places   []spot
	lanes    []Lane
	bent     map[weather]int32 // vessels that go round bad weather
	services []*service        // of hops
	seals    []*Seal
	born     int // how many of the seals are honest: the clones come after
	trips    []Trip
	sealDays float64

	incidents []incident
	mounting  int32   // the incident being mounted
	heard     []int32 // incidents in the order of hearing
	fresh     []int32 // incidents first shown in the open tick

	wakes, airs *agenda
	slots       [][]message
	free        []int32
	spent       []int32 // slots delivered in the present batch
	events      []event.Event
	n           uint64
	overdue     int64                  // ms after which a report that was held back is missed
	cut         cut                    // when the link to the hub is down
	collect     func(*message, flight) // while a twin is played: sees its messages, and nothing is delivered
	watch       func(Sent)             // sees every message at its source; nil: nobody does
	warnings    []int64                // while a twin is played: when it found itself too warm
	record      []byte
	sight       sight // the reading in the making
}

// What the agenda of wakes holds.
const (
	doWake   int32 = iota // who is a seal
	doTell                // who is a seal: its next notice is due
	doResume              // who is a seal: what was held back by force is sent
	doMiss                // who is a seal: a report of it, held back by force, is overdue
)

// New makes the world of a scenario, resolved settings and a seed below MaxSeed. With only, it rebuilds those seals
// alone: same messages and times, own n and ticks. It returns a *BadSetting where settings contradict each other.
func New(sc Scenario, set Settings, seed uint64, only ...string) (*World, error) {
	if seed >= MaxSeed {
		return nil, &BadSetting{What: "seed", Name: "seed", Value: fmt.Sprint(seed), Allowed: "allowed is a whole number from 0 to 9007199254740991 (2^53 − 1)"}
	}
	set, err := complete(sc, set)
	if err != nil {
		return nil, err
	}
	w := &World{sc: sc, set: set, seed: worldSeed(&sc, seed), start: sc.Start.UnixMilli(), tick: sc.Tick.Milliseconds(), mounting: -1}
	w.end = w.start + exact.Round(set["span_days"]*86400_000)
	w.end -= (w.end - w.start) % w.tick
	w.overdue = exact.Round(set["overdue_min"] * 60_000)
	for i := range assumptionRows {
		w.a[i] = set[AssumptionPrefix+assumptionRows[i].name]
	}
	w.signs = int(set[SignatureSetting])
	w.prepareLink()
	w.prepareRadio()
	w.prepareIntervals()
	if len(only) > 0 {
		w.only, w.twins = make(map[string]bool, len(only)), make(map[string][]Said)
		for _, id := range only {
			w.only[id] = true
		}
	}
	if err := w.askable(); err != nil {
		return nil, err
	}
	w.wakes, w.airs = newAgenda(w.tick), newAgenda(w.tick)
	sc.Build(w)
	if err := w.begin(); err != nil {
		return nil, err
	}
	return w, nil
}

// worldSeed is the seed of a world's dice: from the user's and the recipe's name, so that recipes share no chance.
func worldSeed(sc *Scenario, seed uint64) uint64 { return exact.Hash(seed, "world", sc.Root()) }

// complete fills in the defaults of settings that are not given and refuses names the scenario does not have.
func complete(sc Scenario, set Settings) (Settings, error) {
	out := make(Settings, len(sc.Settings))
	for i := range sc.Settings {
		out[sc.Settings[i].Name] = sc.Settings[i].Default
	}
	for name, v := range set {
		if _, ok := out[name]; !ok {
			return nil, &BadSetting{What: "setting", Name: name, Unknown: true, Allowed: suggest(name, sc.Settings)}
		}
		out[name] = v
	}
	return out, nil
}

func (w *World) prepareRadio() {
	w.lnP50, w.lnP95, w.lnP99 = exact.Log(w.a[LatencyP50S]), exact.Log(w.a[LatencyP95S]), exact.Log(w.a[LatencyP99S])
	w.lnSlope = (w.lnP95 - w.lnP50) / 1.6448536269514722
}

// prepareIntervals scales every pace's interval as report_interval_s scales the scenario's own.
func (w *World) prepareIntervals() {
	factor := 1.0
	for i := range w.sc.Settings {
		if s := &w.sc.Settings[i]; s.Name == "report_interval_s" {
			factor = w.set[s.Name] / s.Default
		}
	}
	for p := range w.interval {
		w.interval[p] = max(30_000, exact.Round(float64(paceIntervalMs[p])*factor))
	}
}

// Span returns the world's start and end.
func (w *World) Span() (start, end time.Time) { return w.time(w.start), w.time(w.end) }

// Settings returns the world's settings, all resolved.
func (w *World) Settings() Settings { return w.set }

// Setting returns one resolved setting.
func (w *World) Setting(name string) float64 { return w.set[name] }

// Assumed returns one assumption-marked value.
func (w *World) Assumed(a Assume) float64 { return w.a[a] }

// Batches plays the world once, tick by tick.
func (w *World) Batches() iter.Seq[event.Batch] {
	return func(yield func(event.Batch) bool) {
		for tick := int64(1); w.start+tick*w.tick <= w.end; tick++ {
			now := tick * w.tick
			w.wakes.open()
			for it, ok := w.wakes.pop(); ok; it, ok = w.wakes.pop() {
				w.do(it)
			}
			w.hear()
			if len(w.events) == 0 && now%3600_000 != 0 {
				continue
			}
			w.settle(w.start + now)
			if !yield(event.Batch{Tick: tick, Now: w.time(w.start + now), Events: w.events}) {
				return
			}
			for _, slot := range w.spent {
				w.release(slot)
			}
			w.spent = w.spent[:0]
		}
	}
}

func (w *World) do(it item) {
	s := w.seals[it.who]
	switch it.what {
	case doTell:
		w.tell(s)
	case doResume:
		w.resume(s, w.start+it.at)
	case doMiss:
		w.show(s.victimOf)
	default:
		w.wake(it.who, s, w.start+it.at)
	}
}

// hear collects the deliveries of the tick, in the order of (at, request number).
func (w *World) hear() {
	w.events = w.events[:0]
	w.airs.open()
	for it, ok := w.airs.pop(); ok; it, ok = w.airs.pop() {
		m := w.slot(it.who)
		w.n++
		e := event.Event{At: w.time(w.start + it.at), N: w.n}
		if m.other != nil {
			e.Message = m.other
		} else {
			e.Message = &m.r
		}
		w.events = append(w.events, e)
		w.spent = append(w.spent, it.who)
		w.show(m.hostile)
		w.show(m.alike)
	}
}

// ask puts a seal's next wake or notice on the agenda; what lies beyond the world's end never happens.
func (w *World) ask(at int64, who, what int32) {
	if at <= w.end {
		w.wakes.add(max(1, at-w.start), who, what)
	}
}

// deliver puts a message on the air, to be heard at time at.
func (w *World) deliver(at int64, slot int32) {
	if at > w.end {
		w.release(slot)
		return
	}
	w.airs.add(max(1, at-w.start), slot, 0)
}

func (w *World) time(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
