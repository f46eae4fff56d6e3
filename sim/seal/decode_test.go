package seal

// This file tests what Decode takes from strangers and what it makes of it.

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// with returns a message that is complete and right, and then has more after its first keys.
func with(more string) string {
	return `{"v":1,"seal":"SLB-1","boot":1,"seq":2,"ts":"2026-03-01T08:15:00.250Z","kind":"tele"` + more + `}`
}

func TestDecodeTakes(t *testing.T) {
	for _, c := range []struct {
		more    string
		field   Field
		value   int64
		rounded int
	}{
		{``, Seq, 2, 0},
		{`,"pos":{"lat":51.95}`, Lat, 51_950_000, 0},
		{`,"pos":{"lat":-1.2e1}`, Lat, -12_000_000, 0},
		{`,"pos":{"lat":51.9500004999}`, Lat, 51_950_000, 1},
		{`,"pos":{"lat":51.9500005}`, Lat, 51_950_001, 1},
		{`,"pos":{"lat":-51.9500005}`, Lat, -51_950_001, 1},
		{`,"pos":{"lat":51.95000000000000000}`, Lat, 51_950_000, 0},
		{`,"pos":{"sats":1.4e1}`, Sats, 14, 0},
		{`,"net":{"rsrp":-97.5}`, RSRP, -98, 1},
		{`,"net":{"cell":68719476735}`, Cell, 68_719_476_735, 0},
		{`,"env":{"tC":-40}`, TC, -40_000, 0},
		{`,"env":{"doorOpen":true}`, DoorOpen, 1, 0},
		{`,"event":{"code":"ROPE_CUT","sev":"alarm"}`, Code, CodeRopeCut, 0},
		{`,"sent":"2026-03-01T08:15:00.2506+00:00"`, Sent, 1772352900251, 1},
		{`,"seal_state":{"status":"armed","armedAt":null}`, Status, Armed, 0},
		{`,"container":"","trip":"","other":{"seq":9,"v":7},"Seq":3,"pos":{"new":[1,{"lat":2}],"jam":255}`, Jam, 255, 0},
		{"  , \"kin\\u0064s\" : null , \"pos\" : { \"f\\u0069x\" : \"3d\" } \r\n\t", Fix, Fix3D, 0},
		{`,"container":"CSQU3054383","trip":"T-1"`, Boot, 1, 0},
		{`,"prev":"` + strings.Repeat("0f", 32) + `","sig":{"alg":"EdDSA","kid":"k","b64":"` + strings.Repeat("A", 86) + `"}`, Boot, 1, 0},
	} {
		d, err := Decode([]byte(with(c.more)))
		if err != nil {
			t.Errorf("%s: %v", c.more, err)
			continue
		}
		if v, ok := d.Reading.Get(c.field); v != c.value || !ok || d.Rounded != c.rounded || d.Unknown != nil {
			t.Errorf("%s: got %s %d %v, rounded %d, unknown %v", c.more, c.field, v, ok, d.Rounded, d.Unknown)
		}
	}
}

func TestDecodeShowsTheUnknown(t *testing.T) {
	long := strings.Repeat("é", 100)
	d, err := Decode([]byte(with(`,"net":{"rat":"6g"},"event":{"code":"REPLAY","sev":"` + long + `"},"reason":"unknown"`)))
	want := []string{"net.rat=6g", "event.code=REPLAY", "event.sev=" + strings.Repeat("é", 20) + "…"}
	if err != nil || !slices.Equal(d.Unknown, want) {
		t.Fatalf("got %q %v, want %q", d.Unknown, err, want)
	}
	for _, f := range []Field{RAT, Code, Sev, Reason} {
		if !d.Reading.Is(f, 0) {
			t.Errorf("%s is not there as unknown", f)
		}
	}
}

