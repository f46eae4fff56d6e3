package program

import (
	"context"
	"iter"
	"strings"
	"testing"
	"time"

	"sealab/pocs/null"
	"sealab/sim"
	"sealab/sim/event"
)

// examine gives all examinations of a program, by name.
func examine(tb testing.TB, c *Command, limits Limits) map[string]Examination {
	tb.Helper()
	return examineBy(tb, c, Config{Challenge: "seals", Limits: limits})
}

func examineBy(tb testing.TB, c *Command, cfg Config) map[string]Examination {
	tb.Helper()
	trial := small(tb, &null.PoC, "northern-corridor", tiny)
	good := func() iter.Seq[event.Batch] {
		w, err := sim.New(*trial.Scenario, trial.Settings, 1)
		if err != nil {
			tb.Fatal(err)
		}
		return w.Batches()
	}
	found := map[string]Examination{}
	err := Examine(context.Background(), c, cfg, good, func(x Examination) { found[x.Name] = x })
	if err != nil {
		tb.Fatal(err)
	}
	return found
}

func TestDoctorNamesFaults(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"no json":          {"greeting", `detector_garbage: ready: line 1: must be a JSON object`},
		"other field":      {"greeting", `detector_garbage: ready: line 1: fields.reading[1]: is "lux"`},
		"short lines":      {"greeting", `detector_died: ready: it ended: exit status 1; the end of its log: bufio.Scanner: token too long`},
		"fears silence":    {"greeting", `detector_died: answer: it ended: exit status 1; the end of its log: IndexError`},
		"other tick":       {"greeting", `detector_garbage: answer: line 2: tick: is -1, must be 60`},
		"every line":       {"greeting", `detector_garbage: answer: line 2: must be a JSON object: got "debug"`},
		"no findings":      {"greeting", `detector_garbage: answer: line 2: findings: is missing`},
		"hangs":            {"greeting", `detector_timeout: answer: no answer within 3s`},
		"seal's name":      {"greeting", `detector_container: answer: line 2: findings[0].container: is "SLB-00000001"`},
		"stays":            {"greeting", `detector_timeout: end of input: it does not end within 3s`},
		"shares":           {"greeting", `detector_timeout: end of input: it has ended, but something that it started still holds its standard output`},
		"ends badly":       {"greeting", `detector_died: end of input: it ended: exit status 7`},
		"last word":        {"greeting", `detector_garbage: end of input: line 3: nobody asked for it: "bye"`},
		"high level":       {"a world, rows", `findings[0].level: is 1200, must be a whole number from 0 to 1000`},
		"NaN level":        {"a world, rows", `goes wrong as JSON at byte 76 (invalid character 'N' looking for beginning of value): "\"level\":NaN}]}"`},
		"text level":       {"a world, rows", `findings[0].level: is "\"high\"", must be a whole number`},
		"other in columns": {"both forms", `detector_garbage: answer: findings: the same was answered otherwise. In rows: tick `},
		"draws":            {"again", `detector_garbage: answer: findings: the same was answered otherwise: it draws`},
		"needs a position": {"odd messages", `the end of its log: KeyError: 'pos.lat'`},
		"fears crowds":     {"a crowd", `the end of its log: IndexError: list index out of range`},
		"strict keys":      {"a newer Sealab", `the end of its log: TypeError: unexpected key x_new`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			limits := strict()
			if name == "hangs" {
				limits.Deadline = 3 * time.Second
			}
			x := examine(t, stand(t, name), limits)[c.in]
			if x.Fault == nil || !strings.Contains(x.Fault.Error(), c.want) {
				t.Errorf("%s: got %v, want %q", c.in, x.Fault, c.want)
			}
		})
	}
}

// TestDoctorPassesWhatIsSound: the kits, and a program that knows one form and says so.
func TestDoctorPassesWhatIsSound(t *testing.T) {
	all := map[string]*Command{"rows only": stand(t, "rows only")}
	for name, words := range twins(t) {
		c, err := NewCommand(words)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = c
	}
	for name, c := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := examine(t, c, strict())
			for _, x := range found {
				if x.Fault != nil {
					t.Errorf("%s: %v after %s", x.Name, x.Fault, x.After)
				}
			}
			want := 7
			if name == "rows only" {
				want = 6
			}
			if len(found) != want || found["a crowd"].Events != 5000 || found["a world, rows"].Batches != 100 {
				t.Errorf("got %d examinations, want %d, with a crowd and a world: %+v", len(found), want, found)
			}
		})
	}
}

// TestDoctorOverMQTT: the kits are sound there too, and what is wrong is named with its topic.
func TestDoctorOverMQTT(t *testing.T) {
	all := twins(t)
	delete(all, "javascript")
	if all["python"] != nil {
		all["python"][0] = pythonWithMQTT(t)
	}
	over := func(t *testing.T, c *Command) map[string]Examination {
		limits := strict()
		limits.Deadline = 20 * time.Second
		return examineBy(t, c, Config{Challenge: "seals", Limits: limits, Link: private(false)})
	}
	for name, words := range all {
		if words[0] == "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := NewCommand(words)
			if err != nil {
				t.Fatal(err)
			}
			found := over(t, c)
			for _, in := range []string{"greeting", "a world, messages", "again", "odd messages", "a crowd", "a newer Sealab"} {
				if x, there := found[in]; !there || x.Fault != nil || x.Form != Messages {
					t.Errorf("%s: %+v, %v", in, x, x.Fault)
				}
			}
		})
	}
	t.Run("pipes alone", func(t *testing.T) {
		x := over(t, stand(t, "talks"))["greeting"]
		if x.Fault == nil || !strings.HasPrefix(x.Fault.Error(), "detector_died: join: it ended: exit status 0") || x.Form != "" {
			t.Errorf("got %+v, %v", x, x.Fault)
		}
	})
}
