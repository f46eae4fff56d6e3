// Answers: which use cases match, in what order, and how many there are for every value of every facet.

package find

import (
	"maps"
	"slices"
)

// Value is one value of a facet.
type Value struct {
	Value  string
	Count  int // of the use cases that there would be with this value alone
	Chosen bool
}

// Facet is a facet with its values, in the order of its vocabulary.
type Facet struct {
	Name   string
	Closed bool // it has a fixed list of values, all of which are here
	Values []Value
}

// Way is how to find something where nothing is found: without this facet's values, or without the text (TextPart).
type Way struct {
	Part  string
	Count int // of the use cases that there would be
}

// TextPart is the part of a query that is no facet.
const TextPart = "text"

// Result is the answer to a query.
type Result struct {
	Total  int
	Sort   string // the order that was taken
	Facets []Facet
	Words  int   // of the text that count
	Found  int   // of these, how many every use case of the result has
	Ways   []Way // out of an empty result, the widest first; empty: only without everything

	index *Index
	order []int           // places of items
	terms map[uint32]bool // by which something was found
}

// Search answers a query. Values that no entry has match nothing; CheckFilter tells them.
func (x *Index) Search(q Query) *Result {
	r := &Result{index: x, terms: map[uint32]bool{}}
	text, scores := r.text(q.Text)
	allowed := make([]set, len(x.facets)) // nil: everything
	for f := range x.facets {
		if values := q.Filter[x.facets[f].name]; len(values) > 0 {
			allowed[f] = x.facets[f].allows(values, len(x.items))
		}
	}
	all := but(text, allowed, -1)
	r.Total = all.count()
	for f := range x.facets {
		base := all
		if allowed[f] != nil {
			base = but(text, allowed, f)
		}
		r.Facets = append(r.Facets, x.facets[f].counted(base, q.Filter[x.facets[f].name]))
	}
	r.sort(q, all, scores)
	if r.Total == 0 {
		r.waysOut(q, text, allowed)
	}
	return r
}

// but is what matches the text and all facets but one.
func but(text set, allowed []set, one int) set {
	s := text
	for f := range allowed {
		if f != one && allowed[f] != nil {
			s = s.and(allowed[f])
		}
	}
	return s
}

// counted counts the values of a facet in a set.
func (c *column) counted(base set, chosen []string) Facet {
	f := Facet{Name: c.name, Closed: c.closed != nil, Values: make([]Value, len(c.values))}
	for i, v := range c.values {
		f.Values[i] = Value{v, base.common(c.sets[i]), slices.Contains(chosen, v)}
	}
	for _, v := range chosen { // a permalink may ask for what no entry has any more
		if _, known := c.at[v]; !known && !slices.ContainsFunc(f.Values, func(x Value) bool { return x.Value == v }) {
			f.Values = append(f.Values, Value{v, 0, true})
		}
	}
	return f
}

// text finds what a text asks for, and how well each item answers it.
func (r *Result) text(text string) (set, []float32) {
	list, n := parse(text), len(r.index.items)
	scores := make([]float32, n)
	if len(list) == 0 {
		return fullSet(n), scores
	}
	hits, must := make([]uint8, n), fullSet(n)
	weights := make([]float32, n)
	for _, a := range list {
		var met []uint32
		if a.quoted {
			met = r.phrase(a, weights, must)
		} else {
			met = r.gather(r.meant(a.words[0], a.open), weights)
			r.Words++
		}
		idf := rarity(len(met), n)
		for _, i := range met {
			scores[i] += idf * weights[i] * (saturation + 1) / (saturation + weights[i])
			weights[i] = 0
			if !a.quoted {
				hits[i]++
			}
		}
	}
	found := newSet(n)
	for i := range n {
		if must.has(i) {
			r.Found = max(r.Found, int(hits[i]))
		}
	}
	for i := range n {
		if must.has(i) && int(hits[i]) == r.Found && (r.Found > 0 || r.Words == 0) {
			found.add(i)
		}
	}
	return found, scores
}

// meant are the terms of a word; they will be marked.
func (r *Result) meant(folded string, open bool) map[uint32]float32 {
	list := r.index.terms.meant(folded, open)
	for t := range list {
		r.terms[t] = true
	}
	return list
}

