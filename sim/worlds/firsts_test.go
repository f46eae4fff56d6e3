// What each attack shows first, in worlds with everything in them, to someone who knows seals: the third column of the
// reference's table of attacks (seal model, section d).
package worlds_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"sealab/sim"
	"sealab/sim/attacks"
	"sealab/sim/geo"
	"sealab/sim/seal"
	"sealab/sim/worlds"
)

// clue is the message of an attack that was made first, as the seal sent it, or the copy of one.
type clue struct {
	r       seal.Reading
	made    time.Time
	foreign bool
	again   bool // a copy of what was heard before
}

func (c *clue) unit(f seal.Field) float64 { return float64(c.r.Val[f]) / float64(f.PerUnit()) }

func (c *clue) says(codes ...int64) bool {
	for _, code := range codes {
		if c.r.Is(seal.Code, code) {
			return true
		}
	}
	return false
}

// spoofed is what a false satellite signal looks like (reference c1): many satellites, all equally strong.
func (c *clue) spoofed() bool {
	return c.r.Is(seal.Fix, seal.Fix3D) && c.r.Val[seal.Sats] >= 5 && c.unit(seal.CN0SD) < 1
}

// jammed is what a drowned receiver looks like (reference c1).
func (c *clue) jammed() bool {
	return !c.r.Is(seal.Fix, seal.Fix3D) && c.r.Val[seal.Sats] <= 3 && c.r.Val[seal.Jam] > 150
}

// offM is how far the position is from where the box truly is.
func (c *clue) offM(truly sim.Where) float64 {
	return geo.DistanceM(c.unit(seal.Lat), c.unit(seal.Lon), truly.Lat, truly.Lon)
}

// heldBack is a message that waited for an attacker to let it go: before it comes, only its absence is noticed.
func heldBack(c *clue, in *sim.Incident, _, _ sim.Where) bool {
	return c != nil && c.r.Is(seal.Buffered, 1) && !c.made.After(in.End) && in.HeardAt.After(c.made.Add(25*time.Minute))
}

// firsts say of each attack whether a clue is what the reference names as its first; where is where the seal truly is,
// booked where its box would be.
var firsts = map[string]func(c *clue, in *sim.Incident, where, booked sim.Where) bool{
	"bolt_cut": func(c *clue, _ *sim.Incident, _, _ sim.Where) bool {
		return c.says(seal.CodeRopeCut) || c.unit(seal.GRms) >= 0.3
	},
	"quick_open": func(c *clue, _ *sim.Incident, _, _ sim.Where) bool {
		_, latched := c.r.Get(seal.OpenedAt)
		return c.says(seal.CodeDoorOpen) || latched
	},
	"hinge_bypass": func(c *clue, _ *sim.Incident, _, _ sim.Where) bool {
		return !c.r.Is(seal.DoorOpen, 1) && !c.r.Is(seal.Status, seal.Tampered) &&
			(c.says(seal.CodeShock, seal.CodeLightAlarm) || c.unit(seal.GRms) > 0.02 || c.unit(seal.MagMT) < 11.9)
	},
	"seal_swap": func(c *clue, in *sim.Incident, _, _ sim.Where) bool {
		fresh := c.r.Is(seal.MsgKind, seal.Birth) && math.Abs(c.unit(seal.MAhUsed)-in.Params["used_mah"]) < 1000 // a cell of its own
		return c.says(seal.CodeDetached) || in.Params["silent"] == 1 && fresh
	},
	"clone":  func(c *clue, _ *sim.Incident, _, _ sim.Where) bool { return c.foreign },
	"replay": func(c *clue, _ *sim.Incident, _, _ sim.Where) bool { return c.again },
	"relay": func(c *clue, in *sim.Incident, _, _ sim.Where) bool {
		if in.Params["left_standing"] == 1 {
			return c.unit(seal.GRms) < 0.03
		}
		return c.unit(seal.GRms) > 0.2
	},
	"gnss_jam": func(c *clue, _ *sim.Incident, _, _ sim.Where) bool { return c.jammed() },
	"spoof_teleport": func(c *clue, _ *sim.Incident, where, _ sim.Where) bool {
		return c.spoofed() && c.offM(where) > 50_000
	},
	"spoof_ring": func(c *clue, in *sim.Incident, _, _ sim.Where) bool {
		return c.spoofed() && c.unit(seal.SpdKn) > 4
	},
	"drag_off":   func(c *clue, _ *sim.Incident, where, _ sim.Where) bool { return c.spoofed() },
	"radio_wrap": heldBack, "delayed_alarm": heldBack,
	"clock_rollback": func(c *clue, _ *sim.Incident, _, _ sim.Where) bool {
		return c.made.Sub(time.UnixMilli(c.r.Val[seal.TS])) > 2*time.Hour
	},
	"moved_seal": func(c *clue, _ *sim.Incident, _, _ sim.Where) bool {
		return c.says(seal.CodeDetached, seal.CodeShock) || c.unit(seal.Tilt) > 15
	},
	"seal_theft": func(c *clue, _ *sim.Incident, _, _ sim.Where) bool {
		return c.says(seal.CodeRopeCut, seal.CodeDetached) || c.unit(seal.GRms) > 0.05
	},
	"diversion": func(c *clue, in *sim.Incident, where, booked sim.Where) bool {
		off := geo.DistanceM(where.Lat, where.Lon, booked.Lat, booked.Lon)
		return in.Params["jammed"] == 1 && c.jammed() || in.Params["jammed"] == 0 && off > 20
	},
	"temp_abuse": func(c *clue, in *sim.Incident, _, _ sim.Where) bool {
		return c.made.After(in.Start) && (c.says(seal.CodeTempHigh) || c.r.Is(seal.MsgKind, seal.Tele))
	},
}

