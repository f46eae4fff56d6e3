// The scenario file: another scenario's recipe under a new name, with settings of its own.

package experiment

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/files/tree"
)

// ScenarioFile is a scenario as somebody wrote it, in YAML or JSON. ParseScenario reads it; Recipe looks its names up.
type ScenarioFile struct {
	Name    string
	Extends string
	Doc     string            // empty: that of what it extends
	Set     map[string]string // settings as they were written
	// Attacks and LookAlikes are the kinds that it keeps of those of what it extends; nil: all of them.
	Attacks, LookAlikes []string

	path   string
	places map[string]tree.Place
}

// scenarioVersion is the version of the form that ParseScenario reads.
const scenarioVersion = "1"

// scenarioForm is that of scenario files: a name, what it extends, and settings a line each.
var scenarioForm = tree.Form{One: "one scenario", Wants: "at least name and extends", MaxBytes: MaxFileBytes, MaxLines: 2_000, MaxDepth: 4}

// ParseScenario reads a scenario file, strictly: what it does not know it refuses, with its place and what is allowed.
// Its errors are *FileError. The path, by which errors name the file, may be empty.
func ParseScenario(data []byte, path string) (ScenarioFile, error) {
	f := ScenarioFile{path: path}
	err := f.read(data)
	var at *tree.Error
	if errors.As(err, &at) {
		err = &FileError{"scenario", path, at.Place, at.Field, at.Problem}
	}
	if err != nil {
		return ScenarioFile{}, err
	}
	return f, nil
}

func (f *ScenarioFile) read(data []byte) error {
	root, err := scenarioForm.Read(data)
	if err != nil {
		return err
	}
	f.places = placesOf(&root)
	if err := root.Want(tree.Mapping); err != nil {
		return err
	}
	if err := checkVersion(&root); err != nil { // first of all: a later version may have keys that this one lacks
		return err
	}
	if err := root.Only("v", "name", "extends", "doc", "set", "attacks", "lookalikes"); err != nil {
		return err
	}
	if f.Name, err = needed(&root, "name", "winter-corridor"); err != nil {
		return err
	}
	if f.Extends, err = needed(&root, "extends", "northern-corridor"); err != nil {
		return err
	}
	if f.Doc, err = root.ProseOf("doc", maxQuestion); err != nil {
		return err
	}
	if err := f.readSet(&root); err != nil {
		return err
	}
	if f.Attacks, err = kindsOf(&root, "attacks"); err != nil {
		return err
	}
	f.LookAlikes, err = kindsOf(&root, "lookalikes")
	return err
}

func checkVersion(root *tree.Node) error {
	v, err := root.TextOf("v", maxName)
	if err != nil || v == "" || v == scenarioVersion {
		return err
	}
	return root.Get("v").Wrong("version %q of scenario files is not known here: allowed is %s, or a newer Sealab", v, scenarioVersion)
}

// needed reads a text that must be there.
func needed(root *tree.Node, key, such string) (string, error) {
	text, err := root.TextOf(key, maxName)
	if err == nil && text == "" {
		err = root.Wrong("%s is missing: want a text, such as %s: %s", key, key, such)
	}
	return text, err
}

// readSet reads settings, none of them a grid.
func (f *ScenarioFile) readSet(root *tree.Node) error {
	given, err := valuesOf(root, "set")
	if err != nil {
		return err
	}
	f.Set = make(map[string]string, len(given))
	for _, name := range slices.Sorted(keysOf(given)) {
		if len(given[name]) > 1 {
			return root.Get("set").Wrong("%s has %d values: a scenario has one, and an experiment makes a grid of it", name, len(given[name]))
		}
		f.Set[name] = given[name][0]
	}
	return nil
}

