// The catalogue's list of use cases: search, facets, cards or a table, page by page.

package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/catalog/find"
	"sealab/catalog/usecase"
)

// browsePage is what its template shows.
type browsePage struct {
	Query   browseQuery
	Sort    string
	Sorts   []string
	All     int // use cases there are
	Total   int // that match
	Words   int
	Found   int
	Pages   int
	Facets  []facetView
	Chips   []narrowing
	Starts  []start
	Cards   []usecaseCard
	Columns []browseColumn
	Ways    []wayOut
	Why     bool // show why a case was stopped
	texts   *texts
}

// facetView is a facet as the form shows it.
type facetView struct {
	Name   string
	Values []valueView
	Chosen int
	Open   bool
}

type valueView struct {
	Value, Label, About string
	Count               int
	Chosen              bool
}

// narrowing is one value that narrows the list, and where it goes when it is taken away.
type narrowing struct{ Facet, Label, Without string }

// start is a question with which readers come.
type start struct {
	Key, URL string
	Count    int
	Current  bool
}

// wayOut is a part of the query without which something would be found.
type wayOut struct {
	Part, Value, URL string
	Count            int
}

// usecaseCard is one use case in the list.
type usecaseCard struct {
	usecaseJSON
	Entry       *usecase.Entry
	TitleText   []piece
	SummaryText []piece
	Snippet     *snippetView
}

// piece is a part of a text, marked or not.
type piece struct {
	Text   string
	Marked bool
}

type snippetView struct {
	Field         string
	Before, After bool
	Text          []piece
}

// pieces cuts a text at its marks.
func pieces(text string, marks []find.Mark) []piece {
	var list []piece
	at := 0
	add := func(to int, marked bool) {
		if to > at {
			list = append(list, piece{text[at:to], marked})
			at = to
		}
	}
	for _, m := range marks {
		add(m.From, false)
		add(m.To, true)
	}
	add(len(text), false)
	return list
}

func (s *Server) usecasesPage(c *gin.Context) error {
	q := browseQueryOf(c.Request.URL.Query())
	index, r, err := s.browse(c.Request.Context(), q)
	if err != nil {
		return err
	}
	size := perPage[q.View]
	pages := (r.Total + size - 1) / size
	q.Page = min(q.Page, max(pages, 1)) // a permalink may be older than the list
	p := &browsePage{Query: q, Sort: r.Sort, All: index.Len(), Total: r.Total, Words: r.Words, Found: r.Found, Pages: pages, texts: s.set(c).texts}
	for _, sort := range find.Sorts {
		if sort != find.ByRelevance || q.Text != "" {
			p.Sorts = append(p.Sorts, sort)
		}
	}
	p.Why = q.Asks(find.StageFacet, usecase.Stopped) || len(q.Filter[find.StoppedFacet]) > 0
	p.facets(r)
	p.starts(index)
	p.ways(r)
	p.Columns = shownBrowseColumns(q.Cols)
	for _, it := range r.Items((q.Page-1)*size, size) {
		p.Cards = append(p.Cards, cardOf(index, r, it))
	}
	return s.page(c, "usecases", p)
}

func cardOf(index *find.Index, r *find.Result, it *find.Item) usecaseCard {
	card := usecaseCard{usecaseJSON: jsonOfUsecase(index, it), Entry: it.Entry,
		TitleText: pieces(it.Entry.Title, r.Marks(it, it.Entry.Title)), SummaryText: pieces(it.Entry.Summary, r.Marks(it, it.Entry.Summary))}
	if x := r.Snippet(it); x != nil {
		card.Snippet = &snippetView{x.Field, x.Before, x.After, pieces(x.Text, x.Marks)}
	}
	return card
}

// openFacets are unfolded before anybody asks for them.
var openFacets = []string{find.TechnologyFacet, find.ProcessFacet, find.StageFacet}

// facets makes the form, without values that would find nothing; of technologies all are there, as an invitation.
func (p *browsePage) facets(r *find.Result) {
	if p.Query.Text != "" {
		q := p.Query
		q.Text, q.Page = "", 1
		p.Chips = append(p.Chips, narrowing{find.TextPart, p.Query.Text, address("/usecases", q.values())})
	}
	for _, f := range r.Facets {
		view := facetView{Name: f.Name, Open: slices.Contains(openFacets, f.Name)}
		for _, v := range f.Values {
			if v.Chosen {
				view.Chosen++
				p.Chips = append(p.Chips, narrowing{f.Name, valueLabel(p.texts, f.Name, v.Value), address("/usecases", p.Query.without(f.Name, v.Value).values())})
			}
			if v.Count > 0 || v.Chosen || f.Name == find.TechnologyFacet {
				view.Values = append(view.Values, valueView{v.Value, valueLabel(p.texts, f.Name, v.Value), valueAbout(p.texts, f.Name, v.Value), v.Count, v.Chosen})
			}
		}
		switch f.Name {
		case find.CountryFacet:
			slices.SortFunc(view.Values, func(a, b valueView) int { return strings.Compare(a.Label, b.Label) })
		case find.YearFacet:
			slices.Reverse(view.Values)
		}
		view.Open = view.Open || view.Chosen > 0
		if len(view.Values) > 0 {
			p.Facets = append(p.Facets, view)
		}
	}
}

