package catalog

import (
	"context"
	"testing"
)

// TestParentOutlivesBoth: the parent of a fork is known before the fork is whole, after it, and when either is deleted.
func TestParentOutlivesBoth(t *testing.T) {
	ctx, s := context.Background(), mustOpen(t, t.TempDir())
	parent, fork := sample(1), sample(2)
	mustSave(t, s, parent)
	if err := s.Begin(ctx, fork); err != nil {
		t.Fatal(err)
	}
	if err := s.SetParent(ctx, fork.ID, parent.ID); err != nil {
		t.Fatal(err)
	}
	mustSave(t, s, fork)
	if list := must(s.VerifyStored(ctx, fork.ID)); len(list) > 0 {
		t.Errorf("the fork's record is altered by its parent: %v", list)
	}
	for _, deleted := range []string{"", parent.ID, fork.ID} {
		if deleted != "" {
			if err := s.DeleteRun(ctx, deleted); err != nil {
				t.Fatal(err)
			}
		}
		if got := must(s.Parent(ctx, fork.ID)); got != parent.ID {
			t.Errorf("with %q deleted: parent is %q, want %q", deleted, got, parent.ID)
		}
	}
	if got := must(s.Parent(ctx, parent.ID)); got != "" {
		t.Errorf("a run that is no fork has the parent %q", got)
	}
	if got := must(s.Beside(ctx, fork.ID))[fork.ID].Parent; got != parent.ID {
		t.Errorf("beside the fork stands the parent %q", got)
	}
}
