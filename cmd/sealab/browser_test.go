// TestBuildsForBrowser compiles what must run in a browser for it: all that is pure, the lists, and the command's core.
package main

import (
	"os"
	"os/exec"
	"testing"
)

func TestBuildsForBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles for another platform")
	}
	args := []string{"build", "-o", os.DevNull}
	for _, room := range append(MustRooms(t), "cmd/sealab") {
		if isPure(room) || room == "pocs/all" {
			args = append(args, "./"+room)
		}
	}
	for _, list := range [][]string{args, {"build", "-o", os.DevNull, "./cmd/sealab"}} {
		build := exec.Command("go", list...)
		build.Dir = moduleRoot
		build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
		if out, err := build.CombinedOutput(); err != nil {
			t.Errorf("build for js/wasm: %v\n%s", err, lastLines(string(out), 20))
		}
	}
}
