//go:build !js

// Published use cases in a list: by words and by facets, with the counts that the pages show.

package main

import (
	"errors"
	"strings"
	"time"

	"sealab/catalog"
	"sealab/catalog/find"
	"sealab/catalog/usecase"
)

type listedUsecase struct {
	ID           string         `json:"id"`
	Title        string         `json:"title"`
	Summary      string         `json:"summary"`
	Origin       string         `json:"origin"`
	Technologies []string       `json:"technologies"`
	Process      []string       `json:"process"`
	Stage        string         `json:"stage"`
	Started      string         `json:"started,omitempty"`
	Ended        string         `json:"ended,omitempty"`
	Countries    []string       `json:"countries,omitempty"`
	Regions      []string       `json:"wco_region"`
	Submitter    *usecase.Party `json:"submitter,omitempty"`
	StoppedWhy   string         `json:"stopped_why,omitempty"`
	Evidence     string         `json:"evidence"`
	Badge        find.Badge     `json:"badge"`
	Version      int            `json:"version"`
	Published    time.Time      `json:"published"`
}

// listUsecases shows the published use cases that match, in the order of the pages.
func listUsecases(s *session, c *listCmd) error {
	q, err := c.usecasesAsked()
	if err != nil {
		return err
	}
	store, err := c.openShelf(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	index, err := store.Index(s.ctx, catalog.DefaultRoom)
	if err != nil {
		return err
	}
	list := []listedUsecase{}
	table := [][]string{{"ID", "STAGE", "TECHNOLOGIES", "EVIDENCE", "TITLE"}}
	for _, it := range index.Search(q).Items(0, 0) {
		e := it.Entry
		evidence := e.Evidence
		if evidence == "" {
			evidence = find.NoEvidence
		}
		list = append(list, listedUsecase{e.ID, e.Title, e.Summary, e.Origin, e.Technologies, e.Process, e.Stage, e.Started, e.Ended, e.Countries, e.Regions,
			e.Submitter, e.StoppedWhy, evidence, index.BadgeOf(e.ID), it.Version, it.Published})
		table = append(table, []string{e.ID, e.Stage, strings.Join(e.Technologies, ","), evidence, e.Title})
	}
	if c.JSON {
		return printJSON(s.stdout, list)
	}
	return s.table(table)
}

// usecasesAsked is what the flags ask of the catalogue.
func (c *listCmd) usecasesAsked() (find.Query, error) {
	q := find.Query{Text: c.Query, Sort: c.Sort, Filter: map[string][]string{}}
	known := false
	for _, sort := range find.Sorts {
		known = known || sort == c.Sort
	}
	if c.Sort != "" && !known {
		return q, badInputf("sort use cases by %q: allowed are %s", c.Sort, strings.Join(find.Sorts, ", "))
	}
	if len(q.Text) > find.MaxText {
		return q, badInputf("search use cases: the text has %d bytes, allowed are %d", len(q.Text), find.MaxText)
	}
	for _, f := range c.Filter {
		name, value, ok := strings.Cut(f, "=")
		if !ok {
			return q, badInputf("filter by %q: want FACET=VALUE, such as tech=iot; facets are %s", f, strings.Join(find.FacetNames, ", "))
		}
		name = strings.TrimSpace(name)
		q.Filter[name] = append(q.Filter[name], strings.TrimSpace(value))
	}
	var bad *find.BadValue
	if errors.As(find.CheckFilter(q.Filter), &bad) {
		return q, badInput{bad}
	}
	return q, nil
}
