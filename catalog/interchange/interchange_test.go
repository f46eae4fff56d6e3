package interchange_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sealab/catalog"
	"sealab/catalog/interchange"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
	"sealab/catalog/usecases"
)

var day0 = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func mustOpen(t testing.TB) *catalog.Store {
	t.Helper()
	s, err := catalog.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// mustShelf has shipped entries, one that people submitted in two versions of which the first was withdrawn, and a draft.
func mustShelf(t testing.TB) *catalog.Store {
	t.Helper()
	s := mustOpen(t)
	if _, err := s.SeedUsecases(t.Context(), "", usecases.List(), day0); err != nil {
		t.Fatal(err)
	}
	idea := usecase.Entry{Origin: usecase.Submitted, Title: "Stamps that tell: <b>«é»</b> & \"#\"", Summary: "A stamp on the paper tells the officer by itself whether it was issued.",
		Problem: "Officers cannot tell a forged stamp\nfrom a true one.", Approach: "- A stamp with a signature in it.", Technologies: []string{"blockchain"},
		Process: []string{"origin-certificates"}, Stage: usecase.Idea, Countries: []string{"NO"}, Regions: []string{"europe"},
		Submitter: &usecase.Party{Name: "Customs of somewhere", Kind: "administration"}}
	one := mustPublish(t, s, "", idea)
	idea.Licence = "CC-BY-4.0"
	mustPublish(t, s, one.Usecase, idea)
	if _, err := s.Move(t.Context(), one.ID, catalog.Step{To: review.Withdrawn, By: catalog.Actor{Role: review.Curator, Name: "c-2"}, Reason: "It was a mistake."}, day0.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.NewDraft(t.Context(), "", "", usecase.Entry{Title: "Nobody's business"}, day0); err != nil {
		t.Fatal(err)
	}
	return s
}

func mustPublish(t testing.TB, s *catalog.Store, of string, e usecase.Entry) *catalog.Edition {
	t.Helper()
	d, _, err := s.NewDraft(t.Context(), "", of, e, day0)
	for i, to := range []review.State{review.Sent, review.InReview, review.Approved, review.Published} {
		if err != nil {
			t.Fatal(err)
		}
		by := catalog.Actor{Role: review.Curator, Name: "c-1", Organization: "A hub"}
		if to == review.Sent {
			by = catalog.Actor{Role: review.Submitter}
		}
		d, err = s.Move(t.Context(), d.ID, catalog.Step{To: to, By: by, Reason: "said in private"}, day0.Add(time.Duration(i)*time.Minute))
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func mustArchive(t testing.TB, s *catalog.Store) (*interchange.Archive, []byte) {
	t.Helper()
	a, err := interchange.Of(t.Context(), s, "")
	if err != nil {
		t.Fatal(err)
	}
	text, err := a.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return a, text
}

// TestNothingIsLost carries a catalogue on, by file and by folder: its export is the same bytes, its log is whole, and
// what is not public stayed behind.
func TestNothingIsLost(t *testing.T) {
	a, text := mustArchive(t, mustShelf(t))
	for _, secret := range []string{"said in private", "Nobody's business"} {
		if bytes.Contains(text, []byte(secret)) {
			t.Errorf("%q is in the export", secret)
		}
	}
	if !bytes.Contains(text, []byte("It was a mistake.")) || len(a.Editions) != len(usecases.List())+2 {
		t.Errorf("%d editions, with the reason of the withdrawal: want both versions", len(a.Editions))
	}
	dir := filepath.Join(t.TempDir(), "there")
	if err := a.WriteFolder(dir); err != nil {
		t.Fatal(err)
	}
	if err := a.WriteFolder(dir); !errors.Is(err, fs.ErrExist) {
		t.Errorf("written over another: %v", err)
	}
	byFile, err := interchange.Read(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	byFolder, err := interchange.ReadFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	for how, b := range map[string]*interchange.Archive{"file": byFile, "folder": byFolder} {
		there := mustOpen(t)
		n, err := there.Adopt(t.Context(), "", b.Foreign(), "a test", "sha256:0", day0.Add(24*time.Hour))
		if err != nil || n != len(a.Editions) {
			t.Fatalf("by %s: %d, %v", how, n, err)
		}
		if _, again := mustArchive(t, there); !bytes.Equal(again, text) {
			t.Errorf("by %s: another catalogue comes out", how)
		}
		if c, err := there.CheckLog(t.Context()); err != nil || c.Altered != "" {
			t.Errorf("by %s: the log: %+v, %v", how, c, err)
		}
		if n, err := there.Adopt(t.Context(), "", b.Foreign(), "a test", "sha256:0", day0); n != 0 || err != nil {
			t.Errorf("by %s, once more: %d, %v", how, n, err)
		}
		if n, err := there.SeedUsecases(t.Context(), "", usecases.List(), day0); n != 0 || err != nil {
			t.Errorf("by %s: the shelf is filled again: %d, %v", how, n, err)
		}
	}
}

// TestOtherTextsAreNotReplaced: all or nothing, and the error names what is in the way.
func TestOtherTextsAreNotReplaced(t *testing.T) {
	a, _ := mustArchive(t, mustShelf(t))
	there := mustOpen(t)
	other := usecases.List()[:1:1]
	other[0].Title = "Something else"
	if _, err := there.SeedUsecases(t.Context(), "", other, day0); err != nil {
		t.Fatal(err)
	}
	_, err := there.Adopt(t.Context(), "", a.Foreign(), "a test", "sha256:0", day0)
	if !errors.Is(err, catalog.ErrExists) || !strings.Contains(err.Error(), other[0].ID+" version 1") {
		t.Errorf("got %v", err)
	}
	if list, err := there.Public(t.Context(), ""); err != nil || len(list) != 1 {
		t.Errorf("%d versions, %v", len(list), err)
	}
}

// TestFaultsAreNamed alters an export in one place each.
func TestFaultsAreNamed(t *testing.T) {
	_, text := mustArchive(t, mustShelf(t))
	for name, row := range map[string]struct{ old, new, want string }{
		"text":      {`"title": "Stamps that tell`, `"title": "Stamps that told`, "stamps-that-tell-b-e-b version 2: sha256: the text was changed"},
		"state":     {`"state": "withdrawn"`, `"state": "approved"`, `state: it is "approved"; allowed are published and withdrawn`},
		"history":   {`"act": "withdrawn"`, `"act": "praised"`, "history: its last step is praised"},
		"version":   {`"version": 2,`, `"version": 1,`, "it is there twice"},
		"time":      {`"published": "2026-03-02T08:03:00.000Z"`, `"published": null`, "want a time each"},
		"own id":    {`"usecase": "tradelens"`, `"usecase": "tradelense"`, `usecase: the text is of use case "tradelens"`},
		"key":       {`"approver": "c-1"`, `"aprover": "c-1"`, `unknown field "aprover"`},
		"format":    {`"format": "sealab-catalog"`, `"format": "other"`, `format is "other"`},
		"form":      {`"created": "2026`, `"created": "26`, "want one such as"},
		"entry":     {`"stage": "idea"`, `"stage": "soon"`, "stage: "},
		"the end":   {"\n  ]\n}\n", "\n  ]\n}\n{}", "something follows the end"},
		"cut short": {"\n  ]\n}\n", "", "it ends too early"},
	} {
		at := strings.LastIndex(string(text), row.old)
		if at < 0 {
			t.Fatalf("%s: %q is not there", name, row.old)
		}
		_, err := interchange.Read(strings.NewReader(string(text[:at]) + row.new + string(text[at+len(row.old):])))
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %q", name, err, row.want)
		}
	}
}

// TestFolderIsReadWithinItself: no link and no name leads out of it.
func TestFolderIsReadWithinItself(t *testing.T) {
	a, _ := mustArchive(t, mustShelf(t))
	dir := filepath.Join(t.TempDir(), "there")
	if err := a.WriteFolder(dir); err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(dir, "usecases", "tradelens", "v1.yaml")
	outside := filepath.Join(t.TempDir(), "v1.yaml")
	if err := errors.Join(os.Rename(text, outside), os.Symlink(outside, text)); err != nil {
		t.Fatal(err)
	}
	if _, err := interchange.ReadFolder(dir); err == nil || !strings.Contains(err.Error(), "tradelens/v1.yaml: ") {
		t.Errorf("through a link: %v", err)
	}
	register := filepath.Join(dir, "catalogue.json")
	b, err := os.ReadFile(register)
	if err == nil {
		err = os.WriteFile(register, bytes.Replace(b, []byte(`"usecase": "tradelens"`), []byte(`"usecase": "../tradelens"`), 1), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := interchange.ReadFolder(dir); err == nil || !strings.Contains(err.Error(), `"../tradelens"`) {
		t.Errorf("through a name: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	_, text := mustArchive(f, mustShelf(f))
	f.Add(text[:2000])
	f.Add([]byte(`{"format":"sealab-catalog","version":1,"editions":[]}`))
	f.Add([]byte(`{"format":"sealab-catalog","version":1,"editions":[{"id":"u","usecase":"a","version":1,"state":"published","entry":{"id":"a"}}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		a, err := interchange.Read(bytes.NewReader(text))
		if err != nil {
			return
		}
		out, err := a.JSON()
		if err != nil {
			t.Fatal(err)
		}
		b, err := interchange.Read(bytes.NewReader(out))
		if err != nil {
			t.Fatalf("not read back: %v", err)
		}
		if again, _ := b.JSON(); !bytes.Equal(again, out) {
			t.Fatal("read back, it says something else")
		}
	})
}
