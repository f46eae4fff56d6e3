package query

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

var fields = []Field{
	{Name: "poc", Kind: Text}, {Name: "verdict", Kind: Text, Words: []string{"pass", "fail", "unknown"}},
	{Name: "seed", Kind: Number}, {Name: "recall", Kind: Number, Nullable: true, Unit: "1"},
	{Name: "delay_p50_s", Kind: Number, Nullable: true, Unit: "s"}, {Name: "started", Kind: Time, Nullable: true},
	{Name: "tag", Kind: Tags, Nullable: true}, {Name: "set.*", Kind: Number, Nullable: true}, {Name: "note", Kind: Text, Nullable: true},
}

func mustParse(tb testing.TB, text string) Node {
	tb.Helper()
	n, err := Parse(text, fields)
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// shape writes a tree with all its brackets.
func shape(n *Node) string {
	word := map[Op]string{And: "and", Or: "or", Not: "not"}[n.Op]
	if n.Op == Compare {
		return n.String()
	}
	parts := []string{word}
	for i := range n.Kids {
		parts = append(parts, shape(&n.Kids[i]))
	}
	return "(" + strings.Join(parts, " ") + ")"
}

func TestPrecedence(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "(and)",
		"seed = 1":                        "seed = 1",
		"seed=1 OR seed=2 AND NOT seed=3": "(or seed = 1 (and seed = 2 (not seed = 3)))",
		"(seed=1 or seed=2) and seed=3":   "(and (or seed = 1 seed = 2) seed = 3)",
		"NOT NOT seed=1 AND seed=2":       "(and (not (not seed = 1)) seed = 2)",
		"not (seed=1 and seed=2)":         "(not (and seed = 1 seed = 2))",
		"poc = kalman AND (delay_p50_s < 3600 OR NOT recall < 0.9)": "(and poc = kalman (or delay_p50_s < 3600 (not recall < 0.9)))",
		`poc='a "b" \' and'`:                    `poc = "a \"b\" ' and"`,
		"set.assumption.dead>=1e3":              "set.assumption.dead >= 1000",
		"recall = null":                         "recall = null",
		`note = "null"`:                         `note = "null"`,
		"started > 2026-01-31":                  "started > 2026-01-31",
		"started = 2026-01-31T08:00":            "started = 2026-01-31T08:00",
		`started != "2026-01-31 08:00:00"`:      "started != 2026-01-31T08:00:00Z",
		"started < 2026-01-31T08:00:00.5+02:00": "started < 2026-01-31T06:00:00.500Z",
		"tag ~ pilot AND poc = land-bridge/ü_1": "(and tag ~ pilot poc = land-bridge/ü_1)",
	} {
		n := mustParse(t, text)
		if got := shape(&n); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
		again := mustParse(t, n.String())
		if !reflect.DeepEqual(again, n) {
			t.Errorf("%s: written as %s, read back as %s", text, n.String(), shape(&again))
		}
	}
}

// TestErrorsPointAtTheCharacter: the place is where the caret stands.
func TestErrorsPointAtTheCharacter(t *testing.T) {
	for _, c := range []struct{ text, under, says string }{
		{"pocs = x", "^", `unknown field "pocs": did you mean poc?`},
		{"poc = a AND recal > 1", "            ^", "did you mean recall?"},
		{"recall > high", "         ^", `recall is a number: "high" is not one`},
		{"delay_p50_s < 1h", "              ^", "delay_p50_s is a number (s)"},
		{"recall ~ 1", "       ^", "recall is a number: allowed are = != < <= > >="},
		{"poc < a", "    ^", "poc is a text: allowed are = != ~"},
		{"poc a", "    ^", "want one of = != ~ after poc"},
		{"poc =", "     ^", "want a value to compare poc with, not the end"},
		{"poc = AND", "      ^", `not "AND" (quotes`},
		{"verdict = passed", "          ^", "allowed are pass, fail, unknown"},
		{"started > soon", "          ^", "write 2026-01-31"},
		{"recall < null", "         ^", "null is neither large nor small"},
		{"seed = null", "       ^", `seed is a number: "null" is not one`},
		{"(seed = 1", "         ^", "want ) to close the bracket of character 1, not the end"},
		{"seed = 1)", "        ^", "no bracket is open"},
		{"seed = 1 seed = 2", "         ^", "want AND, OR or the end"},
		{"seed = 1 AND", "            ^", "want a field, NOT or (, not the end"},
		{"seed == 1", "      ^", "want a value"},
		{"seed ! 1", "     ^", "! stands before = only"},
		{"poc = 'x", "      ^", "the quote is not closed"},
		{"poc = a;b", "       ^", "is not understood"},
		{"poc = \"a\x01\"", "        ^", "not allowed"},
		{"ünder = 1", "^", "unknown field"},
		{"poc = ü AND x = 1", "            ^", "unknown field"},
		{"set. = 1", "^", "unknown field"},
		{"recall = NaN", "         ^", "is not one"},
		{"recall = 1e999", "         ^", "is not one"},
		{strings.Repeat("(", 60), strings.Repeat(" ", 51) + "^", "more than 50"},
		{"poc = \xff", "^", "UTF-8"},
	} {
		_, err := Parse(c.text, fields)
		var at *Error
		if !errors.As(err, &at) {
			t.Errorf("%s: got %v, want an *Error", c.text, err)
			continue
		}
		lines := strings.Split(at.Drawing(), "\n")
		if got := strings.TrimPrefix(lines[1], "  "); got != c.under || !strings.Contains(at.Problem, c.says) {
			t.Errorf("%s\n%s\n%s: %s\nwant the caret at %d and … %s …", c.text, lines[0], lines[1], at.Problem, len(c.under)-1, c.says)
		}
	}
	long := strings.Repeat("seed = 1 OR ", 100) + "sed = 1"
	_, err := Parse(long, fields)
	if want := "… "; err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "character 1201") {
		t.Errorf("a long query: %v", err)
	}
	if _, err := Parse(strings.Repeat("x", MaxLength+1), fields); err == nil || !strings.Contains(err.Error(), "allowed are 2000") {
		t.Errorf("too long: %v", err)
	}
}

