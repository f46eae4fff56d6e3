package seal

// This file tests that the table of fields agrees with itself.

import (
	"slices"
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	paths := map[string]bool{"v": true}
	cbor := map[int]string{versionCBOR: "v"}
	row := func(path, doc string, key int) {
		if paths[path] {
			t.Errorf("%s: path is there twice", path)
		}
		if other, twice := cbor[key]; twice {
			t.Errorf("%s: CBOR key %d is that of %s", path, key, other)
		}
		if key < 0 || key > 63 || doc == "" || strings.Count(path, ".") > 1 || strings.Trim(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") != "" {
			t.Errorf("%s: CBOR key %d, doc %q or path is out of form", path, key, doc)
		}
		paths[path], cbor[key] = true, path
	}
	for i := range Texts {
		row(Texts[i].Path, Texts[i].Doc, Texts[i].CBOR)
	}
	for f := range Fields {
		info := &Fields[f]
		row(info.Path, info.Doc, info.CBOR)
		const exactInDouble = 1 << 53
		if info.Min > info.Max || info.Min < -exactInDouble || info.Max > exactInDouble {
			t.Errorf("%s: range %d to %d", info.Path, info.Min, info.Max)
		}
		if (info.Type == FieldEnum) != (info.Enum != nil) || info.Type != FieldInt && (info.Scale != 0 || info.Unit != "" || info.Whole) {
			t.Errorf("%s: type %s does not go with the other columns", info.Path, info.Type)
		}
		if info.Enum != nil && (info.Enum[0] != Unknown || int64(len(info.Enum)) != info.Max+1 || info.Min != 0) {
			t.Errorf("%s: %d names for values %d to %d", info.Path, len(info.Enum), info.Min, info.Max)
		}
		if sorted := slices.Sorted(slices.Values(info.Enum)); len(slices.Compact(sorted)) != len(info.Enum) {
			t.Errorf("%s: a name is there twice", info.Path)
		}
		if info.Whole && info.Scale != 0 || info.Type == FieldTime && (info.Min != minTime || info.Max != maxTime) {
			t.Errorf("%s: whole with decimals, or another range of times", info.Path)
		}
		if back, ok := FieldByPath(Field(f).String()); back != Field(f) || !ok {
			t.Errorf("%s: found again as %v %v", info.Path, back, ok)
		}
	}
	if _, ok := FieldByPath("pos.nothing"); ok {
		t.Error("found a field that does not exist")
	}
}

func TestFormat(t *testing.T) {
	for _, c := range []struct {
		field Field
		value int64
		want  string
	}{
		{Lat, 51_950_000, "51.95"}, {Lat, -1, "-0.000001"}, {TC, -500, "-0.5"}, {Sats, 14, "14"}, {RSRP, -97, "-97"},
		{Online, 1, "true"}, {Online, 0, "false"}, {Code, CodeRopeCut, "ROPE_CUT"}, {Code, 99, "unknown"}, {Code, -1, "unknown"},
		{TS, 1772352900250, "2026-03-01T08:15:00.250Z"},
	} {
		if got := Format(c.field, c.value); got != c.want {
			t.Errorf("%s %d: got %s, want %s", c.field, c.value, got, c.want)
		}
	}
	if got := Field(200).String(); got != "field(200)" {
		t.Errorf("no such field: got %s", got)
	}
	if Lat.Clamp(91e6) != 90e6 || Lat.Clamp(-91e6) != -90e6 || Lat.PerUnit() != 1e6 || Lat.InRange(91e6) || !Lat.InRange(90e6) {
		t.Error("pos.lat: clamp, unit or range is wrong")
	}
}
