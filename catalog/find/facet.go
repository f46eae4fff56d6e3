// Facets: by what use cases can be narrowed down, and which of them have which value.

package find

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"sealab/catalog/usecase"
)

// The names of facets, which are parameters of addresses too.
const (
	TechnologyFacet = "tech"
	ProcessFacet    = "process"
	StageFacet      = "stage"
	RegionFacet     = "region"
	CountryFacet    = "country"
	KindFacet       = "kind"     // of submitter
	EvidenceFacet   = "evidence" // "idea" where there is none
	OriginFacet     = "origin"
	BadgeFacet      = "badge"
	MetricsFacet    = "metrics" // yes or no
	StoppedFacet    = "stopped" // with a reason or without; what was not stopped has no value
	YearFacet       = "year"    // in which it started
)

// The values of facets that are no vocabulary of the schema.
const (
	NoEvidence    = usecase.Idea
	WithMetrics   = "yes"
	NoMetrics     = "no"
	WithReason    = "reason"
	WithoutReason = "no-reason"
)

// facet says which values an entry has. A closed one has a fixed list of them.
type facet struct {
	name   string
	closed []string
	form   *regexp.Regexp // of values of an open one
	wants  string         // that form in words
	of     func(*Item) []string
}

// allFacets are the facets in the order in which they are shown.
func allFacets(badge func(*Item) Badge) []facet {
	return []facet{
		{name: TechnologyFacet, closed: usecase.Technologies, of: func(it *Item) []string { return it.Entry.Technologies }},
		{name: ProcessFacet, closed: usecase.Processes, of: func(it *Item) []string { return it.Entry.Process }},
		{name: StageFacet, closed: usecase.Stages, of: func(it *Item) []string { return []string{it.Entry.Stage} }},
		{name: StoppedFacet, closed: []string{WithReason, WithoutReason}, of: stoppedOf},
		{name: RegionFacet, closed: usecase.Regions, of: func(it *Item) []string { return it.Entry.Regions }},
		{name: CountryFacet, form: regexp.MustCompile(`^[A-Z]{2}$`), wants: "a country's two capital letters, such as KE",
			of: func(it *Item) []string { return it.Entry.Countries }},
		{name: KindFacet, closed: usecase.Kinds, of: kindOf},
		{name: EvidenceFacet, closed: append(slices.Clone(usecase.Evidences), NoEvidence), of: evidenceOf},
		{name: BadgeFacet, closed: Badges, of: func(it *Item) []string { return []string{string(badgeOf(it, badge))} }},
		{name: MetricsFacet, closed: []string{WithMetrics, NoMetrics}, of: metricsOf},
		{name: OriginFacet, closed: []string{usecase.Compiled, usecase.Submitted}, of: func(it *Item) []string { return []string{it.Entry.Origin} }},
		{name: YearFacet, form: regexp.MustCompile(`^(19|20)[0-9]{2}$`), wants: "a year, such as 2019", of: yearOf},
	}
}

// FacetNames are the names of all facets, in the order in which they are shown.
var FacetNames = func() (names []string) {
	for _, f := range allFacets(nil) {
		names = append(names, f.name)
	}
	return names
}()

func facetOf(name string, badge func(*Item) Badge) facet {
	all := allFacets(badge)
	return all[slices.IndexFunc(all, func(f facet) bool { return f.name == name })]
}

func kindOf(it *Item) []string {
	if it.Entry.Submitter == nil {
		return nil
	}
	return []string{it.Entry.Submitter.Kind}
}

func evidenceOf(it *Item) []string {
	if it.Entry.Evidence == "" {
		return []string{NoEvidence}
	}
	return []string{it.Entry.Evidence}
}

func badgeOf(it *Item, known func(*Item) Badge) Badge {
	if known != nil {
		if b := known(it); b != "" {
			return b
		}
	}
	if len(it.Entry.PoCs) > 0 || len(it.Entry.Claims) > 0 {
		return Linked
	}
	return None
}

func metricsOf(it *Item) []string {
	if len(it.Entry.Metrics) > 0 {
		return []string{WithMetrics}
	}
	return []string{NoMetrics}
}

func stoppedOf(it *Item) []string {
	switch {
	case it.Entry.Stage != usecase.Stopped:
		return nil
	case it.Entry.StoppedWhy == "":
		return []string{WithoutReason}
	}
	return []string{WithReason}
}

func yearOf(it *Item) []string {
	if len(it.Entry.Started) < len("2006") {
		return nil
	}
	return []string{it.Entry.Started[:len("2006")]}
}

// column is a facet of an index: for each value the set of items that have it.
type column struct {
	facet
	values []string // of a closed facet all, of another those that occur
	sets   []set
	at     map[string]int
}

func newColumns(items []Item) []column {
	var list []column
	for _, f := range allFacets(nil) {
		list = append(list, newColumn(f, items))
	}
	return list
}

func newColumn(f facet, items []Item) column {
	c := column{facet: f, values: f.closed, at: map[string]int{}}
	if f.closed == nil {
		occur := map[string]bool{}
		for i := range items {
			for _, v := range f.of(&items[i]) {
				occur[v] = true
			}
		}
		c.values = slices.Sorted(maps.Keys(occur))
	}
	for i, v := range c.values {
		c.at[v] = i
		c.sets = append(c.sets, newSet(len(items)))
	}
	for i := range items {
		for _, v := range f.of(&items[i]) {
			if at, ok := c.at[v]; ok {
				c.sets[at].add(i)
			}
		}
	}
	return c
}

// allows is the set of items that have one of the values.
func (c *column) allows(values []string, items int) set {
	s := newSet(items)
	for _, v := range values {
		if at, ok := c.at[v]; ok {
			s.or(c.sets[at])
		}
	}
	return s
}

// BadValue says that a facet has no such value, or that there is no such facet.
type BadValue struct{ Facet, Value, Allowed string }

// Error names facet, value and what is allowed.
func (e *BadValue) Error() string {
	if e.Value == "" {
		return fmt.Sprintf("filter by %q: there is no such facet: %s", e.Facet, e.Allowed)
	}
	return fmt.Sprintf("filter by %s = %q: %s", e.Facet, e.Value, e.Allowed)
}

// CheckFilter refuses facets and values that no entry can have, as a *BadValue.
func CheckFilter(filter map[string][]string) error {
	for _, name := range slices.Sorted(maps.Keys(filter)) {
		if !slices.Contains(FacetNames, name) {
			return &BadValue{Facet: name, Allowed: "facets are " + strings.Join(FacetNames, ", ")}
		}
		f := facetOf(name, nil)
		for _, v := range filter[name] {
			switch {
			case f.closed != nil && !slices.Contains(f.closed, v):
				return &BadValue{name, v, "allowed are " + strings.Join(f.closed, ", ")}
			case f.form != nil && !f.form.MatchString(v):
				return &BadValue{name, v, "want " + f.wants}
			}
		}
	}
	return nil
}
