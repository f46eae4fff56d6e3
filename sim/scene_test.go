// Each part of a scene changes what it is for and nothing else.
package sim

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sealab/sim/exact"
	"sealab/sim/seal"
)

// staged is a small world by road and sea in which one kind acts on one seal from its first hour in the world on.
func staged(tb testing.TB, limitC float64, shape func(*Scene, time.Time)) (got, twin []seal.Reading) {
	tb.Helper()
	k := &Kind{Name: "staged", Hostile: true,
		When: func(w *World, s *Seal, _ *exact.Dice) time.Time { from, _ := w.Within(s); return from.Add(time.Hour) },
		Attack: mountFunc(func(w *World, s *Seal, at time.Time) *Incident {
			w.Around(s, at, at.Add(24*time.Hour), shape)
			return &Incident{End: at.Add(24 * time.Hour)}
		})}
	sc := Scenario{Name: "stage", Settings: CommonSettings(9, 300), Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC),
		Span: 9 * 24 * time.Hour, Tick: time.Minute, Attacks: []*Kind{k},
		Build: func(w *World) {
			w.Trade(Lane{From: "KEMBA", To: "UGKLA", By: ByRoad, Weight: 1, Reefers: 1})
		}}
	set := Settings{"attacks": 1, "seals": 10, "assumption.reefer_limit_c": limitC}
	w, err := New(sc, set, 5)
	if err != nil {
		tb.Fatal(err)
	}
	victim := w.incidents[0].Seal
	if w, err = New(sc, set, 5, victim); err != nil {
		tb.Fatal(err)
	}
	start, end := w.incidents[0].Start.UnixMilli(), w.incidents[0].End.UnixMilli()
	w.Watch(func(s Sent) {
		if r := s.Reading; s.Made.UnixMilli() > start && s.Made.UnixMilli() <= end {
			got = append(got, *r)
		}
	})
	for range w.Batches() {
		continue
	}
	twins := map[[2]int64]seal.Reading{}
	for _, r := range w.Twin(victim) {
		twins[[2]int64{r.Reading.Val[seal.Boot], r.Reading.Val[seal.Seq]}] = r.Reading
	}
	for i := range got {
		twin = append(twin, twins[[2]int64{got[i].Val[seal.Boot], got[i].Val[seal.Seq]}])
	}
	if len(got) < 20 {
		tb.Fatalf("only %d readings in the act", len(got))
	}
	return got, twin
}

type mountFunc func(w *World, s *Seal, at time.Time) *Incident

func (f mountFunc) Mount(w *World, s *Seal, at time.Time) *Incident { return f(w, s, at) }

// TestScenes changes one thing of the scene at a time: what it is for changes, and the rest of the reading stays that of
// the honest twin, as the dice are in step.
func TestScenes(t *testing.T) {
	fault := &SensorFault{Channel: seal.RH, Sticks: true}
	mast := &Mast{Lat: 10, Lon: 20, MCC: 999}
	for name, c := range map[string]struct {
		shape   func(*Scene, time.Time)
		changes string // paths that may differ from the twin's, space separated
		check   func(r, twin *seal.Reading) bool
	}{
		"nothing": {func(*Scene, time.Time) {}, "", func(r, twin *seal.Reading) bool { return r.Val == twin.Val }},
		"jam lost": {func(sc *Scene, _ time.Time) { sc.JamDB = 20 },
			"pos.lat pos.lon pos.accM pos.fix pos.sats pos.hdop pos.cn0 pos.cn0sd pos.spdKn pos.cog pos.ageS pos.jam clk.src clk.errMs ts sent",
			func(r, _ *seal.Reading) bool {
				return !r.Is(seal.Fix, seal.Fix3D) && r.Val[seal.Sats] <= 3 && r.Val[seal.Jam] > 150 && r.Val[seal.CN0] < 270
			}},
		"jam held": {func(sc *Scene, _ time.Time) { sc.JamDB, sc.HoldsFix = 20, true },
			"pos.lat pos.lon pos.accM pos.fix pos.sats pos.hdop pos.cn0 pos.cn0sd pos.spdKn pos.cog pos.ageS pos.jam clk.src clk.errMs ts sent",
			func(r, _ *seal.Reading) bool { return r.Is(seal.Fix, seal.FixDR) && r.Val[seal.AgeS] > 0 }},
		"placed": {func(sc *Scene, _ time.Time) {
			sc.Spoofed, sc.Placed, sc.FalseLat, sc.FalseLon, sc.SpeedMS, sc.CourseDeg = true, true, 33.8, 35.5, 10, 123
		},
			"pos.lat pos.lon pos.accM pos.fix pos.sats pos.hdop pos.cn0 pos.cn0sd pos.spdKn pos.cog pos.ageS pos.jam clk.src clk.errMs ts sent",
			func(r, _ *seal.Reading) bool {
				return near(r, seal.Lat, 33.8, 0.01) && near(r, seal.Lon, 35.5, 0.01) && near(r, seal.COG, 123, 1) && near(r, seal.SpdKn, 19.4, 0.5)
			}},
		"held cell": {func(sc *Scene, _ time.Time) { sc.Held = mast }, "net.cell net.mcc",
			func(r, _ *seal.Reading) bool {
				return r.Val[seal.MCC] == 999 && r.Val[seal.Cell] == cellOf(10, 20, 999)
			}},
		"operator": {func(sc *Scene, _ time.Time) { sc.MNC = 7 }, "net.mnc", func(r, _ *seal.Reading) bool { return r.Val[seal.MNC] == 7 }},
		"still": {func(sc *Scene, _ time.Time) { sc.Still = true }, "env.gPeak env.gRms",
			func(r, _ *seal.Reading) bool { return r.Val[seal.GRms] <= 20 && r.Val[seal.GPeak] <= 80 }},
		"clock": {func(sc *Scene, _ time.Time) { sc.ClockShiftMs = -48 * hourMs }, "ts sent seal_state.armedAt nextReport",
			func(r, twin *seal.Reading) bool {
				return r.Val[seal.TS] == twin.Val[seal.TS]-48*hourMs && r.Val[seal.Sent] == twin.Val[seal.Sent]-48*hourMs
			}},
		"magnet and tilt": {func(sc *Scene, _ time.Time) { sc.MagMT, sc.TiltDeg = 3, 30 }, "env.magMT env.tilt",
			func(r, twin *seal.Reading) bool {
				return r.Val[seal.MagMT] == twin.Val[seal.MagMT]+300 && r.Val[seal.Tilt] == twin.Val[seal.Tilt]+300
			}},
		"stuck": {func(sc *Scene, _ time.Time) { sc.Fault = fault }, "env.rh",
			func(r, _ *seal.Reading) bool { return r.Val[seal.RH] == fault.stuckAt }},
		"set point": {func(sc *Scene, _ time.Time) { sc.SetTempC += 8 }, "env.tC", func(r, twin *seal.Reading) bool { return r.Val[seal.TC] >= twin.Val[seal.TC] }},
		"power off": {func(sc *Scene, _ time.Time) { sc.ReeferOff = true }, "env.tC env.rh",
			func(r, twin *seal.Reading) bool { return r.Val[seal.RH] == twin.Val[seal.RH]+80 }},
	} {
		t.Run(name, func(t *testing.T) {
			got, twin := staged(t, 1000, c.shape)
			for i := range got {
				if !c.check(&got[i], &twin[i]) {
					t.Fatalf("reading %d is wrong:\n%v\nthe twin's is\n%v", i, text(&got[i]), text(&twin[i]))
				}
				for f := range seal.Fields {
					same := got[i].Val[f] == twin[i].Val[f]
					if path := seal.Fields[f].Path; !same && !strings.Contains(" "+c.changes+" ", " "+path+" ") {
						t.Fatalf("reading %d: %s is %d, the twin's %d", i, path, got[i].Val[f], twin[i].Val[f])
					}
					if v, ok := got[i].Get(seal.Field(f)); ok && !seal.Field(f).InRange(v) {
						t.Fatalf("reading %d: %s = %d is out of range", i, seal.Fields[f].Path, v)
					}
				}
			}
		})
	}
}

