package catalog

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"sealab/catalog/review"
	"sealab/catalog/usecase"
	"sealab/catalog/usecases"
)

var ctx0 = context.Background()

// wholeIdea is an entry that may be submitted.
func wholeIdea() usecase.Entry {
	return usecase.Entry{Origin: usecase.Submitted, Title: "Stamps that tell", Summary: "A stamp on the paper tells the officer by itself whether it was issued.",
		Problem: "Officers cannot tell a forged stamp from a true one.", Approach: "A stamp with a signature in it.", Technologies: []string{"blockchain"},
		Process: []string{"origin-certificates"}, Stage: usecase.Idea, Countries: []string{"KE"}, Regions: []string{"east-southern-africa"},
		Submitter: &usecase.Party{Name: "Customs of somewhere", Kind: "administration"}}
}

var (
	submitter = Actor{Role: review.Submitter}
	first     = Actor{Role: review.Curator, Name: "c-1", Organization: "A hub"}
	second    = Actor{Role: review.Curator, Name: "c-2"}
)

// mustMove takes steps, each one minute after the other.
func mustMove(tb testing.TB, s *Store, id string, steps ...any) *Edition {
	tb.Helper()
	var e *Edition
	for i := 0; i < len(steps); i += 2 {
		e = must(s.Move(ctx0, id, Step{To: steps[i].(review.State), By: steps[i+1].(Actor), Reason: "for a reason"}, day0.Add(time.Duration(i)*time.Minute)))
	}
	return e
}

// mustWrite replaces the text of a draft.
func mustWrite(tb testing.TB, s *Store, id string, e usecase.Entry) *Edition {
	tb.Helper()
	return must(s.EditEntry(ctx0, id, day0, func(old *usecase.Entry) error { *old = e; return nil }))
}

func mustPublish(tb testing.TB, s *Store, id string) *Edition {
	tb.Helper()
	return mustMove(tb, s, id, review.Sent, submitter, review.InReview, first, review.Approved, first, review.Published, second)
}

func TestFromDraftToShelf(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	d, key, err := s.NewDraft(ctx0, "", "", usecase.Entry{Title: "Stamps"}, day0)
	if err != nil {
		t.Fatal(err)
	}
	back := must(s.EditionByKey(ctx0, key))
	if back.ID != d.ID || back.Entry.Title != "Stamps" || !back.Personal() {
		t.Errorf("the personal link leads to %+v", back)
	}
	if _, err := s.EditionByKey(ctx0, key+"x"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a wrong key: %v", err)
	}
	if _, err := s.Move(ctx0, d.ID, Step{To: review.Sent, By: submitter}, day0); !errors.Is(err, review.ErrFaults) {
		t.Errorf("half a draft was sent: %v", err)
	}
	mustWrite(t, s, d.ID, wholeIdea())
	e := mustMove(t, s, d.ID, review.Sent, submitter, review.InReview, first)
	if e.Usecase != "stamps-that-tell" || e.Entry.ID != e.Usecase || e.Curator != "c-1" {
		t.Errorf("after being sent: %+v", e)
	}
	if _, err := s.EditEntry(ctx0, d.ID, day0, func(*usecase.Entry) error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("the text was changed in review: %v", err)
	}
	if got := must(s.Queue(ctx0, "")); len(got) != 1 {
		t.Errorf("%d in the queue", len(got))
	}
	if _, err := s.Versions(ctx0, "", e.Usecase); !errors.Is(err, ErrNotFound) {
		t.Errorf("the public sees what is in review: %v", err)
	}
	if _, err := s.Move(ctx0, d.ID, Step{To: review.ChangesRequested, By: first, Reason: " "}, day0); !errors.Is(err, review.ErrReason) {
		t.Errorf("returned without a reason: %v", err)
	}
	e = mustMove(t, s, d.ID, review.ChangesRequested, first, review.Sent, submitter, review.InReview, second, review.Approved, second)
	if _, err := s.Move(ctx0, d.ID, Step{To: review.Published, By: second, TwoPersons: true}, day0); !errors.Is(err, review.ErrSecond) {
		t.Errorf("one person alone where two are wanted: %v", err)
	}
	e = must(s.Move(ctx0, d.ID, Step{To: review.Published, By: first, TwoPersons: true}, day0))
	if shelf := must(s.Shelf(ctx0, "")); len(shelf) != 1 || shelf[0].ID != d.ID || e.Published.IsZero() {
		t.Errorf("the shelf has %+v", shelf)
	}
	if c := must(s.CheckLog(ctx0)); c.Altered != "" || c.Lines != 8 {
		t.Errorf("the log: %+v", c)
	}
}