func TestLastWill(t *testing.T) {
	d, err := Decode([]byte(`{"v":1,"seal":"SLB-1","kind":"death","online":false,"reason":"lwt","seq":null}`))
	if err != nil || !d.Reading.Will() || !d.Reading.Is(Online, 0) || d.Reading.Has&(1<<Boot|1<<Seq|1<<TS) != 0 {
		t.Errorf("got %+v %v", d.Reading, err)
	}
	for _, text := range []string{
		`{"v":1,"seal":"SLB-1","kind":"death","online":false,"reason":"lwt"}`,
		`{"v":1,"seal":"SLB-1","kind":"death","online":false,"reason":"sleep","seq":null}`,
		`{"v":1,"seal":"SLB-1","kind":"tele","reason":"lwt","seq":null}`,
		`{"v":1,"seal":"SLB-1","boot":1,"seq":null,"ts":"2026-03-01T08:15:00.250Z","kind":"tele"}`,
		`{"seal":"SLB-1","kind":"death","reason":"lwt","seq":null}`,
		`{"v":1,"kind":"death","reason":"lwt","seq":null}`,
	} {
		if _, err := Decode([]byte(text)); err == nil {
			t.Errorf("took %s", text)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	for more, want := range map[string]string{
		`,"pos":{"lat":90.000001}`:                "pos.lat: 90.000001 is out of range: -90 to 90 °",
		`,"pos":{"lon":-181}`:                     "pos.lon: -181 is out of range",
		`,"pos":{"lat":1e999}`:                    "pos.lat: 1e999 is no number that fits",
		`,"pos":{"lat":NaN}`:                      "begins no JSON value",
		`,"pos":{"lat":Infinity}`:                 "begins no JSON value",
		`,"pos":{"lat":"51.95"}`:                  "pos.lat: is a string, must be a number",
		`,"pos":{"lat":true}`:                     "pos.lat: is true or false, must be a number",
		`,"pos":{"lat":[1]}`:                      "pos.lat: is an array",
		`,"pos":{"sats":null}`:                    "pos.sats: is null",
		`,"pos":{"sats":7.5}`:                     "pos.sats: 7.5 is not a whole number",
		`,"pos":{"sats":-1}`:                      "out of range: 0 to 40",
		`,"pos":{"hdop":0}`:                       "out of range: 0.5 to 50",
		`,"pos":[]`:                               "pos: is an array, must be an object",
		`,"pos":null`:                             "pos: is null, must be an object",
		`,"pos":{"lat":1,"lat":1}`:                "pos.lat: key is given twice",
		`,"pos":{"lat":1},"pos":{}`:               "pos: key is given twice",
		`,"pos":{"lat":1,"l\u0061t":1}`:           "pos.lat: key is given twice",
		`,"pos":{"x":1,"x":1}`:                    "pos.x: key is given twice",
		`,"x":{"y":1,"y":1}`:                      "y: key is given twice",
		`,"seq":2`:                                "seq: key is given twice",
		`,"v":1`:                                  "v: key is given twice",
		`,"event":{"code":5}`:                     "event.code: is a number, must be a string",
		`,"event":{"detail":7}`:                   "event.detail: is a number, must be a string",
		`,"event":{"detail":"` + long(257) + `"}`: "event.detail: has 257 characters, may have 256",
		`,"event":{"cmdId":"` + long(65) + `"}`:   "event.cmdId: has 65 characters, may have 64",
		`,"env":{"doorOpen":1}`:                   "env.doorOpen: is a number, must be true or false",
		`,"env":{"doorOpen":"true"}`:              "env.doorOpen: is a string",
		`,"container":"CSQU3054380"`:              "container: \"CSQU3054380\" is no container number: its check digit is 0, must be 3",
		`,"container":"CSQX3054383"`:              "container: ",
		`,"container":null`:                       "container: is null",
		`,"trip":"a/b"`:                           "trip: \"a/b\" is no trip id",
		`,"sent":"2019-12-31T23:59:59.999Z"`:      "sent: 2019-12-31T23:59:59.999Z is out of range: the years 2020 to 2100",
		`,"sent":"2101-01-01T00:00:00Z"`:          "out of range",
		`,"sent":"2026-03-01T08:15:00"`:           "is no time",
		`,"sent":1772352900250`:                   "sent: is a number, must be a string",
		`,"sent":null`:                            "sent: is null",
		`,"clk":{"errMs":600000.5}`:               "out of range: 0 to 600000 ms",
		`,"x":1e999`:                              "1e999 is no number that fits",
		`,"x":"\ud800"`:                           "half a surrogate pair",
		",\"x\":\"\xff\"":                         "is not UTF-8",
		`,"x":` + strings.Repeat("[", 40):         "nested deeper than 32",
		`,"x":"` + long(64<<10) + `"`:             "is longer than 65536",
		`,`:                                       "must begin a key",
		`}{`:                                      "must be the end of the message",
		`} //`:                                    "must be the end of the message",
	} {
		_, err := Decode([]byte(with(more)))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "decode reading: ") {
			t.Errorf("%.60s: got %v, want %s", more, err, want)
		}
	}
}

func long(n int) string { return strings.Repeat("x", n) }

func TestDecodeNeeds(t *testing.T) {
	whole := with("")
	for text, want := range map[string]string{
		strings.Replace(whole, `"v":1,`, ``, 1):                  "v: is missing",
		strings.Replace(whole, `"v":1`, `"v":2`, 1):              "v: version 2 is newer than this reader",
		strings.Replace(whole, `"v":1`, `"v":0`, 1):              "v: version 0 is not known",
		strings.Replace(whole, `"v":1`, `"v":1.4`, 1):            "v: version 1.4 is not known",
		strings.Replace(whole, `"v":1`, `"v":"1"`, 1):            "v: is a string",
		strings.Replace(whole, `"seal":"SLB-1",`, ``, 1):         "seal: is missing",
		strings.Replace(whole, `"SLB-1"`, `""`, 1):               "seal: \"\" is no seal id",
		strings.Replace(whole, `"SLB-1"`, `"SLB-1/#"`, 1):        "seal: \"SLB-1/#\" is no seal id",
		strings.Replace(whole, `"boot":1,`, ``, 1):               "boot: is missing",
		strings.Replace(whole, `"boot":1`, `"boot":0`, 1):        "boot: 0 is out of range: 1 to 4294967295",
		strings.Replace(whole, `"seq":2`, `"seq":4294967296`, 1): "seq: 4294967296 is out of range",
		strings.Replace(whole, `"seq":2`, `"seq":1.5`, 1):        "seq: 1.5 is not a whole number",
		strings.Replace(whole, `"seq":2`, `"seq":1e40`, 1):       "seq: 1e40 is no number that fits",
		strings.Replace(whole, `"seq":2,`, ``, 1):                "seq: is missing",
		strings.Replace(whole, `,"kind":"tele"`, ``, 1):          "kind: is missing",
		strings.Replace(whole, `"seq":2`, `"SEQ":2`, 1):          "seq: is missing",
		`{}`: "v: is missing", `[]`: "message: is an array", `null`: "message: is null", ``: "message ends too early",
	} {
		if _, err := Decode([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
	for n := range whole {
		if _, err := Decode([]byte(whole[:n])); err == nil {
			t.Errorf("took the first %d bytes", n)
		}
	}
}

func TestDecodeArray(t *testing.T) {
	one := with("")
	for n, text := range map[int]string{
		0: " [ ] ", 1: one, 2: "[" + one + " , " + one + "]", MaxArray: "[" + strings.Repeat(one+",", MaxArray-1) + one + "]",
	} {
		all, err := DecodeArray([]byte(text))
		if err != nil || len(all) != n {
			t.Errorf("%d readings: got %d, %v", n, len(all), err)
		}
		for i := range all {
			if single, _ := Decode([]byte(one)); !bytes.Equal(all[i].Reading.AppendRecord(nil), single.Reading.AppendRecord(nil)) {
				t.Errorf("reading %d of %d is not itself", i, n)
			}
		}
	}
	bad := strings.Replace(one, `"seq":2`, `"seq":-2`, 1)
	for text, want := range map[string]string{
		"[" + strings.Repeat(one+",", MaxArray) + one + "]": "more than 50 readings",
		"[" + one + "," + bad + "]":                         "decode readings: [1].seq: -2 is out of range",
		"[" + one + ",{}]":                                  "[1].v: is missing",
		"[" + one + ",[" + one + "]]":                       "[1].message: is an array",
		"[" + one + ",]":                                    "",
		"[" + one + "":                                      "",
		"[" + one + "]]":                                    "must be the end",
		"null":                                              "is null",
	} {
		if all, err := DecodeArray([]byte(text)); err == nil || all != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s…: got %v, want %s", text, err, want)
		}
	}
}

// TestDecodeEnds holds each field to both ends of its range, and refuses one step beyond.
func TestDecodeEnds(t *testing.T) {
	for f := range Fields {
		info := &Fields[f]
		if info.Type != FieldInt || info.Required {
			continue
		}
		group, key, _ := strings.Cut(info.Path, ".")
		for _, v := range []int64{info.Min - 1, info.Min, info.Max, info.Max + 1} {
			text := with(fmt.Sprintf(`,%q:{%q:%s}`, group, key, Format(Field(f), v)))
			d, err := Decode([]byte(text))
			if Field(f).InRange(v) != (err == nil) || err == nil && !d.Reading.Is(Field(f), v) {
				t.Errorf("%s %d: %v", info.Path, v, err)
			}
		}
	}
}
