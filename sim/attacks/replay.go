package attacks

import (
	"math"
	"time"

	"sealab/sim"
	"sealab/sim/exact"
)

// Replay: old messages that say all is well are sent again, while the true seal is cut off.
var Replay = sim.Kind{
	Name:    "replay",
	Hostile: true,
	Doc: "Whoever stands near the parked box has recorded what its seal sent. He then puts a false base station between " +
		"seal and network, which takes the seal's messages in and acknowledges them, and sends the old ones again in " +
		"their rhythm, until the box leaves at the latest; in half of the cases it is opened meanwhile.",
	Observables: "Keys (boot, seq) heard before come again, with the same bytes and an old ts; nothing new comes, and " +
		"afterwards a hole in seq stays; seal_state.openedAt where the box was opened. First heard: the first copy.",
	Source: "seal model, section d row 6; section b1 (duplicates, counters)",
	Effort: sim.Effort{MoneyUSD: 1500, Minutes: 90, Skill: "expert"},
	When:   whenSettled,
	Attack: mount(replay),
}

// settledReports is how many of the lane's default intervals the box has stood before it is replayed.
const settledReports = 3

// whenSettled leaves room in the stay for messages to record before the act and to replay after it.
func whenSettled(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	stay, ok := w.PickStay(s, d, 8*time.Hour)
	if !ok {
		return anyTime(w, s, d)
	}
	head := min(settledReports*stay.Interval, stay.Length()/2)
	room := max(0, stay.Length()-head-4*time.Hour)
	return stay.From.Add(head + ms(d.Float64()*float64(room.Milliseconds())))
}

func replay(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	loop := max(hours(w, sim.ReplayMinH, sim.ReplayMaxH), settledReports*w.IntervalAt(s, at))
	times := 1 + d.IntN(3)
	opens, openAfter := d.Chance(0.5), d.Range(0.1, 0.6)
	end := onTrip(w, s, whileParked(w, s, at, time.Duration(times)*loop))
	w.Replay(s, at.Add(-loop), at, loop, times, end)
	w.Swallow(s, at, end)
	if opens {
		doorAt := at.Add(ms(openAfter * float64(end.Sub(at).Milliseconds())))
		w.Touch(s, doorAt, latchOpened)
		w.Around(s, doorAt, doorAt.Add(20*time.Minute), func(sc *sim.Scene, _ time.Time) { sc.DoorOpen, sc.Exposed = true, true })
	}
	return &sim.Incident{End: end, Params: map[string]float64{
		"loop_h": loop.Hours(), "times": math.Ceil(end.Sub(at).Hours() / loop.Hours()), "opened": asNumber(opens),
	}}
}
