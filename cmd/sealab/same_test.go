// TestSameEverywhere builds the command for several machines and wants the same worlds from each: one seed, one digest.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sealab/sim/worlds"
)

// build is one way to compile and start the command.
type build struct {
	name   string
	env    []string // empty: the build of this test, which runs in its process and costs no compiling
	launch []string // what starts the binary; empty: itself
}

func builds(t *testing.T) []build {
	t.Helper()
	list := []build{{name: "this test's build"}}
	if runtime.GOARCH == "amd64" {
		other := "GOAMD64=v3"
		if goEnv(t, "GOAMD64") != "v1" {
			other = "GOAMD64=v1"
		}
		// SQLite takes a minute to compile well, and nothing is stored here.
		list = append(list, build{name: other, env: []string{other, "CGO_CFLAGS=-O0"}})
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Log("node is missing: the build for the browser is compiled (TestBuildsForBrowser), but not run")
		return list
	}
	script := filepath.Join(goEnv(t, "GOROOT"), "lib", "wasm", "wasm_exec_node.js")
	return append(list, build{"js/wasm", []string{"GOOS=js", "GOARCH=wasm"}, []string{node, script}})
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	value, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatalf("ask go for %s: %v", name, err)
	}
	return strings.TrimSpace(string(value))
}

// compile builds the command and returns how to start it; nil: in this process.
func (b build) compile(t *testing.T) []string {
	t.Helper()
	if b.env == nil {
		return nil
	}
	out := filepath.Join(t.TempDir(), "sealab")
	cmd := exec.Command("go", "build", "-o", out, ".")
	cmd.Env = append(os.Environ(), b.env...)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build %s: %v\n%s", b.name, err, text)
	}
	return append(b.launch[:len(b.launch):len(b.launch)], out)
}

// MustDigests runs a command line and returns what identifies its outcome.
func MustDigests(t *testing.T, launch []string, procs int, args ...string) [3]string {
	t.Helper()
	var out, problems bytes.Buffer
	if launch == nil {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		if code := run(args, strings.NewReader(""), &out, &problems); code != exitDone {
			t.Fatalf("%v: exit code %d\n%s", args, code, &problems)
		}
	} else {
		line := append(launch[:len(launch):len(launch)], args...)
		cmd := exec.Command(line[0], line[1:]...)
		cmd.Env = []string{fmt.Sprint("GOMAXPROCS=", procs), "HOME=" + t.TempDir()} // few, since wasm takes few
		cmd.Stdout, cmd.Stderr = &out, &problems
		if err := cmd.Run(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, &problems)
		}
	}
	var r runJSON
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	return [3]string{r.WorldDigest, r.FindingsDigest, r.Digest}
}

func TestSameEverywhere(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command several times")
	}
	want := map[string][3]string{} // by detector, scenario and seed: the first that ran
	for _, b := range builds(t) {
		launch := b.compile(t)
		for i := range worlds.All {
			sameRuns(t, b, launch, "kalman", worlds.All[i].Name, "7", want)
		}
		sameRuns(t, b, launch, "fusion", "mixed", "7", want)
		sameRuns(t, b, launch, "kalman", "northern-corridor", "9", want, "signature=sign+chain", "clock_skew_s=30", "partition_h=12")
	}
	for i := range worlds.All {
		name := worlds.All[i].Name
		if MustDigests(t, nil, 1, sameArgs("kalman", name, "8", carrierDirect)...)[0] == want["kalman "+name+" 7"][0] {
			t.Errorf("%s: seeds 7 and 8 gave one world", name)
		}
	}
}

// sameArgs asks for a small world, with what is set beside.
func sameArgs(poc, scenario, seed, carrier string, set ...string) []string {
	args := []string{"run", poc, scenario, "--seed", seed, "--carrier", carrier, "--no-store", "--json"}
	for _, value := range append(set, "seals=24", "span_days=5", "attacks=1") {
		args = append(args, "--set", value)
	}
	return args
}

// sameRuns plays one world in each way this build offers, small and with what is set beside, and compares with what came
// before.
func sameRuns(t *testing.T, b build, launch []string, poc, scenario, seed string, want map[string][3]string, set ...string) {
	t.Helper()
	type way struct {
		procs   int
		carrier string
	}
	ways := []way{{1, carrierDirect}}
	if b.launch == nil { // the browser's build knows neither a second thread nor a broker
		ways = append(ways, way{2, carrierDirect}, way{2, carrierMQTT})
	}
	for _, w := range ways {
		got := MustDigests(t, launch, w.procs, sameArgs(poc, scenario, seed, w.carrier, set...)...)
		key := poc + " " + scenario + " " + seed
		if _, known := want[key]; !known {
			want[key] = got
		}
		if got != want[key] {
			t.Errorf("%s, GOMAXPROCS=%d, carried %s: %s seed %s gave\n%v, want\n%v", b.name, w.procs, w.carrier, poc+" in "+scenario, seed, got, want[key])
		}
	}
}
