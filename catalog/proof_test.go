package catalog

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"
)

func TestSumsAreThoseSealed(t *testing.T) {
	ctx, s := context.Background(), mustOpen(t, t.TempDir())
	r := sample(1)
	mustSave(t, s, r)
	want := must(s.Sealed(ctx, r.ID))
	if got := must(SumsOf(must(s.Run(ctx, r.ID)))); got != want || want.Record == want.Truth || len(want.Truth) != 71 {
		t.Errorf("a run read back sums to %+v, sealed is %+v", got, want)
	}
	r.Findings[0].Level--
	if got := must(SumsOf(r)); got.Record == want.Record || got.Truth != want.Truth {
		t.Errorf("another finding: got %+v, had %+v", got, want)
	}
	if _, err := s.Sealed(ctx, "r-none"); !errors.Is(err, ErrNotFound) {
		t.Errorf("an unknown run: %v", err)
	}
	begun := sample(2)
	if err := s.Begin(ctx, begun); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Sealed(ctx, begun.ID); !errors.Is(err, ErrUnfinished) {
		t.Errorf("an unfinished run: %v", err)
	}
}

func TestAnswersAreThoseOfOneCode(t *testing.T) {
	ctx, s := context.Background(), mustOpen(t, t.TempDir())
	e := sampleExperiment("x-1")
	if err := s.SaveExperiment(ctx, e); err != nil {
		t.Fatal(err)
	}
	mustSave(t, s, sample(1), sample(2))
	if err := s.LinkRun(ctx, e.ID, Link{"a", "b", 1, "r-00000001"}); err != nil {
		t.Fatal(err)
	}
	first := Verification{"r-00000001", "abc", "code differs", "finding 3", day0}
	for _, v := range []Verification{{"r-00000001", "abc", "altered", "", day0}, first, {"r-00000001", "def", "reproduced", "", day0}, {"r-00000002", "abc", "reproduced", "", day0}} {
		if err := s.NoteVerification(ctx, v); err != nil {
			t.Fatal(err)
		}
	}
	if got := must(s.Verifications(ctx, e.ID, "abc")); !reflect.DeepEqual(got, map[string]Verification{first.Run: first}) {
		t.Errorf("got %+v", got)
	}
	if got := must(s.RunVerification(ctx, first.Run, "abc")); got == nil || *got != first {
		t.Errorf("got %+v", got)
	}
	if got := must(s.RunVerification(ctx, first.Run, "xyz")); got != nil {
		t.Errorf("another code's answer was given: %+v", got)
	}
	for _, want := range []bool{true, false} {
		if err := s.NoteWorld(ctx, "sha256:01", "abc", want); err != nil {
			t.Fatal(err)
		}
		if same, known, err := s.WorldNoted(ctx, "sha256:01", "abc"); same != want || !known || err != nil {
			t.Errorf("got %v, %v, %v", same, known, err)
		}
	}
	if _, known, err := s.WorldNoted(ctx, "sha256:01", "def"); known || err != nil {
		t.Errorf("got %v, %v", known, err)
	}
}

func TestKeptWorldsComeBackBySubject(t *testing.T) {
	ctx, s := context.Background(), mustOpen(t, t.TempDir())
	chunks := []Chunk{{"SLB-2", []byte("x")}, {"SLB-1", []byte("one")}, {"SLB-1", []byte("two")}, {"MSKU1", []byte("m")}}
	keep := func(w KeptWorld, fail error) error {
		i := 0
		return s.KeepWorld(ctx, w, func() (Chunk, bool, error) {
			if i++; i > len(chunks) {
				return Chunk{}, false, fail
			}
			return chunks[i-1], true, nil
		})
	}
	broken := errors.New("broken")
	if err := keep(KeptWorld{Digest: "sha256:02", Events: 9}, broken); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if w := must(s.Kept(ctx, "sha256:02")); w != nil {
		t.Error("half a world was kept")
	}
	want := KeptWorld{"sha256:01", 7, []byte("plan")}
	for range 2 { // the second time nothing happens
		if err := keep(want, nil); err != nil {
			t.Fatal(err)
		}
	}
	if w := must(s.Kept(ctx, "sha256:01")); !reflect.DeepEqual(w, &want) {
		t.Errorf("got %+v", w)
	}
	read := func(subjects ...string) (text string) {
		if err := s.KeptEvents(ctx, "sha256:01", func(c Chunk) error { text += c.Subject + "=" + string(c.Data) + " "; return nil }, subjects...); err != nil {
			t.Fatal(err)
		}
		return text
	}
	if got := read("SLB-1", "MSKU1"); got != "MSKU1=m SLB-1=one SLB-1=two " {
		t.Errorf("got %s", got)
	}
	if got := read(); got != "MSKU1=m SLB-1=one SLB-1=two SLB-2=x " {
		t.Errorf("got %s", got)
	}
}

func TestOriginIsNotedOnce(t *testing.T) {
	ctx, s := context.Background(), mustOpen(t, t.TempDir())
	want := Origin{"x-1", "sha256:aa", "guests", "", day0}
	if err := s.SetOrigin(ctx, want); !errors.Is(err, ErrNotFound) {
		t.Errorf("the origin of nothing: %v", err)
	}
	if err := s.SaveExperiment(ctx, sampleExperiment("x-1")); err != nil {
		t.Fatal(err)
	}
	if o := must(s.Origin(ctx, "x-1")); o != nil {
		t.Errorf("got %+v", o)
	}
	later := want
	later.Bundle, later.Imported = "sha256:bb", day0.Add(time.Hour)
	for _, o := range []Origin{want, later} {
		if err := s.SetOrigin(ctx, o); err != nil {
			t.Fatal(err)
		}
	}
	if n := must(s.CountExperiments(ctx, ExperimentQuery{Own: true})); n != 0 {
		t.Errorf("%d imported experiments pass for our own", n)
	}
	if o := must(s.Origin(ctx, "x-1")); !reflect.DeepEqual(o, &want) {
		t.Errorf("got %+v", o)
	}
}