func TestMatch(t *testing.T) {
	at := time.Date(2026, 1, 31, 8, 0, 30, 0, time.UTC)
	row := func(name string) any {
		return map[string]any{"poc": "Kalman", "seed": 7.0, "recall": nil, "started": at, "delay_p50_s": 60.0,
			"tag": []string{"pilot", "Q1"}, "set.seals": 100.0}[name]
	}
	for text, want := range map[string]bool{
		"":                                    true,
		"poc = Kalman":                        true,
		"poc = kalman":                        false,
		"poc ~ KAL":                           true,
		"poc != kalman":                       true,
		"seed >= 7 AND seed <= 7":             true,
		"seed < 7 OR seed > 7":                false,
		"tag = null OR tag != pilot":          false,
		"tag != null":                         true,
		"recall < 0.9":                        false,
		"recall >= 0.9":                       false,
		"recall != 0.9":                       false,
		"NOT recall < 0.9":                    true,
		"recall = null":                       true,
		"recall != null":                      false,
		"delay_p50_s != null":                 true,
		"set.seals = 100":                     true,
		"set.other = 100":                     false,
		"tag = pilot":                         true,
		"tag = pil":                           false,
		"tag ~ q":                             true,
		"tag != pilot":                        false,
		"tag != x":                            true,
		"started = 2026-01-31":                true,
		"started > 2026-01-31":                false,
		"started >= 2026-01-31":               true,
		"started < 2026-02-01":                true,
		"started <= 2026-01-30":               false,
		"started != 2026-01-30":               true,
		"started = 2026-01-31T08:00":          true,
		"started = 2026-01-31T08:00:30Z":      true,
		"started = 2026-01-31T09:00:30Z":      false,
		"started = 2026-01-31T09:00:30+01:00": true,
	} {
		n := mustParse(t, text)
		if got := n.Match(row); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
	n := mustParse(t, "poc = a OR recall > 1 AND poc = b")
	if got := fmt.Sprint(n.Names()); got != "[poc recall]" {
		t.Errorf("names %s", got)
	}
}

// FuzzParse: no text makes it panic; a query that is read is written and read back as the same.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"", "poc = kalman AND (delay_p50_s < 3600 OR NOT recall < 0.9)", "tag ~ 'a b' or started >= 2026-01-31T08:00:00.5Z",
		"set.x != null", "((", "poc = \"\\\"\""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := Parse(text, fields)
		if err != nil {
			var at *Error
			if !errors.As(err, &at) || at.At < 0 || at.At > len([]rune(at.Query)) {
				t.Fatalf("error %#v", err)
			}
			_ = at.Error()
			return
		}
		n.Match(func(string) any { return nil })
		written := n.String()
		if len([]rune(written)) > MaxLength {
			return
		}
		again, err := Parse(written, fields)
		if err != nil || !reflect.DeepEqual(again, n) {
			t.Fatalf("%q is written as %q: %v", text, written, err)
		}
	})
}
