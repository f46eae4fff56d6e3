package wire

// This file tests the scanner and strings: what is refused, and that what is taken is what others take too.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func skipAll(text []byte) error {
	var s Scanner
	s.Start(text)
	s.skip("x")
	return s.End()
}

func TestStringRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("\x00\x1f\x7f\"\\/\b\f\n\r\t\u2028€😀<>&a")))).Draw(t, "text")
		line := AppendString(nil, text)
		var std string
		if err := json.Unmarshal(line, &std); err != nil || std != text {
			t.Fatalf("%q: standard library reads %q, %v", text, std, err)
		}
		var s Scanner
		s.Start(line)
		got := string(s.String("x"))
		if err := s.End(); err != nil || got != text {
			t.Fatalf("%q: got %q, %v", text, got, err)
		}
	})
}

func TestStringIsCanonical(t *testing.T) {
	for text, want := range map[string]string{
		"\u20ac$\u000f\nA'B\"\\\\\"/": `"€$\u000f\nA'B\"\\\\\"/"`, // RFC 8785, section 3.2.2
		"<&>\u2028\u007f":             "\"<&>\u2028\u007f\"",
		"a\xffb":                      "\"a\uFFFDb\"",
		"":                            `""`,
	} {
		if got := string(AppendString(nil, text)); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
		if got := string(AppendString(nil, []byte(text))); got != want {
			t.Errorf("bytes %q: got %s, want %s", text, got, want)
		}
	}
}

func TestEscapes(t *testing.T) {
	for text, want := range map[string]string{
		`"\u0041\/\b\f\n\r\t\"\\"`: "A/\b\f\n\r\t\"\\",
		`"\ud83d\ude00x"`:          "😀x",
		`"\uD83D\uDE00"`:           "😀",
		`"\u0000"`:                 "\x00",
	} {
		var s Scanner
		s.Start([]byte(text))
		if got := string(s.String("x")); got != want || s.End() != nil {
			t.Errorf("%s: got %q %v, want %q", text, got, s.End(), want)
		}
	}
}

func TestRefused(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	if err := skipAll([]byte(deep(MaxDepth))); err != nil {
		t.Errorf("nested %d deep: %v", MaxDepth, err)
	}
	for _, text := range []string{"", " ", "{", "}", "[", "]", `{"a"}`, `{"a":}`, `{"a":1,}`, `{,}`, `{a:1}`, `{'a':1}`, `{1:1}`,
		"[1,]", "[,1]", "[1 2]", `["a" "b"]`, "{}{}", "[] []", "nul", "nulll", "True", "truefalse", "//", "/**/1", "\ufeff{}",
		`"abc`, `"\`, `"\u`, `"\u12`, `"\u12g4"`, `"\x41"`, `"\'"`, "\"\n\"", "\"\x00\"", "\"\t\"", "\"a\\n\n\"", "\xff", "\"\xc3\"",
		"\"\xed\xa0\x80\"", "\"\xc0\xaf\"", `"\ud800"`, `"\udc00"`, `"\ud800\u0041"`, `"\ud800\ud800"`, `"\ud800x"`,
		`{"a":1,"a":2}`, `{"a":1,"\u0061":2}`, `{"x":{"a":1,"a":2}}`, `[{"a":1,"a":2}]`, "1e999", "[1e400]", "NaN", "-", "00",
		deep(MaxDepth + 1), strings.Repeat("[", 60_000), "{}\x00", "\v1", "1\u00a0", `"` + strings.Repeat("x", MaxSize) + `"`} {
		if err := skipAll([]byte(text)); err == nil {
			t.Errorf("%s: want refused", Clip(text))
		}
	}
}

// TestManyKeys keeps a message full of unknown keys from costing the square of their number, and finds a doubled one.
func TestManyKeys(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("{")
	for i := range 6000 {
		fmt.Fprintf(&b, `"%d":0,`, i)
	}
	for _, last := range []string{"3", "15", "16", "5999"} {
		if err := skipAll([]byte(b.String() + `"` + last + `":0}`)); err == nil || !strings.Contains(err.Error(), "given twice") {
			t.Errorf("doubled %s: got %v", last, err)
		}
	}
	if err := skipAll([]byte(b.String() + `"x":0}`)); err != nil {
		t.Error(err)
	}
}

func TestErrorsSayWhere(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":1]`:       "byte 6: \"]\" must be ',' or '}'",
		`{"a":`:         "message ends too early",
		"[1,\xff]":      "byte 3 is not UTF-8",
		`{} x`:          `byte 3: "x" must be the end of the message`,
		"[1e999]":       "x: 1e999 is no number that fits",
		`{"k":1,"k":2}`: "x.k: key is given twice",
	} {
		if err := skipAll([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}

// FuzzSkip holds the scanner against the standard library: what it takes is JSON there too, and what it refuses of
// JSON it refuses for a reason of its own.
func FuzzSkip(f *testing.F) {
	for _, seed := range []string{`{"a":[1,-2.5e3,"x\u00e9\n",true,false,null,{}]}`, `[[[]]]`, `"\ud83d\ude00"`, "1e308", "-0.0", `{"a":1,"a":1}`} {
		f.Add([]byte(seed))
	}
	own := []string{"given twice", "not UTF-8", "surrogate", "nested deeper", "no number that fits", "longer than"}
	f.Fuzz(func(t *testing.T, text []byte) {
		err := skipAll(text)
		valid := json.Valid(text) && utf8.Valid(text)
		if err == nil && !valid {
			t.Fatalf("took %q, which is not JSON", text)
		}
		if err != nil && valid {
			for _, reason := range own {
				if strings.Contains(err.Error(), reason) {
					return
				}
			}
			t.Fatalf("refused %q: %v", text, err)
		}
	})
}
