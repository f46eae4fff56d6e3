package catalog

import (
	"context"
	"reflect"
	"testing"
)

func TestLinkedMeasures(t *testing.T) {
	ctx, s := context.Background(), mustOpen(t, t.TempDir())
	if err := s.SaveExperiment(ctx, sampleExperiment("x-1")); err != nil {
		t.Fatal(err)
	}
	one, two, three := sample(1), sample(2), sample(3)
	three.Reason, three.Score.Values = "detector_timeout", nil
	mustSave(t, s, one, two, three)
	for _, l := range []Link{{"b", "port", 1, one.ID}, {"a", "port", 2, two.ID}, {"c", "port", 1, three.ID}, {"d", "port", 1, one.ID}} {
		if err := s.LinkRun(ctx, "x-1", l); err != nil {
			t.Fatal(err)
		}
	}
	list := must(s.LinkedMeasures(ctx, "x-1", "recall", "no_such"))
	if len(list) != 4 || list[0].Arm != "a" || list[0].Run != two.ID || list[0].Seed != 2 || list[1].Elapsed != one.Elapsed {
		t.Fatalf("got %+v", list)
	}
	for i, r := range []*float64{two.Score.Values["recall"], one.Score.Values["recall"], nil} {
		if want := map[string]*float64{"recall": r, "no_such": nil}; !reflect.DeepEqual(list[i].Values, want) {
			t.Errorf("%d: got %v", i, list[i].Values)
		}
	}
	if list[2].Reason != "detector_timeout" {
		t.Errorf("got %+v", list[2])
	}
	if err := s.DeleteRun(ctx, one.ID); err != nil {
		t.Fatal(err)
	}
	if list = must(s.LinkedMeasures(ctx, "x-1")); len(list) != 2 || len(list[0].Values) != 0 {
		t.Errorf("a deleted run counts: %+v", list)
	}
}
