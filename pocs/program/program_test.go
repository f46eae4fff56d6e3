package program

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
)

// small is a trial of a proof of concept in a small world.
func small(tb testing.TB, p *pocs.PoC, scenario string, set map[string]string) pocs.Trial {
	tb.Helper()
	sc, challenge, err := all.FindScenario(scenario)
	if err != nil {
		tb.Fatal(err)
	}
	settings, err := sim.Resolve("setting", sc.Settings, set)
	if err != nil {
		tb.Fatal(err)
	}
	params := pocs.Params{}
	for _, q := range p.Params {
		params[q.Name] = q.Default
	}
	terms := pocs.DefaultTerms()
	terms.Set(settings)
	return pocs.Trial{Challenge: challenge, PoC: p, Params: params, Scenario: sc, Settings: settings, Seed: 7, DiceSeed: 1, Terms: terms, CarrierName: "direct"}
}

var tiny = map[string]string{"seals": "10", "span_days": "5", "attacks": "0"}

// play plays a program in a tiny world under these limits, and gives its run and its log.
func play(tb testing.TB, c *Command, limits Limits) (*pocs.Run, string) {
	tb.Helper()
	var log bytes.Buffer
	p := PoC(context.Background(), c, Config{Challenge: "seals", Limits: limits, Log: &log})
	r, err := small(tb, &p, "northern-corridor", tiny).Play(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	return r, log.String()
}

// strict are limits that a test can wait for.
func strict() Limits {
	l := DefaultLimits()
	l.Deadline = time.Minute // of a loaded machine; tests of deadlines have their own
	return l
}

func TestBrokenProgramsFailWithTheirReason(t *testing.T) {
	quick := func(l *Limits) { l.Deadline = 3 * time.Second } // a loaded machine must start the program within it
	for name, c := range map[string]struct {
		limit func(*Limits)
		want  string
	}{
		"no json":              {nil, `detector_garbage: ready: line 1: must be a JSON object: got "hello, world"`},
		"empty line":           {nil, `detector_garbage: ready: line 1: `},
		"old protocol":         {nil, `detector_garbage: ready: line 1: protocol: is 0, must be 1`},
		"no form":              {nil, `detector_garbage: ready: line 1: form: is missing`},
		"other form":           {nil, `detector_garbage: ready: line 1: form: is "xml", must be one of those offered: ["columns" "rows"]`},
		"other field":          {nil, `detector_garbage: ready: line 1: fields.reading[1]: is "lux", which no reading has`},
		"field twice":          {nil, `detector_garbage: ready: line 1: fields.reading[1]: names "seal" a second time`},
		"other kind":           {nil, `detector_garbage: ready: line 1: fields: names the kind "scan"; known are ["reading" "notice"]`},
		"fields list":          {nil, `detector_garbage: ready: line 1: fields: is `},
		"not UTF-8":            {nil, `detector_garbage: ready: line 1: is not UTF-8, from byte 27 on: `},
		"other tick":           {nil, `detector_garbage: answer: line 2: tick: is -1, must be `},
		"no findings":          {nil, `detector_garbage: answer: line 2: findings: is missing`},
		"null finding":         {nil, `detector_garbage: answer: line 2: findings[0]: must be a JSON object`},
		"high level":           {nil, `findings[0].level: is 1200, must be a whole number from 0 to 1000`},
		"text level":           {nil, `findings[0].level: is "\"high\"", must be a whole number from 0 to 1000`},
		"half level":           {nil, `findings[0].level: is "0.5", must be a whole number from 0 to 1000`},
		"odd kind":             {nil, `findings[0].kind: is "\x1b[2Jbolt cut", must be a letter from a to z`},
		"no kind":              {nil, `findings[0].kind: is missing`},
		"NaN level":            {nil, ` goes wrong as JSON at byte `},
		"seal's name":          {nil, `detector_container: answer: line 2: findings[0].container: is "SLB-00000001", and no message so far`},
		"every line":           {nil, `detector_garbage: answer: line `},
		"hangs":                {quick, `detector_timeout: answer: no answer within 3s`},
		"mute":                 {quick, `detector_timeout: ready: no answer within 3s`},
		"silent":               {func(l *Limits) { l.Run = time.Microsecond }, `detector_timeout: ready: `},
		"dies":                 {nil, `detector_died: answer: it ended: exit status 3; the end of its log: KeyError: 'pos.lat'`},
		"closes":               {nil, `detector_died: ready: it closed its standard output`},
		"long line":            {func(l *Limits) { l.AnswerBytes = 1000 }, `detector_flood: answer: a line has more than 1000 bytes`},
		"long log":             {func(l *Limits) { l.LogBytes = 1000 }, `detector_flood: ready: it has written more than 1000 bytes to its log`},
		"many findings":        {func(l *Limits) { l.Findings = 4 }, `detector_flood: answer: line `},
		"forks":                {func(l *Limits) { l.Processes = 8 }, `detector_processes: `},
		"runaways":             {func(l *Limits) { l.Processes = 8 }, `detector_processes: `},
		"eats":                 {func(l *Limits) { l.MemoryBytes = 100 << 20 }, `detector_memory: answer: it holds `},
		"asks its environment": {nil, `the end of its log: environment: `},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			limits := strict()
			if c.limit != nil {
				c.limit(&limits)
			}
			r, _ := play(t, stand(t, name), limits)
			if !strings.Contains(r.Reason, c.want) || r.Verdict != pocs.Unknown || r.Score.Values != nil {
				t.Errorf("got reason %q, verdict %s, want %q and no judgement", r.Reason, r.Verdict, c.want)
			}
		})
	}
}

