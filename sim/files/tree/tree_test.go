// What is read of YAML and JSON, and what is refused, with its line.
package tree_test

import (
	"errors"
	"strings"
	"testing"

	"sealab/sim/files/tree"
)

var form = tree.Form{One: "one plan", Wants: "something", MaxBytes: 4 << 10, MaxLines: 200, MaxDepth: 8}

func TestYAMLAndJSONAreTheSame(t *testing.T) {
	for _, text := range []string{
		"a: 1\nb:\n  - x\n  - {c: 'two\n\n      lines'}\nd: null\n",
		`{"a": 1, "b": ["x", {"c": "two\nlines"}], "d": null}`,
	} {
		n, err := form.Read([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		b := n.Get("b")
		if a := n.Get("a"); a == nil || a.Text != "1" || a.Path != "a" {
			t.Errorf("a is %+v", a)
		}
		if b == nil || len(b.Items) != 2 || b.Items[1].Path != "b[1]" {
			t.Fatalf("b is %+v", b)
		}
		if c, err := b.Items[1].ProseOf("c", 20); c != "two\nlines" || err != nil {
			t.Errorf("c is %q, %v", c, err)
		}
		if _, err := b.Items[1].TextOf("c", 20); err == nil {
			t.Error("two lines pass as one")
		}
		if n.Get("d") != nil || n.Pairs[2].Value.Kind != tree.Nothing {
			t.Errorf("null is %+v", n.Pairs[2])
		}
	}
}

func TestNullIsATextWhereItIsAName(t *testing.T) {
	named := form
	named.NullIsText = true
	n, err := named.Read([]byte("arms: [null]"))
	if err != nil || n.Get("arms").Items[0].Text != "null" {
		t.Errorf("got %+v, %v", n, err)
	}
}

func TestRefusedWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "the file is empty: want something",
		"a: 1\nb: 2\na: 3":                `line 3, column 1: the key "a" stands twice, first in line 1`,
		`{"a": 1, "a": 2}`:                `line 1, column 10: the key "a" stands twice, first in line 1`,
		"a: &x 1\nb: *x":                  "line 1, column 4: anchors (&) and aliases (*) are not read here",
		"a: !!int 1":                      "line 1, column 4: tags (!) are not read here",
		"a: 1\n---\nb: 2":                 "line 3, column 2: a second document begins here: one file is one plan",
		"a: [1":                           "this is not YAML",
		"{\"a\": 1":                       "this is not JSON",
		"{} {}":                           "something stands behind the object",
		"\xff":                            "the file is not UTF-8 text",
		strings.Repeat("[", 9):            "line 1, column 9: nested deeper than 8 levels",
		strings.Repeat("- ", 9) + "x":     "line 1, column 17: nested deeper than 8 levels",
		strings.Repeat(`["]",`, 9):        "line 1, column 41: nested deeper than 8 levels", // no text closes a list
		"{\"a\": 1,\n\"é\": 2, \"é\": 3}": `line 2, column 9: the key "é" stands twice, first in line 2`,
		strings.Repeat("a", 4<<10+1):      "the file has more than the 4096 bytes that are allowed",
		strings.Repeat("\n", 201):         "the file has more than 200 lines",
		strings.Repeat(`{"a":`, 9) + "1":  "nested deeper than 8 levels",
	} {
		_, err := form.Read([]byte(text))
		var at *tree.Error
		if !errors.As(err, &at) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: got %v, want %q", text, err, want)
		}
	}
}

// TestBracketsInTextsAreText: an interval that is closed on one side, or a smiling face, opens no level.
func TestBracketsInTextsAreText(t *testing.T) {
	many := strings.Repeat("[0, 1) {- - - - - - - - - - ", 12)
	for name, text := range map[string]string{"plain": "a: from " + many, "single": "a: 'from " + many + "'", "double": `a: "from ` + many + `"`,
		"block": "a: |\n  from " + many + "\n  " + many, "JSON": `{"a": "from ` + many + `"}`} {
		if n, err := form.Read([]byte(text)); err != nil || !strings.Contains(n.Get("a").Text, strings.TrimSpace(many)) {
			t.Errorf("%s: %+v, %v", name, n, err)
		}
	}
}

func TestUnknownKeysAreNamed(t *testing.T) {
	n, err := form.Read([]byte("seeds: 1\nsed: 2"))
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Only("seeds", "arms"); err == nil || !strings.Contains(err.Error(), `line 2, column 1: unknown key "sed"`) || !strings.Contains(err.Error(), "seeds") {
		t.Errorf("got %v", err)
	}
}

// FuzzRead wants of any bytes a tree or an error with a place, never a panic; and no text out of nothing.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"a: 1", `{"a": [1, null]}`, "- - x", "a: |\n  b\n", "? a\n: b", "a: &b *b", "%YAML 1.2\n---\na: b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := form.Read(data)
		var at *tree.Error
		if err != nil && !errors.As(err, &at) {
			t.Fatalf("the error %v has no place", err)
		}
		if err == nil {
			n.Places(map[string]tree.Place{})
		}
	})
}
