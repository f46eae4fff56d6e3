package dataset

// This file tests truths: written and read back, and as strangers might send them.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sealab/pocs"
	"sealab/sim"
)

// sameTruth compares what was read with what was meant; params are no part of judging.
func sameTruth(t interface {
	Helper()
	Errorf(string, ...any)
}, got, want *TruthFile) {
	t.Helper()
	w := *want
	w.Incidents = slices.Clone(want.Incidents)
	for i := range w.Incidents {
		w.Incidents[i].Params = nil
	}
	if len(w.Incidents) == 0 {
		w.Incidents = nil
	}
	if len(w.Trips) == 0 {
		w.Trips = nil
	}
	if !reflect.DeepEqual(*got, w) {
		t.Errorf("got  %+v\nwant %+v", *got, w)
	}
}

// lastMs is the last moment that a file may speak of, the end of the year 2100.
const lastMs = 4133980799999

var anyMoment = rapid.Custom(func(t *rapid.T) time.Time {
	return time.UnixMilli(rapid.Int64Range(1577836800000, lastMs).Draw(t, "ms")).UTC()
})

// anyTruth draws truths that do not contradict themselves.
var anyTruth = rapid.Custom(func(t *rapid.T) *TruthFile {
	text := rapid.StringMatching(`[A-Za-z0-9/_ "\\<ä-]{1,20}`)
	span := func(name string) (time.Time, time.Time) {
		a, b := anyMoment.Draw(t, name+" start"), anyMoment.Draw(t, name+" end")
		if b.Before(a) {
			return b, a
		}
		return a, b
	}
	optional := func(name string) *float64 {
		if rapid.Bool().Draw(t, "has "+name) {
			v := rapid.Float64Range(0, 1e9).Draw(t, name)
			return &v
		}
		return nil
	}
	f := &TruthFile{Challenge: text.Draw(t, "challenge"), Scenario: text.Draw(t, "scenario"), Seed: rapid.Uint64Range(0, sim.MaxSeed-1).Draw(t, "seed"),
		WorldDigest: text.Draw(t, "digest"), Terms: pocs.Terms{Grace: time.Duration(rapid.Int64Range(1, int64(168*time.Hour)).Draw(t, "grace")),
			BaseRate: rapid.Float64Range(0, 10_000).Draw(t, "base rate"), FlowPerDay: rapid.Float64Range(0, 1e9).Draw(t, "flow"),
			CheckCost: optional("cost"), CheckCO2eKg: optional("kg")}}
	f.Start, f.End = span("span")
	f.SealDays = rapid.Float64Range(0, 1e9).Draw(t, "seal days")
	for _, id := range rapid.SliceOfNDistinct(text, 0, 4, rapid.ID).Draw(t, "incidents") {
		in := sim.Incident{ID: id, Kind: text.Draw(t, "kind"), Hostile: rapid.Bool().Draw(t, "hostile"), Seal: text.Draw(t, "seal"),
			Container: text.Draw(t, "container"), Trip: text.Draw(t, "trip")}
		in.Start, in.End = span("act")
		if rapid.Bool().Draw(t, "heard") {
			in.HeardAt = time.UnixMilli(min(lastMs, in.Start.UnixMilli()+rapid.Int64Range(0, 1e9).Draw(t, "later"))).UTC()
		}
		f.Incidents = append(f.Incidents, in)
	}
	for _, id := range rapid.SliceOfNDistinct(text, 0, 4, rapid.ID).Draw(t, "trips") {
		trip := sim.Trip{ID: id, Seal: text.Draw(t, "seal"), Container: text.Draw(t, "container"), From: text.Draw(t, "from"), To: text.Draw(t, "to")}
		trip.Start, trip.End = span("trip")
		f.Trips = append(f.Trips, trip)
	}
	return f
})

func TestTruthComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyTruth.Draw(t, "truth")
		var text bytes.Buffer
		if err := want.Write(&text); err != nil {
			t.Fatal(err)
		}
		got, err := ReadTruth(&text)
		if err != nil {
			t.Fatal(err)
		}
		sameTruth(t, got, want)
	})
}

