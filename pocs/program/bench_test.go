package program

// This file measures how fast a program is told what is heard, in a world of 20,000 seals.

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/null"
	"sealab/sim"
)

// BenchmarkPython tells a program in Python the fields of the rules, in both forms: one that takes each event in hand and
// says nothing, and the twin of the rules. Only what its steps take counts, not the world.
func BenchmarkPython(b *testing.B) {
	listens := filepath.Join(b.TempDir(), "listens.py")
	kit, err := filepath.Abs("../kits/python")
	if err != nil {
		b.Fatal(err)
	}
	text := "import sys\nsys.path.insert(0, " + `"` + kit + `"` + ")\nimport rules, sealab\n\n\nclass Detector:\n    FIELDS = rules.Detector.FIELDS\n\n" +
		"    def __init__(self, hello):\n        pass\n\n    def step(self, batch):\n        for row in batch.rows():\n            pass\n\n\nsealab.run(Detector)\n"
	if err := os.WriteFile(listens, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	for _, who := range []struct{ name, file string }{{"listens", listens}, {"rules", "../kits/python/rules.py"}} {
		for _, form := range Forms {
			b.Run(who.name+"/"+form, func(b *testing.B) { benchProgram(b, []string{"python3", "-B", who.file}, form) })
		}
	}
}

// benchProgram steps through 200,000 events for each round.
func benchProgram(b *testing.B, words []string, form string) {
	c, err := NewCommand(words)
	if err != nil {
		b.Skip(err)
	}
	trial := small(b, &null.PoC, "mixed", map[string]string{"seals": "20000", "span_days": "8", "attacks": "1"})
	p := PoC(context.Background(), c, Config{Challenge: "seals", Forms: []string{form}, Limits: strict(), Log: os.Stderr})
	var took time.Duration
	events, batches := 0, 0
	for b.Loop() {
		w, err := sim.New(*trial.Scenario, trial.Settings, 1)
		if err != nil {
			b.Fatal(err)
		}
		made, err := p.New(pocs.Setup{})
		if err != nil {
			b.Fatal(err)
		}
		d := made.(*detector)
		heard := 0
		for batch := range w.Batches() {
			started := time.Now()
			if _, err := d.Step(batch); err != nil {
				b.Fatal(err)
			}
			if batches++; heard > 0 { // the first takes in how long Python takes to start
				took += time.Since(started)
				events += len(batch.Events)
			}
			if heard += len(batch.Events); heard > 200_000 {
				break
			}
		}
		_ = d.Close()
	}
	b.ReportMetric(float64(events)/took.Seconds(), "events/s")
	b.ReportMetric(float64(events)/float64(batches), "events/batch")
}
