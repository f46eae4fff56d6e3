// Package find searches use cases: full text with ranking and marked hits, facets with counts, similar cases. It holds
// what is on the shelf in memory and knows no store; who builds an index keeps it as long as the shelf stays the same.
//
// Ranking is BM25F (Robertson and Zaragoza 2009, section 3.6): the frequencies of a word in all fields of an entry are
// added up by the fields' weights, each field by its own length, before they saturate.
//
// A word is found in all its forms, with or without accents, by its synonyms in English and French, and the last word of
// a query also by its beginning. What is in quotes must be there, word after word. Of the other words as many must be
// there as any one entry has: all of them, where an entry has all.
//
// Facets: values of one facet are alternatives, facets narrow one another. A value's count is what there would be if it
// were the only value chosen of its facet, all other facets and the text being as they are.
package find

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"sealab/catalog/usecase"
)

// Item is one use case on the shelf: its newest published version.
type Item struct {
	Entry     *usecase.Entry
	Edition   string // its id
	Version   int
	Published time.Time
}

// Badge says how a use case stands to evidence that can be played again.
type Badge string

// The badges, from nothing to the worst.
const (
	None     Badge = "none"     // it names no proof of concept
	Linked   Badge = "linked"   // it does, and nothing was played again yet
	Verified Badge = "verified" // what it claims came out again
	Stale    Badge = "stale"    // it came out again, but something has changed since
	Failed   Badge = "failed"   // it did not
)

// Badges are all of them.
var Badges = []string{string(None), string(Linked), string(Verified), string(Stale), string(Failed)}

// Index is what can be searched. It never changes and may be used by several goroutines.
type Index struct {
	items  []Item // in the order of their titles
	byID   map[string]int
	newest []int // places of items, newest first
	terms  *terms
	facets []column
}

// New builds an index.
func New(items []Item) *Index {
	x := &Index{items: slices.Clone(items), byID: make(map[string]int, len(items))}
	sortByTitle(x.items)
	for i := range x.items {
		x.byID[x.items[i].Entry.ID] = i
		x.newest = append(x.newest, i)
	}
	slices.SortStableFunc(x.newest, func(a, b int) int { return x.items[b].Published.Compare(x.items[a].Published) })
	x.terms = newTerms(x.items)
	x.facets = newColumns(x.items)
	return x
}

// sortByTitle sorts as a reader expects: whatever the capitals and accents; equal titles by id.
func sortByTitle(items []Item) {
	c := collate.New(language.Und, collate.Loose, collate.Numeric)
	var buffer collate.Buffer
	type keyed struct {
		key  string
		item Item
	}
	list := make([]keyed, len(items))
	for i := range items {
		list[i] = keyed{string(c.KeyFromString(&buffer, items[i].Entry.Title)), items[i]}
		buffer.Reset()
	}
	slices.SortFunc(list, func(a, b keyed) int {
		return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.item.Entry.ID, b.item.Entry.ID))
	})
	for i := range list {
		items[i] = list[i].item
	}
}

// Len is how many use cases there are.
func (x *Index) Len() int { return len(x.items) }

// Items are all use cases, by title. Nobody changes them.
func (x *Index) Items() []Item { return x.items }

// Item finds a use case by its id; nil if there is none.
func (x *Index) Item(id string) *Item {
	if i, ok := x.byID[id]; ok {
		return &x.items[i]
	}
	return nil
}

// WithBadges is the same index with the badges that a function knows; where that gives an empty one, the entry alone
// decides between None and Linked.
func (x *Index) WithBadges(badge func(*Item) Badge) *Index {
	y := *x
	y.facets = slices.Clone(x.facets)
	for i := range y.facets {
		if y.facets[i].name == BadgeFacet {
			y.facets[i] = newColumn(facetOf(BadgeFacet, badge), x.items)
		}
	}
	return &y
}

// BadgeOf is the badge of a use case of this index.
func (x *Index) BadgeOf(id string) Badge {
	i, ok := x.byID[id]
	for f := range x.facets {
		if c := &x.facets[f]; ok && c.name == BadgeFacet {
			for v := range c.values {
				if c.sets[v].has(i) {
					return Badge(c.values[v])
				}
			}
		}
	}
	return None
}
