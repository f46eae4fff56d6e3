package web

import (
	"slices"
	"testing"

	"sealab/web/chart"
)

// TestLabelsDoNotOverlap: marks at one place share a label, at the rightmost of them; others keep their own.
func TestLabelsDoNotOverlap(t *testing.T) {
	marks := []chart.Mark{{X: 10, Y: 1}, {X: 10, Y: 1}, {X: 19, Y: 0.99}, {X: 90, Y: 1}, {X: 10, Y: 0.2}, {X: 10, Y: 1}}
	joinLabels(marks, 100)
	var got []string
	for _, m := range marks {
		got = append(got, m.Label)
	}
	if want := []string{"", "", "1–3, 6", "4", "5", ""}; !slices.Equal(got, want) {
		t.Errorf("labels %q, want %q", got, want)
	}
}

func TestSpans(t *testing.T) {
	for want, list := range map[string][]int{"": nil, "7": {7}, "1, 2": {1, 2}, "1–3": {1, 2, 3}, "1, 3–5, 9, 10": {1, 3, 4, 5, 9, 10}} {
		if got := spans(list); got != want {
			t.Errorf("spans(%v) = %q, want %q", list, got, want)
		}
	}
}