func near(r *seal.Reading, f seal.Field, want, within float64) bool {
	d := float64(r.Val[f])/float64(f.PerUnit()) - want
	return d <= within && d >= -within
}

func text(r *seal.Reading) string { return string(r.AppendJSON(nil)) }

// TestReeferHoldsItsSetPoint plays reefers: the air at the sensor stays at the set point but for the defrostings, which
// come back in the drawn time.
func TestReeferHoldsItsSetPoint(t *testing.T) {
	got, _ := staged(t, 5, func(*Scene, time.Time) {})
	lo, hi := int64(1<<40), int64(-1<<40)
	for i := range got {
		lo, hi = min(lo, got[i].Val[seal.TC]), max(hi, got[i].Val[seal.TC])
		if got[i].Is(seal.Code, seal.CodeTempHigh) {
			t.Errorf("a defrosting brings TEMP_HIGH at %d m°C", got[i].Val[seal.TC])
		}
	}
	if hi-lo < 1000 || hi-lo > 7000 {
		t.Errorf("over a day the reefer shows %d to %d m°C: want a wiggle of 1 to 7 °C", lo, hi)
	}
	c := cargo{reefer: true, defrostMs: 8 * hourMs, phaseMs: 1000, riseC: 3}
	if a, b := c.defrostC(1000+defrostLengthMs), c.defrostC(1000+7*hourMs); a < 2.9 || b > 0.01 {
		t.Errorf("a defrosting warms by %g °C at its end and by %g °C hours later, want 3 and 0", a, b)
	}
}

// TestTooWarmIsSaidOnce switches a reefer off: one TEMP_HIGH, from a reading above the limit, and none from the twin.
func TestTooWarmIsSaidOnce(t *testing.T) {
	got, _ := staged(t, 5, func(sc *Scene, _ time.Time) { sc.ReeferOff = true })
	warned, cold := 0, got[0].Val[seal.TC]
	for i := range got {
		if got[i].Is(seal.Code, seal.CodeTempHigh) {
			warned++
			if got[i-1].Val[seal.TC] < cold+3000 {
				t.Errorf("TEMP_HIGH at %d m°C, it began with %d", got[i-1].Val[seal.TC], cold)
			}
		}
	}
	if warned != 1 {
		t.Errorf("%d times TEMP_HIGH in a day without power, want 1", warned)
	}
}

// TestTooFewTrips asks for attacks that need what no trip is.
func TestTooFewTrips(t *testing.T) {
	sc := Scenario{Name: "dry", Settings: CommonSettings(9, 300), Span: 9 * 24 * time.Hour, Tick: time.Minute,
		Attacks: []*Kind{{Name: "spoil", Hostile: true, Needs: NeedsReefer}},
		Build:   func(w *World) { w.Trade(Lane{From: "KEMBA", To: "UGKLA", By: ByRoad, Weight: 1}) }}
	var bad *BadSetting
	if _, err := New(sc, Settings{"seals": 10}, 1); !errors.As(err, &bad) || !strings.Contains(bad.Error(), "of 10 trips 0 are so") {
		t.Errorf("no reefer at all: %v", err)
	}
}
