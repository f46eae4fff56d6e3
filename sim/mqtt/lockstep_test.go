package mqtt

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// start is when the test worlds begin.
var start = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// reading returns a reading such as a seal sends, different for each seq.
func reading(sealNo, seq int, at time.Time) *seal.Reading {
	r := &seal.Reading{
		Seal: fmt.Sprintf("SLB-%08d", sealNo), Container: seal.MakeContainer("SLBU", sealNo), Trip: fmt.Sprintf("T-%d", sealNo),
	}
	ms := at.UnixMilli()
	for f, v := range map[seal.Field]int64{
		seal.Boot: 1, seal.Seq: int64(seq), seal.TS: ms, seal.Sent: ms, seal.ClkSrc: seal.ClockGNSS, seal.ClkErrMs: 20,
		seal.MsgKind: seal.Tele, seal.Status: seal.Armed, seal.ArmedAt: start.UnixMilli(), seal.SealType: seal.TypeBLT,
		seal.Source: seal.SourceCUS, seal.Lat: 51_900_000 + int64(seq), seal.Lon: 4_400_000 - int64(seq), seal.AccM: 55,
		seal.Fix: seal.Fix3D, seal.Sats: 9, seal.HDOP: 110, seal.CN0: 385, seal.CN0SD: 210, seal.SpdKn: 141, seal.COG: 2701,
		seal.TC: 18_250, seal.RH: 612, seal.Lux: 3, seal.MagMT: 1250, seal.GPeak: 1020, seal.GRms: 40,
		seal.Pct: 871, seal.MV: 3912, seal.RAT: seal.RATLTEM, seal.RSRP: -97,
	} {
		r.Set(f, v)
	}
	r.SetBool(seal.DoorOpen, false)
	r.SetBool(seal.Buffered, seq%3 == 0)
	return r
}

func booking(no int, at time.Time) *notice.Notice {
	no %= 100 // seal.MakeContainer makes none of some higher numbers
	return &notice.Notice{
		ID: fmt.Sprintf("N-%d", no), What: notice.Departure, TS: at.UnixMilli(), Container: seal.MakeContainer("SLBU", no),
		Trip: fmt.Sprintf("T-%d", no), Place: "NLRTM",
	}
}

// world returns ticks of readings by seals, each tick with so many events, every tenth tick empty.
func world(ticks, events int) []event.Batch {
	var n uint64
	var list []event.Batch
	for t := 1; t <= ticks; t++ {
		b := event.Batch{Tick: int64(t), Now: start.Add(time.Duration(t) * time.Minute)}
		for i := range events {
			if t%10 == 0 {
				break
			}
			n++
			at := b.Now.Add(-time.Minute + time.Duration(i+1)*time.Minute/time.Duration(events+1)).Truncate(time.Millisecond)
			var m event.Message = reading(i%100, t*1000+i/100, at)
			if i%50 == 7 {
				m = booking(i, at)
			}
			b.Events = append(b.Events, event.Event{At: at, N: n, Message: m})
			if i%40 == 3 { // the simulated radio delivers a second copy
				n++
				b.Events = append(b.Events, event.Event{At: at, N: n, Message: m})
			}
		}
		list = append(list, b)
	}
	return list
}

func mustBroker(tb testing.TB, cfg Config) *Broker {
	tb.Helper()
	if cfg.Addr == "" {
		cfg.Addr = "127.0.0.1:0"
	}
	b, err := Start(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := b.Close(context.Background()); err != nil {
			tb.Error(err)
		}
	})
	return b
}

// runDial returns how to connect with the credential of a run, which is granted for the test's time.
func runDial(tb testing.TB, b *Broker, run string) DialConfig {
	tb.Helper()
	g, err := RunGrant("open", run)
	if err != nil {
		tb.Fatal(err)
	}
	revoke, err := b.Grant(g)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(revoke)
	return DialConfig{URL: b.URL(), User: g.User, Password: g.Password}
}

func mustLockstep(tb testing.TB, cfg LockstepConfig) *Lockstep {
	tb.Helper()
	if cfg.Room == "" {
		cfg.Room = "open"
	}
	l, err := NewLockstep(context.Background(), cfg)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(l.Close)
	return l
}

