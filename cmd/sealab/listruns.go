//go:build !js

package main

import (
	"fmt"
	"time"

	"sealab/catalog"
	"sealab/pocs"
)

// listFlags say where the runs are and which to show; the other lists need none.
type listFlags struct {
	dataFlags
	Query string `short:"q" placeholder:"QUERY" help:"Which runs, such as 'poc = kalman AND (delay_p50_s < 3600 OR NOT recall < 0.9)'."`
}

// check refuses a query where nothing would heed it.
func (f listFlags) check(what string) error {
	if f.Query != "" && what != "runs" {
		return badInputf("list %s: --query goes with runs only", what)
	}
	return nil
}

type listedRun struct {
	ID       string        `json:"id"`
	PoC      string        `json:"poc"`
	Scenario string        `json:"scenario"`
	Seed     uint64        `json:"seed"`
	Carrier  string        `json:"carrier"`
	State    catalog.State `json:"state"`
	Verdict  pocs.Verdict  `json:"verdict"`
	Balanced *float64      `json:"score_balanced"`
	Readings int           `json:"readings"`
	Findings int           `json:"findings"`
	Commit   string        `json:"commit"`
	Digest   string        `json:"digest"`
	Started  time.Time     `json:"started"`
	ElapsedS float64       `json:"elapsed_s"`
	Reason   string        `json:"reason,omitempty"`
}

// listRuns shows the stored runs, newest first.
func listRuns(s *session, c *listCmd) error {
	where, err := runQuery(c.Query)
	if err != nil {
		return err
	}
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	const measure = "score_balanced"
	rows, err := store.Runs(s.ctx, catalog.Query{Measures: []string{measure}, Where: where})
	if err != nil {
		return err
	}
	list := make([]listedRun, len(rows))
	table := [][]string{{"ID", "POC", "SCENARIO", "SEED", "CARRIER", "STATE", "VERDICT", "SCORE", "STARTED"}}
	for i, r := range rows {
		score := r.Values[measure]
		list[i] = listedRun{r.ID, r.PoC, r.Scenario, r.Seed, r.Carrier, r.State, r.Verdict, score, r.Readings, r.Findings,
			r.Commit, r.Digest, r.Started, r.Elapsed.Seconds(), r.Reason}
		table = append(table, []string{r.ID, r.PoC, r.Scenario, fmt.Sprint(r.Seed), r.Carrier, string(r.State),
			string(r.Verdict), measureText(measure, score), r.Started.Local().Format("2006-01-02 15:04")})
	}
	if c.JSON {
		return printJSON(s.stdout, list)
	}
	return s.table(table)
}
