package kits

import (
	"strings"
	"testing"
)

// TestFilesAreWhole: no file of any new proof of concept is empty, and no name of the template is left in it.
func TestFilesAreWhole(t *testing.T) {
	for i := range Kits {
		k := &Kits[i]
		for _, start := range Starts {
			if !k.Begins(start) {
				continue
			}
			for _, f := range k.Files("mine", start) {
				if len(f.Text) < 20 || strings.Contains(f.Name+f.Text, starter) || strings.Contains(f.Name+f.Text, learner) || strings.Contains(f.Name, ".tmpl") {
					t.Errorf("%s from %s: %s has %d bytes, or still speaks of the %s", k.Lang, start, f.Name, len(f.Text), starter)
				}
			}
		}
	}
}