// carryAll carries a world and returns the digests of what went in and what came out.
func carryAll(tb testing.TB, carry func(context.Context, event.Batch) (event.Batch, error), list []event.Batch) (in, out string) {
	tb.Helper()
	direct, carried := event.NewDigest(), event.NewDigest()
	for _, b := range list {
		direct.Add(b)
		got, err := carry(context.Background(), b)
		if err != nil {
			tb.Fatal(err)
		}
		if got.Tick != b.Tick || !got.Now.Equal(b.Now) || len(got.Events) != len(b.Events) {
			tb.Fatalf("carried tick %d, %v, %d events; got tick %d, %v, %d events",
				b.Tick, b.Now, len(b.Events), got.Tick, got.Now, len(got.Events))
		}
		carried.Add(got)
	}
	return direct.String(), carried.String()
}

func TestLockstepDigestIsTheDirectOne(t *testing.T) {
	b := mustBroker(t, Config{Logger: slog.Default()})
	l := mustLockstep(t, LockstepConfig{Publisher: runDial(t, b, "r1"), Run: "r1"})
	if in, out := carryAll(t, l.Carry, world(30, 60)); in != out {
		t.Errorf("digest over MQTT %s, direct %s", out, in)
	}
	if s := l.Stats(); s.Duplicates != 0 || s.Malformed != 0 || s.Events == 0 {
		t.Errorf("stats %+v", s)
	}
}

func TestLockstepSplitsLargeTicks(t *testing.T) {
	b := mustBroker(t, Config{})
	l := mustLockstep(t, LockstepConfig{Publisher: runDial(t, b, "large"), Run: "large"})
	if in, out := carryAll(t, l.Carry, world(2, 5000)); in != out {
		t.Errorf("digest over MQTT %s, direct %s", out, in)
	}
	if len(l.parts) < 2 {
		t.Errorf("the manifest of 5,000 events went in %d messages, want several", len(l.parts))
	}
	if s := b.Stats(); s.InflightDropped+s.OutboundDropped != 0 {
		t.Errorf("the broker dropped messages: %+v", s)
	}
}

func TestLockstepNeedsACredential(t *testing.T) {
	b := mustBroker(t, Config{})
	l, err := NewLockstep(context.Background(), LockstepConfig{Publisher: DialConfig{URL: b.URL()}, Room: "open", Run: "x", Deadline: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := l.Carry(context.Background(), world(1, 3)[0]); !errors.Is(err, ErrLost) {
		t.Errorf("an anonymous client published in a run: %v", err)
	}
}

func TestTwoRunsDoNotHearEachOther(t *testing.T) {
	b := mustBroker(t, Config{})
	one := mustLockstep(t, LockstepConfig{Publisher: runDial(t, b, "one"), Run: "one"})
	two := mustLockstep(t, LockstepConfig{Publisher: runDial(t, b, "two"), Run: "two"})
	done := make(chan string)
	go func() {
		in, out := carryAll(t, two.Carry, world(20, 30))
		done <- fmt.Sprint(in == out)
	}()
	if in, out := carryAll(t, one.Carry, world(20, 45)); in != out {
		t.Errorf("digest over MQTT %s, direct %s", out, in)
	}
	if same := <-done; same != "true" {
		t.Error("the second run's digest differs from its direct one")
	}
	if d := one.Stats().Duplicates + two.Stats().Duplicates; d != 0 {
		t.Errorf("%d foreign messages heard", d)
	}
}

func TestDialSaysWhatToDo(t *testing.T) {
	b := mustBroker(t, Config{})
	for name, c := range map[string]struct {
		cfg  DialConfig
		want string
	}{
		"nobody there":   {DialConfig{URL: "tcp://127.0.0.1:1"}, "tcp://127.0.0.1:1: connection refused: start one with sealab serve"},
		"not a URL":      {DialConfig{URL: "127.0.0.1"}, "write it like tcp://127.0.0.1:1883"},
		"unknown scheme": {DialConfig{URL: "http://127.0.0.1:80"}, "use tcp, tls, ws or wss"},
		"wrong password": {DialConfig{URL: b.URL(), User: "nobody", Password: "secret"}, "give user and password"},
	} {
		_, err := Dial(context.Background(), c.cfg)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: got %v, want %q in it", name, err, c.want)
		}
	}
}

func BenchmarkLockstep(b *testing.B) {
	for _, events := range []int{3, 30, 3000} {
		b.Run(fmt.Sprint(events), func(b *testing.B) {
			broker := mustBroker(b, Config{})
			l := mustLockstep(b, LockstepConfig{Publisher: runDial(b, broker, "bench"), Run: "bench"})
			batch := world(1, events)[0]
			b.ResetTimer()
			for b.Loop() {
				if _, err := l.Carry(context.Background(), batch); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*len(batch.Events))/b.Elapsed().Seconds(), "events/s")
		})
	}
}
