//go:build !js

// Stored experiments in a list.

package main

import (
	"fmt"
	"time"

	"sealab/catalog"
	"sealab/catalog/query"
	"sealab/catalog/usecase"
	"sealab/pocs/experiment"
	"sealab/pocs/program"
)

// nativeSchemas come from rooms that the browser's build leaves out.
var nativeSchemas = map[string]func() []byte{"experiment": experiment.Schema, "suite": experiment.SuiteSchema, "protocol": program.Page,
	"usecase": usecase.Schema, "scenario_file": experiment.ScenarioSchema}

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

// listExperiments shows the stored experiments, newest first unless another order is asked for.
func listExperiments(s *session, c *listCmd) error {
	fields := catalog.ExperimentFields()
	where, err := query.Parse(c.Query, fields)
	if err != nil {
		return badInput{err}
	}
	order, ascending, err := c.order(fields)
	if err != nil {
		return err
	}
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	found, err := store.Experiments(s.ctx, catalog.ExperimentQuery{Where: where, Order: order, Ascending: ascending})
	if err != nil {
		return err
	}
	list := make([]listedExperiment, len(found))
	table := [][]string{{"ID", "NAME", "STATE", "RUNS", "CREATED", "QUESTION"}}
	for i, e := range found {
		list[i] = listedExperiment{e.ID, e.Name, e.Question, e.State, e.Reason, e.Runs, e.Hash, e.Commit, e.Created}
		table = append(table, []string{e.ID, e.Name, string(e.State), fmt.Sprint(e.Runs), listedTime(e.Created), firstSentence(e.Question)})
	}
	if c.JSON {
		return printJSON(s.stdout, list)
	}
	return s.table(table)
}
