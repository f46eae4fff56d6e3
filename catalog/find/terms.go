// The inverted index: which entry has which term, how much it weighs there, and in which order terms stand.

package find

import (
	"math"
	"slices"
	"sort"
	"strings"

	"sealab/catalog/usecase"
)

// textField is a field whose text is searched.
type textField struct {
	name   string // as in files; empty: it is shown nowhere as a text
	weight float32
	of     func(e *usecase.Entry) []string
}

func one(text string) []string { return []string{text} }

// textFields are weighed by how much a word in them says of what the entry is about.
var textFields = []textField{
	{"title", 6, func(e *usecase.Entry) []string { return one(e.Title) }},
	{"summary", 3, func(e *usecase.Entry) []string { return one(e.Summary) }},
	{"stopped_why", 1.5, func(e *usecase.Entry) []string { return one(e.StoppedWhy) }},
	{"problem", 1.5, func(e *usecase.Entry) []string { return one(e.Problem) }},
	{"approach", 1.5, func(e *usecase.Entry) []string { return one(e.Approach) }},
	{"outcome", 1.5, func(e *usecase.Entry) []string { return one(e.Outcome) }},
	{"lessons", 1.5, lessonsOf},
	{"submitter", 3, submitterOf},
	{"partners", 2, partnersOf},
	{"caveats", 1, func(e *usecase.Entry) []string { return e.Caveats }},
	{"", 2, func(e *usecase.Entry) []string { return one(strings.ReplaceAll(e.ID, "-", " ")) }},
	{"", 2, func(e *usecase.Entry) []string { return one(labels(e, inEnglish)) }},
	{"", 2, func(e *usecase.Entry) []string { return one(labels(e, inFrench)) }},
}

// frenchLabels is the place of the one field that is French in every entry, and firstLabel where those begin that are
// ours and not the entry's.
const (
	firstLabel   = 10
	frenchLabels = 12
)

func lessonsOf(e *usecase.Entry) []string {
	if e.Lessons == nil {
		return nil
	}
	return []string{e.Lessons.Legal, e.Lessons.Policy, e.Lessons.Technical}
}

func submitterOf(e *usecase.Entry) []string {
	if e.Submitter == nil {
		return nil
	}
	return one(e.Submitter.Name)
}

func partnersOf(e *usecase.Entry) (names []string) {
	for i := range e.Partners {
		names = append(names, e.Partners[i].Name)
	}
	return names
}

// fieldLanguage is the language of a field of an entry.
func fieldLanguage(e *usecase.Entry, field int) int {
	switch {
	case field == frenchLabels:
		return inFrench
	case field >= firstLabel:
		return inEnglish
	}
	return languageOf(e.Language())
}

// The usual constants of BM25: where frequency saturates, and how much length counts.
const (
	saturation = 1.2
	lengthwise = 0.75
)

// terms is the inverted index. Terms are numbered from 1.
type terms struct {
	number  map[string]uint32
	forms   []form    // every word that was read, sorted, with its term
	first   []uint32  // of term t the postings from first[t] to first[t+1]
	items   []uint32  // of postings
	weights []float32 // of postings: frequency over all fields, before it saturates
	texts   []uint32  // of all items one after the other: their terms in order, and breaks
	start   []uint32  // of item i the texts from start[i] to start[i+1]
}

// form is a word as it is written, small and without accents.
type form struct {
	word string
	term uint32
}

// fieldBreak marks in texts that another text begins; with it comes the number of its field.
const fieldBreak = 1 << 31

func newTerms(items []Item) *terms {
	r := &indexer{terms: &terms{number: map[string]uint32{}}}
	for i := range r.known {
		r.known[i] = map[string]uint32{}
	}
	lengths := make([][]uint32, len(items)) // of the fields of each item
	for i := range items {
		r.start = append(r.start, uint32(len(r.texts)))
		lengths[i] = r.read(items[i].Entry)
	}
	r.start = append(r.start, uint32(len(r.texts)))
	r.weigh(lengths)
	for language := range r.known {
		for w, t := range r.known[language] {
			r.forms = append(r.forms, form{w, t})
		}
	}
	slices.SortFunc(r.forms, func(a, b form) int { return strings.Compare(a.word, b.word) })
	return r.terms
}