func TestIdsAreTakenOnce(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	for i, want := range []string{"stamps-that-tell", "stamps-that-tell-2", "stamps-that-tell-3"} {
		d, _, err := s.NewDraft(ctx0, "", "", wholeIdea(), day0)
		if err != nil {
			t.Fatal(err)
		}
		if e := mustMove(t, s, d.ID, review.Sent, submitter); e.Usecase != want || e.Entry.ID != want {
			t.Errorf("number %d is %s, want %s", i, e.Usecase, want)
		}
	}
}

// TestVersionsStay: a new version takes the same way, and the first stays byte for byte.
func TestVersionsStay(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	d, _, err := s.NewDraft(ctx0, "", "", wholeIdea(), day0)
	if err != nil {
		t.Fatal(err)
	}
	one := mustPublish(t, s, d.ID)
	next, _, err := s.NewDraft(ctx0, "", one.Usecase, one.Entry, day0)
	if err != nil || next.Version != 0 || next.Usecase != one.Usecase {
		t.Fatalf("%+v, %v", next, err)
	}
	other, _, err := s.NewDraft(ctx0, "", one.Usecase, one.Entry, day0)
	if err != nil {
		t.Fatal("somebody's draft keeps others from writing theirs:", err)
	}
	if _, _, err := s.NewDraft(ctx0, "", "no-such-case", one.Entry, day0); !errors.Is(err, ErrNotFound) {
		t.Errorf("a new version of nothing: %v", err)
	}
	changed := one.Entry
	changed.Title, changed.ID = "Stamps that speak", "another-id"
	mustWrite(t, s, next.ID, changed)
	if got := must(s.Shelf(ctx0, "")); got[0].Version != 1 {
		t.Error("a draft is on the shelf")
	}
	if e := mustMove(t, s, next.ID, review.Sent, submitter); e.Version != 2 {
		t.Errorf("the second version has the number %d", e.Version)
	}
	if _, err := s.Move(ctx0, other.ID, Step{To: review.Sent, By: submitter}, day0); !errors.Is(err, ErrExists) {
		t.Errorf("two new versions at once: %v", err)
	}
	mustMove(t, s, next.ID, review.InReview, first, review.Approved, first, review.Published, second)
	list := must(s.Versions(ctx0, "", one.Usecase))
	if len(list) != 2 || list[0].Hash() != one.Hash() || list[1].Entry.ID != one.Usecase || Newest(list).Version != 2 {
		t.Errorf("versions: %+v", list)
	}
	mustMove(t, s, next.ID, review.Withdrawn, first)
	if list = must(s.Versions(ctx0, "", one.Usecase)); len(list) != 2 || Newest(list).Version != 1 {
		t.Error("what was withdrawn is still the newest, or gone")
	}
	if e := mustMove(t, s, other.ID, review.Sent, submitter); e.Version != 3 {
		t.Errorf("the third version has the number %d", e.Version)
	}
}

func TestSeedingTwiceChangesNothing(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	list := usecases.List()
	if n := must(s.SeedUsecases(ctx0, "", list, day0)); n != len(list) {
		t.Errorf("%d published, want %d", n, len(list))
	}
	mark := must(s.ShelfMark(ctx0))
	if n := must(s.SeedUsecases(ctx0, "", list, day0)); n != 0 || must(s.ShelfMark(ctx0)) != mark {
		t.Errorf("%d published again", n)
	}
	changed := append([]usecase.Entry(nil), list...)
	changed[0].Caveats = append([]string{"One more thing to know."}, changed[0].Caveats...)
	if n := must(s.SeedUsecases(ctx0, "", changed, day0)); n != 1 {
		t.Errorf("%d published after a change, want 1", n)
	}
	if v := must(s.Versions(ctx0, "", list[0].ID)); len(v) != 2 || v[0].Hash() != list[0].Hash() {
		t.Error("the first version did not stay")
	}
	if c := must(s.CheckLog(ctx0)); c.Altered != "" {
		t.Errorf("the log: %+v", c)
	}
}

