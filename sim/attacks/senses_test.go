// What each act on senses, places and travel must show to someone who knows seals.
package attacks_test

import (
	"math"
	"testing"
	"time"

	"sealab/sim"
	"sealab/sim/attacks"
	"sealab/sim/geo"
	"sealab/sim/seal"
)

// said is what a victim said in its act, and after it, in the order of making; repeats are left out.
func said(t *testing.T, k *sim.Kind) (tr *attacks.Trace, in, after []attacks.Row) {
	t.Helper()
	tr, err := attacks.Of(k)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range tr.Rows {
		switch {
		case r.Reading == nil || r.Sort == attacks.Again || !r.Made.After(tr.Incident.Start):
		case !r.Made.After(tr.Incident.End):
			in = append(in, r)
		default:
			after = append(after, r)
		}
	}
	if len(in)+len(after) == 0 {
		t.Fatal("the trace holds no reading")
	}
	return tr, in, after
}

func value(r *seal.Reading, f seal.Field) float64 { return float64(r.Val[f]) / float64(f.PerUnit()) }

func TestHingeBypassLeavesTheSealArmed(t *testing.T) {
	tr, in, after := said(t, &attacks.HingeBypass)
	for _, r := range append(in, after...) {
		if !r.Reading.Is(seal.Status, seal.Armed) || r.Reading.Is(seal.DoorOpen, 1) {
			t.Errorf("%v: the seal or its door contact knows of it", r.Made)
		}
	}
	for _, r := range after {
		if r.Honest != nil && value(r.Reading, seal.MagMT) > value(r.Honest, seal.MagMT)-0.3 {
			t.Errorf("%v: the door sits as before", r.Made)
		}
	}
	peak := tr.Incident.Params["peak_g"]
	if first, next := value(after[0].Reading, seal.GPeak), value(after[1].Reading, seal.GPeak); math.Abs(first-peak) > 0.01 || next > 1 {
		t.Errorf("the first report after it has felt %g g, the next %g g; the tool's peak was %g g", first, next, peak)
	}
}

func TestJammedWithoutSatellitesButWithRadio(t *testing.T) {
	_, in, _ := said(t, &attacks.GNSSJam)
	for _, r := range in {
		v := r.Reading
		if v.Val[seal.Sats] > 3 || v.Val[seal.Jam] <= 150 || v.Is(seal.Fix, seal.Fix3D) || r.Heard.Sub(r.Made) > 5*time.Minute {
			t.Errorf("%v: %d satellites, jam %d, fix %s, heard %v later", r.Made, v.Val[seal.Sats], v.Val[seal.Jam],
				seal.Format(seal.Fix, v.Val[seal.Fix]), r.Heard.Sub(r.Made))
		}
	}
}

func TestTeleportJumpsWhileTheCellStays(t *testing.T) {
	tr, in, _ := said(t, &attacks.SpoofTeleport)
	lat, lon := tr.Incident.Params["false_lat"], tr.Incident.Params["false_lon"]
	for _, r := range in {
		v, was := r.Reading, r.Honest
		if d := geo.DistanceM(value(v, seal.Lat), value(v, seal.Lon), lat, lon); d > 30 || value(v, seal.CN0SD) >= 1 || value(v, seal.SpdKn) > 1 {
			t.Errorf("%v: %.0f m from the false point, C/N0 spread %g, %g kn", r.Made, d, value(v, seal.CN0SD), value(v, seal.SpdKn))
		}
		if was != nil && (v.Val[seal.Cell] != was.Val[seal.Cell] || v.Val[seal.GRms] != was.Val[seal.GRms]) {
			t.Errorf("%v: cell or motion follow the false place", r.Made)
		}
	}
}

// TestTeleportedTogether: seals of one place jump to one point.
func TestTeleportedTogether(t *testing.T) {
	sc := sim.Scenario{Name: "yard", Settings: sim.CommonSettings(9, 900), Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC),
		Span: 9 * 24 * time.Hour, Tick: time.Minute, Attacks: []*sim.Kind{&attacks.SpoofTeleport},
		Build: func(w *sim.World) { w.Trade(sim.Lane{From: "CNCKG", To: "DEDUI", By: sim.ByRail, Weight: 1}) }}
	w, err := sim.New(sc, sim.Settings{"attacks": 12, "seals": 12}, 4)
	if err != nil {
		t.Fatal(err)
	}
	spots := map[string]string{}
	for _, b := range w.Bodies() {
		spots[b.ID()] = ""
		for _, in := range w.Truth().Incidents {
			if in.Seal == b.ID() {
				spots[b.ID()] = b.At(in.Start).Spot
			}
		}
	}
	points, same := map[string][2]float64{}, 0
	for _, in := range w.Truth().Incidents {
		at, p := spots[in.Seal], [2]float64{in.Params["false_lat"], in.Params["false_lon"]}
		if at == "" {
			continue
		}
		if was, ok := points[at]; ok && was != p {
			t.Errorf("%s: one jumps to %v, another to %v", at, was, p)
		} else if ok {
			same++
		}
		points[at] = p
	}
	if same == 0 {
		t.Error("no two victims stood at one place")
	}
}

