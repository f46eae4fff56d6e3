package notice

// This file tests what Decode takes from strangers, and throws bytes at it.

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// with returns a notice that is complete and right, and then has more after its first keys.
func with(more string) string {
	return `{"v":1,"id":"n-1","kind":"booking","ts":"2026-03-01T08:15:00.250Z","container":"CSQU3054383"` + more + `}`
}

const stop = `{"place":"NLRTM","eta":"2026-03-01T08:15:00Z"}`

func TestDecodeTakes(t *testing.T) {
	d, err := Decode([]byte(with(`,"route":[` + stop + `,{"place":"X","mode":"hyperloop","eta":"2026-03-01T08:15:00.0005Z","etd":"2026-03-01T08:15:00+00:00","new":[{}]}]` +
		`,"result":"seized","until":"2026-03-02T00:00:00.0001Z","other":{"id":5}`)))
	want := []string{"route[1].mode=hyperloop", "result=seized"}
	if err != nil || d.Rounded != 2 || !slices.Equal(d.Unknown, want) || len(d.Notice.Route) != 2 || d.Notice.Result != "unknown" {
		t.Errorf("got %+v %v", d, err)
	}
	if d, err := Decode([]byte(with(`,"seal":"","trip":"","place":"","vehicle":"","route":[]`))); err != nil || d.Notice.What != Booking {
		t.Errorf("empty strings: got %+v %v", d, err)
	}
	if d, err := Decode([]byte(strings.Replace(with(""), "booking", "theft", 1))); err != nil || d.Notice.What != Unknown || d.Unknown[0] != "kind=theft" {
		t.Errorf("new kind: got %+v %v", d, err)
	}
}

func TestDecodeRefuses(t *testing.T) {
	for more, want := range map[string]string{
		`,"container":"CSQU3054383"`: "container: key is given twice",
		`,"x":1,"x":2`:               "x: key is given twice",
		`,"seal":"x"`:                "seal: \"x\" is no seal id",
		`,"trip":"a/b"`:              "trip: ",
		`,"place":5`:                 "place: is a number, must be a string",
		`,"place":null`:              "place: is null",
		`,"vehicle":"` + strings.Repeat("é", 65) + `"`: "vehicle: has 65 characters, may have 64",
		`,"until":5`:                                           "until: is a number",
		`,"until":"1970-01-01T00:00:00Z"`:                      "until: 1970-01-01T00:00:00Z is out of range",
		`,"route":{}`:                                          "route: is an object, must be an array",
		`,"route":[5]`:                                         "route[0]: is a number, must be an object",
		`,"route":[` + stop + `,{"place":"X"}]`:                "route[1].eta: is missing",
		`,"route":[{"eta":"2026-03-01T08:15:00Z"}]`:            "route[0].place: is missing",
		`,"route":[{"place":"","eta":"2026-03-01T08:15:00Z"}]`: "route[0].place: is empty",
		`,"route":[{"place":"A","place":"B","eta":"2026-03-01T08:15:00Z"}]`: "route[0].place: key is given twice",
		`,"route":[` + strings.Repeat(stop+",", 64) + stop + `]`:            "route: has more than 64 stops",
		`,"x":` + strings.Repeat(`{"a":`, 40):                               "nested deeper",
		`,"x":"` + strings.Repeat("x", 64<<10) + `"`:                        "is longer than",
		",\"x\":\"\xc3\"": "is not UTF-8",
		`} {`:             "must be the end of the message",
		`,`:               "must begin a key",
	} {
		_, err := Decode([]byte(with(more)))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "decode notice: ") {
			t.Errorf("%.60s: got %v, want %s", more, err, want)
		}
	}
	whole := with("")
	for old, want := range map[string]string{
		`"v":1,`:                           "v: is missing",
		`"id":"n-1",`:                      "id: is missing",
		`"kind":"booking",`:                "kind: is missing",
		`"ts":"2026-03-01T08:15:00.250Z",`: "ts: is missing",
		`,"container":"CSQU3054383"`:       "container: is missing",
	} {
		if _, err := Decode([]byte(strings.Replace(whole, old, "", 1))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("without %s: got %v, want %s", old, err, want)
		}
	}
	for _, c := range [][3]string{
		{`"v":1`, `"v":2`, "newer than this reader"}, {"n-1", "", "id: is empty"}, {"CSQU3054383", "CSQU3054384", "check digit is 4, must be 3"},
		{"CSQU3054383", "", "container: \"\" is no container number"}, {"2026-03", "2026-13", "is no time"},
	} {
		if _, err := Decode([]byte(strings.Replace(whole, c[0], c[1], 1))); err == nil || !strings.Contains(err.Error(), c[2]) {
			t.Errorf("%s for %s: got %v, want %s", c[1], c[0], err, c[2])
		}
	}
	for n := range whole {
		if _, err := Decode([]byte(whole[:n])); err == nil {
			t.Errorf("took the first %d bytes", n)
		}
	}
}

// FuzzDecode never panics, and what it takes is what its own JSON says, by both forms and by the schema.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(with("")))
	f.Add([]byte(with(`,"route":[` + stop + `],"seal":"SLB-1","until":"2026-03-02T00:00:00.0001Z","result":"seized"`)))
	validate := validator(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := Decode(text)
		if err != nil {
			return
		}
		own := d.Notice.AppendJSON(nil)
		again, err := Decode(own)
		if err != nil || again.Rounded != 0 || again.Unknown != nil || !bytes.Equal(d.Notice.AppendRecord(nil), again.Notice.AppendRecord(nil)) {
			t.Fatalf("%s came back as %s: %v", own, again.Notice.AppendJSON(nil), err)
		}
		if err := validate(own); err != nil {
			t.Fatalf("%v\n%s", err, own)
		}
	})
}
