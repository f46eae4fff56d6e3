// The README's promises: the commands that it tells people to type work, and print what it shows.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadmeCommands(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(moduleRoot, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	t.Chdir(t.TempDir()) // what the commands write stays here
	ran, experiment := 0, ""
	writeFiles(t, string(text))
	for line := range strings.Lines(string(text)) {
		command, ok := strings.CutPrefix(strings.TrimSpace(line), "bin/sealab ")
		if !ok {
			continue
		}
		if strings.Contains(command, "python3") && !hasLanguage("python3") {
			continue
		}
		command = strings.ReplaceAll(command, "2001..2040", "2001..2002") // eighty runs would only take longer
		if experiment == "" && strings.Contains(command, "EXPERIMENT") {
			experiment = anExperiment(t)
		}
		command = strings.ReplaceAll(command, "EXPERIMENT", experiment)
		args := shellWords(strings.ReplaceAll(command, "RUN", newestRun(t)))
		var out, problems bytes.Buffer
		if code := run(args, strings.NewReader(""), &out, &problems); code != exitDone {
			t.Errorf("%s: exit code %d: %s", command, code, &problems)
		}
		ran++
	}
	if ran < 8 {
		t.Errorf("found %d commands in README.md", ran)
	}
}

// writeFiles makes the files that the text shows, which begin with their names.
func writeFiles(t *testing.T, text string) {
	t.Helper()
	for _, block := range strings.Split(text, "```yaml\n# ")[1:] {
		name, content, _ := strings.Cut(block, "\n")
		content, _, _ = strings.Cut(content, "```")
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// shellWords parts a command where there are blanks, but not within single quotes.
func shellWords(command string) []string {
	var words []string
	for i, part := range strings.Split(command, "'") {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}

// newestRun is the id that a reader would copy from list runs; empty where there is none.
func newestRun(t *testing.T) string {
	t.Helper()
	var out, problems bytes.Buffer
	if code := run([]string{"list", "runs", "--json"}, strings.NewReader(""), &out, &problems); code != exitDone {
		t.Fatalf("list runs: exit code %d: %s", code, &problems)
	}
	var runs []listedRun
	if err := json.Unmarshal(out.Bytes(), &runs); err != nil {
		t.Fatal(err)
	}
	if len(runs) == 0 {
		return ""
	}
	return runs[0].ID
}

// anExperiment runs a small one and returns its id.
func anExperiment(t *testing.T) string {
	t.Helper()
	const plan = `{"scenarios": [{"name": "land-bridge", "set": {"seals": 20, "span_days": 10}}], "arms": ["rules"], "seeds": 1}`
	var out, problems bytes.Buffer
	if code := run([]string{"experiment", "run", "-", "--json"}, strings.NewReader(plan), &out, &problems); code != exitDone {
		t.Fatalf("experiment run: exit code %d: %s", code, &problems)
	}
	var made struct{ Experiment string }
	if err := json.Unmarshal(out.Bytes(), &made); err != nil || made.Experiment == "" {
		t.Fatalf("experiment run: %v: %s", err, &out)
	}
	return made.Experiment
}

var update = flag.Bool("update", false, "rewrite the output that the README shows")

// TestReadmeGolden wants the run that the README shows to be the one that is printed, but for some rows in the middle.
// Run it with -update to rewrite it.
func TestReadmeGolden(t *testing.T) {
	name := filepath.Join(moduleRoot, "README.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	const from, to = "```\nkalman in asia-europe, seed 7: ", "\n```\n"
	start := bytes.Index(text, []byte(from))
	if start < 0 {
		t.Fatalf("README.md shows no block that begins with %q", from)
	}
	start += len("```\n")
	end := start + bytes.Index(text[start:], []byte(to))
	want := shownRun(t)
	if got := string(text[start:end]); got == want {
		return
	}
	if !*update {
		t.Fatalf("README.md shows a run that is not what is printed today; run make golden. Printed is\n%s", want)
	}
	text = append(text[:start:start], append([]byte(want), text[end:]...)...)
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// shownRun is the printed run up to two incidents, and the line of false episodes.
func shownRun(t *testing.T) string {
	t.Helper()
	var out, problems bytes.Buffer
	if code := run(strings.Fields("run kalman asia-europe --seed 7 --no-store"), strings.NewReader(""), &out, &problems); code != exitDone {
		t.Fatalf("run: exit code %d: %s", code, &problems)
	}
	var shown []string
	incidents := -1 // so many were shown; below 0: their table has not begun
	for line := range strings.Lines(out.String()) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.Contains(line, " false episodes: "):
			return strings.Join(append(shown, "  …", line), "\n")
		case incidents >= 2:
			continue
		case incidents >= 0:
			incidents++
		case strings.Contains(line, " heard hostile incidents found; "):
			incidents = 0
		}
		shown = append(shown, line)
	}
	return strings.Join(shown, "\n")
}
