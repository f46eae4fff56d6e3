package catalog

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"
)

// childEnv makes the test binary the process that is killed.
const childEnv = "SEALAB_CATALOG_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		child(dir)
	}
	os.Exit(m.Run())
}

// child saves runs and says so, one line each, until it is killed.
func child(dir string) {
	ctx := context.Background()
	s := must(Open(ctx, dir))
	begun := sample(0)
	begun.ID = "r-begun"
	if err := s.Begin(ctx, begun); err != nil {
		panic(err)
	}
	for i := 1; i < 100_000; i++ {
		if err := s.SaveRun(ctx, sample(i)); err != nil {
			panic(err)
		}
		fmt.Println(sample(i).ID)
	}
	os.Exit(3) // nobody killed it
}

// TestKilledProcessLosesNothingItSaved: kill -9 in the midst of saving; what was said to be saved is there, and whole.
func TestKilledProcessLosesNothingItSaved(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	dir := t.TempDir()
	saved := mustKillAfter(t, ctx, dir, 40)
	s := mustOpen(t, dir)
	for _, id := range saved {
		if list, err := s.VerifyStored(ctx, id); err != nil || len(list) > 0 {
			t.Errorf("%s, which was saved: %v, %v", id, list, err)
		}
	}
	rows := must(s.Runs(ctx, Query{State: Done}))
	for _, r := range rows {
		if list, err := s.VerifyStored(ctx, r.ID); err != nil || len(list) > 0 {
			t.Errorf("%s, saved when it was killed: %v, %v", r.ID, list, err)
		}
	}
	if n := len(rows) - len(saved); n < 0 || n > 10_000 {
		t.Errorf("%d runs are stored, %d were said to be", len(rows), len(saved))
	}
	if rows := must(s.Runs(ctx, Query{State: Interrupted})); len(rows) != 1 || rows[0].ID != "r-begun" || rows[0].Reason == "" {
		t.Errorf("interrupted runs are %+v, want r-begun with a reason", rows)
	}
}

// mustKillAfter kills the child when it has said lines, and gives all it said. While it lives, its running run is not
// taken for a dead one's by who opens the store too.
func mustKillAfter(tb testing.TB, ctx context.Context, dir string, lines int) (said []string) {
	tb.Helper()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+dir)
	cmd.Stderr = os.Stderr
	out := must(cmd.StdoutPipe())
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	for scan := bufio.NewScanner(out); scan.Scan(); {
		said = append(said, scan.Text())
		if len(said) == lines/2 {
			other := must(Open(ctx, dir))
			if n := must(other.CountRuns(ctx, Query{State: Running})); n != 1 {
				tb.Errorf("%d runs are running while the process lives, want 1", n)
			}
			other.Close()
		}
		if len(said) == lines {
			cmd.Process.Kill()
		}
	}
	cmd.Wait()
	if len(said) < lines {
		tb.Fatalf("the child said %d lines, want %d", len(said), lines)
	}
	return said
}

// TestReadersAndWriters: two stores on one directory, two writers and four readers at once, and nobody is turned away.
func TestReadersAndWriters(t *testing.T) {
	const each = 30
	ctx, dir := context.Background(), t.TempDir()
	stores := []*Store{mustOpen(t, dir), mustOpen(t, dir)}
	written := make(chan struct{})
	var writers, all sync.WaitGroup
	for w, s := range stores {
		writers.Go(func() {
			for i := range each {
				if err := s.SaveRun(ctx, sample(w*each+i)); err != nil {
					t.Errorf("writer %d: %v", w, err)
				}
			}
		})
	}
	for n := range 4 {
		all.Go(func() {
			for done, seen := false, 0; !done; {
				select {
				case <-written:
					done = true // once more, to see the last
				default:
				}
				if seen = readAll(t, stores[n%2], seen); done && seen != 2*each {
					t.Errorf("reader %d saw %d runs at last, want %d", n, seen, 2*each)
				}
			}
		})
	}
	writers.Wait()
	close(written)
	all.Wait()
}

// readAll reads the newest run, verifies it and counts: never fewer than were seen before.
func readAll(t *testing.T, s *Store, seen int) int {
	ctx := context.Background()
	n, err := s.CountRuns(ctx, Query{})
	if err != nil || n < seen {
		t.Errorf("%d runs after %d: %v", n, seen, err)
	}
	rows, err := s.Runs(ctx, Query{Limit: 1, Measures: []string{"recall"}})
	if err != nil {
		t.Error(err)
	}
	for _, r := range rows {
		if list, err := s.VerifyStored(ctx, r.ID); err != nil || len(list) > 0 || *r.Values["recall"] != 1 {
			t.Errorf("%s, just written: %v, %v", r.ID, list, err)
		}
	}
	return n
}

func TestRunsThatWereNotFinished(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	s := mustOpen(t, dir)
	for i := range 4 {
		if err := s.Begin(ctx, sample(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Begin(ctx, sample(1)); !errors.Is(err, ErrExists) {
		t.Errorf("begun twice: got error %v, want ErrExists", err)
	}
	if _, err := s.VerifyStored(ctx, "r-00000001"); !errors.Is(err, ErrUnfinished) {
		t.Errorf("verify a running run: got error %v, want ErrUnfinished", err)
	}
	if err := errors.Join(s.Finish(ctx, sample(0)), s.Interrupt(ctx, "r-00000001", "called off"), s.DeleteRun(ctx, "r-00000003")); err != nil {
		t.Fatal(err)
	}
	if err := s.Interrupt(ctx, "r-00000000", "too late"); !errors.Is(err, ErrNotFound) {
		t.Errorf("interrupt a finished run: got error %v, want ErrNotFound", err)
	}
	if err := s.Finish(ctx, sample(9)); !errors.Is(err, ErrNotFound) {
		t.Errorf("finish a run that was not begun: got error %v, want ErrNotFound", err)
	}
	s.Close()
	s = mustOpen(t, dir)
	states := map[string]string{}
	for _, r := range must(s.Runs(ctx, Query{})) {
		states[r.ID] = string(r.State) + " " + r.Reason
	}
	want := map[string]string{"r-00000000": "done ", "r-00000001": "interrupted called off",
		"r-00000002": "interrupted the process ended before the run did"}
	if fmt.Sprint(states) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", states, want)
	}
	mustSave(t, s, sample(2), sample(3)) // played after all; one of them was deleted meanwhile
	if n := must(s.CountRuns(ctx, Query{Deleted: true})); n != 1 {
		t.Errorf("%d runs are deleted, want the one that was deleted while it ran", n)
	}
	if list := must(s.VerifyStored(ctx, "r-00000002")); len(list) > 0 {
		t.Errorf("finished late: %v", list)
	}
}
