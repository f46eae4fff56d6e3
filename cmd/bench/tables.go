package main

import "fmt"

// The targets of the tables in the browser, of DESIGN section 7.
const (
	runsPageMS    = 50.0
	comparePageMS = 200.0
	usecasesMS    = 50.0
)

// tables are the pages over a store of 10,000 runs, and of 10,000 use cases, on the server: the slowest of each kind is
// what counts.
func tables(string) ([]row, error) {
	got, err := benchmarks("./web", "^Benchmark(RunsPage|ComparePage|Usecases)$", "-benchtime=20x")
	if err != nil {
		return nil, err
	}
	list := []row{
		pageRow("runs page, 10,000 runs", got, "BenchmarkRunsPage/", runsPageMS, "plain", "ordered", "setting", "query", "tag", "search", "last"),
		pageRow("compare of 20 runs", got, "BenchmarkComparePage/", comparePageMS, "warm", "cold"),
		pageRow("catalogue, 10,000 use cases", got, "BenchmarkUsecases/", usecasesMS, "plain", "word", "words", "beginning", "phrase", "facets", "both", "table", "last", "map", "json"),
	}
	if f := got["BenchmarkUsecases/index"]; f != nil {
		list = append(list, row{what: "index of 10,000 use cases", measured: fmt.Sprintf("read and made in %.1f s, %.0f MB beside %.0f MB of entries",
			f["ns/op"]/1e9, f["MB-index"], f["MB-entries"])})
	}
	return list, nil
}

// pageRow says how long a page takes in the plainest case and in the slowest.
func pageRow(what string, got map[string]figures, prefix string, most float64, cases ...string) row {
	r := row{what: what, wanted: fmt.Sprintf("≤ %.0f ms", most)}
	plain, slowest, which := 0.0, 0.0, ""
	for i, name := range cases {
		f := got[prefix+name]
		if f == nil {
			r.met = absent
			return r
		}
		took := f["ms-median"]
		if i == 0 {
			plain = took
		}
		if took >= slowest {
			slowest, which = took, name
		}
	}
	r.measured = fmt.Sprintf("median %.0f ms; slowest of %d cases (%s): %.0f ms", plain, len(cases), which, slowest)
	r.met = judge(slowest <= most)
	return r
}
