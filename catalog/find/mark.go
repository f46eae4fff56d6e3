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
	marks, _ := r.marks(text, languageOf(it.Entry.Language()))
	return marks
}

// marks also gives the term of each mark.
func (r *Result) marks(text string, language int) (list []Mark, terms []uint32) {
	if len(r.terms) == 0 {
		return nil, nil
	}
	eachWord(text, func(w word) {
		if t := r.index.terms.number[termOf(w.folded, language)]; r.terms[t] {
			list, terms = append(list, Mark{w.from, w.to}), append(terms, t)
		}
	})
	return list, terms
}

// Snippet is the part of an entry, beside title and summary, that answers the query with words which those do not have;
// nil where there is none.
func (r *Result) Snippet(it *Item) *Snippet {
	language := languageOf(it.Entry.Language())
	seen := map[uint32]bool{}
	for _, text := range []string{it.Entry.Title, it.Entry.Summary} {
		_, terms := r.marks(text, language)
		for _, t := range terms {
			seen[t] = true
		}
	}
	var best *Snippet
	most := 0
	for f := 2; f < firstLabel; f++ {
		for _, text := range textFields[f].of(it.Entry) {
			marks, terms := r.marks(text, language)
			from, to, fresh := window(text, marks, terms, seen)
			if fresh > most {
				most, best = fresh, cut(text, from, to, marks)
				best.Field = textFields[f].name
			}
		}
	}
	return best
}

// window is the part of a text, not much longer than a snippet, that has most terms which were not seen yet; of several
// that have as many the first.
func window(text string, marks []Mark, terms []uint32, seen map[uint32]bool) (from, to, fresh int) {
	if len(text) <= snippetBytes {
		return 0, len(text), distinct(terms, seen)
	}
	for i := range marks {
		n := i
		for n < len(marks) && marks[n].To-marks[i].From <= snippetBytes-lead {
			n++
		}
		if count := distinct(terms[i:n], seen); count > fresh {
			fresh = count
			from = wordStart(text, max(marks[i].From-lead, 0))
			to = wordEnd(text, min(from+snippetBytes, len(text)))
		}
	}
	return from, to, fresh
}

// lead is how much of a text stands before the first mark of its snippet, in bytes.
const lead = 40

// distinct counts the terms that were not seen, each once.
func distinct(terms []uint32, seen map[uint32]bool) int {
	fresh := map[uint32]bool{}
	for _, t := range terms {
		if !seen[t] {
			fresh[t] = true
		}
	}
	return len(fresh)
}

// cut takes a part of a text with the marks in it.
func cut(text string, from, to int, marks []Mark) *Snippet {
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