// families are the prefixes under which the values of facets have their texts.
var valueFamilies = map[string]string{find.TechnologyFacet: "tech.", find.ProcessFacet: "process.", find.StageFacet: "stage.", find.RegionFacet: "region.",
	find.KindFacet: "party.", find.EvidenceFacet: "evidence.", find.OriginFacet: "origin.", find.BadgeFacet: "badge.", find.MetricsFacet: "metrics.", find.StoppedFacet: "stopped."}

// valueLabel is a value of a facet in words.
func valueLabel(t *texts, facet, value string) string {
	if facet == find.CountryFacet {
		return countryName(value)
	}
	return t.Or(valueFamilies[facet]+value, value)
}

// valueAbout says more about a value, where there is more to say.
func valueAbout(t *texts, facet, value string) string {
	return t.Or(valueFamilies[facet]+value+".about", "")
}

// startQueries are the questions with which readers come, in the order in which they are offered.
var startQueries = []struct {
	key    string
	filter map[string][]string
}{
	{"browse.start.stopped", map[string][]string{find.StageFacet: {usecase.Stopped}}},
	{"browse.start.use", map[string][]string{find.StageFacet: {"production", "scaled"}}},
	{"browse.start.figures", map[string][]string{find.MetricsFacet: {find.WithMetrics}}},
	{"browse.start.try", map[string][]string{find.BadgeFacet: find.Badges[1:]}},
}

func (p *browsePage) starts(index *find.Index) {
	for _, x := range startQueries {
		q := browseQuery{Query: find.Query{Filter: x.filter}, View: p.Query.View, Page: 1}
		there := address("/usecases", q.values())
		p.Starts = append(p.Starts, start{x.key, there, index.Search(q.Query).Total, there == address("/usecases", p.Query.values())})
	}
}

func (p *browsePage) ways(r *find.Result) {
	for _, w := range r.Ways {
		way := wayOut{Part: w.Part, Count: w.Count}
		q := p.Query.with(w.Part)
		if w.Part == find.TextPart {
			q.Text, way.Value = "", p.Query.Text
		} else {
			var labels []string
			for _, v := range p.Query.Filter[w.Part] {
				labels = append(labels, valueLabel(p.texts, w.Part, v))
			}
			way.Value = strings.Join(labels, ", ")
		}
		way.URL = address("/usecases", q.values())
		p.Ways = append(p.Ways, way)
	}
}

// At is the address of another page of the list.
func (p *browsePage) At(page int) string {
	q := p.Query
	q.Page = page
	return address("/usecases", q.values())
}

// As is the address of the same list in another view.
func (p *browsePage) As(view string) string {
	q := p.Query
	q.View, q.Page = view, 1
	return address("/usecases", q.values())
}

// Narrowed is the address of the list narrowed by one more value.
func (p *browsePage) Narrowed(facet, value string) string {
	if p.Query.Asks(facet, value) {
		return address("/usecases", p.Query.with(facet, value).values())
	}
	return address("/usecases", p.Query.with(facet, append(slices.Clone(p.Query.Filter[facet]), value)...).values())
}

// File is the address of the list as a file.
func (p *browsePage) File(name string) string { return address("/api/v1/"+name, p.Query.filter()) }

// Map is the address of the coverage map of the same use cases.
func (p *browsePage) Map() string {
	q := p.Query.with(find.TechnologyFacet).with(find.ProcessFacet)
	return address("/usecases/map", q.filter())
}

// Cleared is the address of the whole list in the same view.
func (p *browsePage) Cleared() string {
	return address("/usecases", browseQuery{View: p.Query.View, Cols: p.Query.Cols, Page: 1}.values())
}

// Carried are the fields that the form takes along unseen.
func (p *browsePage) Carried(but ...string) []carried {
	v := p.Query.values()
	for _, name := range find.FacetNames {
		v.Del(name)
	}
	return hiddenOf(v, but...)
}

// Whole are the fields of a form that asks the same of the catalogue and changes something else.
func (p *browsePage) Whole(but ...string) []carried { return everyField(p.Query.values(), but...) }

// everyField carries every value of every parameter.
func everyField(v url.Values, but ...string) (list []carried) {
	for _, name := range sortedNames(flat(v)) {
		for _, value := range v[name] {
			if name != "page" && !slices.Contains(but, name) {
				list = append(list, carried{name, value})
			}
		}
	}
	return list
}
