// A version as BibTeX.

package usecase

import (
	"fmt"
	"strings"
)

// BibTeX is an entry of type misc. Accents stay as they are (UTF-8).
func (c *Citation) BibTeX() string {
	var b strings.Builder
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %-12s = {%s},\n", name, value)
		}
	}
	fmt.Fprintf(&b, "@misc{%s,\n", c.key())
	names := c.Authors()
	for i, name := range names {
		names[i] = "{" + texText(name) + "}"
	}
	field("author", strings.Join(names, " and "))
	field("title", "{"+texText(c.Entry.Title)+"}")
	field("year", fmt.Sprint(c.Published.Year()))
	fmt.Fprintf(&b, "  %-12s = %s,\n", "month", strings.ToLower(c.Published.Format("Jan")))
	field("howpublished", texText("Use case in the catalogue of "+c.Hub))
	field("publisher", texText(c.Hub))
	field("version", fmt.Sprint(c.Version))
	field("language", c.Entry.Language())
	field("keywords", strings.Join(c.keywords(), ", "))
	field("url", c.Address)
	field("abstract", texText(c.Entry.Summary))
	field("note", texText(c.note()))
	return strings.TrimSuffix(b.String(), ",\n") + "\n}\n"
}

// texSpecial is how a character is written that means something else to TeX or BibTeX. Braces are written by their names,
// since BibTeX counts even those behind a backslash.
var texSpecial = map[rune]string{'\\': `\textbackslash{}`, '{': `\textbraceleft{}`, '}': `\textbraceright{}`, '%': `\%`, '&': `\&`, '$': `\$`, '#': `\#`,
	'_': `\_`, '~': `\textasciitilde{}`, '^': `\textasciicircum{}`, '`': `\textasciigrave{}`, '<': `\textless{}`, '>': `\textgreater{}`}

// texText writes a text of one line for TeX. Hyphens and apostrophes that stand together are parted, since TeX sets two as
// a dash or a quotation mark.
func texText(text string) string {
	var b strings.Builder
	before := rune(0)
	for _, r := range oneLine(text) {
		if special := texSpecial[r]; special != "" {
			b.WriteString(special)
		} else {
			if r == before && (r == '-' || r == '\'') {
				b.WriteString("{}")
			}
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}
