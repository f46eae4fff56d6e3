package wire

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The examples of RFC 8785, sections 3.2.2 and 3.2.3.
func TestCanonicalByTheBook(t *testing.T) {
	for in, want := range map[string]string{
		`{
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}`: `{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
		`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
"\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`: `{"\r":"Carriage Return","1":"One","` + "\u0080" +
			`":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","` + "\ufb33" + `":"Hebrew Letter Dalet With Dagesh"}`,
		` [ ] `: `[]`, `{ "b" : { } , "a" : -0.0 }`: `{"a":0,"b":{}}`,
	} {
		got, err := Canonical(nil, []byte(in), "")
		if err != nil || string(got) != want {
			t.Errorf("got  %s (%v)\nwant %s", got, err, want)
		}
	}
}

// The numbers of RFC 8785, appendix B.
func TestAppendNumberByTheBook(t *testing.T) {
	for bits, want := range map[uint64]string{
		0x0000000000000000: "0", 0x8000000000000000: "0", 0x0000000000000001: "5e-324", 0x8000000000000001: "-5e-324",
		0x7fefffffffffffff: "1.7976931348623157e+308", 0xffefffffffffffff: "-1.7976931348623157e+308",
		0x4340000000000000: "9007199254740992", 0xc340000000000000: "-9007199254740992",
		0x4430000000000000: "295147905179352830000", 0x44b52d02c7e14af5: "9.999999999999997e+22",
		0x44b52d02c7e14af6: "1e+23", 0x44b52d02c7e14af7: "1.0000000000000001e+23", 0x444b1ae4d6e2ef4e: "999999999999999700000",
		0x444b1ae4d6e2ef4f: "999999999999999900000", 0x444b1ae4d6e2ef50: "1e+21", 0x3eb0c6f7a0b5ed8c: "9.999999999999997e-7",
		0x3eb0c6f7a0b5ed8d: "0.000001", 0x41b3de4355555553: "333333333.3333332", 0x41b3de4355555554: "333333333.33333325",
		0x41b3de4355555555: "333333333.3333333", 0x41b3de4355555556: "333333333.3333334", 0x41b3de4355555557: "333333333.33333343",
		0xbecbf647612f3696: "-0.0000033333333333333333", 0x43143ff3c1cb0959: "1424953923781206.2",
	} {
		if got := string(AppendNumber(nil, math.Float64frombits(bits))); got != want {
			t.Errorf("%016x is %s, want %s", bits, got, want)
		}
	}
}

func TestCanonicalLeavesOneKeyOut(t *testing.T) {
	got, err := Canonical([]byte("> "), []byte(`{"sig":{"a":1},"b":{"sig":2},"a":0}`), "sig")
	if err != nil || string(got) != `> {"a":0,"b":{"sig":2}}` {
		t.Errorf("got %s (%v)", got, err)
	}
	if got, _ := Canonical(nil, []byte(`{"sig":1}`), "sig"); string(got) != "{}" {
		t.Errorf("got %s", got)
	}
}

func TestCanonicalRefuses(t *testing.T) {
	for _, in := range []string{``, `{`, `{"a":1,"a":1}`, `{"\u0061":1,"a":1}`, `1e999`, `NaN`, `{"a":"\ud800"}`, `[1,]`, `{} {}`, "\"\xff\"",
		strings.Repeat("[", 40) + strings.Repeat("]", 40), `"` + strings.Repeat("x", MaxSize) + `"`} {
		if got, err := Canonical(nil, []byte(in), ""); err == nil {
			t.Errorf("took %.40q as %.40s", in, got)
		}
	}
}

// What is canonical stays as it is, and says the same to another reader.
func TestCanonicalSaysTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyJSON(t, 3)
		once, err := Canonical(nil, []byte(text), "")
		if err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		twice, err := Canonical(nil, once, "")
		if err != nil || string(once) != string(twice) {
			t.Fatalf("%s became %s (%v)", once, twice, err)
		}
		var a, b any
		if json.Unmarshal([]byte(text), &a) != nil || json.Unmarshal(once, &b) != nil {
			t.Fatalf("not JSON: %s, %s", text, once)
		}
		x, _ := json.Marshal(a)
		y, _ := json.Marshal(b)
		if string(x) != string(y) {
			t.Fatalf("%s says other than %s", once, text)
		}
	})
}

// anyJSON draws a JSON text, nested so deep at most.
func anyJSON(t *rapid.T, depth int) string {
	kind := rapid.IntRange(0, 5).Draw(t, "kind")
	if depth == 0 {
		kind %= 4
	}
	switch kind {
	case 0:
		return rapid.SampledFrom([]string{"null", "true", " false "}).Draw(t, "word")
	case 1:
		text, _ := json.Marshal(rapid.Float64().Draw(t, "number") + 0) // no −0: RFC 8785 writes it as 0
		return string(text)
	case 2, 3:
		text, _ := json.Marshal(rapid.String().Draw(t, "text"))
		return string(text)
	case 4:
		var list []string
		for range rapid.IntRange(0, 3).Draw(t, "length") {
			list = append(list, anyJSON(t, depth-1))
		}
		return "[" + strings.Join(list, " ,") + "]"
	}
	var list []string
	for _, key := range rapid.SliceOfNDistinct(rapid.String(), 0, 3, rapid.ID).Draw(t, "keys") {
		text, _ := json.Marshal(key)
		list = append(list, string(text)+": "+anyJSON(t, depth-1))
	}
	return "{" + strings.Join(list, ", ") + "}"
}

func FuzzCanonical(f *testing.F) {
	f.Add([]byte(`{"b":[1.50,-0,1e-7],"a":"\ud83d\ude00"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		once, err := Canonical(nil, text, "sig")
		if err != nil {
			return
		}
		if twice, err := Canonical(nil, once, "sig"); err != nil || string(once) != string(twice) {
			t.Fatalf("%s became %s (%v)", once, twice, err)
		}
	})
}
