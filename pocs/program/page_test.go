package program

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestPageNamesEverything: whatever the code knows stands on the page.
func TestPageNamesEverything(t *testing.T) {
	page := string(Page())
	for _, k := range Kinds {
		_, section, found := strings.Cut(page, "## Fields of a "+k.Name+"\n")
		if !found {
			t.Fatalf("there is no section on a %s", k.Name)
		}
		section, _, _ = strings.Cut(section, "\n## ")
		for _, f := range k.Fields {
			if !strings.Contains(section, "| `"+f.Name+"` |") {
				t.Errorf("the page does not name %s of a %s", f.Name, k.Name)
			}
		}
	}
	for _, r := range Reasons {
		if !strings.Contains(page, "`"+string(r.Code)+"`") {
			t.Errorf("the page does not name %s", r.Code)
		}
	}
}

// TestPageExampleHolds reads the example as the two sides would.
func TestPageExampleHolds(t *testing.T) {
	lines := 0
	for _, line := range strings.Split(example(), "\n") {
		line = strings.TrimSpace(line)
		said, isSaid := strings.CutPrefix(line, "→ ")
		read, isRead := strings.CutPrefix(line, "← ")
		switch {
		case isSaid && strings.Contains(said, "protocol"):
			if _, fault := readReady([]byte(said), Forms); fault != nil {
				t.Error(fault)
			}
		case isSaid:
			if f, fault := readAnswer([]byte(said), 29); fault != nil || len(f) != 1 {
				t.Error(f, fault)
			}
		case isRead && !strings.Contains(line, "…"):
			if !json.Valid([]byte(read)) {
				t.Errorf("no JSON: %s", line)
			}
		default:
			continue
		}
		lines++
	}
	if lines != 4 {
		t.Errorf("read %d lines of the example, want 4", lines)
	}
}
