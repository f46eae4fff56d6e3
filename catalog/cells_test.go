package catalog

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sealab/catalog/query"
)

// everyField names each field of a run once, and of the families what randomRun sets.
func everyField() []string {
	var list []string
	for _, f := range RunFields(whereMeasures) {
		switch family, is := strings.CutSuffix(f.Name, "*"); {
		case is && family == settingFamily:
			list = append(list, "set.seals", "set.other")
		case is:
			list = append(list, "param.gate_km")
		default:
			list = append(list, f.Name)
		}
	}
	return list
}

// checkCells wants the cells of a page to be the values by which Match decides.
func checkCells(rt *rapid.T, s *Store, rows map[string]query.Row) {
	fields := everyField()
	for _, r := range must(s.Runs(context.Background(), Query{Columns: fields, Measures: []string{"recall"}})) {
		for _, name := range fields {
			want, got := rows[r.ID](name), r.Cells[name]
			if list, is := want.([]string); is && len(list) == 0 {
				want = nil
			}
			if list, is := want.([]string); is {
				slices.Sort(list)
			}
			if !reflect.DeepEqual(got, want) {
				rt.Fatalf("%s of %s: got %#v, want %#v", name, r.ID, got, want)
			}
		}
	}
}

// TestOrderByAnyField: whatever field orders the table, neighbours stand in order and null comes last.
func TestOrderByAnyField(t *testing.T) {
	ctx, s := context.Background(), mustFive(t)
	for id, tag := range map[string]string{"r-00000001": "b", "r-00000002": "a", "r-00000004": "c"} {
		if err := s.AddTag(ctx, id, tag); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range append(everyField(), "elapsed") {
		for _, up := range []bool{false, true} {
			rows := must(s.Runs(ctx, Query{Order: name, Ascending: up, Columns: everyField()}))
			if len(rows) != 5 {
				t.Fatalf("%s: got %d rows", name, len(rows))
			}
			if name == "elapsed" {
				continue
			}
			for i := 1; i < len(rows); i++ {
				a, b := rows[i-1].Cells[name], rows[i].Cells[name]
				if a == nil && b != nil || a != nil && b != nil && !reflect.DeepEqual(a, b) && before(a, b) != up {
					t.Errorf("by %s, ascending %v: %v stands before %v", name, up, a, b)
				}
			}
		}
	}
	if got := ids(t, s, Query{Order: tagField, Ascending: true}); got != "2 1 4 3 6" {
		t.Errorf("by tag: got %s", got)
	}
	if got := ids(t, s, Query{Order: "no'such\"measure"}); got != "6 4 3 2 1" {
		t.Errorf("by nothing: got %s", got)
	}
}

func before(a, b any) bool {
	switch a := a.(type) {
	case float64:
		return a < b.(float64)
	case time.Time:
		return a.Before(b.(time.Time))
	}
	return fmt.Sprint(a) < fmt.Sprint(b)
}

// TestQueriesOverExperiments: twenty questions, and the experiments that they find.
func TestQueriesOverExperiments(t *testing.T) {
	ctx, s := context.Background(), mustFive(t)
	for i, name := range []string{"gates", "silence", "50% \"off\""} {
		e := sampleExperiment(fmt.Sprintf("x-%d", i+1))
		e.Name, e.Created, e.Hash = name, day0.AddDate(0, 0, i), "sha256:"+name
		if i == 1 {
			e.State, e.Finished, e.Reason, e.Question = Done, day0.AddDate(0, 0, 9), "", "How long may a seal be silent?"
		}
		if err := s.SaveExperiment(ctx, e); err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range []struct {
		id string
		Link
	}{{"x-1", Link{"a", "port", 1, "r-00000001"}}, {"x-1", Link{"b", "port", 1, "r-00000002"}}, {"x-2", Link{"a", "port", 1, "r-00000004"}}} {
		if err := s.LinkRun(ctx, l.id, l.Link); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{s.AddTag(ctx, "x-1", "pilot"), s.AddTag(ctx, "x-1", "zoo"), s.AddTag(ctx, "x-3", "Pilot 2"), s.SetNote(ctx, "x-2", "read this again")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for text, want := range map[string]string{
		"":                                     "3 2 1",
		"name = gates":                         "1",
		"name ~ 'OFF'":                         "3",
		"name != gates AND NOT state = draft":  "2",
		"question ~ silent":                    "2",
		"state = draft":                        "3 1",
		"created >= 2026-01-06":                "3 2",
		"created = 2026-01-05":                 "1",
		"finished = null":                      "3 1",
		"finished > 2026-01-01":                "2",
		"runs = 2":                             "1",
		"runs < 1 OR arms >= 2":                "3 1",
		"poc = kalman":                         "1",
		"poc = rules":                          "2 1",
		"poc != kalman":                        "3 2",
		"scenario = port":                      "2",
		"scenario ~ CORR AND arm = a":          "1",
		"run = r-00000004":                     "2",
		"challenge = seals":                    "2 1",
		"tag = pilot":                          "1",
		"tag ~ pilot":                          "3 1",
		"tag != zoo":                           "3 2",
		"note ~ AGAIN":                         "2",
		"note = null AND NOT poc = kalman":     "3",
		"file ~ 'arms: [kalman' AND id != x-1": "3 2",
		`hash = 'sha256:50% "off"'`:            "3",
	} {
		n, err := query.Parse(text, ExperimentFields())
		if err != nil {
			t.Fatal(err)
		}
		if got := experimentIDs(t, s, ExperimentQuery{Where: n}); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
	for order, want := range map[string]string{"": "1 2 3", "name": "3 1 2", "runs": "3 2 1", "state": "2 1 3", "finished": "2 1 3", "tag": "3 1 2", "poc": "1 2 3", "nothing": "1 2 3"} {
		if got := experimentIDs(t, s, ExperimentQuery{Order: order, Ascending: true}); got != want {
			t.Errorf("by %s: got %q, want %q", order, got, want)
		}
	}
}
