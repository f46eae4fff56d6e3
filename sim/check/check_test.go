// Every scenario keeps every invariant, with all its attacks; and each invariant refuses what breaks it.
package check

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sealab/sim"
	"sealab/sim/attacks"
	"sealab/sim/event"
	"sealab/sim/geo"
	"sealab/sim/notice"
	"sealab/sim/seal"
	"sealab/sim/worlds"
)

// mustHold plays worlds of every scenario and wants all invariants kept.
func mustHold(t *testing.T, set sim.Settings, first, last uint64) {
	for i := range worlds.All {
		sc := &worlds.All[i]
		t.Run(sc.Name, func(t *testing.T) {
			for seed := first; seed <= last; seed++ {
				w, err := sim.New(*sc, set, seed)
				if err != nil {
					t.Fatal(err)
				}
				rows, err := World(sc, w, func(float64) error { return nil })
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range rows {
					for _, v := range r.First {
						t.Errorf("seed %d: %s: %s at %v: %s; allowed is %s (%d in all)", seed, r.Name, v.Seal, v.At, v.Found, v.Allowed, r.Violations)
					}
				}
			}
		})
	}
}

func TestWorldsHold(t *testing.T) { mustHold(t, nil, 1, 1) }

// TestSettingsHold tries what is set in few worlds at its ends: signatures, wrong clocks and a link that is down.
func TestSettingsHold(t *testing.T) {
	for _, name := range []string{sim.SignatureSetting, sim.SkewSetting, sim.PartitionSetting} {
		t.Run(name, func(t *testing.T) {
			for _, s := range worlds.Mixed.Settings {
				if s.Name == name {
					mustHold(t, sim.Settings{"seals": 40, "span_days": 6, "attacks": 1, name: s.Max}, 2, 2)
				}
			}
		})
	}
}

// TestExcusesAreKinds wants every excuse to belong to a kind of the library.
func TestExcusesAreKinds(t *testing.T) {
	known := map[string]bool{}
	for _, k := range attacks.All {
		known[k.Name] = true
	}
	for row, kinds := range excused {
		for kind := range kinds {
			if !known[kind] {
				t.Errorf("%s is excused to %q, which is no kind", docs[row][0], kind)
			}
		}
	}
}

var day = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func fresh() *Checker { return newChecker(day, day.Add(48*time.Hour), time.Minute) }

// message is an ordinary reading, made and sent a minute after another with the number before.
func message(seq int64, change func(*seal.Reading)) sim.Sent {
	at := day.Add(time.Duration(seq) * time.Minute)
	r := &seal.Reading{Seal: "SLB-00000001", Container: "CSQU3054383", Trip: "T1"}
	for f, v := range map[seal.Field]int64{
		seal.Boot: 1, seal.Seq: seq, seal.TS: at.UnixMilli(), seal.Sent: at.UnixMilli(), seal.MsgKind: seal.Tele,
		seal.ClkSrc: seal.ClockGNSS, seal.ClkErrMs: 50, seal.Buffered: 0, seal.Status: seal.Armed, seal.MAhUsed: 1000 * seq, seal.Pct: 900 - seq,
	} {
		r.Set(f, v)
	}
	if change != nil {
		change(r)
	}
	return sim.Sent{Reading: r, Made: at, At: at, Attempts: 1}
}

func set(f seal.Field, v int64) func(*seal.Reading) { return func(r *seal.Reading) { r.Set(f, v) } }

// box is a traveller made by hand.
type box func(at time.Duration) sim.Where

func (box) ID() string                   { return "SLB-00000001" }
func (box) Span() (start, end time.Time) { return day, day.Add(3 * time.Hour) }
func (b box) At(t time.Time) sim.Where   { return b(t.Sub(day)) }
func aboard(doing sim.Doing, mode geo.Mode, lat, lon float64) sim.Where {
	return sim.Where{Lat: lat, Lon: lon, Doing: doing, Vehicle: "v", VehicleLat: lat, VehicleLon: lon, RouteLat: lat, RouteLon: lon, Mode: mode, OffshoreNM: 20}
}

// ordinary is a tick with one reading and one notice.
func ordinary() event.Batch {
	r := message(1, nil).Reading
	n := &notice.Notice{ID: "N-1", What: notice.GateIn, TS: day.UnixMilli(), Container: "CSQU3054383", Trip: "T1", Place: "NLRTM"}
	return event.Batch{Tick: 2, Now: day.Add(2 * time.Minute), Events: []event.Event{
		{At: day.Add(62 * time.Second), N: 1, Message: r}, {At: day.Add(63 * time.Second), N: 2, Message: n},
	}}
}

func onTime(int) (made, sent time.Time) { return day.Add(time.Minute), day.Add(time.Minute) }

