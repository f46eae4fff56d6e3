// From nodes to a File: every key is known, every value of the shape that is allowed.

package experiment

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"sealab/sim/files/tree"
)

// Parse reads an experiment file, strictly: what it does not know it refuses, with the line and what is allowed. Its
// errors are *FileError. Whether the names in it exist is looked up by Validate and Design.
func Parse(data []byte) (File, error) {
	f, err := parse(data)
	var at *tree.Error
	if errors.As(err, &at) {
		err = &FileError{"experiment", "", at.Place, at.Field, at.Problem}
	}
	return f, err
}

// form is that of experiment files. The word null is a text: it names a proof of concept, and nothing else is meant by it.
var form = tree.Form{One: "one experiment", Wants: "at least scenarios, arms and seeds", NullIsText: true,
	MaxBytes: MaxFileBytes, MaxLines: 4_000, MaxDepth: 16}

func parse(data []byte) (File, error) {
	root, err := form.Read(data)
	if err != nil {
		return File{}, err
	}
	f := File{places: placesOf(&root)}
	if err := root.Want(tree.Mapping); err != nil {
		return File{}, err
	}
	if err := root.Only("name", "question", "challenge", "scenarios", "arms", "seeds", "baseline", "thresholds", "carrier", "profile", "base_rate"); err != nil {
		return File{}, err
	}
	for _, read := range []func(*tree.Node) error{f.readTexts, f.readScenarios, f.readArms, f.readSeeds, f.readThresholds, f.readBaseRate} {
		if err := read(&root); err != nil {
			return File{}, err
		}
	}
	return f, nil
}

func (f *File) readTexts(root *tree.Node) (err error) {
	for _, t := range []struct {
		key  string
		into *string
	}{{"name", &f.Name}, {"challenge", &f.Challenge}, {"baseline", &f.Baseline}, {"carrier", &f.Carrier}, {"profile", &f.Profile}} {
		if *t.into, err = root.TextOf(t.key, maxName); err != nil {
			return err
		}
	}
	f.Question, err = root.ProseOf("question", maxQuestion)
	return err
}

func (f *File) readSeeds(root *tree.Node) error {
	items, err := root.ListOf("seeds", "2001..2040")
	if err != nil {
		return err
	}
	parts := make([]string, len(items))
	for i := range items {
		if err := items[i].Want(tree.Text); err != nil {
			return err
		}
		parts[i] = items[i].Text
	}
	at := root.Get("seeds")
	if f.Seeds, err = ParseSeeds(strings.Join(parts, ",")); err != nil {
		return at.Wrong("%v", err)
	}
	slices.Sort(f.Seeds)
	return nil
}

// readThresholds takes texts, and also mappings of one pair: unquoted, `kalman: recall > 0.9` is one to YAML.
func (f *File) readThresholds(root *tree.Node) error {
	v := root.Get("thresholds")
	if v == nil {
		return nil
	}
	items, err := v.All()
	if v.Kind == tree.Mapping {
		items, err = []tree.Node{*v}, nil
	}
	if err != nil {
		return err
	}
	for i := range items {
		n := &items[i]
		text := n.Text
		if n.Kind == tree.Mapping && len(n.Pairs) == 1 && n.Pairs[0].Value.Kind == tree.Text {
			text = n.Pairs[0].Key + ": " + n.Pairs[0].Value.Text
		} else if n.Kind != tree.Text {
			return n.Wrong("want a text such as %q", "kalman: recall > 0.9")
		}
		arm, claim, err := splitThreshold(text)
		if err != nil {
			return n.Wrong("%v", err)
		}
		f.Thresholds = append(f.Thresholds, arm+": "+claimText(claim))
	}
	if len(f.Thresholds) > maxChecks {
		return v.Wrong("%d thresholds; allowed are %d", len(f.Thresholds), maxChecks)
	}
	return nil
}

func (f *File) readBaseRate(root *tree.Node) error {
	text, err := root.TextOf("base_rate", maxName)
	if err != nil || text == "" {
		return err
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(v >= 0 && v <= 10_000) {
		return root.Get("base_rate").Wrong("%q: allowed is a number from 0 to 10000 attacks per 10,000 trips", text)
	}
	f.BaseRate = &v
	return nil
}
