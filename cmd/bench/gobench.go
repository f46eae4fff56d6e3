package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
)

// figures are one benchmark's numbers by unit.
type figures map[string]float64

// keep takes a number if it is the first or the best of its unit: what a machine can do shows when it is least disturbed.
func (f figures) keep(unit string, v float64) {
	before, known := f[unit]
	switch {
	case !known:
		f[unit] = v
	case unit == "readings/s" || unit == "events/s" || strings.HasPrefix(unit, "fps"): // of all others less is better
		f[unit] = max(before, v)
	default:
		f[unit] = min(before, v)
	}
}

// processors is the suffix that go test puts behind a benchmark's name.
var processors = regexp.MustCompile(`-\d+$`)

// benchmarks runs the matching benchmarks of a package three times and keeps the best of what they print.
func benchmarks(room, match string, flags ...string) (map[string]figures, error) {
	args := append([]string{"test", "-run=^$", "-bench=" + match, "-benchmem", "-timeout=30m", "-count=3"}, flags...)
	cmd := exec.Command("go", append(args, room)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("run benchmarks of %s: %w\n%s", room, err, out)
	}
	got := map[string]figures{}
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		name := processors.ReplaceAllString(fields[0], "")
		if got[name] == nil {
			got[name] = figures{}
		}
		for i := 2; i+1 < len(fields); i += 2 { // name, count, then pairs of number and unit
			if v, err := strconv.ParseFloat(fields[i], 64); err == nil {
				got[name].keep(fields[i+1], v)
			}
		}
	}
	return got, lines.Err()
}
