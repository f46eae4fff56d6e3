// Similar cases: by the rare words and the facets that two entries share.

package find

import (
	"cmp"
	"slices"
)

// likeness is how much a facet counts beside the text: a shared value as much as so many shared words as rare as it.
var likeness = map[string]float32{TechnologyFacet: 3, ProcessFacet: 4, CountryFacet: 2, RegionFacet: 1, StageFacet: 0.5, KindFacet: 0.5}

// tellingTerms is how many terms of an entry are looked at: those that tell it from others.
const tellingTerms = 30

// Similar gives the use cases most like another, the most alike first, at most so many; those that share neither a
// telling word nor a facet are left out.
func (x *Index) Similar(id string, most int) []*Item {
	self, ok := x.byID[id]
	if !ok {
		return nil
	}
	scores := make([]float32, len(x.items))
	for _, t := range x.telling(self) {
		items, weights := x.terms.postings(t.term)
		for k, i := range items {
			scores[i] += t.score * weights[k] / (saturation + weights[k])
		}
	}
	for f := range x.facets {
		c := &x.facets[f]
		for v := range c.values {
			if factor := likeness[c.name]; factor > 0 && c.sets[v].has(self) {
				share := factor * rarity(c.sets[v].count(), len(x.items))
				for i := range x.items {
					if c.sets[v].has(i) {
						scores[i] += share
					}
				}
			}
		}
	}
	var list []int
	for i := range scores {
		if i != self && scores[i] > 0 {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	var out []*Item
	for _, i := range list[:min(most, len(list))] {
		out = append(out, &x.items[i])
	}
	return out
}

// scored is a term with how much it tells of an entry.
type scored struct {
	term  uint32
	score float32
}

// telling gives the terms of an item that tell most of it.
func (x *Index) telling(self int) []scored {
	var list []scored
	seen := map[uint32]bool{}
	own := x.terms.texts[x.terms.start[self]:x.terms.start[self+1]]
	for k := 0; k < len(own); k++ {
		t := own[k]
		if t&fieldBreak != 0 {
			if int(t&^fieldBreak) >= firstLabel { // what facets say already
				break
			}
			continue
		}
		if seen[t] {
			continue
		}
		seen[t] = true
		items, weights := x.terms.postings(t)
		at, _ := slices.BinarySearch(items, uint32(self))
		if len(items) > 1 {
			list = append(list, scored{t, rarity(len(items), len(x.items)) * weights[at] / (saturation + weights[at])})
		}
	}
	slices.SortFunc(list, func(a, b scored) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.term, b.term)) })
	return list[:min(len(list), tellingTerms)]
}
