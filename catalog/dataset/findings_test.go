package dataset

// This file tests findings in files: written and read back, and as strangers might send them.

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sealab/pocs"
)

// anyFindings draws what a detector could say: Text is its own inverse but for names that begin like a formula, which no
// kind and no container does.
var anyFindings = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) pocs.Finding {
	name := rapid.StringMatching(`[A-Za-z0-9_äöü](["',;A-Za-z0-9_ä-]{0,30}[a-z0-9"])?`)
	return pocs.Finding{At: anyMoment.Draw(t, "at"), Container: name.Draw(t, "container"), Kind: name.Draw(t, "kind"),
		Level: rapid.IntRange(0, 1000).Draw(t, "level"), Why: rapid.String().Draw(t, "why")}
}), 0, 20)

func TestFindingsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := anyFindings.Draw(t, "findings")
		var lines, table bytes.Buffer
		if err := WriteFindings(&lines, list); err != nil {
			t.Fatal(err)
		}
		if err := WriteFindingsCSV(&table, list); err != nil {
			t.Fatal(err)
		}
		var want []pocs.Finding
		for _, f := range list {
			f.Why = "" // is not judged, and not read
			want = append(want, f)
		}
		crlf := bytes.ReplaceAll(lines.Bytes(), []byte("\n"), []byte("\r\n"))
		marked := append([]byte("\xef\xbb\xbf"), table.Bytes()...)
		for name, text := range map[string][]byte{"lines": lines.Bytes(), "table": table.Bytes(), "lines of Windows": crlf, "table with a mark": marked} {
			got, err := ReadFindings(bytes.NewReader(text))
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, text)
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: got %v, want %v", name, got, want)
			}
		}
	})
}

func TestTextIsNoFormula(t *testing.T) {
	for _, cell := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"} {
		if got := Text(cell); got != "'"+cell {
			t.Errorf("%q stands as %q", cell, got)
		}
	}
	for _, cell := range []string{"", "SLBU0000074", "a=1", "1-1"} {
		if got := Text(cell); got != cell {
			t.Errorf("%q stands as %q", cell, got)
		}
	}
}

func TestFindingsRefuseWithLineAndField(t *testing.T) {
	const line = `{"at":"2026-03-01T00:00:00Z","container":"C","kind":"k","level":1}` + "\n"
	const head = "at,container,kind,level\n"
	const row = "2026-03-01T00:00:00Z,C,k,1\n"
	for _, c := range []struct{ text, want string }{
		{line + `{"at":"2026-03-01T00:00:00Z","container":"C","kind":"k"}`, "line 2: level: is missing"},
		{line + "\n" + `{"container":"C","kind":"k","level":1}`, "line 3: at: is missing"},
		{`{"at":"2026-03-01T00:00:00Z","now":"2026-03-01T00:00:00Z","container":"C","kind":"k","level":1}`, "line 1: at and now: both are there"},
		{`{"at":"2026-03-01T00:00:00Z","kind":"k","level":1}`, "line 1: container: is missing or empty"},
		{`{"at":"2026-03-01T00:00:00Z","container":"C","kind":"","level":1}`, "line 1: kind: is missing or empty"},
		{strings.Replace(line, `1}`, `1001}`, 1), "line 1: level: 1001 is not allowed: a whole number from 0 to 1000"},
		{strings.Replace(line, `1}`, `0.5}`, 1), "line 1: level: 0.5 is not allowed"},
		{strings.Replace(line, `1}`, `-1}`, 1), "line 1: level: -1 is not allowed"},
		{strings.Replace(line, `1}`, `NaN}`, 1), `line 1: byte 64: "N" begins no JSON value`},
		{strings.Replace(line, `1}`, `"1"}`, 1), "line 1: level: is a string, must be a number"},
		{strings.Replace(line, `1}`, `1,"level":1}`, 1), "line 1: level: key is given twice"},
		{strings.Replace(line, `1}`, `1,"x":1,"x":1}`, 1), "line 1: x: key is given twice"},
		{strings.Replace(line, `1}`, `1,"v":3}`, 1), "line 1: v: version 3 is newer"},
		{strings.Replace(line, `"C"`, "\"\xff\"", 1), "line 1: byte 42 is not UTF-8"},
		{strings.Replace(line, `"C"`, `"\u001b[2J"`, 1), "line 1: container: has a control character"},
		{strings.Replace(line, `"C"`, `"`+strings.Repeat("C", 65)+`"`, 1), "line 1: container: has 65 characters, may have 64"},
		{strings.Replace(line, `2026-03-01T00:00:00Z`, `1999-03-01T00:00:00Z`, 1), "line 1: at: "},
		{line + `[` + line + `]`, "line 2: is an array: write an object a line"},
		{line + `5`, "line 2: message: is a number, must be an object"},
		{line + `{"at":`, "line 2: message ends too early"},
		{`[]`, "line 1: is an array"},
		{strings.Repeat(line, 3) + "{}}", "line 4: byte 2: "},
		{head + row + "2026-03-01T00:00:00Z,C,k\n", "line 3: wrong number of fields"},
		{head + row + "yesterday,C,k,1\n", `line 3: at: "yesterday" is no time from 2020 to 2100`},
		{head + "2126-03-01T00:00:00Z,C,k,1\n", "line 2: at: "},
		{head + "2026-03-01T00:00:00Z,,k,1\n", "line 2: container: is missing or empty"},
		{head + "2026-03-01T00:00:00Z,\xff,k,1\n", "line 2: container: is not UTF-8"},
		{head + "2026-03-01T00:00:00Z,C,k\x00,1\n", "line 2: kind: has a control character"},
		{head + "2026-03-01T00:00:00Z," + strings.Repeat("ä", 65) + ",k,1\n", "line 2: container: "},
		{head + "2026-03-01T00:00:00Z,C,k,NaN\n", `line 2: level: "NaN" is not allowed`},
		{head + "2026-03-01T00:00:00Z,C,k,Inf\n", `line 2: level: "Inf" is not allowed`},
		{head + "2026-03-01T00:00:00Z,C,k,1e4\n", `line 2: level: "1e4" is not allowed`},
		{head + "2026-03-01T00:00:00Z,C,k,\n", `line 2: level: "" is not allowed`},
		{head + "\"2026-03-01T00:00:00Z,C,k,1\n", "line 2: "},
		{"at,container,kind\n", "line 1: level: the header has no such column"},
		{"at,at,container,kind,level\n", "line 1: at: column is given twice"},
		{"at,now,container,kind,level\n", "line 1: at and now: both columns are there"},
		{"v," + head + "2," + row, `line 2: v: version "2" is not known`},
		{"\xef\xbb\xbf\xef\xbb\xbf" + head, "line 1: at: the header has no such column"},
	} {
		if _, err := ReadFindings(strings.NewReader(c.text)); err == nil || !strings.HasPrefix(err.Error(), "read findings: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %s", c.text, err, c.want)
		}
	}
}

