// Package attacks is the library of what is done to seals and cargo, and of the innocent events that resemble it: one
// file each. A kind says what happens; the world decides to whom, keeps the truth and finds out when it was heard.
package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/exact"
)

// All lists every kind, attacks first.
var All = []*sim.Kind{
	&BoltCut, &QuickOpen, &DragOff, &Clone,
	&SealSwap, &Replay, &Relay, &RadioWrap, &DelayedAlarm, &SealTheft,
	&HingeBypass, &GNSSJam, &SpoofTeleport, &SpoofRing, &ClockRollback, &MovedSeal, &Diversion, &TempAbuse,
	&Inspection, &CraneShock, &PortStack, &DeadZone, &Reboot,
	&Duplicates, &LowBattery, &RoamingChange, &ClockStep,
	&RailHump, &StuckSensor, &LightLeak, &RestStop, &FerryTunnel, &WeatherDiversion,
}

// Hostile lists the attacks alone.
func Hostile() []*sim.Kind {
	var list []*sim.Kind
	for _, k := range All {
		if k.Hostile {
			list = append(list, k)
		}
	}
	return list
}

// mount lets a function be an Attack.
type mount func(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident

// Mount calls the function.
func (f mount) Mount(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident { return f(w, s, at) }

// inStay chooses a moment in one of the trip's stays that leaves need before the stay's end.
func inStay(need time.Duration) func(*sim.World, *sim.Seal, *exact.Dice) time.Time {
	return func(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
		stay, ok := w.PickStay(s, d, need)
		if !ok {
			return anyTime(w, s, d)
		}
		room := max(0, stay.Length()-need)
		return stay.From.Add(ms(d.Float64() * float64(room.Milliseconds())))
	}
}

// anyTime chooses any moment of the trip within the world, away from its ends.
func anyTime(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	from, to := w.Within(s)
	return from.Add(ms(d.Range(0.1, 0.9) * float64(to.Sub(from).Milliseconds())))
}

// hours draws a duration between two assumed numbers of hours.
func hours(w *sim.World, lo, hi sim.Assume) time.Duration {
	return ms(3600_000 * w.Dice().Range(w.Assumed(lo), w.Assumed(hi)))
}

// onTrip cuts an act off at the end of its trip.
func onTrip(w *sim.World, s *sim.Seal, end time.Time) time.Time {
	if _, to := w.Within(s); end.After(to) {
		return to
	}
	return end
}

// ms rounds a number of milliseconds to a duration: times are whole milliseconds from the moment they are drawn.
func ms(v float64) time.Duration { return time.Duration(exact.Round(v)) * time.Millisecond }

// minutes draws a duration between two assumed numbers of minutes.
func minutes(w *sim.World, lo, hi sim.Assume) time.Duration {
	return ms(60_000 * w.Dice().Range(w.Assumed(lo), w.Assumed(hi)))
}

// stretch draws a duration between two numbers of minutes, short ones as often as long ones: the same share falls
// between one and two as between ten and twenty.
func stretch(d *exact.Dice, lo, hi float64) time.Duration {
	return ms(60_000 * lo * exact.Pow(hi/lo, d.Float64()))
}

// longEnough makes an act last for two and a half of the lane's own intervals at least: nobody would do for less what a
// seal would not even notice, or tell once and not be heard. A truck that has just left a stop still reports as one that
// is parked.
func longEnough(w *sim.World, s *sim.Seal, at time.Time, length time.Duration) time.Duration {
	return max(length, max(w.IntervalAt(s, at), w.IntervalAt(s, at.Add(-30*time.Minute)))*5/2)
}

// whileParked gives the end of an act of that length that is bound to the place where the box stands: it ends when the box
// leaves, unless that is sooner than anyone would do it for.
func whileParked(w *sim.World, s *sim.Seal, at time.Time, length time.Duration) time.Time {
	end, leaves := at.Add(length), w.StayEnd(s, at)
	if end.After(leaves) {
		end = later(leaves, at.Add(longEnough(w, s, at, 0)))
	}
	return end
}

// tripEnd is long after the end of the trip.
func tripEnd(w *sim.World, s *sim.Seal) time.Time {
	_, to := w.Within(s)
	return to.Add(30 * 24 * time.Hour)
}

// doorLux is the light that falls in through an open door: floodlit or torch-lit by night, shade or sun by day
// (reference c3: 5–200 lx, 500–20,000 lx).
func doorLux(night bool, draw float64) float64 {
	if night {
		return 5 + float64(195*draw*draw)
	}
	return 500 + float64(19500*draw*draw)
}
