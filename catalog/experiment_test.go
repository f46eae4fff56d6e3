package catalog

import (
	"context"
	"crypto/rand"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

func sampleExperiment(id string) *Experiment {
	return &Experiment{ID: id, Room: DefaultRoom, Name: "gates", Question: "Does a wider gate pay?", File: "arms: [kalman, rules]\n",
		Hash: "sha256:00", State: Draft, Created: day0}
}

func experimentIDs(tb testing.TB, s *Store, q ExperimentQuery) string {
	tb.Helper()
	var list []string
	for _, e := range must(s.Experiments(context.Background(), q)) {
		list = append(list, strings.TrimPrefix(e.ID, "x-"))
	}
	if n := must(s.CountExperiments(context.Background(), q)); q.Limit == 0 && n != len(list) {
		tb.Errorf("%+v: counted %d, listed %d", q, n, len(list))
	}
	return strings.Join(list, " ")
}

func TestExperimentComesBack(t *testing.T) {
	ctx, s := context.Background(), mustOpen(t, t.TempDir())
	want := sampleExperiment(must(NewExperimentID(day0, rand.Reader)))
	if !strings.HasPrefix(want.ID, "x-") || len(want.ID) != 18 {
		t.Errorf("id %q", want.ID)
	}
	if err := s.SaveExperiment(ctx, want); err != nil {
		t.Fatal(err)
	}
	if got := must(s.Experiment(ctx, want.ID)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if err := s.SaveExperiment(ctx, want); !errors.Is(err, ErrExists) {
		t.Errorf("saved twice: %v", err)
	}
	mustSave(t, s, sample(1), sample(2))
	for _, l := range []Link{{"kalman", "port", 1, "r-00000001"}, {"kalman", "port", 2, "r-00000001"}, {"kalman", "port", 2, "r-00000002"}} {
		if err := s.LinkRun(ctx, want.ID, l); err != nil {
			t.Fatal(err)
		}
	}
	want.State, want.Commit, want.Finished, want.Runs = Done, "abc", day0.Add(time.Hour), 2
	if err := s.SetExperimentState(ctx, want); err != nil {
		t.Fatal(err)
	}
	if got := must(s.Experiment(ctx, want.ID)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	links := must(s.Links(ctx, want.ID))
	if !reflect.DeepEqual(links, []Link{{"kalman", "port", 1, "r-00000001"}, {"kalman", "port", 2, "r-00000002"}}) {
		t.Errorf("links %+v", links)
	}
	if b := must(s.Beside(ctx, "r-00000002", "r-none")); len(b) != 1 || b["r-00000002"].Experiments[0] != want.ID {
		t.Errorf("beside the run %+v", b)
	}
}

func TestExperimentsAreFoundAndPutAside(t *testing.T) {
	ctx, s := context.Background(), mustOpen(t, t.TempDir())
	for i, id := range []string{"x-1", "x-2", "x-3"} {
		e := sampleExperiment(id)
		e.Created = day0.Add(time.Duration(i) * time.Hour)
		if i == 1 {
			e.Name, e.Hash, e.State = "100% of Seals", "sha256:11", Done
		}
		if err := s.SaveExperiment(ctx, e); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(s.AddTag(ctx, "x-3", "pilot"), s.DeleteExperiment(ctx, "x-1"), s.DeleteExperiment(ctx, "x-1")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		q    ExperimentQuery
		want string
	}{
		{ExperimentQuery{}, "3 2"}, {ExperimentQuery{Limit: 1, Offset: 1}, "2"}, {ExperimentQuery{Deleted: true}, "1"},
		{ExperimentQuery{State: Done}, "2"}, {ExperimentQuery{Hash: "sha256:00"}, "3"}, {ExperimentQuery{Tag: "pilot"}, "3"},
		{ExperimentQuery{Text: "100% OF"}, "2"}, {ExperimentQuery{Text: "KALMAN, r"}, "3 2"}, {ExperimentQuery{Room: "guests"}, ""},
	} {
		if got := experimentIDs(t, s, c.q); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.q, got, c.want)
		}
	}
	if _, err := s.Experiment(ctx, "x-1"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a deleted one is read: %v", err)
	}
	if err := s.UndeleteExperiment(ctx, "x-1"); err != nil {
		t.Fatal(err)
	}
	if got := experimentIDs(t, s, ExperimentQuery{}); got != "3 2 1" {
		t.Errorf("taken back: %q", got)
	}
}

// TestRunningExperimentIsInterrupted: the process that ran it ended, and the next one says so.
func TestRunningExperimentIsInterrupted(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	s := mustOpen(t, dir)
	e := sampleExperiment("x-1")
	e.State = Running
	if err := s.SaveExperiment(ctx, e); err != nil {
		t.Fatal(err)
	}
	s.Close()
	got := must(mustOpen(t, dir).Experiment(ctx, "x-1"))
	if got.State != Interrupted || got.Reason != "the process ended before the experiment did" {
		t.Errorf("state %s, reason %q", got.State, got.Reason)
	}
}

// TestTagsOutliveFinish: a run's row is replaced when it is finished; what was written on it meanwhile stays.
func TestTagsOutliveFinish(t *testing.T) {
	ctx, s := context.Background(), mustOpen(t, t.TempDir())
	r := sample(1)
	if err := errors.Join(s.Begin(ctx, r), s.AddTag(ctx, r.ID, " pilot "), s.SetNote(ctx, r.ID, "look here"), s.Finish(ctx, r)); err != nil {
		t.Fatal(err)
	}
	if b := must(s.Beside(ctx, r.ID))[r.ID]; b.Note != "look here" || len(b.Tags) != 1 || b.Tags[0] != "pilot" {
		t.Errorf("beside the run %+v", b)
	}
	if err := errors.Join(s.SetNote(ctx, r.ID, " "), s.RemoveTag(ctx, r.ID, "pilot")); err != nil {
		t.Fatal(err)
	}
	if b := must(s.Beside(ctx, r.ID)); len(b) != 0 {
		t.Errorf("beside the run %+v", b)
	}
	if list := must(s.VerifyStored(ctx, r.ID)); len(list) != 0 {
		t.Errorf("the record is altered: %v", list)
	}
}
