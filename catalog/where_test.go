package catalog

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sealab/catalog/query"
	"sealab/pocs"
	"sealab/sim"
)

var whereMeasures = []pocs.Measure{{Name: "score_balanced"}, {Name: "recall"}, {Name: "delay_p50_s", Unit: "s"}}

func mustQuery(tb testing.TB, text string) query.Node {
	tb.Helper()
	n, err := query.Parse(text, RunFields(whereMeasures))
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// some draws from few values, so that queries and rows meet often.
func some[V any](t *rapid.T, label string, values ...V) V {
	return rapid.SampledFrom(values).Draw(t, label)
}

// randomRun draws a run for a row: every field of the language is set, some to null.
func randomRun(t *rapid.T, i int) *pocs.Run {
	r := sample(i)
	r.PoC = some(t, "poc", "kalman", "Kalman", "rules", "ko%_\\")
	r.Scenario = some(t, "scenario", "asia-europe", "land-bridge", "ländle")
	r.Seed = some(t, "seed", uint64(0), 7, 2001, sim.MaxSeed-1)
	r.Verdict = some(t, "verdict", pocs.Pass, pocs.Fail, pocs.Unknown)
	r.Reason = some(t, "reason", "", "", "detector_timeout")
	r.Started = some(t, "started", time.Time{}, day0, day0.Add(8*time.Hour), day0.Add(24*time.Hour), day0.Add(24*time.Hour-time.Millisecond))
	r.Elapsed = some(t, "elapsed", time.Duration(0), 1, 1_500_000_000)
	r.Terms.BaseRate = some(t, "base rate", 0.0, 1, 2.5)
	values := []*float64{nil, number(0), number(0.9), number(-0.25), number(3600)}
	r.Score.Values = map[string]*float64{"score_balanced": some(t, "score", values...)}
	if rapid.Bool().Draw(t, "names recall") {
		r.Score.Values["recall"] = some(t, "recall", values...)
	}
	r.Settings = sim.Settings{"seals": some(t, "seals", 50.0, 100)}
	r.Params = nil
	if rapid.Bool().Draw(t, "has params") {
		r.Params = pocs.Params{"gate_km": some(t, "gate", 0.5, 2)}
	}
	return r
}

// randomQuery draws a query as text.
func randomQuery(t *rapid.T, depth int) string {
	if depth > 0 {
		switch some(t, "shape", "compare", "and", "or", "not", "brackets") {
		case "and":
			return randomQuery(t, depth-1) + " AND " + randomQuery(t, depth-1)
		case "or":
			return "(" + randomQuery(t, depth-1) + " OR " + randomQuery(t, depth-1) + ")"
		case "not":
			return "NOT " + randomQuery(t, depth-1)
		case "brackets":
			return "(" + randomQuery(t, depth-1) + ")"
		}
	}
	number := []string{"=", "!=", "<", "<=", ">", ">="}
	switch some(t, "kind", "text", "number", "nullable", "time", "tags") {
	case "text":
		field := some(t, "field", "poc", "scenario", "reason", "claim", "id", "note", "parent")
		return fmt.Sprintf("%s %s %s", field, some(t, "op", "=", "!=", "~"),
			some(t, "value", "kalman", "Kalman", "KAL", "'%'", "'_'", "'ko%_\\\\'", "''", "ländle", "LÄND", "detector", "pilot"))
	case "number":
		return fmt.Sprintf("%s %s %s", some(t, "field", "seed", "findings", "hits", "elapsed_s", "base_rate", "set.seals"), some(t, "op", number...),
			some(t, "value", "0", "1", "5", "7", "100", "2001", "1.5", "2.5", "1e-9", "9007199254740991", "-0"))
	case "nullable":
		if rapid.Bool().Draw(t, "null") {
			return fmt.Sprintf("%s %s null", some(t, "field", "recall", "score_balanced", "started", "param.gate_km", "set.other", "note", "parent", "tag", "experiment", "arm"), some(t, "op", "=", "!="))
		}
		return fmt.Sprintf("%s %s %s", some(t, "field", "recall", "score_balanced", "delay_p50_s", "param.gate_km", "set.other"), some(t, "op", number...),
			some(t, "value", "0", "0.9", "-0.25", "3600", "2"))
	case "time":
		return fmt.Sprintf("started %s %s", some(t, "op", number...), some(t, "value", "2026-01-05", "2026-01-06", "2026-01-05T08:00", "2026-01-05T23:59:59.999Z"))
	}
	return fmt.Sprintf("%s %s %s", some(t, "field", "tag", "experiment", "arm"), some(t, "op", "=", "!=", "~"), some(t, "value", "pilot", "PIL", "x-1", "'kalman nis=9'", "''"))
}

// TestQueryAsSQL: over random queries and rows the database finds what Match finds.
func TestQueryAsSQL(t *testing.T) {
	ctx, s := context.Background(), mustOpen(t, t.TempDir())
	if err := s.SaveExperiment(ctx, sampleExperiment("x-1")); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		if _, err := s.write.Exec(`DELETE FROM experiment_run; DELETE FROM fork; DELETE FROM tag; DELETE FROM note; DELETE FROM manifest; DELETE FROM seal; DELETE FROM run`); err != nil {
			rt.Fatal(err)
		}
		rows := make(map[string]query.Row)
		for i := range rapid.IntRange(1, 6).Draw(rt, "runs") {
			r := randomRun(rt, i)
			b := Beside{Note: some(rt, "note", "", "", "pilot of Kalman")}
			if rapid.Bool().Draw(rt, "tagged") {
				b.Tags = []string{"pilot", "Ä 2"}
			}
			mustSave(t, s, r)
			if rapid.Bool().Draw(rt, "forked") {
				b.Parent = "r-pilot"
				if err := s.SetParent(ctx, r.ID, b.Parent); err != nil {
					rt.Fatal(err)
				}
			}
			if rapid.Bool().Draw(rt, "linked") {
				b.Experiments, b.Arms = []string{"x-1"}, []string{"a", "kalman nis=9"}
				for _, arm := range b.Arms {
					if err := s.LinkRun(ctx, "x-1", Link{arm, "b", uint64(i), r.ID}); err != nil {
						rt.Fatal(err)
					}
				}
			}
			for _, tag := range b.Tags {
				if err := s.AddTag(ctx, r.ID, tag); err != nil {
					rt.Fatal(err)
				}
			}
			if err := s.SetNote(ctx, r.ID, b.Note); err != nil {
				rt.Fatal(err)
			}
			again := must(s.Beside(ctx, r.ID))[r.ID]
			rows[r.ID] = RowOf(must(s.Run(ctx, r.ID)), again)
		}
		checkCells(rt, s, rows)
		for range 30 {
			text := randomQuery(rt, 3)
			n, err := query.Parse(text, RunFields(whereMeasures))
			if err != nil {
				rt.Fatal(err)
			}
			var want, got []string
			for id, row := range rows {
				if n.Match(row) {
					want = append(want, id)
				}
			}
			slices.Sort(want)
			for _, r := range must(s.Runs(ctx, Query{Where: n, Order: "id", Ascending: true})) {
				got = append(got, r.ID)
			}
			if !slices.Equal(got, want) {
				rt.Fatalf("%s\n SQL finds %v\nMatch finds %v\n%s", text, got, want, compile(&n, runPlace).sql)
			}
			if total := must(s.CountRuns(ctx, Query{Where: n})); total != len(want) {
				rt.Fatalf("%s: counted %d, want %d", text, total, len(want))
			}
		}
	})
}