func told(change func(*sim.Truth)) sim.Truth {
	t := sim.Truth{Start: day, End: day.Add(48 * time.Hour),
		Trips:     []sim.Trip{{ID: "T1", Seal: "SLB-00000001", Container: "CSQU3054383", Start: day, End: day.Add(24 * time.Hour)}},
		Incidents: []sim.Incident{{ID: "x/1", Kind: "x", Seal: "SLB-00000001", Container: "CSQU3054383", Trip: "T1", Start: day.Add(time.Hour), End: day.Add(2 * time.Hour), HeardAt: day.Add(3 * time.Hour)}}}
	if change != nil {
		change(&t)
	}
	return t
}

// TestEachInvariantRefuses breaks each invariant by hand, in each way that it can be broken.
func TestEachInvariantRefuses(t *testing.T) {
	pair := func(second func(*seal.Reading)) func(*Checker) {
		return func(c *Checker) {
			c.sent(message(1, nil))
			c.sent(message(2, second))
		}
	}
	late := func(made, at time.Duration) func(*Checker) {
		return func(c *Checker) {
			m := message(1, nil)
			m.Made, m.At = m.Made.Add(made), m.At.Add(at)
			c.sent(m)
		}
	}
	walk := func(b box) func(*Checker) { return func(c *Checker) { c.travel(b) } }
	tick := func(change func(*event.Batch)) func(*Checker) {
		return func(c *Checker) {
			b := ordinary()
			change(&b)
			c.heard(b, onTime)
		}
	}
	truly := func(change func(*sim.Truth)) func(*Checker) { return func(c *Checker) { c.told(told(change)) } }
	sailing := func(lat, lon float64) sim.Where { return aboard(sim.AtSea, geo.Sea, lat, lon) }
	for _, row := range []struct {
		invariant int
		name      string
		spoil     func(*Checker)
	}{
		{speed, "a vessel at 30 kn", walk(func(at time.Duration) sim.Where { return sailing(30*at.Hours()/60, 0) })},
		{speed, "a truck at 90 km/h", walk(func(at time.Duration) sim.Where { return aboard(sim.OnRoad, geo.Road, 0.81*at.Hours(), 0) })},
		{speed, "a box that goes far in a port", walk(func(at time.Duration) sim.Where {
			return sim.Where{Lat: at.Hours() / 2, Doing: sim.InPort, Spot: "NLRTM"}
		})},
		{speed, "a box that is set down far from its truck", walk(func(at time.Duration) sim.Where {
			if at < time.Hour {
				return aboard(sim.RoadStop, geo.Road, 0, 0)
			}
			return sim.Where{Lat: 0.1, Doing: sim.InPort, Spot: "KEMBA"}
		})},
		{vehicle, "a box a mile beside its vessel", walk(func(at time.Duration) sim.Where {
			b := sailing(0, 0)
			b.Lat += 1.0 / 60
			return b
		})},
		{water, "a vessel ashore", walk(func(time.Duration) sim.Where {
			b := sailing(0, 0)
			b.OffshoreNM = 0
			return b
		})},
		{water, "a vessel that bends onto land", walk(func(time.Duration) sim.Where {
			b := sailing(0, 0)
			b.RouteLat = 0.5 // 30 nm, 20 off shore
			return b
		})},
		{battery, "charge comes back", pair(set(seal.MAhUsed, 1))},
		{battery, "percent rise", pair(set(seal.Pct, 950))},
		{counters, "the same number again", pair(set(seal.Seq, 1))},
		{counters, "an older boot", func(c *Checker) {
			c.sent(message(1, set(seal.Boot, 3)))
			c.sent(message(2, set(seal.Boot, 2)))
		}},
		{latch, "openedAt is gone", func(c *Checker) {
			c.sent(message(1, set(seal.OpenedAt, day.UnixMilli())))
			c.sent(message(2, nil))
		}},
		{times, "a clock that is an hour off", late(time.Hour, time.Hour)},
		{times, "a message that says it was sent later than it was", pair(set(seal.Sent, day.Add(3*time.Minute).UnixMilli()))},
		{times, "buffered without having waited", pair(set(seal.Buffered, 1))},
		{times, "times made new on the way out of a backlog", late(-time.Hour, 0)},
		{delivery, "heard before it was sent", func(c *Checker) {
			c.heard(ordinary(), func(int) (made, sent time.Time) { return day, day.Add(time.Hour) })
		}},
		{delivery, "sent before it was made", func(c *Checker) {
			c.heard(ordinary(), func(int) (made, sent time.Time) { return day.Add(time.Minute), day })
		}},
		{order, "a number left out", tick(func(b *event.Batch) { b.Events[1].N = 3 })},
		{order, "a number twice", tick(func(b *event.Batch) { b.Events[1].N = 1 })},
		{order, "times that go back", tick(func(b *event.Batch) { b.Events[1].At = day.Add(61 * time.Second) })},
		{order, "an event of the tick before", tick(func(b *event.Batch) { b.Events[0].At = day.Add(time.Minute) })},
		{order, "an event after its tick", tick(func(b *event.Batch) { b.Events[1].At = day.Add(3 * time.Minute) })},
		{order, "a tick that ends at another time", tick(func(b *event.Batch) { b.Tick = 5 })},
		{order, "a tick again", func(c *Checker) {
			c.heard(ordinary(), onTime)
			c.heard(event.Batch{Tick: 2, Now: day.Add(2 * time.Minute)}, onTime)
		}},
		{whole, "a field out of range", pair(set(seal.Jam, 256))},
		{whole, "a container that is none", pair(func(r *seal.Reading) { r.Container = "CSQU3054384" })},
		{whole, "a value without a place in JSON", pair(func(r *seal.Reading) { r.Detail = "\xff" })},
		{whole, "a notice without its place", tick(func(b *event.Batch) { b.Events[1].Message = &notice.Notice{ID: "N-1"} })},
		{tripEnd, "armed at the end", func(c *Checker) {
			c.sent(message(1, nil))
			c.told(told(nil))
		}},
		{truth, "before the trip", truly(func(t *sim.Truth) { t.Incidents[0].Start = day.Add(-time.Hour) })},
		{truth, "after the trip", truly(func(t *sim.Truth) { t.Incidents[0].Start = day.Add(25 * time.Hour) })},
		{truth, "ends before it begins", truly(func(t *sim.Truth) { t.Incidents[0].End = day })},
		{truth, "ends after the world", truly(func(t *sim.Truth) { t.Incidents[0].End = day.Add(49 * time.Hour) })},
		{truth, "heard before it begins", truly(func(t *sim.Truth) { t.Incidents[0].HeardAt = day })},
		{truth, "heard after the world", truly(func(t *sim.Truth) { t.Incidents[0].HeardAt = day.Add(49 * time.Hour) })},
		{truth, "on a container of no trip", truly(func(t *sim.Truth) { t.Incidents[0].Container = "MSKU9070323" })},
		{truth, "an id twice", truly(func(t *sim.Truth) { t.Incidents = append(t.Incidents, t.Incidents[0]) })},
	} {
		t.Run(docs[row.invariant][0]+"/"+strings.ReplaceAll(row.name, " ", "-"), func(t *testing.T) {
			c := fresh()
			row.spoil(c)
			got := c.rows[row.invariant]
			if got.Violations == 0 || len(got.First) == 0 || got.First[0].Found == "" || got.First[0].Allowed == "" {
				t.Errorf("not refused: %+v", got)
			}
		})
	}
}

