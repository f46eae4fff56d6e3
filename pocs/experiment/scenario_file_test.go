package experiment

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"sealab/sim"
	"sealab/sim/event"
)

const winterFile = `# snow
v: 1
name: winter-corridor
extends: northern-corridor
doc: Trucks in snow.
set: {seals: 24, span_days: 6, attacks: 1, radio_loss: high, signature: sign+chain, kind.drag_off: off}
lookalikes: [crane_shock]
`

// readRecipe reads a scenario file and looks its names up.
func readRecipe(text string) (*sim.Scenario, sim.Settings, error) {
	file, err := ParseScenario([]byte(text), "a.yaml")
	if err != nil {
		return nil, nil, err
	}
	sc, _, set, err := file.Recipe(realCatalogue())
	if err != nil {
		return nil, nil, err
	}
	all, err := sim.Resolve("setting", sc.Settings, set)
	return sc, all, err
}

func TestScenarioFile(t *testing.T) {
	sc, set, err := readRecipe(winterFile)
	if err != nil {
		t.Fatal(err)
	}
	if sc.Name != "winter-corridor" || sc.Extends != "northern-corridor" || sc.Doc != "Trucks in snow." {
		t.Errorf("got %s, which extends %s: %s", sc.Name, sc.Extends, sc.Doc)
	}
	for name, want := range map[string]float64{"seals": 24, "span_days": 6, "attacks": 1, "signature": 3, "kind.drag_off": 0,
		"kind.bolt_cut": 1, "kind.crane_shock": 1, "kind.reboot": 0, "kind.dead_zone": 0} {
		if i := slicesIndex(sc.Settings, name); set[name] != want && sc.Settings[i].Text(set[name]) != "sign+chain" {
			t.Errorf("%s is %v, want %v", name, set[name], want)
		}
	}
	base := sim.Find(realCatalogue().Challenges[0].Scenarios, "northern-corridor")
	if i := slicesIndex(base.Settings, "assumption.radio_loss"); set["assumption.radio_loss"] != base.Settings[i].High {
		t.Errorf("radio_loss is %v, want its high, %v", set["assumption.radio_loss"], base.Settings[i].High)
	}
}

func slicesIndex(list []sim.Setting, name string) int {
	for i := range list {
		if list[i].Name == name {
			return i
		}
	}
	return -1
}

