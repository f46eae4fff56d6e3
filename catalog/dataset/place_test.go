package dataset

// This file tests that folders are there whole or not at all, and that nobody loses what he had.

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sealab/sim"
	"sealab/sim/worlds"
)

func write(t testing.TB, dir string, list map[string]string) {
	t.Helper()
	for name, text := range list {
		place := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(place, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// filling writes files into a draft.
func filling(t testing.TB, list map[string]string) func(string) error {
	return func(draft string) error {
		write(t, draft, list)
		return nil
	}
}

func TestPlace(t *testing.T) {
	broken := errors.New("broken")
	mine := map[string]string{"mine.txt": "mine", "notes/README.md": "mine too"}
	old := map[string]string{"manifest.json": "old", "messages.ndjson": "old", "seed-3/truth.json": "old"}
	made := map[string]string{"manifest.json": "new", "truth.json": "new", "seed-4/truth.json": "new"}
	with := func(lists ...map[string]string) map[string]string {
		all := map[string]string{}
		for _, list := range lists {
			maps.Copy(all, list)
		}
		return all
	}
	for name, c := range map[string]struct {
		before map[string]string // nil: the folder is not there
		force  bool
		fill   error
		want   error
		after  map[string]string // nil: as before
	}{
		"new":              {nil, false, nil, nil, made},
		"new, failed":      {nil, false, broken, broken, nil},
		"empty":            {with(), false, nil, nil, made},
		"empty, failed":    {with(), false, broken, broken, nil},
		"there":            {old, false, nil, ErrNotEmpty, nil},
		"mine":             {mine, false, nil, ErrNotEmpty, nil},
		"forced":           {with(old, mine), true, nil, nil, with(made, mine)},
		"forced, failed":   {with(old, mine), true, broken, broken, nil},
		"forced on mine":   {mine, true, nil, nil, with(made, mine)},
		"not ours":         {map[string]string{"README.md": "of a project", "main.go": ""}, true, nil, ErrNotOurs, nil},
		"given up halfway": {map[string]string{".manifest.json.old": "old", "truth.json": "old"}, true, nil, nil, made},
	} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			dir := filepath.Join(parent, "set")
			if c.before != nil {
				if err := os.Mkdir(dir, 0o755); err != nil {
					t.Fatal(err)
				}
				write(t, dir, c.before)
			}
			err := Place(dir, c.force, manifestName, func(draft string) error {
				if strings.HasPrefix(filepath.Base(draft), ".") {
					write(t, draft, made)
				}
				return c.fill
			})
			if !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			want := c.after
			if want == nil {
				want = c.before
			}
			if want == nil {
				nothing(t, parent)
				return
			}
			if got := tree(t, dir); !maps.Equal(got, want) {
				t.Errorf("the folder holds %v, want %v", got, want)
			}
			if list, err := os.ReadDir(parent); err != nil || len(list) != 1 {
				t.Errorf("beside it lies %v, %v", list, err)
			}
		})
	}
}

// TestPlaceHere: a folder may be named by a dot, and stays the one that somebody stands in.
func TestPlaceHere(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	before, err := os.Stat(".")
	if err != nil {
		t.Fatal(err)
	}
	if err := Place(".", false, manifestName, filling(t, map[string]string{"manifest.json": "new"})); err != nil {
		t.Fatal(err)
	}
	after, err := os.Stat(dir)
	if err != nil || !os.SameFile(before, after) {
		t.Errorf("the folder is another: %v", err)
	}
	if got := tree(t, "."); len(got) != 1 || got["manifest.json"] != "new" {
		t.Errorf("it holds %v", got)
	}
	if err := Place("nosuch/set", false, manifestName, filling(t, nil)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder in none: %v", err)
	}
}

// TestHalfMovedIsNotWhole: where the moving itself breaks off, the file that says that all is there is not.
func TestHalfMovedIsNotWhole(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"manifest.json": "old", "truth.json": "old", "zz/mine.txt": "in the way of a file"})
	err := Place(dir, true, manifestName, filling(t, map[string]string{"manifest.json": "new", "truth.json": "new", "zz": "cannot be moved"}))
	if err == nil {
		t.Fatal("nothing was in the way")
	}
	got := tree(t, dir)
	if _, there := got[manifestName]; there || got["zz/mine.txt"] == "" {
		t.Errorf("it holds %v after %v", got, err)
	}
	if err := Place(dir, true, manifestName, filling(t, map[string]string{"manifest.json": "third"})); err != nil {
		t.Errorf("it cannot be made whole: %v", err)
	}
	if got := tree(t, dir); got[manifestName] != "third" || got["truth.json"] != "" || len(got) != 2 {
		t.Errorf("it holds %v", got)
	}
}

