// Ids out of titles.

package usecase

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxSlug leaves room for "-2" and the like, where a slug is taken.
const maxSlug = 50

// Slug makes an id out of a title: small letters without their accents, digits, and hyphens between words. It is at
// least three characters long, whatever the title is.
func Slug(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(strings.ToLower(title)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
		if b.Len() >= maxSlug {
			break
		}
	}
	slug := strings.Trim(b.String(), "-")
	if len(slug) < 3 {
		return strings.Trim("case-"+slug, "-")
	}
	return slug
}

// Reserved are words that no use case may have as its id: they stand at the same place in addresses.
var Reserved = []string{"new", "mine", "map", "compare", "diff"}
