// Questions: what a text asks for, word by word.

package find

import (
	"strings"
)

// The limits of a question's text. What is beyond is left out.
const (
	MaxText  = 200 // bytes
	maxWords = 16
)

// The orders of a list.
const (
	ByRelevance = "relevance"
	ByNewest    = "newest"
	ByTitle     = "title"
)

// Sorts are all of them.
var Sorts = []string{ByRelevance, ByNewest, ByTitle}

// Query is what is asked.
type Query struct {
	Text   string
	Filter map[string][]string // values by the name of their facet
	Sort   string              // empty: ByRelevance where there is a text, else ByNewest
}

// asked is one thing that a text asks for: a word, or in quotes several in a row.
type asked struct {
	words  []string // folded
	quoted bool
	open   bool // perhaps only the beginning of a word
}

// parse takes a text apart. Words that say nothing are left out, unless there are no others.
func parse(text string) []asked {
	text = strings.ToValidUTF8(text[:min(len(text), MaxText)], "")
	var list, idle []asked
	for i, part := range strings.Split(strings.NewReplacer("“", `"`, "”", `"`, "«", `"`, "»", `"`).Replace(text), `"`) {
		var words []string
		eachWord(part, func(w word) { words = append(words, w.folded) })
		if i%2 == 1 {
			if len(words) > 0 {
				list = append(list, asked{words: words, quoted: true})
			}
			continue
		}
		for _, w := range words {
			if stopWords[w] {
				idle = append(idle, asked{words: []string{w}})
			} else {
				list = append(list, asked{words: []string{w}})
			}
		}
	}
	if len(list) == 0 {
		list = idle
	}
	list = list[:min(len(list), maxWords)]
	if n := len(list); n > 0 && !list[n-1].quoted {
		list[n-1].open = true
	}
	return list
}

// The share of a word's weight that counts where not the word itself is found, but one that means the same, or one that
// begins with it.
const (
	alikeShare = 0.6
	beginShare = 0.5
)

// meant are the terms that a word may stand for, each with its share.
func (x *terms) meant(folded string, open bool) map[uint32]float32 {
	list := map[uint32]float32{}
	add := func(name string, share float32) {
		if t, ok := x.number[name]; ok {
			list[t] = max(list[t], share)
		}
	}
	for _, name := range termsOf(folded) {
		add(name, 1)
		for _, other := range alike[name] {
			add(other, alikeShare)
		}
	}
	if open && (len(folded) > 2 || len(list) == 0 && len(folded) > 1) {
		for _, t := range x.beginning(folded) {
			list[t] = max(list[t], beginShare)
		}
	}
	return list
}
