package program

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestADaemonIsNotLeft: also what has left the session, and whose parents were gone before anybody looked, is found.
func TestADaemonIsNotLeft(t *testing.T) {
	var log strings.Builder
	p, err := start(context.Background(), stand(t, "daemon"), &Config{Limits: strict(), Log: &log}, "")
	if err != nil {
		t.Fatal(err)
	}
	_, fault := p.exchange([]byte(`{"forms":["rows"]}` + "\n"))
	p.close()
	pid, err := strconv.Atoi(strings.TrimSpace(log.String()))
	if fault != nil || err != nil {
		t.Fatalf("%v, %v, log %q", fault, err, log.String())
	}
	for range 1000 { // a killed process is not gone at once
		if _, there := processes()[pid]; !there {
			return
		}
		time.Sleep(time.Millisecond)
	}
	killOne(pid)
	t.Error("the daemon is left")
}

// TestStatWithOddNames: a process may be called anything, also what looks like the fields behind its name.
func TestStatWithOddNames(t *testing.T) {
	rest := " 7 40 41 0 -1 4194560 1 0 0 0 5 3 0 0 20 0 1 0 98765 1000 3 18446744073709551615 1"
	for name, ok := range map[string]bool{"12 (sh) S": true, "12 (a) R 1 (b)) S": true, "12 () D": true, "12 (sh) Z": false, "12 (sh) X": false} {
		s, got := parseStat([]byte(name + rest))
		if got != ok || ok && (s.parent != 7 || s.session != 41 || s.start != 98765 || s.bytes == 0) {
			t.Errorf("%s: got %+v, %v", name, s, got)
		}
	}
	if _, ok := parseStat([]byte("12 (sh) S 1 2")); ok {
		t.Error("a line that ends early was taken")
	}
}
