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

// processors is the suffix that go test puts behind a benchmark's name.
var processors = regexp.MustCompile(`-\d+$`)

// benchmarks runs the matching benchmarks of a package and reads what they print.
func benchmarks(room, match string, flags ...string) (map[string]figures, error) {
	args := append([]string{"test", "-run=^$", "-bench=" + match, "-benchmem", "-timeout=30m"}, flags...)
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
		list := figures{}
		for i := 2; i+1 < len(fields); i += 2 { // name, count, then pairs of number and unit
			if v, err := strconv.ParseFloat(fields[i], 64); err == nil {
				list[fields[i+1]] = v
			}
		}
		got[processors.ReplaceAllString(fields[0], "")] = list
	}
	return got, lines.Err()
}
