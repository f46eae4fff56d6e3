package experiment

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"sealab/pocs"
	"sealab/sim"
)

const goodFile = `# Does a wider gate pay?
name: gates
question: |
  Does a wider gate cost detection?
scenarios:
  - land-bridge
  - {name: road, set: {seals: [50, 100], assumption.dead: low}}
arms:
  - rules
  - poc: kalman
    name: wide
    params: {gate_km: [2, 3.50], strikes: 1e1}
  - poc: kalman
    set: {report_interval_s: 3600}
seeds: 2001..2003, 7
baseline: rules
thresholds:
  - "rules: recall > 0.9"
  - kalman: score_balanced >= 0   # unquoted: a mapping to YAML
base_rate: 2.0
`

// toyCatalogue is a challenge that exists in this test alone.
func toyCatalogue() Catalogue {
	settings := []sim.Setting{
		{Name: "seals", Default: 100, Min: 10, Max: 1000, Whole: true},
		{Name: "report_interval_s", Default: 600, Min: 60, Max: 86400, Whole: true, Unit: "s"},
		{Name: "assumption.dead", Default: 0.2, Min: 0, Max: 1, Low: 0.1, High: 0.4},
	}
	params := []pocs.Param{{Name: "gate_km", Default: 2, Min: 0.5, Max: 50}, {Name: "strikes", Default: 3, Min: 1, Max: 10, Whole: true}}
	return Catalogue{
		Challenges: []pocs.Challenge{
			{Name: "toys", Scenarios: []sim.Scenario{{Name: "land-bridge", Settings: settings}, {Name: "road", Settings: settings}},
				Measures: []pocs.Measure{{Name: "recall", Better: pocs.Higher}, {Name: "score_balanced", Better: pocs.Higher}, {Name: "cost", Better: pocs.Lower}}},
			{Name: "games", Scenarios: []sim.Scenario{{Name: "chess"}}, Measures: []pocs.Measure{{Name: "wins", Better: pocs.Higher}}},
		},
		PoCs: []pocs.PoC{{Name: "kalman", Challenge: "toys", Params: params}, {Name: "rules", Challenge: "toys"},
			{Name: "oracle", Challenge: "toys"}, {Name: "minimax", Challenge: "games"}},
		SeesTruth: map[string]bool{"oracle": true},
	}
}