// childEnv makes the test binary the process that is killed while it makes a dataset.
const childEnv = "SEALAB_DATASET_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		child(dir)
	}
	os.Exit(m.Run())
}

// child makes a dataset up to its middle, says so, and waits to be killed.
func child(dir string) {
	sc := sim.Find(worlds.All, "land-bridge")
	set, err := sim.Resolve("setting", sc.Settings, map[string]string{"seals": "10", "span_days": "5", "attacks": "1", "report_interval_s": "3600"})
	if err != nil {
		panic(err)
	}
	s := Spec{Challenge: "seals", Scenario: *sc, Settings: set, Seeds: []uint64{1}}
	s.Progress = func(fraction float64, _ string) {
		if fraction > 0.5 {
			fmt.Println("half")
			_, _ = io.Copy(io.Discard, os.Stdin) // which nobody closes
		}
	}
	_, err = Make(context.Background(), s, dir, true, nil)
	panic(fmt.Sprint("nobody killed it: ", err))
}

// TestKilledHalfWay: kill -9 in the midst leaves no folder where there was none, and an earlier dataset as it was. What it
// has left hidden goes with the next one, which an empty folder that was there before takes too.
func TestKilledHalfWay(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for _, name := range []string{"new", "replaced", "empty"} {
		parent := t.TempDir()
		dir := filepath.Join(parent, "set")
		old := map[string]string{"manifest.json": "old", "messages.ndjson": "old"}
		if name != "new" {
			if err := os.Mkdir(dir, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		if name == "replaced" {
			write(t, dir, old)
		}
		cmd := exec.CommandContext(ctx, os.Args[0])
		cmd.Env = append(os.Environ(), childEnv+"="+dir)
		cmd.Stderr = os.Stderr
		hold, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		defer hold.Close()
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(out).ReadString('\n'); line != "half\n" {
			t.Fatalf("the child said %q, %v", line, err)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it says that it was killed
		if name == "new" {
			if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: there is a folder: %v", name, err)
			}
		} else if name == "replaced" {
			for file, text := range old {
				if got, err := os.ReadFile(filepath.Join(dir, file)); err != nil || string(got) != text {
					t.Errorf("%s: %s is %q, %v", name, file, got, err)
				}
			}
		}
		for file := range tree(t, parent) {
			if strings.HasSuffix(file, "/"+manifestName) && file != "set/"+manifestName {
				t.Errorf("%s: half a dataset has %s, and so looks whole", name, file)
			}
		}
		if hidden(t, parent) == 0 {
			t.Errorf("%s: the draft of the killed one was nowhere", name)
		}
		if _, err := Make(ctx, spec(t, "land-bridge", 2), dir, name == "replaced", nil); err != nil {
			t.Errorf("%s: the next one fails: %v", name, err)
		}
		if n := hidden(t, parent); n > 0 {
			t.Errorf("%s: %d hidden files are left after the next one", name, n)
		}
	}
}

// hidden counts the files below hidden folders.
func hidden(t *testing.T, root string) (n int) {
	t.Helper()
	for file := range tree(t, root) {
		if strings.HasPrefix(file, ".") || strings.Contains(file, "/.") {
			n++
		}
	}
	return n
}

// TestDraftsOfTheLivingStay: while one makes a dataset, another beside it takes neither its draft away nor what else is
// hidden there.
func TestDraftsOfTheLivingStay(t *testing.T) {
	parent := t.TempDir()
	mine := map[string]string{".sealab-notes/mine.txt": "mine", ".sealab-file": "mine", ".other/truth.json": "mine"}
	write(t, parent, mine)
	err := Place(filepath.Join(parent, "first"), false, manifestName, func(draft string) error {
		write(t, draft, map[string]string{"truth.json": "first"})
		return errors.Join(
			Place(filepath.Join(parent, "second"), false, manifestName, filling(t, map[string]string{"manifest.json": "second"})),
			filling(t, map[string]string{"manifest.json": "first"})(draft))
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"first/truth.json": "first", "first/manifest.json": "first", "second/manifest.json": "second"}
	maps.Copy(want, mine)
	if got := tree(t, parent); !maps.Equal(got, want) {
		t.Errorf("there is %v, want %v", got, want)
	}
}
