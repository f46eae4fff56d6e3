package mqtt

import (
	"bufio"
	"context"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// mustTool returns the path of a program. It must be there in CI; elsewhere the test is skipped without it.
func mustTool(tb testing.TB, name string) string {
	tb.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("CI") == "true" {
		tb.Fatalf("%s is missing: install mosquitto-clients", name)
	}
	tb.Skipf("%s is not installed", name)
	return ""
}

// TestMosquittoClients lets somebody else's programs read and write the open room.
func TestMosquittoClients(t *testing.T) {
	sub, pub := mustTool(t, "mosquitto_sub"), mustTool(t, "mosquitto_pub")
	for _, version := range []string{"311", "5"} {
		t.Run(version, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			defer cancel()
			b := mustBroker(t, Config{})
			host, port, _ := strings.Cut(b.Addr(), ":")
			at := []string{"-h", host, "-p", port, "-V", version, "-q", "1"}

			listener := exec.CommandContext(ctx, sub, append(at, "-t", "sealab/v1/#", "-v", "-C", "2")...)
			out, err := listener.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := listener.Start(); err != nil {
				t.Fatal(err)
			}
			until(t, "it has subscribed", func() bool { return b.server.Info.Clone().Subscriptions > 0 })

			for topic, want := range map[string]bool{
				"sealab/v1/open/run/r/finding":  false,
				"sealab/v1/east/seal/A-1/tele":  false,
				"sealab/v1/open/seal/A-1/tele":  true,
				"sealab/v1/open/seal/A-1/state": true,
			} {
				before := b.Stats().RefusedPublishes
				err := exec.CommandContext(ctx, pub, append(at, "-t", topic, "-m", "hello")...).Run()
				if refused := b.Stats().RefusedPublishes != before; refused == want {
					t.Errorf("mosquitto_pub to %s: %v, refused is %v, allowed is %v", topic, err, refused, want)
				}
			}
			for lines := bufio.NewScanner(out); lines.Scan(); {
				if line := lines.Text(); !strings.HasPrefix(line, "sealab/v1/open/seal/A-1/") || !strings.HasSuffix(line, " hello") {
					t.Errorf("mosquitto_sub printed %q", line)
				}
			}
			if err := listener.Wait(); err != nil {
				t.Errorf("mosquitto_sub: %v", err)
			}
			refused := exec.CommandContext(ctx, sub, append(at, "-t", "sealab/v1/east/#", "-C", "1")...)
			if text, err := refused.CombinedOutput(); !strings.Contains(string(text), "denied") {
				t.Errorf("mosquitto_sub may subscribe to another room: %s, %v", text, err)
			}
		})
	}
}

// TestLockstepThroughMosquitto carries a run through somebody else's broker.
func TestLockstepThroughMosquitto(t *testing.T) {
	path := mustTool(t, "mosquitto")
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := free.Addr().String()
	free.Close()
	_, port, _ := net.SplitHostPort(addr)
	server := exec.Command(path, "-p", port) // without a file it stands on loopback only
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Process.Kill()
		server.Wait() // only to let it go
	})
	until(t, "mosquitto answers", func() bool {
		c, err := net.Dial("tcp", addr)
		if err == nil {
			c.Close()
		}
		return err == nil
	})
	l := mustLockstep(t, LockstepConfig{Publisher: DialConfig{URL: "tcp://" + addr}, Run: NewID()})
	if in, out := carryAll(t, l.Carry, append(world(10, 60), world(1, 4000)...)); in != out {
		t.Errorf("digest over MQTT %s, direct %s", out, in)
	}
	if s := l.Stats(); s.Duplicates+s.Malformed != 0 {
		t.Errorf("stats %+v", s)
	}
}
