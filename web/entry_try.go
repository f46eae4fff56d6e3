// From a use case to an experiment: the form filled in with what tries it, and worlds in which it matters.

package web

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sealab/catalog"
	"sealab/catalog/usecase"
	"sealab/sim"
)

// planForUsecase fills the experiment form in for the newest published version of a use case.
func (s *Server) planForUsecase(ctx context.Context, id string) (planForm, error) {
	f := s.planForm()
	versions, err := s.versions(ctx, id)
	if err != nil {
		return f, err
	}
	e := catalog.Newest(versions)
	if e == nil {
		return f, withdrawn(&versions[len(versions)-1])
	}
	arms := s.pocsOf(&e.Entry)
	if len(arms) == 0 {
		return f, notFound("proof of concept of use case", id, "this hub has none that tries it")
	}
	f.Name, f.Question = "try "+id, fmt.Sprintf("Does it hold in other worlds? %s", e.Entry.Title)
	f.Baseline = s.baselineFor(arms)
	f.Arms = append(slices.Clone(arms), f.Baseline)
	if slices.Contains(arms, f.Baseline) {
		f.Arms = arms
	}
	if best := s.scenarioFor(&e.Entry); best != "" {
		f.Scenarios = []string{best}
	}
	f.Thresholds = thresholdsOf(&e.Entry, f.Arms)
	f.File = f.write()
	f.Wrote = f.File
	return f, nil
}

// baselineFor is what the arms are held against: plain rules where they are not tried themselves, else a reference.
func (s *Server) baselineFor(arms []string) string {
	fallback := arms[0]
	for i := range s.cfg.PoCs {
		p := &s.cfg.PoCs[i]
		switch {
		case slices.Contains(arms, p.Name) || s.cfg.SeesTruth[p.Name]:
		case p.Name == "rules":
			return p.Name
		case p.Baseline && fallback == arms[0]:
			fallback = p.Name
		}
	}
	return fallback
}

// scenarioFor is the scenario with the most of the attacks that the entry speaks of; empty where none has any.
func (s *Server) scenarioFor(e *usecase.Entry) (best string) {
	has := map[string]int{}
	kinds := map[string]bool{}
	for _, m := range modesOf(e) {
		for _, k := range m.Kinds {
			kinds[k] = true
		}
	}
	for _, entry := range s.library() {
		if !kinds[entry.Name] {
			continue
		}
		for _, sc := range entry.Scenarios {
			has[sc]++
		}
	}
	for _, sc := range s.scenarios() {
		if has[sc.Name] > has[best] {
			best = sc.Name
		}
	}
	return best
}

// thresholdsOf writes the claims about these arms as thresholds of an experiment.
func thresholdsOf(e *usecase.Entry, arms []string) string {
	var lines []string
	for _, c := range e.Claims {
		if slices.Contains(arms, c.PoC) && c.Value != nil {
			lines = append(lines, fmt.Sprintf("%s: %s %s %s", c.PoC, c.Measure, c.Comparator, sim.Number(*c.Value)))
		}
	}
	return strings.Join(lines, "\n")
}