func TestRingTurnsEvenly(t *testing.T) {
	tr, in, _ := said(t, &attacks.SpoofRing)
	radius, speed := tr.Incident.Params["radius_m"], tr.Incident.Params["speed_ms"]
	for _, r := range in {
		v := r.Reading
		off := geo.DistanceM(value(v, seal.Lat), value(v, seal.Lon), value(r.Honest, seal.Lat), value(r.Honest, seal.Lon))
		if math.Abs(off-radius) > 30 || math.Abs(value(v, seal.SpdKn)-speed*3600/1852) > 0.5 || value(v, seal.GRms) > 0.05 {
			t.Errorf("%v: %.0f m from the centre, want %.0f; %g kn; %g g rms", r.Made, off, radius, value(v, seal.SpdKn), value(v, seal.GRms))
		}
		north := value(v, seal.Lat) - value(r.Honest, seal.Lat)
		east := (value(v, seal.Lon) - value(r.Honest, seal.Lon)) * math.Cos(value(v, seal.Lat)*math.Pi/180)
		want := math.Mod(math.Atan2(east, north)*180/math.Pi+90+360, 360)
		if turn := math.Abs(math.Mod(value(v, seal.COG)-want+540, 360) - 180); turn > 30 {
			t.Errorf("%v: the course is %g, along the ring it is %.0f", r.Made, value(v, seal.COG), want)
		}
	}
}

func TestRollbackMakesAnOpeningLookOld(t *testing.T) {
	_, in, after := said(t, &attacks.ClockRollback)
	fell, old := false, false
	for _, r := range append(in, after...) {
		v := r.Reading
		fell = fell || v.Val[seal.TS] < r.Made.Add(-time.Hour).UnixMilli()
		if opened, ok := v.Get(seal.OpenedAt); ok {
			old = old || opened < v.Val[seal.ArmedAt]
		}
	}
	if !fell || !old {
		t.Errorf("ts fell: %v; opened before it was armed: %v", fell, old)
	}
	for i, r := range after {
		if i > 0 && math.Abs(float64(r.Reading.Val[seal.TS]-r.Made.UnixMilli())) > 1000 {
			t.Errorf("%v: the next fix does not put the clock right", r.Made)
		}
	}
}

func TestWarmGoodsCoolAgain(t *testing.T) {
	_, in, after := said(t, &attacks.TempAbuse)
	warmest := 0.0
	for _, r := range in {
		if r.Honest != nil {
			warmest = max(warmest, value(r.Reading, seal.TC)-value(r.Honest, seal.TC))
		}
	}
	last := after[len(after)-1]
	if rest := value(last.Reading, seal.TC) - value(last.Honest, seal.TC); warmest < 2 || rest > warmest/2 {
		t.Errorf("it is up to %.1f °C warmer than the twin, and %.1f °C at the end", warmest, rest)
	}
}

func TestLeakIsDimAndKeepsItsHour(t *testing.T) {
	tr, in, _ := said(t, &attacks.LightLeak)
	lit := 0
	for _, r := range in {
		if r.Sort != attacks.Differs {
			continue
		}
		lit++
		hour := math.Mod(r.Made.Sub(r.Made.Truncate(24*time.Hour)).Hours()+value(r.Reading, seal.Lon)/15, 24)
		if lux := value(r.Reading, seal.Lux); lux > 10 || hour < tr.Incident.Params["solar_hour"]-0.1 || hour > tr.Incident.Params["solar_hour"]+tr.Incident.Params["hours_a_day"]+0.1 {
			t.Errorf("%v: %g lx at %.1f h solar time", r.Made, lux, hour)
		}
	}
	if lit < 3 {
		t.Errorf("lit %d times", lit)
	}
}