// clues plays a world and finds the first clue to each attack, by the time of making.
func clues(t *testing.T, w *sim.World) map[string]*clue {
	t.Helper()
	first := map[string]*clue{}
	keep := func(id string, c clue) {
		if was := first[id]; id != "" && (was == nil || c.made.Before(was.made)) {
			first[id] = &c
		}
	}
	w.Watch(func(s sim.Sent) { keep(s.Attack, clue{r: *s.Reading, made: s.Made, foreign: s.Foreign}) })
	heard := map[string]bool{}
	for b := range w.Batches() {
		for i := range b.Events {
			r, ok := b.Events[i].Message.(*seal.Reading)
			if !ok {
				continue
			}
			key := fmt.Sprint(r.Seal, r.Val[seal.Boot], r.Val[seal.Seq], r.Val[seal.TS])
			if id, _ := w.Shows(i); heard[key] && first[id] == nil {
				keep(id, clue{r: *r, made: b.Events[i].At, again: true})
			}
			heard[key] = true
		}
	}
	return first
}

func TestFirstClueIsTheReferences(t *testing.T) {
	seen := map[string]int{}
	for seed := uint64(1); seed <= 6; seed++ {
		honest, err := sim.New(worlds.Mixed, sim.Settings{"attacks": 0}, seed)
		if err != nil {
			t.Fatal(err)
		}
		booked := map[string]*sim.Body{}
		for _, b := range honest.Bodies() {
			booked[b.ID()] = b
		}
		w, err := sim.New(worlds.Mixed, nil, seed)
		if err != nil {
			t.Fatal(err)
		}
		truly := map[string]*sim.Body{}
		for _, b := range w.Bodies() {
			truly[b.ID()] = b
		}
		first := clues(t, w)
		for _, in := range w.Truth().Incidents {
			if !in.Hostile || !in.Heard() {
				continue
			}
			seen[in.Kind]++
			c := first[in.ID]
			at := in.Start
			if c != nil {
				at = c.made
			}
			if ok := firsts[in.Kind]; ok == nil || !ok(c, &in, truly[in.Seal].At(at), booked[in.Seal].At(at)) {
				t.Errorf("seed %d: %s of %v, done %v: its first clue is %s", seed, in.ID, in.Start, in.Params, c)
			}
		}
	}
	for _, k := range attacks.Hostile() {
		if seen[k.Name] < 2 {
			t.Errorf("%s: only %d were heard", k.Name, seen[k.Name])
		}
	}
}

// String shows the clue to whoever reads a failed test.
func (c *clue) String() string {
	if c == nil {
		return "none"
	}
	return fmt.Sprintf("made at %v (other device %v, heard before %v): %s", c.made, c.foreign, c.again, c.r.AppendJSON(nil))
}
