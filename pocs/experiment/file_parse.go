// From nodes to a File: every key is known, every value of the shape that is allowed.

package experiment

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Parse reads an experiment file, strictly: what it does not know it refuses, with the line and what is allowed. Its
// errors are *FileError. Whether the names in it exist is looked up by Validate and Design.
func Parse(data []byte) (File, error) {
	root, err := readNodes(data)
	if err != nil {
		return File{}, err
	}
	f := File{lines: make(map[string]int)}
	root.lines(f.lines)
	if err := root.want(isMapping); err != nil {
		return File{}, err
	}
	if err := root.only("name", "question", "challenge", "scenarios", "arms", "seeds", "baseline", "thresholds", "carrier", "profile", "base_rate"); err != nil {
		return File{}, err
	}
	for _, read := range []func(*node) error{f.readTexts, f.readScenarios, f.readArms, f.readSeeds, f.readThresholds, f.readBaseRate} {
		if err := read(&root); err != nil {
			return File{}, err
		}
	}
	return f, nil
}

func (f *File) readTexts(root *node) (err error) {
	for _, t := range []struct {
		key  string
		into *string
		most int
	}{{"name", &f.Name, maxName}, {"question", &f.Question, maxQuestion}, {"challenge", &f.Challenge, maxName},
		{"baseline", &f.Baseline, maxName}, {"carrier", &f.Carrier, maxName}, {"profile", &f.Profile, maxName}} {
		if *t.into, err = root.textOf(t.key, t.most); err != nil {
			return err
		}
	}
	return nil
}

// textOf reads a text of so many characters at most; one that is not there is empty.
func (n *node) textOf(key string, most int) (string, error) {
	v := n.get(key)
	if v == nil {
		return "", nil
	}
	if err := v.want(isText); err != nil {
		return "", err
	}
	return v.plain(most)
}

// plain gives a node's text without blanks around it.
func (n *node) plain(most int) (string, error) {
	text := strings.TrimSpace(n.text)
	if utf8.RuneCountInString(text) > most {
		return "", n.wrong("the text has more than %d characters", most)
	}
	for _, c := range text {
		if unicode.IsControl(c) && (c != '\n' || most != maxQuestion) {
			return "", n.wrong("the text holds the control character %q", c)
		}
	}
	return text, nil
}

func (f *File) readSeeds(root *node) error {
	items, err := root.listOf("seeds", "2001..2040")
	if err != nil {
		return err
	}
	parts := make([]string, len(items))
	for i := range items {
		if err := items[i].want(isText); err != nil {
			return err
		}
		parts[i] = items[i].text
	}
	at := root.get("seeds")
	if f.Seeds, err = ParseSeeds(strings.Join(parts, ",")); err != nil {
		return at.wrong("%v", err)
	}
	slices.Sort(f.Seeds)
	return nil
}

// readThresholds takes texts, and also mappings of one pair: unquoted, `kalman: recall > 0.9` is one to YAML.
func (f *File) readThresholds(root *node) error {
	v := root.get("thresholds")
	if v == nil {
		return nil
	}
	items, err := v.list()
	if v.kind == isMapping {
		items, err = []node{*v}, nil
	}
	if err != nil {
		return err
	}
	for i := range items {
		n := &items[i]
		text := n.text
		if n.kind == isMapping && len(n.pairs) == 1 && n.pairs[0].value.kind == isText {
			text = n.pairs[0].key + ": " + n.pairs[0].value.text
		} else if n.kind != isText {
			return n.wrong("want a text such as %q", "kalman: recall > 0.9")
		}
		arm, claim, err := splitThreshold(text)
		if err != nil {
			return n.wrong("%v", err)
		}
		f.Thresholds = append(f.Thresholds, arm+": "+claimText(claim))
	}
	if len(f.Thresholds) > maxChecks {
		return v.wrong("%d thresholds; allowed are %d", len(f.Thresholds), maxChecks)
	}
	return nil
}

func (f *File) readBaseRate(root *node) error {
	text, err := root.textOf("base_rate", maxName)
	if err != nil || text == "" {
		return err
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(v >= 0 && v <= 10_000) {
		return root.get("base_rate").wrong("%q: allowed is a number from 0 to 10000 attacks per 10,000 trips", text)
	}
	f.BaseRate = &v
	return nil
}
