package program

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// inScratch plays a program in a folder of its own.
func inScratch(t *testing.T, c *Command, limits Limits) (reason string, log []string) {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	var out bytes.Buffer
	p := PoC(context.Background(), c, Config{Challenge: "seals", Limits: limits, Log: &out, Scratch: true})
	r, err := small(t, &p, "northern-corridor", tiny).Play(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if list, err := os.ReadDir(os.TempDir()); err != nil || len(list) > 0 {
		t.Errorf("after the run there is still %v (%v)", list, err)
	}
	return r.Reason, strings.Fields(out.String())
}

func TestScratchIsFreshAndGoes(t *testing.T) {
	reason, log := inScratch(t, stand(t, "tells its folder"), strict())
	if len(log) != 4 || filepath.Dir(log[0]) != os.TempDir() || log[1] != log[0] || log[2] != log[0] || log[3] != "0" {
		t.Errorf("want a folder, twice more as HOME and TMPDIR, and nothing in it, got %v: %s", log, reason)
	}
}

func TestScratchIsWatched(t *testing.T) {
	limits := strict()
	limits.ScratchBytes = 8 << 20
	if reason, _ := inScratch(t, stand(t, "fills its folder"), limits); !strings.HasPrefix(reason, "detector_flood: answer: its scratch folder") {
		t.Errorf("got %q, want that its folder is too full", reason)
	}
}

// TestScratchFindsItsFiles: a command is written as seen from the folder of whoever gives it.
func TestScratchFindsItsFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("mine.sh", []byte("echo started >&2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := ParseCommand("sh mine.sh")
	if err != nil {
		t.Fatal(err)
	}
	if reason, log := inScratch(t, c, strict()); len(log) != 1 || log[0] != "started" {
		t.Errorf("got %v: %s", log, reason)
	}
}

// TestChangedProgramsAreNotRun: a run bears the name of the files that were read, and of no others.
func TestChangedProgramsAreNotRun(t *testing.T) {
	t.Chdir(t.TempDir())
	write := func(text string) {
		if err := os.WriteFile("mine.sh", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("exit 3\n")
	c, err := ParseCommand("sh mine.sh")
	if err != nil {
		t.Fatal(err)
	}
	if r, _ := play(t, c, strict()); !strings.HasPrefix(r.Reason, "detector_died: ready: it ended: exit status 3") {
		t.Errorf("got %q, want that it ended", r.Reason)
	}
	write("exit 4\n")
	if r, _ := play(t, c, strict()); !strings.HasPrefix(r.Reason, "detector_changed: the files of sh mine.sh") {
		t.Errorf("got %q, want that it was changed", r.Reason)
	}
}
