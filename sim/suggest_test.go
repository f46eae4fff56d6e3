// What is suggested for a wrong name: the nearest known one, or the list where none is near.
package sim

import "testing"

func TestSuggest(t *testing.T) {
	known := []string{"nis", "noise_sea", "seals", "span_days"}
	for wrong, want := range map[string]string{
		"nsi":    "did you mean nis?",
		"seal":   "did you mean seals?",
		"SEALS":  "did you mean seals?",
		"spandy": "did you mean span_days?",
		"zzzzzz": "known are nis, noise_sea, seals, span_days",
		"":       "known are nis, noise_sea, seals, span_days",
	} {
		if got := Suggest(wrong, known); got != want {
			t.Errorf("Suggest(%q) = %q, want %q", wrong, got, want)
		}
	}
}
