// The link to the hub and the clocks of the seals, where settings say that they are not what they should be.
package worlds_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"sealab/sim"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// arrival is one message as it was heard.
type arrival struct {
	seal, text string // its record in hex; a notice's seal is empty
	at         time.Time
}

// arrivals plays a world and keeps what was heard, in order.
func arrivals(t *testing.T, sc sim.Scenario, set sim.Settings) (*sim.World, []arrival) {
	t.Helper()
	w, err := sim.New(sc, set, 5)
	if err != nil {
		t.Fatal(err)
	}
	var list []arrival
	for b := range w.Batches() {
		for _, e := range b.Events {
			a := arrival{text: fmt.Sprintf("%x", e.Message.AppendRecord(nil)), at: e.At}
			if r, ok := e.Message.(*seal.Reading); ok {
				a.seal = r.Seal
			}
			list = append(list, a)
		}
	}
	return w, list
}

// TestPartition cuts the link for three days: no seal is heard meanwhile, and what waited comes in the order in which a
// whole link would have brought it; notices come as ever.
func TestPartition(t *testing.T) {
	const hours = 72
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		whole, want := arrivals(t, sc, nil)
		cut, got := arrivals(t, sc, sim.Settings{"partition_h": hours})
		start, end := whole.Span()
		from := start.Add(end.Sub(start) / 2)
		to := from.Add(hours * time.Hour)
		waited := 0
		for _, a := range got {
			if a.seal != "" && a.at.After(from) && !a.at.After(to) {
				t.Fatalf("%s is heard at %v, while the link is down", a.seal, a.at)
			}
			if a.at.After(to) && a.at.Before(to.Add(hours*time.Hour/60)) {
				waited++
			}
		}
		if waited < 100 {
			t.Errorf("%d messages come when the link is back", waited)
		}
		for _, kind := range []bool{true, false} { // of seals, then of others
			pick := func(list []arrival) (texts []string) {
				for _, a := range list {
					if (a.seal != "") == kind {
						texts = append(texts, a.text)
					}
				}
				return texts
			}
			was, is := pick(want), pick(got)
			if !kind && !slices.Equal(was, is) {
				t.Error("the notices are others")
			}
			if kind && (len(is) > len(was) || len(is) < len(was)*9/10) {
				t.Errorf("%d messages of %d are heard", len(is), len(was))
			}
		}
		inOrder(t, want, got)
		if a, b := acts(whole.Truth()), acts(cut.Truth()); !slices.Equal(a, b) {
			t.Error("the acts differ")
		}
		for _, in := range cut.Truth().Incidents {
			if in.Hostile && in.HeardAt.After(from.Add(time.Minute)) && in.HeardAt.Before(to) && in.Kind == "bolt_cut" {
				t.Errorf("%s is heard at %v, while the link is down", in.ID, in.HeardAt)
			}
		}
	})
}

// inOrder wants every seal's messages in the order in which a whole link brings them; those of one millisecond may change
// places.
func inOrder(t *testing.T, want, got []arrival) {
	t.Helper()
	place := map[string][]time.Time{}
	for _, a := range want {
		place[a.seal+a.text] = append(place[a.seal+a.text], a.at)
	}
	last := map[string]time.Time{}
	for _, a := range got {
		if a.seal == "" {
			continue
		}
		was := place[a.seal+a.text]
		if len(was) == 0 {
			t.Fatalf("%s says what it does not say over a whole link", a.seal)
		}
		place[a.seal+a.text] = was[1:]
		if was[0].Before(last[a.seal].Add(-60 * time.Millisecond)) {
			t.Fatalf("%s: what a whole link brings at %v comes behind what it brings at %v", a.seal, was[0], last[a.seal])
		}
		last[a.seal] = was[0]
		if a.at.Before(was[0]) {
			t.Fatalf("%s is heard at %v, before a whole link brings it at %v", a.seal, a.at, was[0])
		}
	}
}

// TestClockSkew sets clocks wrong: each device's times are off by one constant of its own, also at a fix, and nothing
// else about its messages changes.
func TestClockSkew(t *testing.T) {
	const most = 120
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		right, want := arrivals(t, sc, sim.Settings{"attacks": 0})
		wrong, got := arrivals(t, sc, sim.Settings{"attacks": 0, "clock_skew_s": most})
		if len(want) != len(got) {
			t.Fatalf("%d messages, with wrong clocks %d", len(want), len(got))
		}
		if a, b := right.Truth(), wrong.Truth(); len(a.Incidents) != len(b.Incidents) {
			t.Errorf("%d incidents, with wrong clocks %d", len(a.Incidents), len(b.Incidents))
		}
		off := skews(t, sc, most)
		if len(off) != 100 {
			t.Errorf("%d seals", len(off))
		}
		low, high := math.Inf(1), math.Inf(-1)
		for _, s := range off {
			low, high = min(low, s), max(high, s)
		}
		if low < -most || high > most || low > -most*0.8 || high < most*0.8 {
			t.Errorf("clocks are off by %.1f to %.1f s, want up to ± %d", low, high, most)
		}
	})
}

// skews plays the two worlds side by side and gives the seconds by which each seal's clock is off in the second.
func skews(t *testing.T, sc sim.Scenario, most float64) map[string]float64 {
	t.Helper()
	times := func(skew float64) (list []seal.Reading) {
		w, err := sim.New(sc, sim.Settings{"attacks": 0, "clock_skew_s": skew}, 5)
		if err != nil {
			t.Fatal(err)
		}
		for b := range w.Batches() {
			for _, e := range b.Events {
				switch m := e.Message.(type) {
				case *seal.Reading:
					list = append(list, *m)
				case *notice.Notice:
				}
			}
		}
		return list
	}
	right, wrong := times(0), times(most)
	off := map[string]float64{}
	for i := range right {
		a, b := &right[i], &wrong[i]
		by := b.Val[seal.TS] - a.Val[seal.TS]
		if s, known := off[a.Seal]; known && s != float64(by)/1000 {
			t.Fatalf("%s is off by %g s, then by %d ms", a.Seal, s, by)
		}
		off[a.Seal] = float64(by) / 1000
		for f := range seal.Field(seal.NumFields) {
			v, there := a.Get(f)
			w, thereToo := b.Get(f)
			isTime := f == seal.TS || f == seal.Sent || f == seal.NextReport || f == seal.ArmedAt || f == seal.OpenedAt || f == seal.TamperedAt
			if there != thereToo || isTime && there && w-v != by || !isTime && v != w {
				t.Fatalf("%s: %s is %d, with a clock %d ms off %d", a.Seal, f, v, by, w)
			}
		}
	}
	return off
}
