// Marks: where in a text the words stand by which it was found.

package find

import (
	"strings"
	"unicode/utf8"
)

// Mark is a place in a text, in bytes.
type Mark struct{ From, To int }

// Snippet is the part of a field in which an entry answers a query best.
type Snippet struct {
	Field  string // as in files, such as stopped_why
	Text   string
	Marks  []Mark
	Before bool // something was left out before it
	After  bool // or behind it
}

// snippetBytes is about two lines on a card.
const snippetBytes = 220

// Marks finds the words of a query in a text of an entry's own language.
func (r *Result) Marks(it *Item, text string) []Mark {
	return r.marks(text, languageOf(it.Entry.Language()), nil)
}

// marks also collects the terms that it met.
func (r *Result) marks(text string, language int, met map[uint32]bool) (list []Mark) {
	if len(r.terms) == 0 {
		return nil
	}
	eachWord(text, func(w word) {
		if t := r.index.terms.number[termOf(w.folded, language)]; r.terms[t] {
			list = append(list, Mark{w.from, w.to})
			if met != nil {
				met[t] = true
			}
		}
	})
	return list
}

// Snippet is the part of an entry, beside title and summary, that answers the query with words which those do not have;
// nil where there is none.
func (r *Result) Snippet(it *Item) *Snippet {
	language := languageOf(it.Entry.Language())
	seen := map[uint32]bool{}
	r.marks(it.Entry.Title, language, seen)
	r.marks(it.Entry.Summary, language, seen)
	var best *Snippet
	most := 0
	for f := 2; f < firstLabel; f++ {
		for _, text := range textFields[f].of(it.Entry) {
			met := map[uint32]bool{}
			marks := r.marks(text, language, met)
			fresh := 0
			for t := range met {
				if !seen[t] {
					fresh++
				}
			}
			if fresh > most {
				most, best = fresh, cut(text, marks)
				best.Field = textFields[f].name
			}
		}
	}
	return best
}

// cut takes the window of a text that holds most marks, from word to word.
func cut(text string, marks []Mark) *Snippet {
	if len(text) <= snippetBytes {
		return &Snippet{Text: text, Marks: marks}
	}
	first, most := 0, 0
	for i := range marks {
		n := 0
		for n < len(marks)-i && marks[i+n].To-marks[i].From <= snippetBytes-40 {
			n++
		}
		if n > most {
			first, most = i, n
		}
	}
	from := wordStart(text, max(marks[first].From-40, 0))
	to := wordEnd(text, min(from+snippetBytes, len(text)))
	s := &Snippet{Text: text[from:to], Before: from > 0, After: to < len(text)}
	for _, m := range marks {
		if m.From >= from && m.To <= to {
			s.Marks = append(s.Marks, Mark{m.From - from, m.To - from})
		}
	}
	return s
}

// wordStart moves to where the next word begins, if that is near.
func wordStart(text string, at int) int {
	if at == 0 {
		return 0
	}
	if i := strings.IndexAny(text[at:min(at+30, len(text))], " \n"); i >= 0 {
		return at + i + 1
	}
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return at
}

// wordEnd moves back to where a word ends, if that is near.
func wordEnd(text string, at int) int {
	if at == len(text) {
		return at
	}
	if i := strings.LastIndexAny(text[max(at-30, 0):at], " \n"); i >= 0 {
		return max(at-30, 0) + i
	}
	for at > 0 && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}