// indexer builds the inverted index.
type indexer struct {
	*terms
	known [languages]map[string]uint32 // words already met, by language
}

// read takes the texts of an entry and gives the lengths of its fields in words.
func (r *indexer) read(e *usecase.Entry) []uint32 {
	lengths := make([]uint32, len(textFields))
	for f := range textFields {
		language := fieldLanguage(e, f)
		for _, text := range textFields[f].of(e) {
			r.texts = append(r.texts, fieldBreak|uint32(f))
			eachWord(text, func(w word) {
				r.texts = append(r.texts, r.termNumber(w.folded, language))
				lengths[f]++
			})
		}
	}
	return lengths
}

func (r *indexer) termNumber(folded string, language int) uint32 {
	if t, ok := r.known[language][folded]; ok {
		return t
	}
	name := termOf(folded, language)
	t, ok := r.number[name]
	if !ok {
		t = uint32(len(r.number) + 1)
		r.number[name] = t
	}
	r.known[language][folded] = t
	return t
}

// weigh makes the postings: for each entry the weighed frequency of each of its terms.
func (r *indexer) weigh(lengths [][]uint32) {
	var mean [32]float32
	for f := range textFields {
		sum, n := float32(0), float32(0)
		for i := range lengths {
			if lengths[i][f] > 0 {
				sum, n = sum+float32(lengths[i][f]), n+1
			}
		}
		mean[f] = max(sum, 1) / max(n, 1)
	}
	type posting struct {
		term   uint32
		weight float32
	}
	var all []posting
	ends := make([]int, len(lengths)) // of each item's postings
	r.first = make([]uint32, len(r.number)+2)
	frequency := make([]float32, len(r.number)+1)
	var met []uint32
	for i := range lengths {
		part := float32(0)
		for _, t := range r.texts[r.start[i]:r.start[i+1]] {
			if t&fieldBreak != 0 {
				f := t &^ fieldBreak
				part = textFields[f].weight / (1 - lengthwise + lengthwise*float32(lengths[i][f])/mean[f])
				continue
			}
			if frequency[t] == 0 {
				met = append(met, t)
			}
			frequency[t] += part
		}
		for _, t := range met {
			all = append(all, posting{t, frequency[t]})
			r.first[t+1]++
			frequency[t] = 0
		}
		met, ends[i] = met[:0], len(all)
	}
	for t := 1; t < len(r.first); t++ {
		r.first[t] += r.first[t-1]
	}
	r.items, r.weights = make([]uint32, len(all)), make([]float32, len(all))
	next, begin := slices.Clone(r.first), 0
	for i := range ends {
		for _, p := range all[begin:ends[i]] {
			r.items[next[p.term]], r.weights[next[p.term]] = uint32(i), p.weight
			next[p.term]++
		}
		begin = ends[i]
	}
}

// postings are the items that have a term, with its weight there.
func (x *terms) postings(t uint32) (items []uint32, weights []float32) {
	return x.items[x.first[t]:x.first[t+1]], x.weights[x.first[t]:x.first[t+1]]
}

// beginning gives the terms of all words that begin so.
func (x *terms) beginning(prefix string) (list []uint32) {
	from := sort.Search(len(x.forms), func(i int) bool { return x.forms[i].word >= prefix })
	for _, f := range x.forms[from:] {
		if !strings.HasPrefix(f.word, prefix) {
			break
		}
		list = append(list, f.term)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// rarity is the inverse document frequency of what so many of all items have.
func rarity(have, all int) float32 {
	return float32(math.Log(1 + (float64(all-have)+0.5)/(float64(have)+0.5)))
}
