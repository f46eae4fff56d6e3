package catalog

import (
	"errors"
	"testing"
	"time"

	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// mustDraft begins a whole idea.
func mustDraft(tb testing.TB, s *Store) *Edition {
	tb.Helper()
	d, _, err := s.NewDraft(ctx0, "", "", wholeIdea(), day0)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// TestTwoWhoWriteKeepBoth: each changes a field of the text as it stands, not as it was when they began.
func TestTwoWhoWriteKeepBoth(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	d := mustDraft(t, s)
	later := day0.Add(time.Hour)
	if _, err := s.EditEntry(ctx0, d.ID, later, func(e *usecase.Entry) error { e.Title = "Stamps that sing"; return nil }); err != nil {
		t.Fatal(err)
	}
	e := must(s.EditEntry(ctx0, d.ID, later.Add(time.Hour), func(e *usecase.Entry) error { e.Licence = "MIT"; return nil }))
	if e.Entry.Title != "Stamps that sing" || e.Entry.Licence != "MIT" {
		t.Errorf("got %+v", e.Entry)
	}
	again := must(s.EditEntry(ctx0, d.ID, later.Add(2*time.Hour), func(*usecase.Entry) error { return nil }))
	if !again.Changed.Equal(e.Changed) {
		t.Error("what changed nothing counts as a change")
	}
	if _, err := s.EditEntry(ctx0, d.ID, later, func(*usecase.Entry) error { return errors.ErrUnsupported }); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("a change that fails: %v", err)
	}
	if _, err := s.EditEntry(ctx0, "u-none", later, func(*usecase.Entry) error { return nil }); !errors.Is(err, ErrNotFound) {
		t.Errorf("no such edition: %v", err)
	}
}

// TestReservedIds: no use case takes a word that stands at its place in addresses.
func TestReservedIds(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	for _, word := range usecase.Reserved {
		d := mustDraft(t, s)
		idea := wholeIdea()
		idea.ID = word
		mustWrite(t, s, d.ID, idea)
		if e := mustMove(t, s, d.ID, review.Sent, submitter); e.Usecase != word+"-2" {
			t.Errorf("%s became %s", word, e.Usecase)
		}
	}
}

func TestWhoSawSomethingElseIsTold(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	d := mustDraft(t, s)
	sent := mustMove(t, s, d.ID, review.Sent, submitter)
	mustMove(t, s, d.ID, review.InReview, second)
	stale := Step{To: review.Withdrawn, By: first, Reason: "out of scope", Seen: sent.Changed.Add(-time.Minute)}
	if _, err := s.Move(ctx0, d.ID, stale, day0); !errors.Is(err, ErrMoved) {
		t.Errorf("a stale step: %v", err)
	}
	if _, err := s.SetEvidence(ctx0, d.ID, "primary", first, stale.Seen, day0); !errors.Is(err, ErrMoved) {
		t.Errorf("a stale label: %v", err)
	}
	if got := must(s.Edition(ctx0, d.ID)); got.State != review.InReview {
		t.Errorf("it is %s", got.State)
	}
}

// TestReasonsAreInTheThread: what a step said can be answered where everything else is said.
func TestReasonsAreInTheThread(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	d := mustDraft(t, s)
	mustMove(t, s, d.ID, review.Sent, submitter, review.InReview, first)
	step := Step{To: review.ChangesRequested, By: first, Reason: "Say who reads the stamp.", Fields: []string{"approach", "summary"}}
	if _, err := s.Move(ctx0, d.ID, step, day0); err != nil {
		t.Fatal(err)
	}
	thread := must(s.Remarks(ctx0, d.ID))
	if last := thread[len(thread)-1]; last.Text != step.Reason || len(last.Fields) != 2 || last.Actor != first.Name || last.Role != review.Curator {
		t.Errorf("the thread ends with %+v", last)
	}
}

func TestEvidenceIsSetInReviewAndLogged(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	d := mustDraft(t, s)
	if _, err := s.SetEvidence(ctx0, d.ID, "primary", first, time.Time{}, day0); !errors.Is(err, review.ErrStep) {
		t.Errorf("set on a draft: %v", err)
	}
	mustMove(t, s, d.ID, review.Sent, submitter, review.InReview, first)
	if _, err := s.SetEvidence(ctx0, d.ID, "hearsay", first, time.Time{}, day0); !errors.Is(err, ErrUnfit) {
		t.Errorf("a label that does not exist: %v", err)
	}
	if _, err := s.SetEvidence(ctx0, d.ID, "primary", submitter, time.Time{}, day0); !errors.Is(err, review.ErrStep) {
		t.Errorf("set by the submitter: %v", err)
	}
	e := must(s.SetEvidence(ctx0, d.ID, "primary", first, time.Time{}, day0))
	if got := must(s.Edition(ctx0, d.ID)); got.Entry.Evidence != "primary" || got.Hash() != e.Hash() {
		t.Errorf("the label is %q", got.Entry.Evidence)
	}
	if c := must(s.CheckLog(ctx0)); c.Altered != "" || c.Lines != 4 {
		t.Errorf("the log: %+v", c)
	}
	must(s.write.Exec(`UPDATE edition SET entry = replace(entry, '"evidence":"primary"', '"evidence":"secondary"')`))
	if c := must(s.CheckLog(ctx0)); c.Altered == "" {
		t.Error("a label that was altered behind the log's back was not found")
	}
}

func TestDraftsAreBounded(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	empty, written := mustDraft(t, s), mustDraft(t, s)
	if _, err := s.EditEntry(ctx0, written.ID, day0.Add(time.Minute), func(e *usecase.Entry) error { e.Licence = "MIT"; return nil }); err != nil {
		t.Fatal(err)
	}
	kept := func(id string) bool {
		_, err := s.Edition(ctx0, id)
		return err == nil
	}
	make1 := func(now time.Time) error {
		_, _, err := s.NewDraft(ctx0, "", "", wholeIdea(), now)
		return err
	}
	if err := make1(day0.Add(29 * 24 * time.Hour)); err != nil || !kept(empty.ID) {
		t.Errorf("an empty draft of 29 days: kept %v, %v", kept(empty.ID), err)
	}
	if err := make1(day0.Add(31 * 24 * time.Hour)); err != nil || kept(empty.ID) || !kept(written.ID) {
		t.Errorf("after 31 days: the empty draft is kept %v, the written %v, %v", kept(empty.ID), kept(written.ID), err)
	}
	if err := make1(day0.Add(366 * 24 * time.Hour)); err != nil || kept(written.ID) {
		t.Errorf("after a year without a change: kept %v, %v", kept(written.ID), err)
	}
	now := day0.Add(367 * 24 * time.Hour)
	must(s.write.Exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO edition SELECT 'u-many' || i, 'open', '', 0, 'draft', '{}', NULL, '', '', '', ?, ? + 1, NULL FROM n`, MaxDrafts, now.UnixMilli(), now.UnixMilli()))
	if err := make1(now); !errors.Is(err, ErrCrowded) {
		t.Errorf("one draft too many: %v", err)
	}
	if _, err := s.write.Exec(`UPDATE edition SET state = 'withdrawn' WHERE id = 'u-many1'`); err != nil || make1(now) == nil {
		t.Errorf("MaxDrafts and those of before are one too many still: %v", err)
	}
}

func TestThreadsAreBounded(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	d := mustDraft(t, s)
	must(s.write.Exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO remark (edition_id, at_ms, role, actor, fields, text) SELECT ?, 0, 'submitter', '', '', 'x' FROM n`, MaxRemarks, d.ID))
	if err := s.AddRemark(ctx0, d.ID, Remark{At: day0, Role: review.Submitter, Text: "one more"}); !errors.Is(err, ErrCrowded) {
		t.Errorf("one remark too many: %v", err)
	}
	mustMove(t, s, d.ID, review.Sent, submitter)
	if got := len(must(s.Remarks(ctx0, d.ID))); got != MaxRemarks+1 {
		t.Errorf("the reason of a step found no place: %d remarks", got)
	}
}

// TestTheLogHoldsTheBytes: a text that says the same in other bytes is not the one that was logged.
func TestTheLogHoldsTheBytes(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	d := mustDraft(t, s)
	mustPublish(t, s, d.ID)
	if c := must(s.CheckLog(ctx0)); c.Altered != "" {
		t.Fatalf("untouched: %s", c.Altered)
	}
	must(s.write.Exec(`UPDATE edition SET entry = replace(entry, '{"id"', '{ "id"')`))
	if c := must(s.CheckLog(ctx0)); c.Altered == "" {
		t.Error("other bytes were not found")
	}
}
