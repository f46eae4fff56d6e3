// Command bench prints what Sealab reaches beside its yardsticks, measured on this machine in this run.
//
// It runs the benchmarks of the rooms and the finished binary, and draws no conclusion but met or not: figures of a busy
// machine say little, ratios of one run say more. It is make bench; usage: bench BINARY.
package main

import (
	"fmt"
	"os"
	"runtime"
	"text/tabwriter"
)

// row is one figure of DESIGN section 7.
type row struct {
	what, measured, yardstick, wanted string
	met                               verdict
}

type verdict string

const (
	met    verdict = "met"
	short  verdict = "SHORT"
	absent verdict = "not measured"
)

func judge(ok bool) verdict {
	if ok {
		return met
	}
	return short
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: bench BINARY (make bench)")
		os.Exit(2)
	}
	fmt.Printf("%s/%s, %d processors, %s, load %s\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), load())
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "WHAT\tMEASURED\tYARDSTICK IN THE SAME RUN\tWANTED\t")
	failed := false
	for _, measure := range []func(string) ([]row, error){agenda, virtualRuns, defaultRuns, programs, frames, tables} {
		rows, err := measure(os.Args[1])
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			failed = true
		}
		for _, r := range rows {
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", r.what, r.measured, r.yardstick, r.wanted, r.met)
		}
	}
	if err := table.Flush(); err != nil || failed {
		os.Exit(1)
	}
}

// load is how busy the machine was before we came, where the system says so.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	for i, c := range text {
		if c == ' ' {
			return string(text[:i])
		}
	}
	return string(text)
}