// TestOrdinaryHolds is the other side: what the broken ones were made from is refused nowhere.
func TestOrdinaryHolds(t *testing.T) {
	c := fresh()
	c.travel(box(func(at time.Duration) sim.Where {
		return aboard(sim.AtSea, geo.Sea, 15*at.Hours()/60, 179.9+at.Hours()/10)
	}))
	c.sent(message(1, set(seal.OpenedAt, day.UnixMilli())))
	c.sent(message(2, func(r *seal.Reading) {
		r.Set(seal.MsgKind, seal.EventMsg)
		r.Set(seal.Code, seal.CodeDisarmed)
		r.Set(seal.Sev, seal.SevInfo)
		r.Set(seal.Status, seal.Unarmed)
	}))
	c.heard(ordinary(), onTime)
	c.told(told(nil))
	for _, r := range c.rows {
		if r.Violations > 0 || r.Checked == 0 {
			t.Errorf("%s: %d checked, violations %+v", r.Name, r.Checked, r.First)
		}
	}
}

// TestExcuse wants an incident's excuse to hold as often as it says, under its name, and for its own invariant alone.
func TestExcuse(t *testing.T) {
	defer func(was map[int]map[string]int) { excused = was }(excused)
	excused = map[int]map[string]int{counters: {"swap": 1}}
	c := fresh()
	breaks := func(row int, id string) int {
		before := c.rows[row].Violations
		c.look(row, true, "s", day, []string{id}, func() (string, string) { return "a", "b" })
		return c.rows[row].Violations - before
	}
	got := fmt.Sprint(breaks(counters, "swap/1/s"), breaks(counters, "swap/1/s"), breaks(counters, "swap/2/t"), breaks(battery, "swap/3/u"), breaks(counters, "swapped/1/s"))
	if got != "0 1 0 1 1" || c.rows[counters].Excused != 2 || fmt.Sprint(c.rows[counters].By) != "[swap]" {
		t.Errorf("violations %s, row %+v", got, c.rows[counters])
	}
}
