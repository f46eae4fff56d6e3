package main

import "fmt"

// The targets of the live page, of DESIGN section 7.
const (
	watchingCores = 0.1
	visibleMS     = 1000.0
	pannedFrames  = 40.0
)

// frames are the rows of the live page: what 200 watching browsers cost the hub, and what one browser makes of 10,000
// seals. What is not measured is said.
func frames(string) ([]row, error) {
	got, err := benchmarks("./web", "^Benchmark(Frames200|Plan10000)")
	if err != nil {
		return nil, err
	}
	shared, each, plan := got["BenchmarkFrames200Shared"]["cores"], got["BenchmarkFrames200Each"]["cores"], got["BenchmarkPlan10000"]
	rows := []row{
		{"frames for 200 browsers", fmt.Sprintf("%.5f cores", shared), fmt.Sprintf("encoded for each: %.4f cores, %.0f × ours", each, each/shared),
			fmt.Sprintf("≤ %.1f cores", watchingCores), judge(got["BenchmarkFrames200Shared"] != nil && shared <= watchingCores)},
		{what: "plan of 10,000 seals, sent once", measured: fmt.Sprintf("%.0f kB compressed, made in %.0f ms", plan["bytes-gz"]/1000, plan["ns/op"]/1e6)},
	}
	page, err := benchmarks("./web/e2e", "^BenchmarkLiveMap$", "-tags=e2e", "-benchtime=1x")
	if err != nil {
		return rows, err
	}
	return append(rows, browserRows(page["BenchmarkLiveMap"])...), nil
}

// browserRows are what a browser without a GPU makes of the live page; nil: there is no such benchmark.
func browserRows(f figures) []row {
	rows := []row{
		{"live page, 10,000 seals, all visible", fmt.Sprintf("%.0f ms", f["ms-to-all"]), "", fmt.Sprintf("≤ %.0f ms", visibleMS), judge(f["ms-to-all"] <= visibleMS)},
		{"live page, panning without a GPU", fmt.Sprintf("%.0f frames/s", f["fps-panning"]), "", fmt.Sprintf("≥ %.0f frames/s", pannedFrames), judge(f["fps-panning"] >= pannedFrames)},
		{what: "live page, traffic after the plan", wanted: "≤ 1 kB/s", met: absent},
	}
	if f == nil {
		rows[0].measured, rows[0].met = "", absent
		rows[1].measured, rows[1].met = "", absent
	}
	return rows
}