// badScenarios are files with one fault each: where it lies and what is said about it.
var badScenarios = map[string]struct {
	text         string
	line, column int
	field, says  string
}{
	"empty":                {"", 0, 0, "", "the file is empty: want at least name and extends"},
	"only a comment":       {"# nothing\n", 0, 0, "", "the file is empty"},
	"not UTF-8":            {"name: a\nextends: dray\xffage\n", 0, 0, "", "not UTF-8"},
	"not a mapping":        {"- name: a\n", 1, 0, "", "want a mapping, not a list"},
	"broken YAML":          {"name: a\nextends: [\n", 2, 0, "", "not YAML"},
	"broken JSON":          {"{\"name\": \"a\",\n \"extends\": }\n", 2, 13, "", "not JSON"},
	"two documents":        {"name: a\n---\nname: b\n", 3, 0, "", "second document"},
	"unknown key":          {"name: a\nextends: drayage\nsett: {}\n", 3, 1, "", `unknown key "sett": did you mean set?`},
	"key twice":            {"name: a\nextends: drayage\nname: b\n", 3, 1, "", `the key "name" stands twice, first in line 1`},
	"setting twice":        {"name: a\nextends: drayage\nset:\n  seals: 20\n  seals: 30\n", 5, 3, "", `the key "seals" stands twice, first in line 4`},
	"billion laughs":       {billionLaughs(), 3, 0, "", "anchors (&) and aliases (*) are not read here"},
	"deep":                 {"name: a\nextends: drayage\nset: " + strings.Repeat("[", 900) + strings.Repeat("]", 900), 3, 0, "", "nested deeper than 4 levels"},
	"deep lists":           {"name: a\nextends: drayage\nset: \n  " + strings.Repeat("- ", 5000) + "1", 4, 0, "", "nested deeper than 4 levels"},
	"too many lines":       {"name: a\n" + strings.Repeat("\n", 2_001), 0, 0, "", "more than 2000 lines"},
	"oversized":            {"name: a\ndoc: " + strings.Repeat("x", MaxFileBytes), 0, 0, "", "more than the 65536 bytes that are allowed"},
	"no name":              {"extends: drayage\n", 1, 0, "", "name is missing: want a text, such as name: winter-corridor"},
	"no base":              {"name: a\n", 1, 0, "", "extends is missing"},
	"name of a wrong form": {"name: Winter Corridor\nextends: drayage\n", 1, 1, "name", "want up to 40 small letters and digits"},
	"name of a path":       {"name: ../../etc/passwd\nextends: drayage\n", 1, 1, "name", "is no name for a scenario"},
	"name too long":        {"name: " + strings.Repeat("a", 41) + "\nextends: drayage\n", 1, 1, "name", "want up to 40 small letters"},
	"name is taken":        {"name: mixed\nextends: drayage\n", 1, 1, "name", "mixed is a scenario already"},
	"its own base":         {"name: drayage\nextends: drayage\n", 1, 1, "name", "drayage is a scenario already"},
	"unknown base":         {"name: a\nextends: drayge\n", 2, 1, "extends", `unknown scenario "drayge": did you mean drayage?`},
	"base is a list":       {"name: a\nextends: [drayage]\n", 2, 10, "extends", "want a text or number, not a list"},
	"future version":       {"v: 2\nname: a\nextends: drayage\nseasons: [winter]\n", 1, 4, "v", `version "2" of scenario files is not known here: allowed is 1`},
	"version zero":         {"v: 0\nname: a\nextends: drayage\n", 1, 4, "v", `version "0"`},
	"settings as a list":   {"name: a\nextends: drayage\nset: [seals]\n", 3, 6, "set", "want a mapping, not a list"},
	"grid":                 {"name: a\nextends: drayage\nset: {seals: [20, 30]}\n", 3, 0, "set", "seals has 2 values: a scenario has one"},
	"no value":             {"name: a\nextends: drayage\nset:\n  seals:\n", 4, 0, "set.seals", "nothing stands here"},
	"value of a type":      {"name: a\nextends: drayage\nset: {seals: many}\n", 3, 0, "set.seals", "many is not a value of this setting of drayage: allowed is a whole number from 10 to 100000"},
	"value is a mapping":   {"name: a\nextends: drayage\nset: {seals: {n: 20}}\n", 3, 0, "set.seals", "want"},
	"below the range":      {"name: a\nextends: drayage\nset:\n  seals: 5\n", 4, 3, "set.seals", "allowed is a whole number from 10 to 100000"},
	"not whole":            {"name: a\nextends: drayage\nset:\n  seals: 20.5\n", 4, 3, "set.seals", "allowed is a whole number from 10 to 100000"},
	"not finite":           {"name: a\nextends: drayage\nset:\n  seals: .nan\n", 4, 10, "set.seals", "\".nan\" is not a number"},
	"assumption, short":    {"name: a\nextends: drayage\nset:\n  radio_loss: 7\n", 4, 3, "set.assumption.radio_loss", "allowed is a number from 0 to 1, or low or high"},
	"wrong word":           {"name: a\nextends: drayage\nset:\n  signature: signed\n", 4, 3, "set.signature", "sign+chain"},
	"unknown setting":      {"name: a\nextends: drayage\nset:\n  seal: 20\n", 4, 3, "set.seal", "unknown setting of drayage: did you mean seals?"},
	"unknown attack":       {"name: a\nextends: drayage\nattacks: [bolt_cut, bolt_ct]\n", 3, 21, "attacks[1]", `unknown attack of drayage "bolt_ct": did you mean bolt_cut?`},
	"attack twice":         {"name: a\nextends: drayage\nattacks: [clone, clone]\n", 3, 18, "attacks[1]", "clone stands twice"},
	"alike as attack":      {"name: a\nextends: drayage\nattacks: [reboot]\n", 3, 11, "attacks[0]", `unknown attack of drayage "reboot"`},
	"said in two places":   {"name: a\nextends: drayage\nattacks: [bolt_cut]\nset: {kind.clone: on}\n", 4, 0, "set.kind.clone", "attacks says which kinds there are: say it in one place"},
	"control character":    {"name: a\nextends: drayage\ndoc: \"a\\x1b[2Jb\"\n", 3, 6, "doc", "control character"},
	"doc is a list":        {"name: a\nextends: drayage\ndoc: [x]\n", 3, 6, "doc", "want a text or number, not a list"},
}

// billionLaughs would be ten to the ninth texts if its aliases were followed.
func billionLaughs() string {
	var b strings.Builder
	b.WriteString("name: a\nextends: drayage\na0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n")
	for i := 1; i < 10; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	return b.String()
}

func TestBadScenarioFiles(t *testing.T) {
	for name, c := range badScenarios {
		_, _, err := readRecipe(c.text)
		var at *FileError
		if !errors.As(err, &at) {
			t.Errorf("%s: got %v, want a *FileError", name, err)
			continue
		}
		if at.Line != c.line || c.column > 0 && at.Column != c.column || at.Field != c.field || !strings.Contains(at.Problem, c.says) {
			t.Errorf("%s: got line %d, column %d, %q: %s\nwant line %d, column %d, %q: …%s…", name, at.Line, at.Column, at.Field, at.Problem, c.line, c.column, c.field, c.says)
		}
		if !strings.HasPrefix(err.Error(), "read scenario a.yaml: ") || len(err.Error()) > 600 {
			t.Errorf("%s: the error does not read well: %.700s", name, err)
		}
	}
}