func mustParse(tb testing.TB, text string) File {
	tb.Helper()
	f, err := Parse([]byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

func mustDesign(tb testing.TB, text string) *Design {
	tb.Helper()
	d, err := mustParse(tb, text).Design(toyCatalogue())
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

func TestDesignExpandsGrids(t *testing.T) {
	d := mustDesign(t, goodFile)
	var arms, scenarios []string
	for _, a := range d.Arms {
		arms = append(arms, a.Name)
	}
	for _, s := range d.Scenarios {
		scenarios = append(scenarios, s.Name)
	}
	if got, want := strings.Join(arms, "|"), "rules|wide gate_km=2|wide gate_km=3.5|kalman"; got != want {
		t.Errorf("arms %s, want %s", got, want)
	}
	if got, want := strings.Join(scenarios, "|"), "land-bridge|road seals=50|road seals=100"; got != want {
		t.Errorf("scenarios %s, want %s", got, want)
	}
	if !slices.Equal(d.Seeds, []uint64{7, 2001, 2002, 2003}) {
		t.Errorf("seeds %v", d.Seeds)
	}
	if got := len(d.Trials()); got != 4*3*4 {
		t.Errorf("%d trials, want 48", got)
	}
	if a := d.Arms[2]; a.Params["gate_km"] != 3.5 || a.Params["strikes"] != 10 {
		t.Errorf("parameters %v", a.Params)
	}
	if s := d.Settings(3, 1); s["seals"] != 50 || s["report_interval_s"] != 3600 || s["assumption.dead"] != 0.1 {
		t.Errorf("settings %v", s)
	}
	if d.Baseline != 0 || d.Headline != "score_balanced" || d.Carrier != "direct" || d.BaseRate != 2 {
		t.Errorf("design %+v", d)
	}
	want := []Threshold{{0, pocs.Claim{Measure: "recall", Op: ">", Number: 0.9}}, {3, pocs.Claim{Measure: "score_balanced", Op: ">=", Number: 0}}}
	if !slices.Equal(d.Thresholds, want) {
		t.Errorf("thresholds %v, want %v", d.Thresholds, want)
	}
	trial := d.Trial(Job{Arm: 3, Scenario: 2, Seed: 7})
	if trial.PoC.Name != "kalman" || trial.Scenario.Name != "road" || trial.Seed != 7 || trial.Terms.BaseRate != 2 {
		t.Errorf("trial %+v", trial)
	}
}

// TestGridNameMeansEachArm also checks that an inferred challenge is the first scenario's.
func TestGridNameMeansEachArm(t *testing.T) {
	d := mustDesign(t, "scenarios: road\narms: [{poc: kalman, params: {gate_km: [1, 2]}}]\nseeds: 1\nthresholds: 'kalman: recall > 0'\n")
	if len(d.Thresholds) != 2 || d.Thresholds[1].Arm != 1 {
		t.Errorf("thresholds %v", d.Thresholds)
	}
	d = mustDesign(t, "scenarios: chess\narms: minimax\nseeds: 1\n")
	if d.Challenge.Name != "games" || d.Headline != "wins" {
		t.Errorf("challenge %s, headline %s", d.Challenge.Name, d.Headline)
	}
}

// TestNullIsAName: bare null is the proof of concept of that name, also as a baseline and before a threshold's colon;
// a key with nothing behind it is as if it were not there.
func TestNullIsAName(t *testing.T) {
	f := mustParse(t, "scenarios: road\narms: [rules, null, {poc: null, name: other}]\nseeds: 1\nbaseline: null\nquestion:\nprofile: ~\nthresholds:\n - null: recall < 1\n")
	if f.Arms[1].PoC != "null" || f.Arms[2].PoC != "null" || f.Baseline != "null" || f.Question != "" || f.Profile != "" || f.Thresholds[0] != "null: recall < 1" {
		t.Errorf("read as %+v", f)
	}
	if again := mustParse(t, string(f.Canonical())); again.Hash() != f.Hash() {
		t.Errorf("canonical form %s", f.Canonical())
	}
	if f = mustParse(t, `{"scenarios": "road", "arms": "rules", "seeds": 1, "baseline": null}`); f.Baseline != "" {
		t.Errorf("JSON's null is the baseline %q", f.Baseline)
	}
}

// TestByteOrderMark: some editors put one before their UTF-8, in YAML and in JSON.
func TestByteOrderMark(t *testing.T) {
	for _, text := range []string{"scenarios: road\narms: rules\nseeds: 1\n", `{"scenarios": "road", "arms": "rules", "seeds": 1}`} {
		if a, b := mustParse(t, text), mustParse(t, "\ufeff"+text); a.Hash() != b.Hash() {
			t.Errorf("%q is another file with the mark", text)
		}
	}
}

// TestBadFiles: each is refused before anything runs, with line and field, and says what is allowed.
func TestBadFiles(t *testing.T) {
	frame := func(arms, rest string) string { return "scenarios: [road]\narms:\n" + arms + "seeds: 1..3\n" + rest }
	for name, c := range map[string]struct {
		text  string
		line  int
		field string
		says  string
	}{
		"empty":                 {"", 0, "", "empty"},
		"not a mapping":         {"- a\n", 1, "", "want a mapping, not a list"},
		"broken":                {"a: [1, 2\nb: 3\n", 2, "", "not YAML"},
		"two documents":         {"seeds: 1\n---\nseeds: 2\n", 3, "", "second document"},
		"anchor":                {"seeds: &a 1\n", 1, "", "anchors"},
		"alias bomb":            {"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", 1, "", "anchors"},
		"tag":                   {"seeds: !!int 1\n", 1, "", "tags"},
		"unknown key":           {frame(" - rules\n", "sceds: 4\n"), 5, "", `unknown key "sceds": did you mean seeds?`},
		"unknown key of an arm": {frame(" - poc: rules\n   parms: {}\n", ""), 4, "arms[0]", "did you mean params?"},
		"key twice":             {"seeds: 1\nseeds: 2\n", 2, "", "stands twice"},
		"no arms":               {"scenarios: road\nseeds: 1\n", 1, "", "arms is missing"},
		"no seeds":              {"scenarios: road\narms: rules\nseeds: []\n", 3, "seeds", "empty"},
		"seeds downward":        {"scenarios: road\narms: rules\nseeds: 9..1\n", 3, "seeds", "write 1..9"},
		"seed too large":        {"scenarios: road\narms: rules\nseeds: [1, 9007199254740992]\n", 3, "seeds", "below 2^53"},
		"poc and exec":          {frame(" - {poc: rules, exec: x}\n", ""), 3, "arms[0]", "either poc or exec"},
		"exec":                  {frame(" - rules\n - exec: python3 mine.py\n", ""), 4, "arms[1].exec", "programs are not started here"},
		"empty grid":            {frame(" - poc: kalman\n   params:\n     gate_km: []\n", ""), 5, "arms[0].params.gate_km", "grid is empty"},
		"value missing":         {frame(" - poc: kalman\n   params:\n     gate_km:\n", ""), 5, "arms[0].params.gate_km", "nothing stands here: want a number"},
		"value twice":           {frame(" - {poc: kalman, params: {gate_km: [2, 2.0]}}\n", ""), 3, "arms[0].params.gate_km[1]", "stands twice"},
		"value not a number":    {frame(" - {poc: kalman, params: {gate_km: wide}}\n", ""), 3, "arms[0].params.gate_km", "wide is not a value of this parameter of kalman: allowed is a number"},
		"value not finite":      {frame(" - {poc: kalman, params: {gate_km: .inf}}\n", ""), 3, "arms[0].params.gate_km", "not a number"},
		"unknown poc":           {frame(" - ruls\n", ""), 3, "arms[0]", "did you mean rules?"},
		"poc of another family": {frame(" - minimax\n", ""), 3, "arms[0]", "made for the challenge games"},
		"unknown parameter":     {frame(" - rules\n - poc: kalman\n   params:\n     gate_kn: 2\n", ""), 6, "arms[1].params.gate_kn", "did you mean gate_km?"},
		"parameter out of range": {frame(" - poc: kalman\n   params:\n     gate_km: [2, 99]\n", ""), 5, "arms[0].params.gate_km",
			"allowed is a number from 0.5 to 50"},
		"unknown scenario":     {"arms: rules\nseeds: 1\nscenarios: [rod]\n", 3, "scenarios[0]", "did you mean road?"},
		"scenario of another":  {"arms: rules\nseeds: 1\nscenarios: [road, chess]\n", 3, "scenarios[1]", "unknown scenario of toys"},
		"unknown setting":      {"arms: rules\nseeds: 1\nscenarios:\n - name: road\n   set: {sels: 3}\n", 5, "scenarios[0].set.sels", "did you mean seals?"},
		"scenario twice":       {"arms: rules\nseeds: 1\nscenarios: [road, {name: road, set: {seals: 100}}]\n", 3, "scenarios[1]", "count twice"},
		"set in two places":    {"arms: [{poc: rules, set: {seals: 20}}]\nseeds: 1\nscenarios: [{name: road, set: {seals: 100}}]\n", 1, "arms[0].set.seals", "one place"},
		"arm twice":            {frame(" - rules\n - kalman\n - rules\n", ""), 5, "arms[2]", "first as arms[0]"},
		"unknown challenge":    {frame(" - rules\n", "challenge: toy\n"), 5, "challenge", "did you mean toys?"},
		"unknown profile":      {frame(" - rules\n", "profile: few_miss\n"), 5, "profile", "did you mean few_misses?"},
		"unknown carrier":      {frame(" - rules\n", "carrier: pigeon\n"), 5, "carrier", "known are direct, live, mqtt"},
		"base rate":            {frame(" - rules\n", "base_rate: -1\n"), 5, "base_rate", "from 0 to 10000"},
		"unknown baseline":     {frame(" - rules\n", "baseline: rulez\n"), 5, "baseline", "did you mean rules?"},
		"baseline is a grid":   {frame(" - {poc: kalman, params: {gate_km: [1, 2]}}\n", "baseline: kalman\n"), 5, "baseline", `such as "kalman gate_km=1"`},
		"threshold":            {frame(" - rules\n", "thresholds: [recall > 1]\n"), 5, "thresholds[0]", "want ARM: MEASURE OP NUMBER"},
		"threshold's operator": {frame(" - rules\n", "thresholds:\n - 'rules: recall => 1'\n"), 6, "thresholds[0]", "not one of"},
		"threshold's arm":      {frame(" - rules\n", "thresholds:\n - 'ruls: recall > 0'\n"), 6, "thresholds[0]", "did you mean rules?"},
		"threshold's measure":  {frame(" - rules\n", "thresholds:\n - 'rules: recal > 0'\n"), 6, "thresholds[0]", "did you mean recall?"},
		"contradiction":        {frame(" - rules\n", "thresholds:\n - 'rules: recall > 0.9'\n - 'rules: recall < 0.5'\n"), 7, "thresholds[1]", "contradicts"},
		"a million trials":     {"scenarios: road\narms: {poc: kalman}\nseeds: 1\n", 2, "arms", "want a list"},
		"too many trials": {"scenarios: [{name: road, set: {seals: [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]}}]\narms: [rules]\nseeds: 0..9999\n", 0, "",
			"1 arms × 11 scenarios × 10000 seeds are 110000 trials; this host allows 100000"},
		"JSON key twice":  {"{\"seeds\": 1,\n\"seeds\": 2}", 2, "", "stands twice"},
		"JSON broken":     {"{\"seeds\": 1,\n\"arms\": }", 2, "", "not JSON"},
		"JSON and more":   {"{\"seeds\": 1}\n{}", 2, "", "behind the object"},
		"deep":            {"a: " + strings.Repeat("[", 40), 1, "", "deeper than 16"},
		"deep in dashes":  {strings.Repeat("- ", 40), 1, "", "deeper than 16"},
		"large":           {"name: " + strings.Repeat("x", MaxFileBytes), 0, "", "65536"},
		"not text":        {"name: \xff", 0, "", "UTF-8"},
		"control":         {"name: \"a\\u0007\"\n", 1, "name", "control character"},
		"name too long":   {"name: " + strings.Repeat("x", 200), 1, "name", "more than 120"},
		"a grid too wide": {frame(" - {poc: kalman, params: {gate_km: ["+list(1, 300)+"]}}\n", ""), 3, "arms[0]", "300 points; allowed are 200 arms"},
	} {
		f, err := Parse([]byte(c.text))
		if err == nil {
			err = f.Validate(toyCatalogue())
		}
		var at *FileError
		if !errors.As(err, &at) {
			t.Errorf("%s: got %v, want a *FileError", name, err)
			continue
		}
		if at.Line != c.line || at.Field != c.field || !strings.Contains(at.Problem, c.says) {
			t.Errorf("%s:\n got line %d, field %q: %s\nwant line %d, field %q: … %s …", name, at.Line, at.Field, at.Problem, c.line, c.field, c.says)
		}
	}
}

// list gives whole numbers as YAML writes them in a row.
func list(from, to int) string {
	var words []string
	for i := from; i <= to; i++ {
		words = append(words, fmt.Sprint(i))
	}
	return strings.Join(words, ", ")
}

func TestContradictions(t *testing.T) {
	for text, want := range map[string]bool{
		"> 1, < 2": false, "> 2, < 1": true, "> 1, < 1": true, ">= 1, <= 1": false, ">= 1, < 1": true, "= 1, = 2": true,
		"= 1, != 1": true, ">= 1, <= 1, != 1": true, "!= 1, != 2": false, "> 1, != 1": false, "= 3, >= 3": false, "= 3, > 3": true,
	} {
		var claims []pocs.Claim
		for _, c := range strings.Split(text, ", ") {
			claim, err := pocs.ParseClaim("m " + c)
			if err != nil {
				t.Fatal(err)
			}
			claims = append(claims, claim)
		}
		if got := contradiction(claims); got != want {
			t.Errorf("%s: contradiction %v, want %v", text, got, want)
		}
	}
}

// TestCanonicalForm: what differs in writing alone has one form, which is a file itself; what differs in meaning not.
func TestCanonicalForm(t *testing.T) {
	f := mustParse(t, goodFile)
	again := mustParse(t, string(f.Canonical()))
	if !bytes.Equal(f.Canonical(), again.Canonical()) {
		t.Errorf("the canonical form read again is\n%s\nwant\n%s", again.Canonical(), f.Canonical())
	}
	if f.Hash() != again.Hash() || !strings.HasPrefix(f.Hash(), "sha256:") {
		t.Errorf("hash %s, then %s", f.Hash(), again.Hash())
	}
	var same any
	if err := json.Unmarshal(f.Canonical(), &same); err != nil {
		t.Fatal(err)
	}
	for _, rewritten := range []string{
		strings.Replace(goodFile, "2001..2003, 7", "[7, 2001, 2002..2003]", 1),
		strings.Replace(goodFile, "- rules\n", "- {poc: rules, name: rules}\n", 1),
		strings.Replace(goodFile, "3.50", "35e-1", 1) + "carrier: direct\nprofile: balanced\n",
	} {
		if got := mustParse(t, rewritten).Hash(); got != f.Hash() {
			t.Errorf("another hash for\n%s", rewritten)
		}
	}
	if mustParse(t, strings.Replace(goodFile, "gate_km: [2", "gate_km: [4", 1)).Hash() == f.Hash() {
		t.Error("another grid has the same hash")
	}
	set := mustParse(t, "scenarios: [{name: road, set: {base_rate: 3, radio_loss: low}}]\narms: [rules]\nseeds: 1\n")
	if form := string(set.Canonical()); strings.Contains(form, `"base_rate":1`) || !strings.Contains(form, `{"assumption.radio_loss":"low","base_rate":3}`) {
		t.Errorf("%s: a base rate that is set is not the file's default, and an assumption has its whole name", form)
	}
}

// TestSchemaAgrees checks files against the published schema with a validator that is not ours.
func TestSchemaAgrees(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("s.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("s.json")
	if err != nil {
		t.Fatal(err)
	}
	valid := func(text string) error {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(v)
	}
	for _, text := range []string{
		string(mustParse(t, goodFile).Canonical()), `{"scenarios": "road", "arms": "rules", "seeds": 5}`,
		`{"scenarios": ["road"], "arms": [{"exec": ["python3", "x.py"]}], "seeds": [1, "3..9"], "thresholds": [{"x.py": "recall > 0"}]}`,
	} {
		if err := valid(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		mustParse(t, text)
	}
	for _, text := range []string{
		`{}`, `{"scenarios": [], "arms": ["a"], "seeds": 1}`, `{"scenarios": ["a"], "arms": [{"name": "x"}], "seeds": 1}`,
		`{"scenarios": ["a"], "arms": [{"poc": "x", "exec": "y"}], "seeds": 1}`, `{"scenarios": ["a"], "arms": ["a"], "seeds": "x"}`,
		`{"scenarios": ["a"], "arms": [{"poc": "x", "params": {"g": []}}], "seeds": 1}`, `{"scenarios": ["a"], "arms": ["a"], "seeds": 1, "zeal": 2}`,
		`{"scenarios": ["a"], "arms": ["a"], "seeds": 1, "thresholds": ["recall > 1"]}`,
	} {
		if valid(text) == nil {
			t.Errorf("%s: the schema takes it", text)
		}
		if _, err := Parse([]byte(text)); err == nil {
			t.Errorf("%s: Parse takes it", text)
		}
	}
}

// FuzzParse: no text makes the reader panic, take long, or give a canonical form that is not one.
func FuzzParse(f *testing.F) {
	for _, text := range []string{goodFile, string(mustParse(f, goodFile).Canonical()), "a: [", "- - -", "? x\n: y", "a: |\n  x", "'", "{\"a\": [1]}"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		began := time.Now()
		file, err := Parse(data)
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%d bytes took %v", len(data), took)
		}
		if err != nil {
			var at *FileError
			if !errors.As(err, &at) {
				t.Fatalf("error %v is no *FileError", err)
			}
			return
		}
		form := file.Canonical()
		again, err := Parse(form)
		if err != nil {
			t.Fatalf("the canonical form %s is refused: %v", form, err)
		}
		if !bytes.Equal(again.Canonical(), form) {
			t.Fatalf("the canonical form of %s is %s", form, again.Canonical())
		}
		_ = file.Validate(toyCatalogue())
	})
}
