package kits

import (
	"slices"
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

// TestNamesThatWouldHideAnother: a file is not to take the place of a module, nor to be left out.
func TestNamesThatWouldHideAnother(t *testing.T) {
	for lang, names := range map[string]map[string]bool{
		"python":     {"mine": false, "random": true, "re": true, "struct": true, "sealab": true, "numpy": true, "my_test": false, "seal_windows": false},
		"javascript": {"mine": false, "random": false, "sealab": true, "my_test": false},
		"go":         {"mine": false, "random": false, "fmt": false, "my_test": true, "seal_windows": true, "x_arm64": true, "windows": false, "papers": true},
	} {
		i := slices.IndexFunc(Kits, func(k Kit) bool { return k.Lang == lang })
		for name, want := range names {
			if why := Kits[i].Refuses(name); (why != "") != want {
				t.Errorf("%s in %s: %q, want a reason: %v", name, lang, why, want)
			}
		}
	}
}
