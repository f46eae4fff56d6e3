package mqtt

import (
	"strings"
	"testing"
)

func TestTopics(t *testing.T) {
	for topic, want := range map[string]Topic{
		"sealab/v1/open/seal/SLB-00000007/tele":                {Room: "open", Branch: "seal", ID: "SLB-00000007", Leaf: "tele"},
		"sealab/v1/room-2/notice/SLBU0000012":                  {Room: "room-2", Branch: "notice", ID: "SLBU0000012"},
		"sealab/v1/open/run/r1/seal/A-1/state":                 {Room: "open", Run: "r1", Branch: "seal", ID: "A-1", Leaf: "state"},
		"sealab/v1/open/run/R_1/tick":                          {Room: "open", Run: "R_1", Branch: "tick"},
		"sealab/v1/open/run/r1/finding":                        {Room: "open", Run: "r1", Branch: "finding"},
		"sealab/v1/open/run/r1/ack":                            {Room: "open", Run: "r1", Branch: "ack"},
		"sealab/v1/" + strings.Repeat("a", 32) + "/seal/A/ack": {Room: strings.Repeat("a", 32), Branch: "seal", ID: "A", Leaf: "ack"},
	} {
		got, err := ParseTopic(topic)
		if err != nil || got != want || got.String() != topic {
			t.Errorf("ParseTopic(%q) = %+v, %v; want %+v; back to %q", topic, got, err, want, got.String())
		}
	}
	for _, topic := range []string{
		"", "sealab", "sealab/v1/", "sealab/v2/open/seal/A/tele", "sealab/v1/Open/seal/A/tele", "sealab/v1//seal/A/tele",
		"sealab/v1/" + strings.Repeat("a", 33) + "/seal/A/tele", "sealab/v1/open/seal/a/tele", "sealab/v1/open/seal/A/+",
		"sealab/v1/open/seal/A/tele/", "sealab/v1/open/seal//tele", "sealab/v1/open/tick", "sealab/v1/open/run//tick",
		"sealab/v1/open/run/r1", "sealab/v1/open/run/r1/tick/x", "sealab/v1/open/notice/A/B", "sealab/v1/open/run/r1/run/r2/tick",
		"sealab/v1/open/seal/" + strings.Repeat("A", 25) + "/tele", "sealab/v1/#",
	} {
		if got, err := ParseTopic(topic); err == nil {
			t.Errorf("ParseTopic(%q) = %+v, want an error", topic, got)
		}
	}
}

func TestFilters(t *testing.T) {
	for _, c := range []struct {
		filter, topic string
		want          bool
	}{
		{"a/b", "a/b", true}, {"a/b", "a/bc", false}, {"a/b", "a/b/c", false}, {"a/b/c", "a/b", false},
		{"a/+", "a/b", true}, {"a/+", "a", false}, {"a/+", "a/", true}, {"+/b", "a/b", true}, {"+", "a/b", false},
		{"#", "a", true}, {"#", "a/b/c", true}, {"a/#", "a", true}, {"a/#", "a/b/c", true}, {"a/#", "ab", false},
		{"#", "$SYS/x", false}, {"+/x", "$SYS/x", false}, {"$SYS/#", "$SYS/x", true}, {"a/+/c", "a/b/c", true}, {"a/+/#", "a", false},
	} {
		if got := Match(c.filter, c.topic); got != c.want {
			t.Errorf("Match(%q, %q) = %v", c.filter, c.topic, got)
		}
	}
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"a/#", "#", true}, {"a/#", "b/#", false}, {"a/+/c", "a/b/+", true}, {"a/+", "a/b/c", false}, {"a/b/#", "a/+", true}, {"a/b/c/#", "a/+", false},
		{"a/b/#", "a/b", true}, {"a/b", "a/b", true}, {"+/b", "a/+", true}, {"$SYS/#", "#", false},
	} {
		if overlap(c.a, c.b) != c.want || overlap(c.b, c.a) != c.want {
			t.Errorf("overlap(%q, %q) is not %v both ways", c.a, c.b, c.want)
		}
	}
	for filter, want := range map[string]bool{
		"#": true, "+": true, "a/#": true, "a/+/b": true, "/": true, "a": true, "+/+/#": true,
		"": false, "a#": false, "#/a": false, "a/b+": false, "a/#/b": false, "a\x00": false, strings.Repeat("a", 600): false,
	} {
		if (checkFilter(filter) == nil) != want {
			t.Errorf("checkFilter(%.20q) is not %v", filter, want)
		}
	}
}

func FuzzParseTopic(f *testing.F) {
	f.Add("sealab/v1/open/run/r1/seal/A-1/state")
	f.Add("sealab/v1/open/notice/SLBU0000012")
	f.Fuzz(func(t *testing.T, s string) {
		topic, err := ParseTopic(s)
		if err == nil && (topic.String() != s || wild(s) || strings.ContainsAny(s, "\x00$ \"\\")) {
			t.Errorf("ParseTopic(%q) = %+v", s, topic)
		}
	})
}

func FuzzFilters(f *testing.F) {
	f.Add("a/+/#", "a/b/c")
	f.Fuzz(func(t *testing.T, filter, topic string) {
		if checkFilter(filter) != nil || wild(topic) {
			return
		}
		if Match(filter, topic) && !overlap(filter, topic) {
			t.Errorf("%q takes in %q but does not overlap with it", filter, topic)
		}
	})
}
