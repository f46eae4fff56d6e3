// Use cases in the API: a list with its facets.

package web

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"sealab/catalog/find"
	"sealab/catalog/usecase"
)

// usecaseJSON is a use case in a list.
type usecaseJSON struct {
	ID           string         `json:"id"`
	Title        string         `json:"title"`
	Summary      string         `json:"summary"`
	Origin       string         `json:"origin" enum:"compiled,submitted"`
	Technologies []string       `json:"technologies"`
	Process      []string       `json:"process"`
	Stage        string         `json:"stage"`
	Started      string         `json:"started,omitempty"`
	Ended        string         `json:"ended,omitempty"`
	Countries    []string       `json:"countries,omitempty"`
	Regions      []string       `json:"wco_region"`
	Submitter    *usecase.Party `json:"submitter,omitempty"`
	StoppedWhy   string         `json:"stopped_why,omitempty"`
	Evidence     string         `json:"evidence" doc:"primary, secondary or title-only; idea where an idea has none"`
	Badge        string         `json:"badge" enum:"none,linked,verified,stale,failed"`
	Version      int            `json:"version"`
	Published    time.Time      `json:"published"`
	URL          string         `json:"url"`
}

func jsonOfUsecase(index *find.Index, it *find.Item) usecaseJSON {
	e := it.Entry
	return usecaseJSON{e.ID, e.Title, e.Summary, e.Origin, e.Technologies, e.Process, e.Stage, e.Started, e.Ended, e.Countries, e.Regions, e.Submitter,
		e.StoppedWhy, orText(e.Evidence, find.NoEvidence), string(index.BadgeOf(e.ID)), it.Version, it.Published, usecaseURL(e.ID)}
}

func usecaseURL(id string) string { return "/usecases/" + url.PathEscape(id) }

// usecasesIn is the query of the list of use cases; its fields are those of the page's address.
type usecasesIn struct {
	Text     string   `query:"q" doc:"full text: words in any form, in quotes several in a row"`
	Tech     []string `query:"tech,explode" doc:"technologies; several are alternatives, here and in every other facet"`
	Process  []string `query:"process,explode" doc:"Customs processes"`
	Stage    []string `query:"stage,explode" doc:"idea, research, pilot, production, scaled or stopped"`
	Stopped  []string `query:"stopped,explode" doc:"of those that were stopped: reason or no-reason"`
	Region   []string `query:"region,explode" doc:"WCO regions"`
	Country  []string `query:"country,explode" doc:"two capital letters, such as KE"`
	Kind     []string `query:"kind,explode" doc:"of submitter: administration, company, academia, igo or hub"`
	Evidence []string `query:"evidence,explode" doc:"primary, secondary, title-only or idea"`
	Badge    []string `query:"badge,explode" doc:"none, linked, verified, stale or failed"`
	Metrics  []string `query:"metrics,explode" doc:"yes or no: whether figures are given"`
	Origin   []string `query:"origin,explode" doc:"compiled or submitted"`
	Year     []string `query:"year,explode" doc:"in which it started"`
	Sort     string   `query:"sort" doc:"relevance, newest or title"`
	Page     int      `query:"page" minimum:"1" maximum:"100000" default:"1"`
	Limit    int      `query:"limit" minimum:"1" maximum:"1000" default:"24"`
}

// query is what is asked, in the form that the page has it.
func (in *usecasesIn) query() browseQuery {
	v := url.Values{"q": {in.Text}, "sort": {in.Sort}, "page": {strconv.Itoa(in.Page)}, find.TechnologyFacet: in.Tech, find.ProcessFacet: in.Process,
		find.StageFacet: in.Stage, find.StoppedFacet: in.Stopped, find.RegionFacet: in.Region, find.CountryFacet: in.Country, find.KindFacet: in.Kind,
		find.EvidenceFacet: in.Evidence, find.BadgeFacet: in.Badge, find.MetricsFacet: in.Metrics, find.OriginFacet: in.Origin, find.YearFacet: in.Year}
	return browseQueryOf(v)
}

// facetJSON is a facet with its counts.
type facetJSON struct {
	Name   string      `json:"name"`
	Values []valueJSON `json:"values"`
}

// valueJSON is one value of a facet.
type valueJSON struct {
	Value  string `json:"value"`
	Count  int    `json:"count" doc:"of the use cases that there would be with this value alone, the other facets and the text being as they are"`
	Chosen bool   `json:"chosen"`
}

type usecasesOut struct {
	Items  []usecaseJSON `json:"items"`
	Total  int           `json:"total"`
	Page   int           `json:"page"`
	Sort   string        `json:"sort" enum:"relevance,newest,title"`
	Words  int           `json:"words" doc:"of the text that count"`
	Found  int           `json:"words_found" doc:"of these, how many every item has: as many as any use case has"`
	Facets []facetJSON   `json:"facets"`
}

func (s *Server) apiUsecases(ctx context.Context, in *usecasesIn) (*answerOf[usecasesOut], error) {
	q := in.query()
	index, r, err := s.browse(ctx, q)
	if err != nil {
		return nil, err
	}
	out := usecasesOut{Items: []usecaseJSON{}, Total: r.Total, Page: q.Page, Sort: r.Sort, Words: r.Words, Found: r.Found, Facets: facetsJSON(r)}
	for _, it := range r.Items((q.Page-1)*in.Limit, in.Limit) {
		out.Items = append(out.Items, jsonOfUsecase(index, it))
	}
	return ok(out)
}

func facetsJSON(r *find.Result) []facetJSON {
	var list []facetJSON
	for _, f := range r.Facets {
		out := facetJSON{Name: f.Name, Values: []valueJSON{}}
		for _, v := range f.Values {
			out.Values = append(out.Values, valueJSON(v))
		}
		list = append(list, out)
	}
	return list
}
