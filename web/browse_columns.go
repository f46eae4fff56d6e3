// The columns of the table of use cases: which may be chosen, and what stands in their cells.

package web

import (
	"slices"
	"strconv"
	"strings"

	"sealab/catalog/find"
)

// browseColumns may be chosen, beside the title, which is always there.
var browseColumns = []string{"technologies", "process", "stage", "started", "ended", "countries", "region", "submitter", "kind", "evidence", "origin",
	"badge", "metrics", "sources", "published", "version"}

// usualBrowseColumns are there unless others are chosen.
var usualBrowseColumns = []string{"technologies", "process", "stage", "started", "countries", "submitter", "evidence"}

// browseColumn is a column that may be chosen.
type browseColumn struct {
	Name   string
	Chosen bool
	Always bool // stands in a narrow table too
}

// Number reports whether cells stand to the right.
func (c browseColumn) Number() bool {
	return slices.Contains([]string{"metrics", "sources", "version"}, c.Name)
}

func shownBrowseColumns(chosen []string) []browseColumn {
	if len(chosen) == 0 {
		chosen = usualBrowseColumns
	}
	var list []browseColumn
	for _, name := range browseColumns {
		list = append(list, browseColumn{name, slices.Contains(chosen, name), name == "stage"})
	}
	return list
}

// Cell is what stands in a column of a use case.
func (p *browsePage) Cell(card usecaseCard, column string) string {
	t, e := p.texts, card.Entry
	words := func(facet string, values []string) string {
		return strings.Join(inEach(values, func(v string) string { return valueLabel(t, facet, v) }), ", ")
	}
	switch column {
	case "technologies":
		return words(find.TechnologyFacet, e.Technologies)
	case "process":
		return words(find.ProcessFacet, e.Process)
	case "stage":
		return valueLabel(t, find.StageFacet, e.Stage)
	case "started":
		return dateWords(e.Started)
	case "ended":
		return dateWords(e.Ended)
	case "countries":
		return words(find.CountryFacet, e.Countries)
	case "region":
		return words(find.RegionFacet, e.Regions)
	case "submitter":
		if e.Submitter != nil {
			return e.Submitter.Name
		}
	case "kind":
		if e.Submitter != nil {
			return valueLabel(t, find.KindFacet, e.Submitter.Kind)
		}
	case "evidence":
		return valueLabel(t, find.EvidenceFacet, card.Evidence)
	case "origin":
		return valueLabel(t, find.OriginFacet, e.Origin)
	case "badge":
		return valueLabel(t, find.BadgeFacet, card.Badge)
	case "metrics":
		return strconv.Itoa(len(e.Metrics))
	case "sources":
		return strconv.Itoa(len(e.Sources))
	case "published":
		return stamp(card.Published)
	case "version":
		return strconv.Itoa(card.Version)
	}
	return ""
}
