package web

import (
	"slices"
	"testing"
)

func TestNumbersInWords(t *testing.T) {
	l := &texts{words: map[string]string{"time.dh": "{d} d {h} h", "time.hm": "{h} h {m} min", "time.m": "{m} min", "time.s": "{s} s"}}
	for in, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1234: "−1,234"} {
		if got := whole(in); got != want {
			t.Errorf("whole(%d) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[float64]string{0: "0", -0.001: "0", 1.5: "1.5", -2: "−2", 81.777: "81.8"} {
		if got := decimals(1, in); got != want {
			t.Errorf("decimals(1, %v) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[float64]string{0: "0 s", 59: "59 s", 60: "1 min", 3600: "1 h 0 min", 90061: "1 d 1 h", -7200: "−2 h 0 min"} {
		if got := duration(l, in); got != want {
			t.Errorf("duration(%v) = %q, want %q", in, got, want)
		}
	}
	for _, c := range []struct {
		unit string
		v    float64
		want string
	}{{"1", 0.4567, "45.7 %"}, {"1", 0.0004, "0.04 %"}, {"points", 81.77, "81.8"}, {"s", 90, "1 min"}, {"1/trip", 0.1541, "0.154"}, {"1/d", 146.83, "146.8"}} {
		if got := measured(l, c.unit, &c.v); got != c.want {
			t.Errorf("measured(%s, %v) = %q, want %q", c.unit, c.v, got, c.want)
		}
	}
	if measured(l, "1", nil) != "–" || maybe(1, nil) != "–" {
		t.Error("null is not a dash")
	}
	up, down := 0.1, -0.1
	if leaning(l, "higher", "1", &up) != "up" || leaning(l, "lower", "1", &up) != "down" || leaning(l, "higher", "1", &down) != "down" || leaning(l, "neutral", "1", &up) != "even" {
		t.Error("a difference leans the wrong way")
	}
}

func TestNamesInWords(t *testing.T) {
	if got := placeName("NLRTM"); got != "Rotterdam" {
		t.Errorf("got %q", got)
	}
	if got := placeName("nowhere"); got != "nowhere" {
		t.Errorf("got %q", got)
	}
	if got := codeWords("DOOR_OPEN"); got != "Door open" {
		t.Errorf("got %q", got)
	}
	for level, want := range map[int]string{0: "minor", 499: "minor", 500: "major", 799: "major", 800: "critical", 1000: "critical"} {
		if got := severity(level); got != want {
			t.Errorf("severity(%d) = %q", level, got)
		}
	}
	host, port := splitAddress("[::1]:1883")
	if host != "::1" || port != "1883" {
		t.Errorf("got %q, %q", host, port)
	}
}

func TestParagraphsFollowHeadings(t *testing.T) {
	got := paragraphs("It sits at the desk. Place. A filter follows each box. It is slow. Limits. None (yet). Sources: Kalman 1960.")
	want := []paragraph{{"", "It sits at the desk."}, {"Place.", "A filter follows each box. It is slow."}, {"Limits.", "None (yet)."}, {"Sources:", "Kalman 1960."}}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if got := paragraphs("First.\n\nSecond, in\ntwo lines. Limits. None.\n\n"); len(got) != 3 || got[1].Text != "Second, in two lines." || got[2].Label != "Limits." {
		t.Errorf("blank lines: got %+v", got)
	}
	if got := paragraphs("Says nothing."); len(got) != 1 || got[0].Text != "Says nothing." {
		t.Errorf("got %q", got)
	}
}

func TestRoughly(t *testing.T) {
	for in, want := range map[string]string{"19.074 °C": "19.1 °C", "0.502 g": "0.5 g", "armed": "armed", "3d": "3d", "0": "0", "-3.25 °C": "−3.2 °C", "97 %": "97 %"} {
		if got := roughly(in); got != want {
			t.Errorf("roughly(%q) = %q, want %q", in, got, want)
		}
	}
}
