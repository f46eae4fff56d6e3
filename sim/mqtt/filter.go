package mqtt

// This file compares topics with filters, segment by segment: rights hang on it, so a prefix of a word never matches.

import (
	"fmt"
	"strings"
)

// maxFilter bounds a filter in bytes; the longest topic of the tree has about 160.
const maxFilter = 512

// Match reports whether filter, with + and # as in MQTT, takes in topic.
func Match(filter, topic string) bool {
	if strings.HasPrefix(topic, "$") && !strings.HasPrefix(filter, "$") {
		return false // a broker's own topics are not meant by # and +
	}
	for {
		f, frest, fmore := strings.Cut(filter, "/")
		if f == "#" {
			return true
		}
		t, trest, tmore := strings.Cut(topic, "/")
		if f != "+" && f != t {
			return false
		}
		if !fmore || !tmore {
			return fmore == tmore || frest == "#" // "a/#" takes in "a" itself
		}
		filter, topic = frest, trest
	}
}

// overlap reports whether there is a topic that both filters take in.
func overlap(a, b string) bool {
	if strings.HasPrefix(a, "$") != strings.HasPrefix(b, "$") {
		return false
	}
	for {
		as, arest, amore := strings.Cut(a, "/")
		bs, brest, bmore := strings.Cut(b, "/")
		if as == "#" || bs == "#" {
			return true
		}
		if as != bs && as != "+" && bs != "+" {
			return false
		}
		if !amore || !bmore {
			return amore == bmore || arest == "#" || brest == "#"
		}
		a, b = arest, brest
	}
}

// checkFilter returns an error unless filter is well formed. The broker's own check lets "a#" through.
func checkFilter(filter string) error {
	if filter == "" || len(filter) > maxFilter {
		return fmt.Errorf("check filter %.40q: want 1 to %d bytes", filter, maxFilter)
	}
	for rest, more := filter, true; more; {
		var seg string
		seg, rest, more = strings.Cut(rest, "/")
		if strings.ContainsAny(seg, "+#\x00") && (len(seg) > 1 || seg == "\x00" || seg == "#" && more) {
			return fmt.Errorf("check filter %.200q: + stands alone between slashes, # alone at the end", filter)
		}
	}
	return nil
}

// wild reports whether s is a filter that can take in more than one topic.
func wild(s string) bool { return strings.ContainsAny(s, "+#") }

// unshare takes the "$share/{group}/" off a shared subscription.
func unshare(filter string) string {
	if rest, ok := strings.CutPrefix(filter, "$share/"); ok {
		if _, inner, ok := strings.Cut(rest, "/"); ok {
			return inner
		}
	}
	return filter
}
