//go:build !js

// Experiments in a list, and runs by query.

package main

import (
	"fmt"
	"time"

	"sealab/catalog"
	"sealab/catalog/query"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/pocs/experiment"
)

// nativeSchemas come from rooms that the browser's build leaves out.
var nativeSchemas = map[string]func() []byte{"experiment": experiment.Schema, "suite": experiment.SuiteSchema}

type listedExperiment struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Question string        `json:"question"`
	State    catalog.State `json:"state"`
	Reason   string        `json:"reason,omitempty"`
	Runs     int           `json:"runs"`
	Hash     string        `json:"hash"`
	Commit   string        `json:"commit"`
	Created  time.Time     `json:"created"`
}

// listExperiments shows the stored experiments, newest first.
func listExperiments(s *session, c *listCmd) error {
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	found, err := store.Experiments(s.ctx, catalog.ExperimentQuery{})
	if err != nil {
		return err
	}
	list := make([]listedExperiment, len(found))
	table := [][]string{{"ID", "NAME", "STATE", "RUNS", "CREATED", "QUESTION"}}
	for i, e := range found {
		list[i] = listedExperiment{e.ID, e.Name, e.Question, e.State, e.Reason, e.Runs, e.Hash, e.Commit, e.Created}
		table = append(table, []string{e.ID, e.Name, string(e.State), fmt.Sprint(e.Runs), e.Created.Local().Format("2006-01-02 15:04"), firstSentence(e.Question)})
	}
	if c.JSON {
		return printJSON(s.stdout, list)
	}
	return s.table(table)
}

// runQuery reads a query over runs; what is wrong with it is the user's to mend.
func runQuery(text string) (query.Node, error) {
	var measures []pocs.Measure
	known := map[string]bool{}
	for i := range all.Challenges {
		for _, m := range all.Challenges[i].Measures {
			if !known[m.Name] {
				known[m.Name] = true
				measures = append(measures, m)
			}
		}
	}
	where, err := query.Parse(text, catalog.RunFields(measures))
	if err != nil {
		return query.Node{}, badInput{err}
	}
	return where, nil
}
