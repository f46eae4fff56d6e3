// The detector that learns: trained on worlds that were written out, it is judged in another one.

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// pythonThatLearns is a Python with scikit-learn: Debian's package comes with Debian's own.
func pythonThatLearns(t *testing.T) string {
	t.Helper()
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import sklearn").Run() == nil {
			return python
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("scikit-learn is missing: install python3-sklearn")
	}
	t.Log("left out, since this machine has no scikit-learn: the detector that learns")
	return ""
}

func TestLearnerIsTrainedAndJudged(t *testing.T) {
	python := pythonThatLearns(t)
	if python == "" {
		return
	}
	t.Chdir(t.TempDir())
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	sealab := func(args ...string) string {
		var out, problems bytes.Buffer
		if code := run(args, strings.NewReader(""), &out, &problems); code != exitDone {
			t.Fatalf("%v: exit code %d: %s", args, code, &problems)
		}
		return out.String()
	}
	sealab("new", "poc", "mine", "--lang", "python", "--from", "sklearn")
	small := []string{"--set", "seals=40", "--set", "span_days=10"}
	for _, seed := range []string{"1", "2"} {
		sealab(append([]string{"world", "northern-corridor", "--seed", seed, "--out", "world-" + seed}, small...)...)
	}
	for _, words := range [][]string{{"mine/test_mine.py"}, {"mine/mine.py", "train", "world-1", "world-2"}} {
		if out, err := exec.Command(python, append([]string{"-B"}, words...)...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", words, err, out)
		}
	}
	text := sealab(append([]string{"run", "--exec", python + " -B mine/mine.py mine/mine.model", "northern-corridor", "--seed", "2001", "--deadline", "60s",
		"--json", "--no-store"}, small...)...)
	var r struct {
		Findings int
		Score    map[string]*float64
	}
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	if recall := r.Score["recall"]; r.Findings == 0 || recall == nil || *recall == 0 {
		t.Errorf("it learnt nothing: %s", text)
	}
}
