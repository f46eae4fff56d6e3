// The parts of a record that are maps: settings, parameters and measures.

package catalog

import (
	"fmt"

	"sealab/pocs"
	"sealab/sim"
)

func settingPart() part {
	p := part{table: "setting", owner: "run_id", columns: []string{"kind", "name", "value"}, order: 2}
	p.rows = func(r *pocs.Run) [][]any {
		var rows [][]any
		for _, name := range sorted(r.Params) {
			rows = append(rows, []any{"param", name, unsigned(r.Params[name])})
		}
		for _, name := range sorted(r.Settings) {
			rows = append(rows, []any{"setting", name, unsigned(r.Settings[name])})
		}
		return rows
	}
	p.load = func(r *pocs.Run, row []any) bool {
		kind, _ := row[0].(string)
		name, named := row[1].(string)
		value, valued := row[2].(float64)
		into := &r.Settings
		if kind == "param" {
			into = &r.Params
		}
		if *into == nil {
			*into = sim.Settings{}
		}
		(*into)[name] = value
		return named && valued
	}
	p.records = func(row []any) []record {
		return []record{{fmt.Sprintf("%v %v", row[0], row[1]), p.columns, row}}
	}
	return p
}

func scorePart() part {
	p := part{table: "score", owner: "run_id", columns: []string{"measure", "value"}, order: 1}
	p.rows = func(r *pocs.Run) [][]any {
		var rows [][]any
		for _, measure := range sorted(r.Score.Values) {
			rows = append(rows, []any{measure, nullable(r.Score.Values[measure])})
		}
		return rows
	}
	p.load = func(r *pocs.Run, row []any) bool {
		measure, named := row[0].(string)
		value, valued := row[1].(float64)
		if r.Score.Values == nil {
			r.Score.Values = map[string]*float64{}
		}
		r.Score.Values[measure] = nil
		if valued {
			r.Score.Values[measure] = &value
		}
		return named && (valued || row[1] == nil)
	}
	p.records = func(row []any) []record {
		return []record{{fmt.Sprintf("score %v", row[0]), p.columns, row}}
	}
	return p
}
