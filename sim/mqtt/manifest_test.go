package mqtt

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

func someManifest(events int) Manifest {
	m := Manifest{Tick: 7, Now: start.Add(7 * time.Minute), Events: []ManifestEntry{}}
	for i := range events {
		m.Events = append(m.Events, ManifestEntry{
			At: start.Add(6*time.Minute + time.Duration(i)*time.Millisecond), N: uint64(i + 1),
			Topic: fmt.Sprintf("sealab/v1/open/run/r/seal/SLB-%08d/tele", i), Sum: [32]byte{byte(i), 0xab},
		})
	}
	return m
}

func TestManifestOnTheWire(t *testing.T) {
	got := string(appendManifests(nil, someManifest(1))[0])
	want := `{"events":[{"at":"2026-03-02T00:06:00.000Z","n":1,"sha256":"00ab` + strings.Repeat("0", 60) +
		`","topic":"sealab/v1/open/run/r/seal/SLB-00000000/tele"}],"now":"2026-03-02T00:07:00.000Z","tick":7}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, events := range []int{0, 1, 1000, 20_000} {
		m := someManifest(events)
		parts := appendManifests(nil, m)
		if events == 20_000 && len(parts) < 2 {
			t.Error("20,000 events in one message")
		}
		all := Manifest{Tick: m.Tick, Now: m.Now, Events: []ManifestEntry{}}
		for i, b := range parts {
			if len(b) > maxPart {
				t.Errorf("a part of %d bytes", len(b))
			}
			part, err := DecodeManifest(b)
			if err != nil {
				t.Fatal(err)
			}
			if len(parts) > 1 && (part.Part != i+1 || part.Parts != len(parts)) {
				t.Errorf("part %d of %d says %d of %d", i+1, len(parts), part.Part, part.Parts)
			}
			all.Events = append(all.Events, part.Events...)
		}
		if !reflect.DeepEqual(all, m) {
			t.Errorf("%d events came back as others", events)
		}
	}
}

func TestMalformedManifests(t *testing.T) {
	good := string(appendManifests(nil, someManifest(2))[0])
	for name, s := range map[string]string{
		"empty":          ``,
		"no tick":        strings.Replace(good, `"tick"`, `"tock"`, 1),
		"no events":      `{"tick":1,"now":"2026-03-02T00:07:00.000Z"}`,
		"trailing text":  good + "x",
		"short sum":      strings.Replace(good, "00ab", "ab", 1),
		"not hex":        strings.Replace(good, "00ab", "zzab", 1),
		"local time":     strings.Replace(good, "00:07:00.000Z", "00:07:00+01:0", 1),
		"no such day":    strings.Replace(good, "2026-03-02T00:07", "2026-02-31T00:07", 1),
		"negative n":     strings.Replace(good, `"n":1`, `"n":-1`, 1),
		"same n":         strings.Replace(strings.Replace(good, `"n":2`, `"n":1`, 1), "00:06:00.001", "00:06:00.000", 1),
		"part 0":         strings.Replace(good, `"tick"`, `"parts":2,"tick"`, 1),
		"part of one":    strings.Replace(good, `"tick"`, `"part":1,"parts":1,"tick"`, 1),
		"too many parts": strings.Replace(good, `"tick"`, `"part":1,"parts":99999,"tick"`, 1),
	} {
		if m, err := DecodeManifest([]byte(s)); err == nil {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

func FuzzDecodeManifest(f *testing.F) {
	for _, events := range []int{0, 1, 3} {
		f.Add(appendManifests(nil, someManifest(events))[0])
	}
	f.Add([]byte(`{"events":[],"now":"2026-03-02T00:07:00.000Z","part":2,"parts":3,"tick":7}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := DecodeManifest(b)
		if err != nil {
			return
		}
		r := newRoll("sealab/v1/open/run/r/")
		r.begin(m.Tick, len(m.Events))
		r.take(m)
		r.hear(r.root+"tick", b)
		for _, e := range m.Events {
			r.hear(e.Topic, b)
		}
		r.complete()
		r.absent()
	})
}