// kindsOf reads a list of kinds; nil where there is none, and empty where it is.
func kindsOf(root *tree.Node, key string) ([]string, error) {
	v := root.Get(key)
	if v == nil {
		return nil, nil
	}
	items, err := v.All()
	if err != nil {
		return nil, err
	}
	list := []string{}
	for i := range items {
		if err := items[i].Want(tree.Text); err != nil {
			return nil, err
		}
		name, err := items[i].Plain(maxName)
		switch {
		case err != nil:
			return nil, err
		case slices.Contains(list, name):
			return nil, items[i].Wrong("%s stands twice", name)
		}
		list = append(list, name)
	}
	return list, nil
}

// Recipe looks the names of the file up: the scenario under its new name, the challenge, and what it sets, the kinds that
// it leaves out among that. Its errors are *FileError.
func (f *ScenarioFile) Recipe(c Catalogue) (*sim.Scenario, *pocs.Challenge, map[string]string, error) {
	if why := badName(c, f.Name); why != "" {
		return nil, nil, nil, f.wrong("name", "%s", why)
	}
	base, challenge, err := f.base(c)
	if err != nil {
		return nil, nil, nil, err
	}
	set := maps.Clone(f.Set)
	for _, narrow := range []struct {
		key   string
		kept  []string
		known []string
	}{{"attacks", f.Attacks, attackNames(base)}, {"lookalikes", f.LookAlikes, alikeNames(base)}} {
		if err := f.leaveOut(set, base, narrow.key, narrow.kept, narrow.known); err != nil {
			return nil, nil, nil, err
		}
	}
	if _, err := sim.Resolve("setting", base.Settings, set); err != nil {
		return nil, nil, nil, f.badSetting(err, base)
	}
	return base.As(f.Name, orElse(f.Doc, base.Doc)), challenge, set, nil
}

func (f *ScenarioFile) base(c Catalogue) (*sim.Scenario, *pocs.Challenge, error) {
	var known []string
	for i := range c.Challenges {
		if sc := sim.Find(c.Challenges[i].Scenarios, f.Extends); sc != nil {
			return sc, &c.Challenges[i], nil
		}
		for j := range c.Challenges[i].Scenarios {
			known = append(known, c.Challenges[i].Scenarios[j].Name)
		}
	}
	return nil, nil, f.wrong("extends", "%s", unknown("scenario", f.Extends, known))
}

// leaveOut sets to 0 the kinds that are not kept.
func (f *ScenarioFile) leaveOut(set map[string]string, base *sim.Scenario, key string, kept, known []string) error {
	for i, name := range kept {
		if !slices.Contains(known, name) {
			return f.wrong(fmt.Sprintf("%s[%d]", key, i), "%s", unknown(strings.TrimSuffix(key, "s")+" of "+base.Name, name, known))
		}
	}
	for _, name := range known {
		setting := sim.KindPrefix + name
		if kept == nil {
			continue
		}
		if _, twice := set[setting]; twice {
			return f.wrong("set."+setting, "%s says which kinds there are: say it in one place", key)
		}
		if !slices.Contains(kept, name) {
			set[setting] = "0"
		}
	}
	return nil
}

func attackNames(sc *sim.Scenario) (names []string) {
	for _, k := range sc.Attacks {
		names = append(names, k.Name)
	}
	return names
}

func alikeNames(sc *sim.Scenario) (names []string) {
	for _, l := range sc.LookAlikes {
		names = append(names, l.Kind.Name)
	}
	return names
}

// wrong makes a FileError for a field; its place is that of the innermost part of it that the file has.
func (f *ScenarioFile) wrong(field, format string, args ...any) *FileError {
	return &FileError{"scenario", f.path, placeIn(f.places, field), field, fmt.Sprintf(format, args...)}
}

// badSetting puts place and field to what sim.Resolve refused.
func (f *ScenarioFile) badSetting(err error, base *sim.Scenario) error {
	var bad *sim.BadSetting
	switch {
	case !errors.As(err, &bad):
		return f.wrong("set", "%v", err)
	case bad.Unknown:
		return f.wrong("set."+bad.Name, "unknown setting of %s: %s", base.Name, bad.Allowed)
	}
	return f.wrong("set."+bad.Name, "%s is not a value of this setting of %s: %s", bad.Value, base.Name, bad.Allowed)
}