// TestFindingsOfAnother: data frames print times and numbers in their own way, and other columns are no harm.
func TestFindingsOfAnother(t *testing.T) {
	want := []pocs.Finding{{At: time.Date(2026, 3, 1, 8, 15, 0, 250e6, time.UTC), Container: "C", Kind: "k", Level: 500}}
	for _, text := range []string{
		"kind,mood, level ,now,container\nk,7,500.0,2026-03-01 08:15:00.250+00:00,C\n",
		"at,container,kind,level\r\n2026-03-01T08:15:00.25Z, C ,k,5e2",
		"at,container,kind,level,why\n2026-03-01T08:15:00.250Z,C,k,500,\"two\nlines\"\n\n",
		`{"now":"2026-03-01T08:15:00.250+00:00","why":[1,{"a":null}],"v":1,"container":"\u0043","kind":"k","level":5e2}`,
		"\n\n" + `{"at":"2026-03-01T08:15:00.250Z","container":"C","kind":"k","level":500}` + "\n \n",
	} {
		if got, err := ReadFindings(strings.NewReader(text)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "at,container,kind,level\n", "\xef\xbb\xbf"} {
		if got, err := ReadFindings(strings.NewReader(text)); err != nil || len(got) != 0 {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func TestTooManyFindings(t *testing.T) {
	r := findingReader{list: make([]pocs.Finding, MaxFindings), names: map[string]string{}}
	if err := r.add(pocs.Finding{Container: "C", Kind: "k"}); err == nil {
		t.Error("one more is taken")
	}
}

func FuzzReadFindings(f *testing.F) {
	for _, text := range []string{
		`{"at":"2026-03-01T00:00:00Z","container":"C","kind":"k","level":1}`, "at,container,kind,level\n2026-03-01T00:00:00Z,C,k,1\n",
		"v,now,container,kind,level\n1,2026-03-01 00:00:00+00:00,\"C\"\"\",k,1e3\n", "\xef\xbb\xbfat,container,kind,level", "{}\n\n[]", "\"", "a\"b,c\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		list, err := ReadFindings(bytes.NewReader(text))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "read findings: ") || !utf8.ValidString(err.Error()) && utf8.Valid(text) {
				t.Errorf("error %q", err)
			}
			return
		}
		for _, x := range list {
			for _, name := range []string{x.Container, x.Kind} {
				if name == "" || !utf8.ValidString(name) || utf8.RuneCountInString(name) > maxName || strings.ContainsFunc(name, unicode.IsControl) {
					t.Errorf("%q is taken for a name", name)
				}
			}
			if x.Level < 0 || x.Level > 1000 || x.At.Year() < 2020 || x.At.Year() > 2100 {
				t.Errorf("%+v is taken", x)
			}
		}
		var again bytes.Buffer
		if err := WriteFindings(&again, list); err != nil {
			t.Fatal(err)
		}
		if back, err := ReadFindings(&again); err != nil || !reflect.DeepEqual(back, list) {
			t.Errorf("%v: %v came back as %v", err, list, back)
		}
	})
}
