// A version as a CITATION.cff file.

package usecase

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// CFF is a CITATION.cff file of version 1.2.0. That format knows software and data sets only: the entry is a data set
// there, and the report that it is stands as the preferred citation.
func (c *Citation) CFF() string {
	var b strings.Builder
	line := func(indent, name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s%s: %s\n", indent, name, quoted(value))
		}
	}
	authors := func(indent string) {
		b.WriteString(indent + "authors:\n")
		for _, name := range c.Authors() {
			line(indent+"  - ", "name", name)
		}
	}
	b.WriteString("cff-version: 1.2.0\n")
	line("", "message", "Please cite this version of the use case as below.")
	b.WriteString("type: dataset\n")
	line("", "title", c.Entry.Title)
	authors("")
	line("", "version", fmt.Sprint(c.Version))
	line("", "date-released", c.Published.Format(time.DateOnly))
	line("", "abstract", c.Entry.Summary)
	line("", "url", c.Address)
	b.WriteString("keywords:\n")
	for _, word := range c.keywords() {
		b.WriteString("  - " + quoted(word) + "\n")
	}
	b.WriteString("identifiers:\n")
	for _, id := range [][2]string{{VersionURN(c.Entry.ID, c.Version), "This version"}, {URN(c.Entry.ID), "All versions"}, {c.Entry.Hash(), "SHA-256 of the text of this version"}} {
		b.WriteString("  - type: other\n")
		line("    ", "value", id[0])
		line("    ", "description", id[1])
	}
	b.WriteString("preferred-citation:\n  type: report\n")
	line("  ", "title", c.Entry.Title)
	authors("  ")
	fmt.Fprintf(&b, "  year: %d\n  month: %d\n", c.Published.Year(), int(c.Published.Month()))
	line("  ", "date-published", c.Published.Format(time.DateOnly))
	line("  ", "version", fmt.Sprint(c.Version))
	b.WriteString("  publisher:\n")
	line("    ", "name", c.Hub)
	if base, _, _ := strings.Cut(c.Entry.Language(), "-"); base != "" {
		b.WriteString("  languages:\n    - " + quoted(base) + "\n")
	}
	line("  ", "url", c.Address)
	line("  ", "notes", c.note())
	return b.String()
}

// quoted writes a text as YAML has it between double quotes, which is as JSON has it.
func quoted(text string) string {
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	if err := w.Encode(oneLine(text)); err != nil {
		panic(err) // a text always can be
	}
	return strings.TrimSuffix(b.String(), "\n")
}