// TestTwentyQueries: they find the same by SQL and in memory, among runs that are failed, deleted and of other rooms.
func TestTwentyQueries(t *testing.T) {
	s := mustFive(t)
	for text, want := range map[string]string{
		"":                               "6 4 3 2 1",
		"poc = kalman":                   "2",
		"poc != kalman":                  "6 4 3 1",
		"NOT poc = kalman":               "6 4 3 1",
		"poc ~ L":                        "6 4 3 2 1",
		"seed = 2000":                    "4 2",
		"seed > 2000":                    "3 1",
		"state = failed":                 "3",
		"state = running":                "6",
		"verdict = fail OR state=failed": "4 3",
		"score_balanced > 5":             "4 1",
		"NOT score_balanced <= 5":        "6 4 3 2 1",
		"score_balanced = null":          "6 3 2",
		"score_balanced != null":         "4 1",
		"recall >= 1":                    "4 2 1",
		"set.seals = 100 AND hits = 4":   "6 4 2 1",
		"param.gate_km < 1.6":            "6 4 3 2 1",
		"param.other < 1":                "",
		"id = r-00000005":                "", // deleted
		"reason ~ '100% of 5_000'":       "3",
		"started >= 2026-02-05 AND started < 2026-02-05T00:00:03Z": "2 1",
		"scenario = port AND (seed = 2000 OR NOT seed < 1)":        "4",
	} {
		if got := ids(t, s, Query{Where: mustQuery(t, text)}); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
	both := Query{Where: mustQuery(t, "seed = 2000 OR seed = 2001"), PoC: "kalman"}
	if got := ids(t, s, both); got != "2" {
		t.Errorf("with a filter: got %q, want 2", got)
	}
}

func TestBesideIsRefused(t *testing.T) {
	ctx, s := context.Background(), mustFive(t)
	for name, err := range map[string]error{
		"tag of nothing":   s.AddTag(ctx, "r-none", "a"),
		"note on nothing":  s.SetNote(ctx, "r-none", "a"),
		"no such tag":      s.RemoveTag(ctx, "r-00000001", "a"),
		"link of nothing":  s.LinkRun(ctx, "x-none", Link{"a", "b", 1, "r-none"}),
		"link to nothing":  s.LinkRun(ctx, "x-none", Link{"a", "b", 1, "r-00000001"}),
		"delete nothing":   s.DeleteExperiment(ctx, "x-none"),
		"undelete nothing": s.UndeleteExperiment(ctx, "x-none"),
		"state of nothing": s.SetExperimentState(ctx, &Experiment{ID: "x-none", State: Done}),
	} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: got error %v, want ErrNotFound", name, err)
		}
	}
	for name, err := range map[string]error{
		"empty tag":     s.AddTag(ctx, "r-00000001", "  "),
		"long tag":      s.AddTag(ctx, "r-00000001", strings.Repeat("x", maxTag+1)),
		"control":       s.AddTag(ctx, "r-00000001", "a\x00b"),
		"long note":     s.SetNote(ctx, "r-00000001", strings.Repeat("x", maxNote+1)),
		"broken note":   s.SetNote(ctx, "r-00000001", "\xff"),
		"large seed":    s.LinkRun(ctx, "x-1", Link{"a", "b", sim.MaxSeed, "r-00000001"}),
		"bad id":        s.SaveExperiment(ctx, sampleExperiment("../x")),
		"unknown state": s.SaveExperiment(ctx, &Experiment{ID: "x-1", State: "odd", Created: day0}),
	} {
		if !errors.Is(err, ErrUnfit) {
			t.Errorf("%s: got error %v, want ErrUnfit", name, err)
		}
	}
}
