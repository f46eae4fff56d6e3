// The index of the shelf is kept as long as that stays the same.
package catalog

import (
	"strings"
	"testing"

	"sealab/catalog/find"
	"sealab/catalog/review"
)

func TestIndexFollowsTheShelf(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	if x := must(s.Index(ctx0, "")); x.Len() != 0 {
		t.Errorf("an empty shelf has %d", x.Len())
	}
	d, _, err := s.NewDraft(ctx0, "", "", wholeIdea(), day0)
	if err != nil {
		t.Fatal(err)
	}
	empty := must(s.Index(ctx0, ""))
	if e := mustPublish(t, s, d.ID); empty.Item(e.Usecase) != nil {
		t.Error("a draft can be found")
	}
	full := must(s.Index(ctx0, ""))
	if r := full.Search(find.Query{Text: "stamp"}); r.Total != 1 || r.Items(0, 1)[0].Edition != d.ID {
		t.Errorf("%d found", r.Total)
	}
	if _, _, err := s.NewDraft(ctx0, "", "", wholeIdea(), day0); err != nil || must(s.Index(ctx0, "")) != full {
		t.Errorf("a draft made the index anew, %v", err)
	}
	mustMove(t, s, d.ID, review.Withdrawn, first)
	if x := must(s.Index(ctx0, "")); x.Len() != 0 {
		t.Error("what was withdrawn can be found")
	}
}

// TestShelfIsReadByIndex: without the index of use cases the time grows with the square of their number.
func TestShelfIsReadByIndex(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	rows := must(s.read.QueryContext(ctx0, "EXPLAIN QUERY PLAN SELECT id FROM edition "+onShelf, "open"))
	defer func() { _ = rows.Close() }()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, step)
	}
	if all := strings.Join(plan, "; "); rows.Err() != nil || !strings.Contains(all, "SEARCH o USING INDEX edition_by_usecase (room=? AND usecase=?") {
		t.Errorf("the newest version is looked for so: %s, %v", all, rows.Err())
	}
}
