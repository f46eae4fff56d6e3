//go:build !js

package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// TestForeignTextsStayTexts: in lists and explanations, where an imported run's words are printed.
func TestForeignTextsStayTexts(t *testing.T) {
	const evil = "\x1b[2Jkal\tman\u009b1m\n"
	var out bytes.Buffer
	if err := (&session{stdout: &out}).table([][]string{{"POC", "SEED"}, {evil, "7"}}); err != nil {
		t.Fatal(err)
	}
	x := &explainedJSON{PoC: evil, findingJSON: findingJSON{At: time.Unix(0, 0), Kind: evil, Container: evil, Why: evil}}
	if err := printExplained(&out, x); err != nil {
		t.Fatal(err)
	}
	s := &seenJSON{PoC: evil, Said: []numberedFinding{{1, x.findingJSON}}, Others: []otherRun{{PoC: evil, Run: "r-1"}}}
	if err := printSeen(&out, s); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); strings.ContainsAny(got, "\x1b\u009b\t") || strings.Count(got, "kal man") != 10 {
		t.Errorf("%d texts in %q", strings.Count(got, "kal man"), got)
	}
}