// TestEveryAlteredCellOfTheLogIsFound alters one cell at a time, in a copy of the store, and the editions that the log
// tells of.
func TestEveryAlteredCellOfTheLogIsFound(t *testing.T) {
	dir := t.TempDir()
	s := must(Open(ctx0, dir))
	d, _, err := s.NewDraft(ctx0, "", "", wholeIdea(), day0)
	if err != nil {
		t.Fatal(err)
	}
	mustPublish(t, s, d.ID)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before := mustRead(t, database(dir))
	for _, alter := range []string{
		`UPDATE log SET at_ms = at_ms + 1 WHERE n = 2`, `UPDATE log SET room = 'x' WHERE n = 2`, `UPDATE log SET role = 'hub' WHERE n = 2`,
		`UPDATE log SET actor = 'c-9' WHERE n = 3`, `UPDATE log SET act = 'withdrawn' WHERE n = 3`, `UPDATE log SET subject = 'u-1' WHERE n = 1`,
		`UPDATE log SET reason = 'none' WHERE n = 4`, `UPDATE log SET content = '' WHERE n = 5`, `UPDATE log SET sha256 = zeroblob(32) WHERE n = 5`,
		`DELETE FROM log WHERE n = 1`, `DELETE FROM log WHERE n = 3`, `DELETE FROM log WHERE n = 5`,
		`UPDATE edition SET state = 'approved'`, `UPDATE edition SET entry = replace(entry, 'tell', 'lie')`,
		`INSERT INTO edition SELECT 'u-new', room, 'new', 1, state, entry, NULL, '', '', '', 0, 0, 0 FROM edition`,
	} {
		copied := t.TempDir()
		if err := os.WriteFile(database(copied), before, 0o600); err != nil {
			t.Fatal(err)
		}
		s := mustOpen(t, copied)
		if c := must(s.CheckLog(ctx0)); c.Altered != "" {
			t.Fatalf("altered before anybody did: %+v", c)
		}
		if _, err := s.write.Exec(alter); err != nil {
			t.Fatal(alter, err)
		}
		if c := must(s.CheckLog(ctx0)); c.Altered == "" {
			t.Errorf("not found: %s", alter)
		}
	}
}

func TestInvitations(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	c, key, err := s.Invite(ctx0, Curator{Name: "Desk 1"}, time.Hour, day0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Curator(ctx0, c.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("who has not entered may review: %v", err)
	}
	if _, err := s.Enter(ctx0, key, "Desk 1", "", day0.Add(time.Hour)); !errors.Is(err, ErrSpent) {
		t.Errorf("an expired invitation: %v", err)
	}
	if got := must(s.Invitation(ctx0, key, day0)); got.ID != c.ID {
		t.Errorf("the key invites %+v", got)
	}
	if got := must(s.Enter(ctx0, key, "Desk one", "A hub", day0)); got.Name != "Desk one" {
		t.Errorf("entered as %+v", got)
	}
	if _, err := s.Enter(ctx0, key, "Desk 1", "", day0); !errors.Is(err, ErrSpent) {
		t.Errorf("an invitation admits twice: %v", err)
	}
	if got := must(s.Curator(ctx0, c.ID)); got.Organization != "A hub" {
		t.Errorf("the curator is %+v", got)
	}
	if err := s.Revoke(ctx0, c.ID, day0); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Curator(ctx0, c.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("who was revoked may review: %v", err)
	}
	if got := must(s.Curators(ctx0, "")); len(got) != 1 {
		t.Errorf("%d curators", len(got))
	}
	if c := must(s.CheckLog(ctx0)); c.Lines != 3 || c.Altered != "" {
		t.Errorf("the log: %+v", c)
	}
}

func TestRemarksStayInOrder(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	d, _, err := s.NewDraft(ctx0, "", "", wholeIdea(), day0)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if err := s.AddRemark(ctx0, d.ID, Remark{At: day0, Role: review.Curator, Actor: "c-1", Fields: []string{"title", "metrics[0].unit"}, Text: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if got := must(s.Remarks(ctx0, d.ID)); len(got) != 3 || got[2].Text != "2" || len(got[0].Fields) != 2 {
		t.Errorf("got %+v", got)
	}
	if err := s.AddRemark(ctx0, "u-none", Remark{At: day0, Role: review.Hub}); !errors.Is(err, ErrNotFound) {
		t.Errorf("a remark on nothing: %v", err)
	}
}
