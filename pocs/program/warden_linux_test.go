package program

import (
	"bufio"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestAKilledHubLeavesNothing: neither a program nor what it started, nor the warden, outlives a hub that is killed.
func TestAKilledHubLeavesNothing(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	hub := exec.Command(self, "program", "hub")
	out, err := hub.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := hub.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	pids := strings.Fields(line)
	if len(pids) != 3 {
		t.Fatalf("want a program, its child and the warden, got %q", line)
	}
	if err := hub.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = hub.Wait()
	var left []string
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(time.Millisecond) {
		all := processes()
		left = left[:0]
		for _, text := range pids {
			pid, _ := strconv.Atoi(text)
			if _, there := all[pid]; there {
				left = append(left, text)
			}
		}
		folders, err := os.ReadDir(os.TempDir())
		if err == nil && len(left) == 0 && len(folders) == 0 {
			return
		}
	}
	folders, _ := os.ReadDir(os.TempDir())
	t.Errorf("of %v these are left: %v, and these folders: %v", pids, left, folders)
}
