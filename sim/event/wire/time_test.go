package wire

// This file tests times against the standard library.

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTimeAgreesWithStandardLibrary(t *testing.T) {
	years := rapid.Int64Range(-62167219200000, 253402300799999) // the years 0 to 9999
	rapid.Check(t, func(t *rapid.T) {
		ms := years.Draw(t, "ms")
		want := time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z")
		got := AppendTimeText(nil, ms)
		if string(got) != want {
			t.Fatalf("%d: got %s, want %s", ms, got, want)
		}
		if back, rounded, ok := ParseTime(got); back != ms || rounded || !ok {
			t.Fatalf("%s: got back %d %v %v, want %d", got, back, rounded, ok, ms)
		}
	})
	for _, ms := range []int64{MinTime, MaxTime} {
		t.Logf("range %s", AppendTimeText(nil, ms))
	}
	if got := string(AppendTimeText(nil, MinTime)); got != "2020-01-01T00:00:00.000Z" {
		t.Errorf("least time: got %s", got)
	}
	if got := string(AppendTimeText(nil, MaxTime)); got != "2100-12-31T23:59:59.999Z" {
		t.Errorf("largest time: got %s", got)
	}
}

func TestParseTime(t *testing.T) {
	const noon = 1772366400000 // 2026-03-01T12:00:00Z
	for _, c := range []struct {
		text    string
		want    int64
		rounded bool
	}{
		{"2026-03-01T12:00:00Z", noon, false},
		{"2026-03-01T12:00:00.5Z", noon + 500, false},
		{"2026-03-01T12:00:00.25+00:00", noon + 250, false},
		{"2026-03-01T12:00:00.000000Z", noon, false},
		{"2026-03-01T12:00:00.0004999Z", noon, true},
		{"2026-03-01T12:00:00.0005Z", noon + 1, true},
		{"2026-03-01T11:59:59.9996Z", noon, true},
		{"2024-02-29T00:00:00Z", 1709164800000, false},
		{"2000-02-29T00:00:00Z", 951782400000, false},
	} {
		if ms, rounded, ok := ParseTime([]byte(c.text)); ms != c.want || rounded != c.rounded || !ok {
			t.Errorf("%s: got %d %v %v, want %d %v", c.text, ms, rounded, ok, c.want, c.rounded)
		}
	}
	for _, text := range []string{"", "Z", "2026-03-01", "2026-03-01T12:00:00", "2026-03-01T12:00:00.Z", "2026-03-01t12:00:00z",
		"2026-03-01 12:00:00Z", "2026-02-30T12:00:00Z", "2026-02-29T12:00:00Z", "2100-02-29T12:00:00Z", "2026-13-01T12:00:00Z",
		"2026-00-01T12:00:00Z", "2026-03-00T12:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T12:60:00Z", "2026-12-31T23:59:60Z",
		"2026-03-01T12:00:00+01:00", "2026-03-01T12:00:00-00:00", "2026-03-01T12:00:00ZZ", "+026-03-01T12:00:00Z",
		"2026-03-01T12:00:00.1234", "2026-03-01T12:00:00,5Z", "1772366400000", "2026-04-31T00:00:00Z"} {
		if ms, _, ok := ParseTime([]byte(text)); ok {
			t.Errorf("%s: got %d, want refused", text, ms)
		}
	}
}
