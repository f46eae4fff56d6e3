// The coverage map: technologies by processes, with counts that lead to the list, and gaps where nothing was tried.

package web

import (
	"github.com/gin-gonic/gin"

	"sealab/catalog/find"
	"sealab/catalog/usecase"
)

// coveragePage is what its template shows: a row a process, a column a technology.
type coveragePage struct {
	Query  browseQuery
	All    int
	Total  int
	Gaps   int
	Heads  []coverageHead
	Rows   []coverageRow
	Stages []narrowing // the map of one stage each
	Chips  []narrowing
	List   string // address of the list that the map is of
	Clear  string
}

// coverageHead is a technology with all that are filed under it.
type coverageHead struct {
	Slug, URL string
	Count     int
}

type coverageRow struct {
	Slug, URL string
	Count     int
	Cells     []coverageCell
}

// coverageCell is how many use cases try a technology for a process. Level is its share of the fullest cell, 0 to 4.
type coverageCell struct {
	Technology, URL string
	Count, Level    int
}

func (s *Server) coveragePage(c *gin.Context) error {
	q := browseQueryOf(c.Request.URL.Query()).with(find.TechnologyFacet).with(find.ProcessFacet)
	q.Sort = ""
	index, r, err := s.browse(c.Request.Context(), q)
	if err != nil {
		return err
	}
	t := s.set(c).texts
	p := &coveragePage{Query: q, All: index.Len(), Total: r.Total, List: address("/usecases", q.filter()), Clear: "/usecases/map"}
	p.fill(index)
	for _, stage := range usecase.Stages {
		p.Stages = append(p.Stages, narrowing{find.StageFacet, valueLabel(t, find.StageFacet, stage), address("/usecases/map", q.with(find.StageFacet, stage).filter())})
	}
	for _, f := range r.Facets {
		for _, v := range f.Values {
			if v.Chosen {
				p.Chips = append(p.Chips, narrowing{f.Name, valueLabel(t, f.Name, v.Value), address("/usecases/map", q.without(f.Name, v.Value).filter())})
			}
		}
	}
	return s.page(c, "coverage", p)
}

// fill counts, one question a process: its facet of technologies has the counts of the whole row.
func (p *coveragePage) fill(index *find.Index) {
	list := func(q browseQuery) string { return address("/usecases", q.filter()) }
	most := 0
	for _, v := range technologiesOf(index.Search(p.Query.Query)) {
		p.Heads = append(p.Heads, coverageHead{v.Value, list(p.Query.with(find.TechnologyFacet, v.Value)), v.Count})
	}
	for _, process := range usecase.Processes {
		q := p.Query.with(find.ProcessFacet, process)
		r := index.Search(q.Query)
		row := coverageRow{Slug: process, URL: list(q), Count: r.Total}
		for _, v := range technologiesOf(r) {
			row.Cells = append(row.Cells, coverageCell{Technology: v.Value, URL: list(q.with(find.TechnologyFacet, v.Value)), Count: v.Count})
			most = max(most, v.Count)
			if v.Count == 0 {
				p.Gaps++
			}
		}
		p.Rows = append(p.Rows, row)
	}
	for i := range p.Rows {
		for j := range p.Rows[i].Cells {
			cell := &p.Rows[i].Cells[j]
			cell.Level = (4*cell.Count + max(most, 1) - 1) / max(most, 1)
		}
	}
}

func technologiesOf(r *find.Result) []find.Value {
	for _, f := range r.Facets {
		if f.Name == find.TechnologyFacet {
			return f.Values
		}
	}
	return nil
}
