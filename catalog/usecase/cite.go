// Citing a version of an entry: what goes into a list of references, in whichever form.

package usecase

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// Citation is what of a version goes into a list of references.
type Citation struct {
	Entry     *Entry
	Version   int
	Published time.Time
	Hub       string // the name of the hub, which publishes it
	Address   string // of the version's page; empty: the hub has none that others reach
}

// URN names a use case in all its versions.
func URN(id string) string { return "urn:sealab:usecase:" + id }

// VersionURN names one version.
func VersionURN(id string, version int) string { return fmt.Sprintf("%s:v%d", URN(id), version) }

// key is how the version is called in a list of references.
func (c *Citation) key() string { return fmt.Sprintf("sealab-%s-v%d", c.Entry.ID, c.Version) }

// Authors are organizations: whoever sent the entry in. Who is named in a compiled one did not write it: the hub did.
func (c *Citation) Authors() []string {
	if c.Entry.Origin == Submitted && c.Entry.Submitter != nil {
		return []string{c.Entry.Submitter.Name}
	}
	return []string{c.Hub}
}

// keywords are the slugs of technologies and processes.
func (c *Citation) keywords() []string {
	return append(append([]string{}, c.Entry.Technologies...), c.Entry.Process...)
}

// note says what a reader of the citation must know of the entry.
func (c *Citation) note() string {
	parts := []string{VersionURN(c.Entry.ID, c.Version)}
	if c.Entry.Origin == Compiled {
		text := "compiled from public sources"
		if c.Entry.Submitter != nil {
			text += ", not submitted by " + c.Entry.Submitter.Name
		}
		parts = append(parts, text)
	}
	switch c.Entry.Evidence {
	case "":
		parts = append(parts, "an idea without a source")
	case "title-only":
		parts = append(parts, "only a title was seen")
	default:
		parts = append(parts, "rests on a "+c.Entry.Evidence+" source")
	}
	return oneLine(strings.Join(append(parts, c.Entry.Hash()), "; "))
}

// oneLine joins lines and leaves out what nobody sees, among it the byte order mark, which some readers take for a blank.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if r == '\ufeff' || unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}