// gather adds the weights of terms up, item by item, and gives the items that have any of them.
func (r *Result) gather(terms map[uint32]float32, weights []float32) (met []uint32) {
	for _, t := range slices.Sorted(maps.Keys(terms)) { // sums of fractions depend on their order
		items, w := r.index.terms.postings(t)
		for k, i := range items {
			if weights[i] == 0 {
				met = append(met, i)
			}
			weights[i] += terms[t] * w[k]
		}
	}
	return met
}

// phrase finds words that stand in a row, and leaves in must only those items that have them.
func (r *Result) phrase(a asked, weights []float32, must set) (met []uint32) {
	x := r.index.terms
	row := make([]map[uint32]float32, len(a.words))
	for k, w := range a.words {
		row[k] = map[uint32]float32{}
		for _, name := range termsOf(w) {
			if t, ok := x.number[name]; ok {
				row[k][t] = 1
				r.terms[t] = true
			}
		}
	}
	rarest := slices.MinFunc(row, func(a, b map[uint32]float32) int { return x.spread(a) - x.spread(b) })
	having := newSet(len(r.index.items))
	for t := range rarest {
		items, _ := x.postings(t)
		for _, i := range items {
			if must.has(int(i)) && !having.has(int(i)) && inRow(x.texts[x.start[i]:x.start[i+1]], row) {
				having.add(int(i))
			}
		}
	}
	copy(must, must.and(having))
	for _, i := range r.gather(rarest, weights) {
		if having.has(int(i)) {
			met = append(met, i)
		} else {
			weights[i] = 0
		}
	}
	return met
}

// spread is how many postings terms have together.
func (x *terms) spread(list map[uint32]float32) (n int) {
	for t := range list {
		n += int(x.first[t+1] - x.first[t])
	}
	return n
}

// inRow reports whether somewhere in texts the terms stand one after the other.
func inRow(texts []uint32, row []map[uint32]float32) bool {
	for at := 0; at+len(row) <= len(texts); at++ {
		k := 0
		for k < len(row) && row[k][texts[at+k]] > 0 {
			k++
		}
		if k == len(row) {
			return true
		}
	}
	return false
}

// sort puts the items in order: items are kept by title, so that equal ones stay so.
func (r *Result) sort(q Query, found set, scores []float32) {
	r.Sort = q.Sort
	if r.Sort == "" || r.Sort == ByRelevance && q.Text == "" {
		r.Sort = ByNewest
		if q.Text != "" {
			r.Sort = ByRelevance
		}
	}
	r.order = make([]int, 0, r.Total)
	places := r.index.newest
	for k := range r.index.items {
		i := k
		if r.Sort == ByNewest {
			i = places[k]
		}
		if found.has(i) {
			r.order = append(r.order, i)
		}
	}
	if r.Sort == ByRelevance {
		slices.SortStableFunc(r.order, func(a, b int) int {
			switch {
			case scores[a] > scores[b]:
				return -1
			case scores[a] < scores[b]:
				return 1
			}
			return 0
		})
	}
}

// waysOut counts what each part of a query, were it left out, would bring.
func (r *Result) waysOut(q Query, text set, allowed []set) {
	for f := range allowed {
		if allowed[f] != nil {
			r.Ways = append(r.Ways, Way{r.index.facets[f].name, but(text, allowed, f).count()})
		}
	}
	if q.Text != "" {
		r.Ways = append(r.Ways, Way{TextPart, but(fullSet(len(r.index.items)), allowed, -1).count()})
	}
	r.Ways = slices.DeleteFunc(r.Ways, func(w Way) bool { return w.Count == 0 })
	slices.SortStableFunc(r.Ways, func(a, b Way) int { return b.Count - a.Count })
}

// Items are the use cases of the result from one place on, at most so many; 0: all.
func (r *Result) Items(from, most int) []*Item {
	order := r.order[min(max(from, 0), len(r.order)):]
	if most > 0 {
		order = order[:min(most, len(order))]
	}
	list := make([]*Item, len(order))
	for k, i := range order {
		list[k] = &r.index.items[i]
	}
	return list
}
