package program

import (
	"strings"
	"testing"
	"unicode"
)

// FuzzAnswer: whatever a program says, it is refused with a place or is a list of findings that the runner takes.
func FuzzAnswer(f *testing.F) {
	for _, text := range []string{`{"tick":1,"findings":[]}`, `{"tick":1,"findings":[{"container":"a","kind":"b","level":5,"why":"\u001b[31m","basis":[1,2]}]}`,
		`{"tick":1e0,"findings":{}}`, `[`, `null`, `{"tick":1,"findings":[null,{}]}`, `{"tick":1,"findings":[{"container":"a","kind":"b","level":1,"basis":[-1]}]}`,
		`{"protocol":1,"form":"rows","fields":{"reading":["seal"]}}`, strings.Repeat("[", 20_000), "{\"tick\":1,\"findings\":[]}\xff"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		said, fault := readAnswer(line, 1)
		if fault != nil && (fault.Code != Garbage || fault.What == "" || said != nil) {
			t.Errorf("refused as %+v, with %d findings", fault, len(said))
		}
		for _, s := range said {
			if s.Container == "" || s.Level < 0 || s.Level > 1000 || !kindForm.MatchString(s.Kind) || strings.ContainsFunc(s.Why, unicode.IsControl) {
				t.Errorf("took %+v", s)
			}
		}
		if r, fault := readReady(line, Forms); fault == nil && newEncoder(r) == nil {
			t.Error("ready, and no encoder")
		}
	})
}
