// From a text to words, and from words to the terms under which they are found.

package find

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/french"
	"golang.org/x/text/unicode/norm"
)

// word is one word of a text: its place in bytes, and how it is written without capitals and accents.
type word struct {
	from, to int
	folded   string
}

// maxWord is the longest word that is kept whole, in bytes; what is longer is no word of a language.
const maxWord = 48

// eachWord calls for every word of a text. Letters and digits make words; a Chinese or Japanese character is one alone,
// since nothing stands between words there.
func eachWord(text string, call func(word)) {
	from := -1
	end := func(at int) {
		if from >= 0 {
			call(word{from, at, fold(text[from:at])})
			from = -1
		}
	}
	for i, r := range text {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			end(i)
			call(word{i, i + utf8.RuneLen(r), string(r)})
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
			if from < 0 {
				from = i
			}
		default:
			end(i)
		}
	}
	end(len(text))
}

// whole letters that come apart by no rule of Unicode.
var apart = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")

// fold writes a word small and without accents.
func fold(w string) string {
	if len(w) > maxWord {
		w = strings.ToValidUTF8(w[:maxWord], "")
	}
	plain := true
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			plain = false
			break
		}
	}
	if w = strings.ToLower(w); plain {
		return w
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(w) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return apart.Replace(strings.ToLower(b.String()))
}

// The languages whose word forms are known. Words of others are found as they are written.
const (
	inEnglish = iota
	inFrench
	inAnother
	languages
)

// languageOf takes a language tag such as fr-CI.
func languageOf(tag string) int {
	primary, _, _ := strings.Cut(tag, "-")
	switch primary {
	case "en":
		return inEnglish
	case "fr":
		return inFrench
	}
	return inAnother
}

// termOf is what all forms of a word have in common in a language.
func termOf(folded string, language int) string {
	if language == inAnother || !letters(folded) {
		return folded
	}
	if language == inFrench {
		return french.Stem(folded, true)
	}
	return english.Stem(folded, true)
}

// letters reports whether a word is made of the letters that the languages' rules are about.
func letters(w string) bool {
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return true
}

// termsOf are the terms of a word in every language, each once, for whoever does not know the language.
func termsOf(folded string) []string {
	terms := make([]string, 0, languages)
	for language := range languages {
		if t := termOf(folded, language); !has(terms, t) {
			terms = append(terms, t)
		}
	}
	return terms
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// stopWords say nothing of what a text is about. "EU", "US" and "AI" are words too: they are not among them.
var stopWords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`a an and are as at be been by can did do does for from had has have how if in into is it its of on or that
		the their there these they this those to was we were what when where which who why will with would you
		au aux avec ce ces cette comment dans de des du elle en est et il ils l la le les leur ont ou par pour pourquoi qu
		que quel quelle quels quelles qui quoi sa sans se ses son sont sur un une`) {
		set[w] = true
	}
	return set
}()
