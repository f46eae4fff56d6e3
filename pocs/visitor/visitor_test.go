package visitor_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sealab/pocs"
	"sealab/pocs/visitor"
	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/worlds"
)

// TestFlagsAreStampedInOrder: whatever was flagged when, each flag is said once, in the first tick given out at or after
// its own, and earlier flags before later ones.
func TestFlagsAreStampedInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ticks := rapid.SliceOfNDistinct(rapid.Int64Range(1, 60), 1, 30, rapid.ID[int64]).Draw(t, "ticks given out")
		slices.Sort(ticks)
		last := ticks[len(ticks)-1]
		flags := make([]visitor.Flag, rapid.IntRange(0, 20).Draw(t, "flags"))
		for i := range flags {
			flags[i] = visitor.Flag{Tick: rapid.Int64Range(1, last).Draw(t, "tick"), Container: string(rune('A' + i))}
		}
		d, err := visitor.New(flags).New(pocs.Setup{})
		if err != nil {
			t.Fatal(err)
		}
		heard := map[string]int64{}
		for _, tick := range ticks {
			said, err := d.Step(event.Batch{Tick: tick})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range said {
				if _, twice := heard[f.Container]; twice {
					t.Fatalf("%s was said twice", f.Container)
				}
				heard[f.Container] = tick
			}
		}
		for _, f := range flags {
			at, _ := slices.BinarySearch(ticks, f.Tick)
			if got := heard[f.Container]; got != ticks[at] {
				t.Fatalf("flag of tick %d was said in %d, want %d", f.Tick, got, ticks[at])
			}
		}
	})
}

// TestAgainIsTheSameRun: what is said again from the findings of a run gives that run's digests and score.
func TestAgainIsTheSameRun(t *testing.T) {
	sc := sim.Find(worlds.All, "northern-corridor")
	set, err := sim.Resolve("setting", sc.Settings, map[string]string{"seals": "12", "attacks": "1", "span_days": "6"})
	if err != nil {
		t.Fatal(err)
	}
	challenge := &pocs.Challenge{Name: "seals", Judge: pocs.JudgeSeals}
	w, err := sim.New(*sc, set, 7)
	if err != nil {
		t.Fatal(err)
	}
	boxes := w.Plan().Seals
	flags := []visitor.Flag{{Tick: 4000, Container: boxes[3].Container}, {Tick: 801, Container: boxes[0].Container}, {Tick: 801, Container: boxes[1].Container}}
	play := func(p *pocs.PoC) *pocs.Run {
		r, err := pocs.Trial{Challenge: challenge, PoC: p, Scenario: sc, Settings: set, Seed: 7, Terms: pocs.DefaultTerms()}.Play(context.Background())
		if err != nil || r.Reason != "" {
			t.Fatal(err, r)
		}
		return r
	}
	first := play(visitor.New(flags))
	if len(first.Findings) != 3 || first.Findings[0].Container != boxes[0].Container {
		t.Fatalf("findings are %v", first.Findings)
	}
	again, err := visitor.Again(first.Findings, sc.Start, sc.Tick)
	if err != nil {
		t.Fatal(err)
	}
	second := play(again)
	if first.Digest != second.Digest || *first.Score.Values["nuisance_trips"] != *second.Score.Values["nuisance_trips"] {
		t.Errorf("digest %s, again %s", first.Digest, second.Digest)
	}
	first.Findings[1].At = first.Findings[1].At.Add(time.Second)
	if _, err := visitor.Again(first.Findings, sc.Start, sc.Tick); err == nil {
		t.Error("a finding between two ticks was taken")
	}
}
