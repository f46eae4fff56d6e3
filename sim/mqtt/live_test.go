package mqtt

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"sealab/sim/event"
)

// until waits for a condition that other goroutines bring about.
func until(tb testing.TB, what string, ok func() bool) {
	tb.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); runtime.Gosched() {
		if time.Now().After(end) {
			tb.Fatalf("waited in vain until %s", what)
		}
	}
}

// handClock is a wall clock that goes on only when somebody waits for it, and lets settle run first.
type handClock struct {
	mu     sync.Mutex
	now    time.Time
	settle func()
}

func (c *handClock) clock() Clock { return Clock{Now: c.Now, After: c.After} }

func (c *handClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *handClock) After(d time.Duration) <-chan time.Time {
	if c.settle != nil {
		c.settle()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	done := make(chan time.Time, 1)
	done <- c.now
	return done
}

func TestLiveHandsOutWhatArrived(t *testing.T) {
	b := mustBroker(t, Config{})
	wall := &handClock{now: time.Unix(1_800_000_000, 0)}
	l, err := NewLive(context.Background(), LiveConfig{
		Publisher: runDial(t, b, "live"), Room: "open", Run: "live", Speed: 3600, Start: start, Clock: wall.clock(),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	arrived := func() bool { s := l.Stats(); return s.Heard == s.Sent }
	wall.settle = func() { until(t, "everything published is heard", arrived) }
	var want, got []string
	for _, in := range world(12, 25) {
		for _, e := range in.Events {
			want = append(want, string(e.Message.AppendRecord(nil)))
		}
		out, err := l.Carry(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range out.Events {
			got = append(got, string(e.Message.AppendRecord(nil)))
			if early := in.Now.Add(-time.Minute); !e.At.After(early) || e.At.After(in.Now) || e.N != uint64(len(got)) {
				t.Fatalf("tick to %v: event %d is stamped %v, n %d", in.Now, i, e.At, e.N)
			}
			if e.At.Before(in.Events[i].At) || e.At.Sub(in.Events[i].At) > time.Second {
				t.Errorf("heard at %v what was due at %v", e.At, in.Events[i].At)
			}
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		t.Errorf("heard %d events, published %d, or others", len(got), len(want))
	}
}

func TestLiveInRealTime(t *testing.T) {
	b := mustBroker(t, Config{})
	const speed = 600 // ten virtual minutes a second: nine ticks are 0.9 s
	l, err := NewLive(context.Background(), LiveConfig{Publisher: runDial(t, b, "real"), Room: "open", Run: "real", Speed: speed})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	began := time.Now()
	list := world(9, 30)
	for _, in := range list {
		out, err := l.Carry(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		if due := time.Duration(float64(in.Now.Sub(list[0].Events[0].At)) / speed); time.Since(began) < due {
			t.Fatalf("tick %d was given out after %v, it ends at %v", in.Tick, time.Since(began), due)
		}
		if !slices.IsSortedFunc(out.Events, func(a, b event.Event) int { return a.At.Compare(b.At) }) {
			t.Fatal("arrivals out of order")
		}
	}
	if s := l.Stats(); s.Taken == 0 || s.Malformed != 0 {
		t.Errorf("stats %+v", s)
	}
}

func TestPlayAndListen(t *testing.T) {
	b := mustBroker(t, Config{})
	dial := runDial(t, b, "demo")
	wall := &handClock{now: time.Unix(1_800_000_000, 0)}
	line, err := NewTimeline(start, 60, wall.clock())
	if err != nil {
		t.Fatal(err)
	}
	l, err := Listen(context.Background(), ListenConfig{
		Receiver: DialConfig{URL: b.URL()}, Room: "open", Run: "demo", Timeline: line, Start: start, Tick: time.Minute,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	list := world(5, 10)
	if err := Play(context.Background(), slices.Values(list), PlayConfig{Publisher: dial, Room: "open", Run: "demo", Timeline: line}); err != nil {
		t.Fatal(err)
	}
	events := 0
	for _, in := range list {
		events += len(in.Events)
	}
	until(t, "all are heard", func() bool { return l.Stats().Heard == uint64(events) })
	for hour := false; !hour; {
		got, err := l.Next(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if want := start.Add(time.Duration(got.Tick) * time.Minute); !got.Now.Equal(want) {
			t.Errorf("tick %d ends at %v, want %v", got.Tick, got.Now, want)
		}
		events -= len(got.Events)
		hour = got.Now.Minute() == 0
	}
	if events != 0 {
		t.Errorf("%d events were not given out by the hour", events)
	}
}

func TestTimelinePausesAndChangesSpeed(t *testing.T) {
	wall := &handClock{now: time.Unix(1_800_000_000, 0)}
	pass := func(d time.Duration) {
		wall.mu.Lock()
		defer wall.mu.Unlock()
		wall.now = wall.now.Add(d)
	}
	line, err := NewTimeline(start, 10, wall.clock())
	if err != nil {
		t.Fatal(err)
	}
	pass(time.Second)
	line.Pause()
	pass(time.Hour)
	if got := line.Now().Sub(start); got != 10*time.Second {
		t.Errorf("paused after 10 virtual seconds, it is %v", got)
	}
	waited := make(chan error)
	go func() { waited <- line.Wait(context.Background(), start.Add(20*time.Second)) }()
	if err := line.SetSpeed(100); err != nil {
		t.Fatal(err)
	}
	line.Resume()
	if err := <-waited; err != nil {
		t.Error(err)
	}
	if got := line.Now().Sub(start); got < 20*time.Second || got > 21*time.Second {
		t.Errorf("waited for 20 virtual seconds, it is %v", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	line.Pause()
	if line.Wait(ctx, start.Add(time.Hour)) == nil || line.SetSpeed(0) == nil {
		t.Error("a cancelled wait and a speed of 0 were accepted")
	}
}
