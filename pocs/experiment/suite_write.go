// Writing suites and experiment files as YAML, for people to read and keep. Texts are quoted as JSON quotes them, which
// is YAML too.

package experiment

import (
	"fmt"
	"slices"
	"strings"
)

// YAML is the suite as its file is kept, the hash last; ParseSuite reads it back.
func (s *Suite) YAML() string {
	var b strings.Builder
	for _, line := range []struct{ key, text string }{{"name", s.Name}, {"title", s.Title}, {"version", s.Version}, {"doc", s.Doc},
		{"challenge", s.Challenge}, {"carrier", s.Carrier}, {"profile", s.Profile}} {
		fmt.Fprintf(&b, "%s: %s\n", line.key, oneLine(line.text))
	}
	fmt.Fprintf(&b, "base_rate: %s\nseeds: %s\nscenarios:\n", oneLine(s.BaseRate), oneLine(FormatSeeds(s.Seeds)))
	for _, sc := range s.Scenarios {
		fmt.Fprintf(&b, "  - name: %s\n    digest: %s\n    set:\n", oneLine(sc.Name), oneLine(sc.Digest))
		set := textsOf(sc.Set)
		for _, name := range slices.Sorted(keysOf(set)) {
			fmt.Fprintf(&b, "      %s: %s\n", oneLine(name), set[name])
		}
		b.WriteString("    worlds:\n")
		for _, w := range sc.Worlds {
			fmt.Fprintf(&b, "      - %s\n", oneLine(w))
		}
	}
	fmt.Fprintf(&b, "hash: %s\n", oneLine(s.Hash()))
	return b.String()
}

// YAML is the file as a person would write it; Parse reads it back, and its canonical form is the same.
func (f File) YAML() string {
	var b strings.Builder
	text := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", key, oneLine(value))
		}
	}
	text("name", f.Name)
	text("question", f.Question)
	text("challenge", f.Challenge)
	b.WriteString("scenarios:\n")
	for _, s := range f.Scenarios {
		fmt.Fprintf(&b, "  - name: %s\n", oneLine(s.Name))
		for _, line := range [][2]string{{"extends", s.Extends}, {"doc", s.Doc}} {
			if line[1] != "" {
				fmt.Fprintf(&b, "    %s: %s\n", line[0], oneLine(line[1]))
			}
		}
		s.Set.write(&b, "set")
	}
	b.WriteString("arms:\n")
	for i := range f.Arms {
		a := &f.Arms[i]
		fmt.Fprintf(&b, "  - name: %s\n", oneLine(a.armName()))
		if a.PoC != "" {
			fmt.Fprintf(&b, "    poc: %s\n", oneLine(a.PoC))
		} else {
			fmt.Fprintf(&b, "    exec: %s\n", oneLine(a.Exec))
		}
		a.Params.write(&b, "params")
		a.Set.write(&b, "set")
	}
	text("seeds", FormatSeeds(f.Seeds))
	text("baseline", f.Baseline)
	if len(f.Thresholds) > 0 {
		fmt.Fprintf(&b, "thresholds: %s\n", oneLine(f.Thresholds))
	}
	text("carrier", f.Carrier)
	text("profile", f.Profile)
	if f.BaseRate != nil {
		fmt.Fprintf(&b, "base_rate: %s\n", oneLine(*f.BaseRate))
	}
	return b.String()
}

// write puts values down one a line; several are a list.
func (v Values) write(b *strings.Builder, key string) {
	if len(v) == 0 {
		return
	}
	fmt.Fprintf(b, "    %s:\n", key)
	for _, name := range slices.Sorted(keysOf(v)) {
		text := strings.Join(v[name], ", ")
		if len(v[name]) > 1 {
			text = "[" + text + "]"
		}
		fmt.Fprintf(b, "      %s: %s\n", oneLine(name), text)
	}
}