// aTruth is a small one with a heard attack, an unheard one, a look-alike and a trip; an entry a line, from line 17.
func aTruth(t testing.TB) string {
	t.Helper()
	at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	f := TruthFile{"seals", "land-bridge", 7, "sha256:00", pocs.DefaultTerms(), sim.Truth{Start: at, End: at.Add(240 * time.Hour), SealDays: 12.5,
		Incidents: []sim.Incident{
			{ID: "clone/1", Kind: "clone", Hostile: true, Seal: "S", Container: "C", Trip: "T", Start: at, End: at.Add(time.Hour), HeardAt: at.Add(time.Minute)},
			{ID: "clone/2", Kind: "clone", Hostile: true, Seal: "S", Container: "C", Trip: "T", Start: at, End: at.Add(time.Hour)},
			{ID: "storm/1", Kind: "storm", Seal: "S", Container: "C", Trip: "T", Start: at, End: at, HeardAt: at},
		},
		Trips: []sim.Trip{{ID: "T", Seal: "S", Container: "C", From: "CNSHA", To: "NLRTM", Start: at, End: at.Add(time.Hour)}},
	}}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTruthRefusesWithLineAndField(t *testing.T) {
	good := aTruth(t)
	lineOf := func(part string) string {
		before, _, ok := strings.Cut(good, part)
		if !ok {
			t.Fatalf("the truth has no %s", part)
		}
		return "line " + string(rune('0'+(1+strings.Count(before, "\n"))/10)) + string(rune('0'+(1+strings.Count(before, "\n"))%10)) + ": "
	}
	for _, c := range []struct{ old, by, want string }{
		{`"v": 1`, `"v": 2`, "line 2: v: version 2 is newer than this reader"},
		{`"v": 1`, `"v": 1.5`, "line 2: v: version 1.5 is newer"},
		{` "v": 1,` + "\n", ``, "v: is missing"},
		{`"sealab truth"`, `"sealab dataset"`, `line 3: kind: is "sealab dataset", must be "sealab truth"`},
		{`"seed": 7`, `"seed": 7, "seed": 8`, "line 6: seed: key is given twice"},
		{`"seed": 7`, `"seed": -1`, "line 6: seed: -1 is not allowed"},
		{`"seed": 7`, `"seed": 9007199254740992`, "line 6: seed: 9007199254740992 is not allowed"},
		{`"grace_h": 6`, `"grace_h": 0`, "terms.grace_h: 0 is not allowed: above 0"},
		{`"grace_h": 6,`, ``, "terms.grace_h: is missing"},
		{`"grace_h": 6`, `"grace_h": NaN`, "invalid character 'N'"},
		{`"base_rate": 1`, `"base_rate": 10001`, "terms.base_rate: 10001 is not allowed: 0 to 10000"},
		{`"check_cost": null`, `"check_cost": "9"`, "terms.check_cost: is a string, must be a number"},
		{`"seal_days": 12.5`, `"seal_days": -1`, "seal_days: -1 is not allowed"},
		{`"seal_days": 12.5`, `"seal_days": 1e999`, "seal_days: 1e999"},
		{`"end": "2026-03-11`, `"end": "2026-02-11`, "end: lies before start"},
		{`"start": "2026-03-01T08:00:00.000Z",` + "\n", `"start": "yesterday",` + "\n", `start: "yesterday" is no time`},
		{`"hostile":true`, `"hostile":1`, lineOf(`"clone/1"`) + "incidents[0].hostile: is a number, must be true or false"},
		{`"hostile":true`, `"hostile":true,"hostile":true`, "incidents[0].hostile: key is given twice"},
		{`"hostile":true,`, ``, "incidents[0].hostile: is missing"},
		{`"clone/2"`, `"clone/1"`, lineOf(`"clone/2"`) + `incidents[1].id: "clone/1" is there twice`},
		{`"clone/2"`, `""`, "incidents[1].id: must not be empty"},
		{`"clone/2"`, "\"a\xff\"", "incidents[1].byte 8 is not UTF-8"},
		{`"clone/2"`, `"a\u0007"`, "incidents[1].id: has a control character"},
		{`"clone/2"`, "\"a\x07\"", "invalid character '\\a' in string literal"},
		{`"kind":"storm"`, `"kind":"` + strings.Repeat("x", 300) + `"`, "incidents[2].kind: has 300 characters, may have 256"},
		{`"end":"2026-03-01T09:00:00.000Z","heard_at":"2026`, `"end":"2025-03-01T09:00:00.000Z","heard_at":"2026`, "incidents[0].end: lies before start"},
		{`"heard_at":"2026-03-01T08:01`, `"heard_at":"2026-02-01T08:01`, "incidents[0].heard_at: lies before start"},
		{`"window_end":"2026-03-01T15`, `"window_end":"2026-03-01T16`, lineOf(`"clone/1"`) + "incidents[0].window_end: is 2026-03-01T16:00:00.000Z, but by heard_at, end and terms.grace_h it is 2026-03-01T15:00:00.000Z"},
		{`"window_start":null`, `"window_start":"2026-03-01T16:00:00.000Z"`, "incidents[1].window_start: is 2026-03-01T16:00:00.000Z, but by heard_at, end and terms.grace_h it is null"},
		{`"from":"CNSHA"`, `"from":5`, lineOf(`"CNSHA"`) + "trips[0].from: is a number, must be a string"},
		{`"trips": [`, `"trips": {`, `trips: line`},
		{"\n ]\n}", "\n ]\n}\n{}", "something stands after its end"},
		{"\n ]\n}", "", "unexpected EOF"},
		{`"incidents": [`, `"incidents": [[],`, "incidents[0].message: is an array, must be an object"},
	} {
		bad := strings.Replace(good, c.old, c.by, 1)
		if bad == good {
			t.Errorf("the truth has no %s", c.old)
			continue
		}
		if _, err := ReadTruth(strings.NewReader(bad)); err == nil || !strings.HasPrefix(err.Error(), "read truth: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s for %s: %v, want %s", c.by, c.old, err, c.want)
		}
	}
	for _, bad := range []string{"", "5", "[]", "null", `{"a":`, "\x00", `{"v":1,"kind":"sealab truth"}`} {
		if _, err := ReadTruth(strings.NewReader(bad)); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

// TestTruthOfAnother: what a stranger writes by hand may have more, and less, and in another order.
func TestTruthOfAnother(t *testing.T) {
	const text = `{"trips":[],"extra":{"deep":[1,{"a":null}]},"seal_days":1,"end":"2026-03-02T00:00:00Z","start":"2026-03-01T00:00:00+00:00",
	"incidents":[{"id":"1","kind":"clone","hostile":true,"container":"C","start":"2026-03-01T00:00:00Z","end":"2026-03-01T00:00:00Z","heard_at":null,"mood":[]}],
	"terms":{"grace_h":1.5,"base_rate":1,"flow_per_day":10,"more":1},"challenge":"seals","kind":"sealab truth","v":1}`
	got, err := ReadTruth(strings.NewReader(text))
	if err != nil || len(got.Incidents) != 1 || got.Terms.Grace != 90*time.Minute {
		t.Errorf("%+v, %v", got, err)
	}
}

// flood gives so many bytes of one kind after a beginning, and counts what is taken.
type flood struct {
	begin string
	fill  byte
	left  int64
	taken int64
}

func (f *flood) Read(b []byte) (int, error) {
	n := copy(b, f.begin)
	f.begin = f.begin[n:]
	if n == 0 {
		if f.left == 0 {
			return 0, io.EOF
		}
		n = int(min(int64(len(b)), f.left))
		for i := range b[:n] {
			b[i] = f.fill
		}
		f.left -= int64(n)
	}
	f.taken += int64(n)
	return n, nil
}

const twoGB = 2 << 30

// TestLongLineCostsLittle: two gigabytes in one line are refused after a few hundred kilobytes.
func TestLongLineCostsLittle(t *testing.T) {
	good := aTruth(t)
	entry := good[:strings.Index(good, `"clone/1"`)+1]
	for name, f := range map[string]*flood{
		"truth: key":       {begin: `{"`, fill: 'a', left: twoGB},
		"truth: value":     {begin: `{"challenge": "`, fill: 'a', left: twoGB},
		"truth: entry":     {begin: entry, fill: 'a', left: twoGB},
		"truth: unknown":   {begin: `{"extra": [[" `, fill: 'a', left: twoGB},
		"truth: space":     {begin: `{`, fill: ' ', left: twoGB},
		"truth: lines":     {begin: `{`, fill: '\n', left: twoGB},
		"truth: number":    {begin: `{"seed": 1`, fill: '0', left: twoGB},
		"findings: line":   {begin: `{"kind":"`, fill: 'a', left: twoGB},
		"findings: header": {begin: `at,kind,`, fill: 'a', left: twoGB},
		"findings: quote":  {begin: "at,container,kind,level\n2026-03-01T00:00:00Z,C,\"", fill: '\n', left: twoGB},
		"findings: empty":  {begin: "at,container,kind,level\n", fill: '\n', left: twoGB},
		"findings: zeros":  {fill: 0, left: twoGB},
	} {
		var err error
		if strings.HasPrefix(name, "truth") {
			_, err = ReadTruth(f)
		} else {
			_, err = ReadFindings(f)
		}
		if err == nil || !strings.Contains(err.Error(), "longer than") || f.taken > 1<<20 {
			t.Errorf("%s: %v after %d bytes", name, err, f.taken)
		}
	}
	f := &flood{fill: ' ', left: twoGB}
	if _, err := ReadManifest(f); err == nil || f.taken > 2*maxManifest {
		t.Errorf("manifest: %v after %d bytes", err, f.taken)
	}
}

func FuzzReadTruth(f *testing.F) {
	f.Add([]byte(aTruth(f)))
	f.Add([]byte(`{"v":1,"kind":"sealab truth","terms":{"grace_h":1e6}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := ReadTruth(bytes.NewReader(text))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "read truth: ") {
				t.Errorf("error %q", err)
			}
			return
		}
		var again bytes.Buffer
		if err := got.Write(&again); err != nil {
			t.Fatal(err)
		}
		back, err := ReadTruth(&again)
		if err != nil {
			t.Fatalf("%v of\n%s", err, &again)
		}
		sameTruth(t, back, got)
	})
}

func FuzzReadManifest(f *testing.F) {
	_, m := mustMake(f, spec(f, "land-bridge", 7), nil)
	text, err := m.text()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"v":1,"kind":"sealab dataset","scenario":"x","worlds":[{"seed":1}],"files":[{"name":"a"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := ReadManifest(bytes.NewReader(text))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "read manifest: ") {
				t.Errorf("error %q", err)
			}
			return
		}
		again, err := got.text()
		if err != nil {
			t.Fatal(err)
		}
		back, err := ReadManifest(bytes.NewReader(again))
		if err != nil || !reflect.DeepEqual(back, got) {
			t.Errorf("%v: %+v came back as %+v", err, got, back)
		}
	})
}

// manyKeys are settings that a manifest cannot have so many of.
func manyKeys() string {
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, `"x%d": 1, `, i)
	}
	return b.String()
}

func TestManifestRefuses(t *testing.T) {
	dir, _ := mustMake(t, spec(t, "land-bridge", 7), nil)
	text, err := os.ReadFile(dir + "/" + manifestName)
	if err != nil {
		t.Fatal(err)
	}
	good := string(text)
	for _, c := range []struct{ old, by, want string }{
		{`"v": 1`, `"v": 2`, "v: version 2 is not known to this code"},
		{`"kind": "sealab dataset"`, `"kind": "sealab truth"`, `kind: is "sealab truth", must be "sealab dataset"`},
		{`"scenario": "land-bridge"`, `"scenario": ""`, "scenario: is missing"},
		{`"seed": 7`, `"seed": 7, "seed": 7`, "seed: key is given twice"},
		{`"seed": 7`, `"Seed": 8, "seed": 7`, "seed: key is given twice"},
		{`"seed": 7`, `"seed": "7"`, "seed: is string, must be a whole number"},
		{`"licence"`, `"licences"`, "licences: unknown key: did you mean licence?"},
		{`"folder"`, `"foldr"`, "worlds[0].foldr: unknown key: did you mean folder?"},
		{`"sha256"`, `"sha"`, "files[0].sha: unknown key: known are bytes, name, rows, sha256"},
		{`"v": 1`, `"v": 2, "seasons": []`, "v: version 2 is not known to this code"},
		{`"settings": {`, `"settings": {` + manyKeys(), "settings: has more than 1000 keys"},
		{`"seals": 10`, `"seals": NaN`, "invalid character 'N'"},
		{`"seals": 10`, `"seals": {}`, "settings: is object, must be a number"},
		{`"settings": {`, `"settings": ` + strings.Repeat("[", 40) + `, "old": {`, "nested deeper than 32"},
		{`"start": "2026`, `"start": "26`, "read time"},
	} {
		bad := strings.Replace(good, c.old, c.by, 1)
		if bad == good {
			t.Errorf("the manifest has no %s", c.old)
		} else if _, err := ReadManifest(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.by, err, c.want)
		}
	}
	for key, want := range map[string]string{"worlds": "worlds: there are 0", "files": "files: there are none"} {
		m := map[string]any{}
		if err := json.Unmarshal(text, &m); err != nil {
			t.Fatal(err)
		}
		m[key] = []any{}
		bad, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadManifest(bytes.NewReader(bad)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %s: %v", key, err)
		}
	}
	i := strings.Index(good, `"worlds": [`) + len(`"worlds": [`)
	j := strings.Index(good[i:], "}") + i + 1
	twice := good[:j] + "," + good[i:]
	if _, err := ReadManifest(strings.NewReader(twice)); err == nil || !strings.Contains(err.Error(), "worlds[1].seed: 7 is there twice") {
		t.Errorf("a world twice: %v", err)
	}
}