// TestFloodOfLines: one reason, whichever tells first, the first line that is no answer or their number.
func TestFloodOfLines(t *testing.T) {
	r, _ := play(t, stand(t, "many lines"), strict())
	if !strings.HasPrefix(r.Reason, string(Flood)+": ready: it writes lines that nobody asked for") {
		t.Errorf("got reason %q, want a flood", r.Reason)
	}
}

func TestEnvironmentIsClean(t *testing.T) {
	t.Setenv("SEALAB_SECRET", "42")
	r, log := play(t, stand(t, "asks its environment"), strict())
	for _, name := range strings.Fields(log)[1:] {
		if !slices.Contains([]string{"PATH", "HOME", "LANG", markVariable}, name) {
			t.Errorf("the program sees %s: %s", name, r.Reason)
		}
	}
}

// TestNothingIsLeft: what a program has started is gone when its run is over, also where it runs away.
func TestNothingIsLeft(t *testing.T) {
	for _, name := range []string{"leaves", "forks", "runaways", "hangs", "stays"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			limits := strict()
			limits.Processes = 8
			if name == "hangs" {
				limits.Deadline = 3 * time.Second
			}
			p, err := start(context.Background(), stand(t, name), &Config{Limits: limits, Log: io.Discard}, "")
			if err != nil {
				t.Fatal(err)
			}
			_, _ = p.exchange([]byte(`{"forms":["rows"]}` + "\n"))
			if name != "leaves" && name != "stays" {
				_, _ = p.exchange([]byte(`{"tick":1,"now":0,"events":[]}` + "\n"))
			}
			p.close()
			for range 1000 { // a killed process is not gone at once
				if p.pack.mu.Lock(); true {
					p.pack.find()
					p.pack.mu.Unlock()
				}
				if len(p.pack.known) == 0 {
					return
				}
				time.Sleep(time.Millisecond)
			}
			t.Errorf("%d processes are left: %v", len(p.pack.known), p.pack.known)
		})
	}
}

// TestStoppedFromOutside: whoever calls the run off does not wait for the deadline.
func TestStoppedFromOutside(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	limits := DefaultLimits()
	limits.Deadline = time.Hour
	p := PoC(ctx, stand(t, "hangs"), Config{Challenge: "seals", Limits: limits, Log: writer(func([]byte) {})})
	trial := small(t, &p, "northern-corridor", tiny)
	time.AfterFunc(200*time.Millisecond, stop)
	if _, err := trial.Play(ctx); err == nil || !strings.Contains(err.Error(), "context canceled") {
		t.Errorf("got %v, want that it was called off", err)
	}
}

type writer func([]byte)

func (w writer) Write(b []byte) (int, error) { w(b); return len(b), nil }

func TestNameFollowsContent(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write := func(name, text string) {
		if err := os.WriteFile(name, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	names := map[string]string{}
	name := func(line string) string {
		c, err := ParseCommand(line)
		if err != nil {
			t.Fatal(err)
		}
		return c.Name()
	}
	write("Mine Too.py", "1")
	write("other.txt", "1")
	first := name(`sh 'Mine Too.py' --fast`)
	if !strings.HasPrefix(first, "mine-too@") || len(first) != len("mine-too@")+16 {
		t.Errorf("got %q, want the main file's name and 16 digits", first)
	}
	names[first] = "as it was"
	for what, change := range map[string]func() string{
		"another argument":  func() string { return name(`sh 'Mine Too.py' --slow`) },
		"another companion": func() string { write("sealab.py", "2"); return name(`sh 'Mine Too.py' --fast`) },
		"another content":   func() string { write("Mine Too.py", "3"); return name(`sh 'Mine Too.py' --fast`) },
	} {
		got := change()
		if names[got] != "" {
			t.Errorf("%s: the name %s is that of %s", what, got, names[got])
		}
		names[got] = what
	}
	before := name(`sh ./'Mine Too.py' --fast`)
	write("other.txt", "2")
	if after := name(`sh 'Mine Too.py' --fast`); after != before {
		t.Errorf("a file that is no companion, or another way to write the path, changes the name from %s to %s", before, after)
	}
}

func TestCommandsThatCannotBe(t *testing.T) {
	for line, want := range map[string]string{
		``: "it is empty", `  `: "it is empty", `python3 "mine.py`: "a quotation mark \" is not closed", `a\`: "ends with a backslash",
		`no-such-program-here x`: `find program "no-such-program-here": executable file not found`,
	} {
		if _, err := ParseCommand(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", line, err, want)
		}
	}
}

func TestSplitAndJoin(t *testing.T) {
	for line, want := range map[string]string{
		`python3 mine.py`: "python3|mine.py", "  a\t b ": "a|b", `a 'b c' "d e" f\ g`: "a|b c|d e|f g",
		`a "it's" ''`: "a|it's|", `a'b'c`: "abc", `"a\"b" 'a\b'`: `a"b|a\b`,
	} {
		words, err := split(line)
		if got := strings.Join(words, "|"); got != want || err != nil {
			t.Errorf("split %q: got %q, %v, want %q", line, got, err, want)
		}
		if again, _ := split(join(words)); fmt.Sprint(again) != fmt.Sprint(words) {
			t.Errorf("join %q: got %q, which is %q again", words, join(words), again)
		}
	}
}
