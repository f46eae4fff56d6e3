package catalog

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"sealab/pocs"
)

// ids gives the runs' numbers in the order in which a query lists them.
func ids(tb testing.TB, s *Store, q Query) string {
	tb.Helper()
	var list []string
	for _, r := range must(s.Runs(context.Background(), q)) {
		list = append(list, strings.TrimLeft(r.ID, "r-0"))
	}
	return strings.Join(list, " ")
}

func mustFive(tb testing.TB) *Store {
	tb.Helper()
	ctx, s := context.Background(), mustOpen(tb, tb.TempDir())
	for i := 1; i <= 5; i++ {
		r := sample(i)
		r.Seed = uint64(2000 + i%2)
		r.Score.Values["score_balanced"] = number(float64(i * 7 % 10)) // 7 4 1 8 5
		switch i {
		case 2:
			r.PoC, r.Score.Values["score_balanced"] = "kalman", nil
		case 3:
			r.Reason, r.Verdict, r.Score = "detector_timeout: 100% of 5_000 ms", pocs.Unknown, pocs.Score{}
		case 4:
			r.Scenario, r.Verdict = "port", pocs.Fail
		}
		mustSave(tb, s, r)
	}
	six := sample(6)
	six.Seed = 7
	if err := errors.Join(s.Begin(ctx, six), s.DeleteRun(ctx, "r-00000005")); err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestQuery(t *testing.T) {
	s := mustFive(t)
	seed := uint64(2000)
	for _, c := range []struct {
		q     Query
		want  string
		total int
	}{
		{Query{}, "6 4 3 2 1", 5},
		{Query{Limit: 2}, "6 4", 5},
		{Query{Limit: 2, Offset: 2}, "3 2", 5},
		{Query{Offset: 4}, "1", 5},
		{Query{Ascending: true}, "1 2 3 4 6", 5},
		{Query{Room: "guests"}, "", 0},
		{Query{Deleted: true}, "5", 1},
		{Query{PoC: "kalman"}, "2", 1},
		{Query{Scenario: "port"}, "4", 1},
		{Query{Seed: &seed}, "4 2", 2},
		{Query{State: Running}, "6", 1},
		{Query{State: Failed}, "3", 1},
		{Query{Verdict: pocs.Fail}, "4", 1},
		{Query{Text: "KALM"}, "2", 1},
		{Query{Text: "00% of 5_0"}, "3", 1},
		{Query{Text: "%"}, "3", 1},
		{Query{Text: `\`}, "", 0},
		{Query{Text: "r-00000004"}, "4", 1},
		{Query{Text: "'; DROP TABLE run; --"}, "", 0},
		{Query{Order: "score_balanced"}, "4 1 6 3 2", 5},
		{Query{Order: "score_balanced", Ascending: true}, "1 4 2 3 6", 5},
		{Query{Order: "poc", Ascending: true}, "2 1 3 4 6", 5},
		{Query{Order: "no such measure"}, "6 4 3 2 1", 5},
	} {
		if got := ids(t, s, c.q); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.q, got, c.want)
		}
		if got := must(s.CountRuns(context.Background(), c.q)); got != c.total {
			t.Errorf("%+v: got %d in all, want %d", c.q, got, c.total)
		}
	}
}

func TestRow(t *testing.T) {
	s, want := mustOpen(t, t.TempDir()), sample(1)
	mustSave(t, s, want)
	rows := must(s.Runs(context.Background(), Query{Measures: []string{"f1", "check_cost", "fame"}}))
	if len(rows) != 1 {
		t.Fatalf("got %d rows", len(rows))
	}
	w := Row{ID: want.ID, Room: want.Room, Challenge: want.Challenge, PoC: want.PoC, Scenario: want.Scenario, Seed: want.Seed,
		Carrier: want.Carrier, Commit: want.Commit, State: Done, Claim: want.Claim, Verdict: want.Verdict,
		Readings: want.Readings, Findings: len(want.Findings), Counts: want.Score.Counts, Digest: want.Digest,
		Started: want.Started, Elapsed: want.Elapsed,
		Values: map[string]*float64{"f1": want.Score.Values["f1"], "check_cost": nil, "fame": nil}}
	if !reflect.DeepEqual(rows[0], w) {
		t.Errorf("got\n%+v\nwant\n%+v", rows[0], w)
	}
}

func TestDeleteAndUndelete(t *testing.T) {
	ctx, s := context.Background(), mustOpen(t, t.TempDir())
	mustSave(t, s, sample(1))
	id := "r-00000001"
	if err := errors.Join(s.DeleteRun(ctx, id), s.DeleteRun(ctx, id)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Run(ctx, id); !errors.Is(err, ErrNotFound) {
		t.Errorf("read a deleted run: got error %v, want ErrNotFound", err)
	}
	if _, found, _ := s.FindRun(ctx, IdentityOf(sample(1))); found {
		t.Error("a deleted run was found by its identity")
	}
	if err := s.UndeleteRun(ctx, id); err != nil {
		t.Fatal(err)
	}
	if got := must(s.Run(ctx, id)); !reflect.DeepEqual(got, sample(1)) {
		t.Errorf("came back as %+v", got)
	}
	if list := must(s.VerifyStored(ctx, id)); len(list) > 0 {
		t.Errorf("came back altered: %v", list)
	}
	for what, err := range map[string]error{"delete": s.DeleteRun(ctx, "r-x"), "undelete": s.UndeleteRun(ctx, id)} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s what is not there: got error %v, want ErrNotFound", what, err)
		}
	}
}

// TestFindRun: a run is found by its identity, and by no other.
func TestFindRun(t *testing.T) {
	ctx, s := context.Background(), mustOpen(t, t.TempDir())
	failed := sample(1)
	failed.ID, failed.Reason = "r-failed", "detector_timeout"
	mustSave(t, s, failed)
	if _, found, err := s.FindRun(ctx, IdentityOf(failed)); found || err != nil {
		t.Errorf("a failed run was found (%v)", err)
	}
	mustSave(t, s, sample(1))
	want := IdentityOf(sample(1))
	want.Room = ""
	if id, found, err := s.FindRun(ctx, want); id != "r-00000001" || !found || err != nil {
		t.Errorf("got %s, %v, %v", id, found, err)
	}
	fields := reflect.TypeFor[Identity]()
	for i := range fields.NumField() {
		other := IdentityOf(sample(1))
		n := 100
		fill(reflect.ValueOf(&other).Elem().Field(i), &n)
		if id, found, err := s.FindRun(ctx, other); found || err != nil {
			t.Errorf("with another %s: found %s, %v", fields.Field(i).Name, id, err)
		}
	}
	if err := s.SaveRun(ctx, sample(1)); !errors.Is(err, ErrExists) {
		t.Errorf("saved twice: got error %v, want ErrExists", err)
	}
}

// TestDiffSeesEveryField alters each field of a run by reflection.
func TestDiffSeesEveryField(t *testing.T) {
	stored := &pocs.Run{}
	n := 0
	fillRun(stored, &n)
	again := &pocs.Run{}
	n = 0
	fillRun(again, &n)
	if list := Diff(stored, again); len(list) > 0 {
		t.Fatalf("equal runs differ: %v", list)
	}
	unseen := []string{"Run.ID", "Run.Room", "Run.Commit", "Run.Started", "Run.Elapsed"}
	vary(reflect.ValueOf(again).Elem(), "Run", func(path string) {
		list := Diff(stored, again)
		if expected := !slices.Contains(unseen, path); (len(list) > 0) != expected {
			t.Errorf("%s differs: got %v", path, list)
		}
	})
	again.Findings = append(again.Findings, pocs.Finding{Container: "X"})
	if list := Diff(stored, again); len(list) == 0 || !slices.ContainsFunc(list, func(a Altered) bool { return a.Record == "finding 3" }) {
		t.Errorf("a new finding: got %v", list)
	}
}

// vary changes one leaf of v after the other, calls see, and changes it back.
func vary(v reflect.Value, path string, see func(path string)) {
	switch {
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			vary(v.Index(i), fmt.Sprintf("%s[%d]", path, i), see)
		}
	case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]():
		for i := range v.NumField() {
			vary(v.Field(i), path+"."+v.Type().Field(i).Name, see)
		}
	case v.Kind() == reflect.Bool:
		v.SetBool(false)
		see(path)
		v.SetBool(true)
	default:
		before := reflect.New(v.Type()).Elem()
		before.Set(v)
		n := 10_000
		fill(v, &n)
		see(path)
		v.Set(before)
	}
}

func TestRunIDs(t *testing.T) {
	at := time.UnixMilli(1767571200000)
	if got := must(NewRunID(at, bytes.NewReader(make([]byte, 8)))); got != "r-1ke5q86000000000" {
		t.Errorf("got %s", got)
	}
	seen, last := map[string]bool{}, ""
	for i := range 2000 {
		id := mustID(t, at.Add(time.Duration(i/100)*time.Millisecond))
		if seen[id] || len(id) != 18 || checkID(id) != nil {
			t.Fatalf("id %s is not new or not of the right form", id)
		}
		if i%100 == 0 {
			if id <= last {
				t.Errorf("%s, made after %s, does not sort after it", id, last)
			}
			last = id[:11] + "zzzzzzz"
		}
		seen[id] = true
	}
	if _, err := NewRunID(at, iotest.ErrReader(errors.New("no chance"))); err == nil {
		t.Error("an id was made without chance")
	}
}

func TestRoomsThrowTheirOwnDice(t *testing.T) {
	ctx, s, other := context.Background(), mustOpen(t, t.TempDir()), mustOpen(t, t.TempDir())
	if err := addRoom(ctx, s.write, "guests"); err != nil {
		t.Fatal(err)
	}
	seen := map[uint64]string{}
	for name, seed := range map[string]uint64{
		"open": must(s.DiceSeed(ctx, "open", "ab", "c")), "other parts": must(s.DiceSeed(ctx, "", "a", "bc")),
		"no parts": must(s.DiceSeed(ctx, "")), "another room": must(s.DiceSeed(ctx, "guests", "ab", "c")),
		"another store": must(other.DiceSeed(ctx, "", "ab", "c")),
	} {
		if seed >= 1<<53 || seen[seed] != "" {
			t.Errorf("%s: seed %d is too large or that of %q", name, seed, seen[seed])
		}
		seen[seed] = name
	}
	if must(s.DiceSeed(ctx, "", "ab", "c")) != must(s.DiceSeed(ctx, "open", "ab", "c")) {
		t.Error("the default room is not open, or its dice change")
	}
	if _, err := s.DiceSeed(ctx, "attic"); !errors.Is(err, ErrNotFound) {
		t.Errorf("unknown room: got error %v, want ErrNotFound", err)
	}
	lost := sample(1)
	lost.Room = "attic"
	if err := s.SaveRun(ctx, lost); !errors.Is(err, ErrNotFound) {
		t.Errorf("run of an unknown room: got error %v, want ErrNotFound", err)
	}
}

func TestMeta(t *testing.T) {
	ctx, s := context.Background(), mustOpen(t, t.TempDir())
	if _, err := s.Meta(ctx, "host"); !errors.Is(err, ErrNotFound) {
		t.Errorf("got error %v, want ErrNotFound", err)
	}
	if err := errors.Join(s.SetMeta(ctx, "host", "a"), s.SetMeta(ctx, "host", rand.Text()), s.SetMeta(ctx, "host", "b")); err != nil {
		t.Fatal(err)
	}
	if got := must(s.Meta(ctx, "host")); got != "b" {
		t.Errorf("got %q, want b", got)
	}
}
