package main

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"time"
)

// The targets of DESIGN section 7, where they are numbers to compare with.
const (
	agendaTimes   = 20.0
	agendaBytes   = 40.0
	readingsASec  = 1_000_000.0
	directSeconds = 2.0
	mqttSeconds   = 15.0
	minReadings   = 20_000
	maxReadings   = 60_000
)

// agenda is the world's agenda with a million seals beside container/heap with a closure an entry.
func agenda(string) ([]row, error) {
	got, err := benchmarks("./sim", "^BenchmarkAgenda", "-cpu=1")
	if err != nil {
		return nil, err
	}
	own, heap := got["BenchmarkAgenda"], got["BenchmarkAgendaYardstick"]
	if own == nil || heap == nil {
		return []row{{what: "agenda, 1 M seals", met: absent}}, nil
	}
	times := heap["ns/op"] / own["ns/op"]
	return []row{
		{"agenda, 1 M seals", fmt.Sprintf("%.0f ns a report", own["ns/op"]), fmt.Sprintf("container/heap: %.0f ns, %.1f × ours", heap["ns/op"], times),
			fmt.Sprintf("≥ %.0f ×", agendaTimes), judge(times >= agendaTimes)},
		{"agenda, memory an entity", fmt.Sprintf("%.1f bytes", own["B/seal"]), fmt.Sprintf("container/heap: %.0f bytes allocated a report", heap["B/op"]),
			fmt.Sprintf("≤ %.0f bytes", agendaBytes), judge(own["B/seal"] <= agendaBytes)},
	}, nil
}

// virtualRuns are whole runs in virtual time on one core: physics, a step of rules, judge, digest.
func virtualRuns(string) ([]row, error) {
	got, err := benchmarks("./pocs/all", "^BenchmarkRun", "-cpu=1")
	if err != nil {
		return nil, err
	}
	sketch := got["BenchmarkRunYardstick"]["readings/s"]
	var rows []row
	for _, scenario := range scenarios {
		rate := got["BenchmarkRun/rules/"+scenario]["readings/s"]
		r := row{"virtual run, rules, " + scenario, fmt.Sprintf("%.2f M readings/s", rate/1e6),
			fmt.Sprintf("bare physics and digest: %.2f M/s", sketch/1e6), "≥ 1 M/s, then 2 M/s", judge(rate >= readingsASec)}
		if rate == 0 {
			r.met = absent
		}
		rows = append(rows, r)
	}
	return rows, nil
}

var scenarios = []string{"asia-europe", "northern-corridor", "land-bridge"}

// defaultRuns are what a user waits for: the binary, from start to end, with the defaults.
func defaultRuns(binary string) ([]row, error) {
	var rows []row
	for _, scenario := range scenarios {
		direct, readings, err := timed(binary, scenario, "direct")
		if err != nil {
			return rows, err
		}
		mqtt, _, err := timed(binary, scenario, "mqtt")
		if err != nil {
			return rows, err
		}
		inRange := readings >= minReadings && readings <= maxReadings
		rows = append(rows,
			row{"default run, direct, " + scenario, fmt.Sprintf("%.2f s, %d readings", direct, readings), "",
				fmt.Sprintf("< %.0f s, 20,000–60,000 readings", directSeconds), judge(direct < directSeconds && inRange)},
			row{"default run, over MQTT, " + scenario, fmt.Sprintf("%.2f s", mqtt), fmt.Sprintf("direct: %.0f × faster", mqtt/direct),
				fmt.Sprintf("< %.0f s", mqttSeconds), judge(mqtt < mqttSeconds)})
	}
	return rows, nil
}

// timed runs kalman once with the defaults and gives the seconds it took, process and all.
func timed(binary, scenario, carrier string) (seconds float64, readings int, err error) {
	began := time.Now()
	out, err := exec.Command(binary, "run", "kalman", scenario, "--seed", "7", "--carrier", carrier, "--no-store", "--json").Output()
	if err != nil {
		return 0, 0, fmt.Errorf("run %s over %s: %w", scenario, carrier, err)
	}
	seconds = time.Since(began).Seconds()
	var r struct {
		Readings int `json:"readings"`
	}
	if err := json.Unmarshal(out, &r); err != nil {
		return 0, 0, fmt.Errorf("read run: %w", err)
	}
	return seconds, r.Readings, nil
}
