package coin_test

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sealab/pocs"
	"sealab/pocs/coin"
	"sealab/pocs/parts/play"
	"sealab/sim/event"
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// throw plays so many hours for so many containers and returns what the coin says.
func throw(tb testing.TB, seed uint64, rate float64, containers []string, hours int) []pocs.Finding {
	tb.Helper()
	d, err := coin.PoC.New(pocs.Setup{Params: pocs.Params{"rate": rate}, Dice: exact.NewDice(seed, "detector/coin")})
	if err != nil {
		tb.Fatal(err)
	}
	var said []pocs.Finding
	stage := play.New(func(b event.Batch) {
		list, err := d.Step(b)
		if err != nil {
			tb.Fatal(err)
		}
		said = append(said, list...)
	})
	for _, c := range containers {
		stage.Container = c
		stage.Wait(time.Minute).Say()
	}
	stage.Wait(time.Duration(hours) * time.Hour)
	return said
}

// TestCoinRepeats says that the same batches and dice bring the same guesses, and other dice bring others.
func TestCoinRepeats(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		containers := rapid.SliceOfNDistinct(rapid.StringMatching(`SLBU[0-9]{7}`), 1, 20, rapid.ID).Draw(r, "containers")
		seed := rapid.Uint64().Draw(r, "seed")
		a, b := throw(t, seed, 0.2, containers, 100), throw(t, seed, 0.2, containers, 100)
		if !reflect.DeepEqual(a, b) {
			r.Fatalf("the same dice twice: got %d and %d guesses, or others", len(a), len(b))
		}
		if c := throw(t, seed+1, 0.2, containers, 100); len(a) > 50 && reflect.DeepEqual(a, c) {
			r.Fatal("other dice: got the same guesses")
		}
	})
}

// TestCoinStreams: each stream repeats itself and is unlike the others.
func TestCoinStreams(t *testing.T) {
	said := map[float64][]bool{}
	for _, stream := range []float64{0, 1, 2, 1} {
		d, err := coin.PoC.New(pocs.Setup{Params: pocs.Params{"rate": 0.5, "stream": stream}, Dice: exact.NewDice(5, "detector/coin")})
		if err != nil {
			t.Fatal(err)
		}
		var hours []bool
		stage := play.New(func(b event.Batch) {
			list, err := d.Step(b)
			if err != nil {
				t.Fatal(err)
			}
			hours = append(hours, len(list) > 0)
		})
		stage.Container = "SLBU0000017"
		stage.Wait(time.Minute).Say()
		stage.Wait(200 * time.Hour)
		if was := said[stream]; was != nil && !reflect.DeepEqual(was, hours) {
			t.Errorf("stream %v does not repeat itself", stream)
		}
		said[stream] = hours
	}
	if reflect.DeepEqual(said[0], said[1]) || reflect.DeepEqual(said[1], said[2]) {
		t.Error("two streams throw the same")
	}
}

func TestCoinRate(t *testing.T) {
	containers := []string{"SLBU0000017", "SLBU0000022", "SLBU0000038", "SLBU0000043"}
	if got := len(throw(t, 1, 0.1, containers, 2500)); got < 900 || got > 1100 {
		t.Errorf("4 containers, 2,500 h at 0.1 an hour: got %d guesses, want about 1,000", got)
	}
	if got := throw(t, 1, 0, containers, 100); len(got) != 0 {
		t.Errorf("rate 0: got %d guesses", len(got))
	}
}

// TestCoinKnowsContainersOnly says that a seal on no container is not accused.
func TestCoinKnowsContainersOnly(t *testing.T) {
	if got := throw(t, 1, 1, []string{""}, 10); len(got) != 0 {
		t.Errorf("a seal on no container: got %+v", got)
	}
}

func BenchmarkStep(b *testing.B) {
	d, err := coin.PoC.New(pocs.Setup{Params: pocs.Params{"rate": 0.002}})
	if err != nil {
		b.Fatal(err)
	}
	var r seal.Reading
	r.Container = "SLBU0000017"
	batch := event.Batch{Now: play.Opening.Add(time.Minute), Events: []event.Event{{Message: &r}}}
	b.ReportAllocs()
	for range b.N {
		if _, err := d.Step(batch); err != nil {
			b.Fatal(err)
		}
	}
}