// TestScenarioSchemaAgrees holds files against the published schema with a validator that is not ours.
func TestScenarioSchemaAgrees(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(ScenarioSchema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("scenario_file.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("scenario_file.json")
	if err != nil {
		t.Fatal(err)
	}
	for text, good := range map[string]bool{
		`{"name": "a", "extends": "drayage"}`: true,
		`{"v": 1, "name": "winter-corridor", "extends": "drayage", "doc": "x", "set": {"seals": 20, "radio_loss": "high", "kind.clone": "off"}}`: true,
		`{"name": "a", "extends": "drayage", "attacks": [], "lookalikes": ["reboot"]}`:                                                           true,
		`{"name": "a", "extends": "drayage", "set": {"signature": "sign+chain"}}`:                                                                true,
		`{"name": "a"}`:                                                            false,
		`{"extends": "drayage"}`:                                                   false,
		`{"v": 2, "name": "a", "extends": "drayage"}`:                              false,
		`{"name": "A", "extends": "drayage"}`:                                      false,
		`{"name": "a", "extends": "drayage", "sett": {}}`:                          false,
		`{"name": "a", "extends": "drayage", "set": {"seals": [20, 30]}}`:          false,
		`{"name": "a", "extends": "drayage", "attacks": ["bolt_cut", "bolt_cut"]}`: false,
	} {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		_, _, ours := readRecipe(text)
		if theirs := schema.Validate(value); (theirs == nil) != good || (ours == nil) != good {
			t.Errorf("%s: the schema says %v, the reader %v; want good: %v", text, theirs, ours, good)
		}
	}
}

// TestNewNameSameWorld: a file that sets nothing plays the very world of its base, by any seed. Its name is in no message
// and no truth, so that the digest is the base's too.
func TestNewNameSameWorld(t *testing.T) {
	scenarios := realCatalogue().Challenges[0].Scenarios
	rapid.Check(t, func(t *rapid.T) {
		base := &scenarios[rapid.IntRange(0, len(scenarios)-1).Draw(t, "scenario")]
		seed := rapid.Uint64Range(0, sim.MaxSeed-1).Draw(t, "seed")
		sc, set, err := readRecipe("name: other\nextends: " + base.Name + "\n")
		if err != nil {
			t.Fatal(err)
		}
		plain, err := sim.Resolve("setting", base.Settings, nil)
		if err != nil || !reflect.DeepEqual(set, plain) {
			t.Fatalf("%v: the file sets %v, defaults are %v", err, set, plain)
		}
		set["seals"], set["span_days"], set["attacks"], set["attack_rate"] = 10, 2, 0, 2000 // small, for the time
		got, want := heardIn(t, *sc, set, seed), heardIn(t, *base, set, seed)
		if got.digest != want.digest || !reflect.DeepEqual(got.truth, want.truth) {
			t.Fatalf("%s, seed %d: the world under a new name has the digest %s, want %s", base.Name, seed, got.digest, want.digest)
		}
	})
}

type heardWorld struct {
	digest string
	truth  sim.Truth
}

func heardIn(t *rapid.T, sc sim.Scenario, set sim.Settings, seed uint64) heardWorld {
	w, err := sim.New(sc, set, seed)
	if err != nil {
		t.Fatal(err)
	}
	digest := event.NewDigest()
	for b := range w.Batches() {
		digest.Add(b)
	}
	return heardWorld{digest.String(), w.Truth()}
}

// FuzzParseScenario: whatever the bytes, an error has a place and a bounded text, and what is read makes a world's settings.
func FuzzParseScenario(f *testing.F) {
	f.Add([]byte(winterFile))
	for _, c := range badScenarios {
		if len(c.text) < 4096 {
			f.Add([]byte(c.text))
		}
	}
	known := realCatalogue()
	f.Fuzz(func(t *testing.T, data []byte) {
		began := time.Now()
		file, err := ParseScenario(data, "")
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%d bytes took %v", len(data), took)
		}
		var sc *sim.Scenario
		var set map[string]string
		if err == nil {
			sc, _, set, err = file.Recipe(known)
		}
		if err != nil {
			var at *FileError
			if !errors.As(err, &at) || at.Problem == "" || at.Line > 1+bytes.Count(data, []byte("\n"))+bytes.Count(data, []byte("\r")) {
				t.Fatalf("the error of %q is %#v", data, err)
			}
			return
		}
		if _, err := sim.Resolve("setting", sc.Settings, set); err != nil || sim.Find(known.Challenges[0].Scenarios, sc.Name) != nil {
			t.Fatalf("%q was read as %s: %v", data, sc.Name, err)
		}
	})
}
