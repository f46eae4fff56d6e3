package experiment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

func TestMissingPlaysWhatIsMissing(t *testing.T) {
	for _, workers := range []int{0, 1, 3, 99} {
		var mu sync.Mutex
		var played, told []int
		jobs := []int{10, 11, 12, 13, 14, 15, 16}
		err := Missing[int]{
			Jobs: jobs, Workers: workers,
			Have: func(j int) bool { return j%3 == 0 }, // 12 and 15
			Play: func(_ context.Context, j int) error {
				mu.Lock()
				defer mu.Unlock()
				played = append(played, j)
				return nil
			},
			Progress: func(done, total int) { told = append(told, done*100+total) },
		}.Run(t.Context())
		slices.Sort(played)
		if err != nil || !slices.Equal(played, []int{10, 11, 13, 14, 16}) {
			t.Errorf("%d workers: played %v, %v", workers, played, err)
		}
		if !slices.Equal(told, []int{207, 307, 407, 507, 607, 707}) {
			t.Errorf("%d workers: progress %v", workers, told)
		}
	}
}

func TestMissingSideBySide(t *testing.T) {
	meet := make(chan bool) // two jobs can only meet when both run
	err := Missing[string]{Jobs: []string{"give", "take"}, Workers: 2, Play: func(_ context.Context, j string) error {
		if j == "give" {
			meet <- true
			return nil
		}
		<-meet
		return nil
	}}.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
}

func TestMissingStopsAtTheFirstError(t *testing.T) {
	full := errors.New("disk full")
	var played atomic.Int32
	err := Missing[int]{Jobs: make([]int, 50), Workers: 4, Play: func(ctx context.Context, _ int) error {
		if played.Add(1) == 3 {
			return fmt.Errorf("keep run: %w", full)
		}
		if played.Load() > 3 {
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	}}.Run(t.Context())
	if !errors.Is(err, full) {
		t.Errorf("error: got %v, want disk full", err)
	}
	if n := played.Load(); n > 8 {
		t.Errorf("%d jobs were begun after an error", n)
	}
}

func TestMissingSurvivesPanic(t *testing.T) {
	err := Missing[int]{Jobs: []int{1}, Play: func(context.Context, int) error { panic("split seal") }}.Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "split seal") {
		t.Errorf("got %v, want the panic as an error", err)
	}
}

func TestMissingCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	m := Missing[int]{Jobs: make([]int, 9), Play: func(context.Context, int) error {
		if n++; n == 2 {
			cancel()
		}
		return nil
	}}
	if err := m.Run(ctx); !errors.Is(err, context.Canceled) || n != 2 {
		t.Errorf("got %v after %d jobs, want cancelled after 2", err, n)
	}
	m.Have = func(int) bool { return true }
	if err := m.Run(ctx); err != nil {
		t.Errorf("nothing missing: got %v", err)
	}
}

func TestJobsGoSeedBySeed(t *testing.T) {
	got := Jobs(2, 1, []uint64{7, 9})
	if want := []Job{{0, 0, 7}, {1, 0, 7}, {0, 0, 9}, {1, 0, 9}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
