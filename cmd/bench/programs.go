package main

import "fmt"

// programEventsASec is the target for a program in Python that is told the fields of the rules in columns.
const programEventsASec = 100_000.0

// programs are programs in Python over pipes, in a world of 20,000 seals: one that takes each event in hand, and the twin
// of the rules.
func programs(string) ([]row, error) {
	got, err := benchmarks("./pocs/program", "^BenchmarkPython", "-benchtime=1x")
	if err != nil {
		return nil, err
	}
	var rows []row
	for _, who := range []struct{ name, what string }{{"listens", "Python over pipes, told the fields of rules"}, {"rules", "Python over pipes, twin of rules"}} {
		columns, inRows := got["BenchmarkPython/"+who.name+"/columns"]["events/s"], got["BenchmarkPython/"+who.name+"/rows"]["events/s"]
		r := row{who.what, fmt.Sprintf("columns: %.0f events/s", columns), fmt.Sprintf("rows: %.0f events/s", inRows),
			fmt.Sprintf("≥ %.0f events/s", programEventsASec), judge(columns >= programEventsASec)}
		if columns == 0 {
			r.met = absent
		}
		rows = append(rows, r)
	}
	return rows, nil
}
