package mqtt

import (
	"context"
	"runtime"
	"testing"
)

// TestNothingIsLeftBehind runs several brokers and runs, and counts goroutines afterwards.
func TestNothingIsLeftBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 3 {
		b, err := Start(Config{Addr: "127.0.0.1:0"})
		if err != nil {
			t.Fatal(err)
		}
		g, _ := RunGrant("open", "r")
		if _, err := b.Grant(g); err != nil {
			t.Fatal(err)
		}
		l, err := NewLockstep(context.Background(), LockstepConfig{
			Publisher: DialConfig{URL: b.URL(), User: g.User, Password: g.Password}, Room: "open", Run: "r",
		})
		if err != nil {
			t.Fatal(err)
		}
		if in, out := carryAll(t, l.Carry, world(2, 100)); in != out {
			t.Errorf("digest over MQTT %s, direct %s", out, in)
		}
		l.Close()
		if err := b.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}
	until(t, "their goroutines have ended", func() bool { return runtime.NumGoroutine() <= before })
}
