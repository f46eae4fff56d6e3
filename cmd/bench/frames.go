package main

import "fmt"

// The targets of the live page, of DESIGN section 7.
const (
	watchingCores  = 0.1
	visibleMS      = 1000.0
	pannedFrames   = 40.0
	bytesPerSecond = 1000.0
)

// frames are the rows of the live page: what 200 watching browsers cost the hub, and what one browser makes of 10,000
// seals (BenchmarkLivePage10000 in web/e2e, in visible-ms, frames/s and B/s). What is not measured is said.
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
	page, err := benchmarks("./web/e2e", "^BenchmarkLivePage10000$", "-tags=e2e", "-benchtime=1x")
	if err != nil {
		return rows, err
	}
	return append(rows, browserRows(page["BenchmarkLivePage10000"])...), nil
}

// browserRows are what a browser without a GPU makes of the live page; nil: nobody measured it.
func browserRows(f figures) []row {
	rows := []row{
		{"live page, 10,000 seals, all visible", fmt.Sprintf("%.0f ms", f["visible-ms"]), "", fmt.Sprintf("≤ %.0f ms", visibleMS), judge(f["visible-ms"] <= visibleMS)},
		{"live page, panning without a GPU", fmt.Sprintf("%.0f frames/s", f["frames/s"]), "", fmt.Sprintf("≥ %.0f frames/s", pannedFrames), judge(f["frames/s"] >= pannedFrames)},
		{"live page, after the plan", fmt.Sprintf("%.0f bytes/s", f["B/s"]), "", fmt.Sprintf("≤ %.0f bytes/s", bytesPerSecond), judge(f["B/s"] <= bytesPerSecond)},
	}
	if f == nil {
		for i := range rows {
			rows[i].measured, rows[i].met = "", absent
		}
	}
	return rows
}
