package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"sealab/catalog/proof"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
	"sealab/pocs/all"
	"sealab/sim/attacks"
)

// families are keys that are put together from names of other rooms; each is checked against those names below.
var families = []string{"answer.", "proof.take.", "proof.conclusion.", "measure.", "kind.", "column.", "state.", "sort.", "fate.", "words.", "mark.", "carrier.", "verdict.",
	"decide.in.", "decide.hint.", "decide.unit.", "decide.group.", "decide.out.", "decide.sub.", "decide.note.", "decide.why.", "decide.advice.",
	"sev.", "live.speed.", "compare.", "pair.says.", "report.many.", "container.", "error.", "ui.", "arms.side.", "arms.section.", "arms.what.",
	"field.", "message.", "when.", "heard.", "contract.party.", "library.sort.", "library.skill.", "library.stage.",
	"edition.", "submit.f.", "submit.h.", "submit.step.", "submit.act.", "submit.role.", "submit.better.", "mine.says.",
	"review.do.", "review.why.", "review.barred.",
	"tech.", "process.", "stage.", "region.", "evidence.", "party.", "origin.", "badge.", "facet.", "metrics.", "stopped.",
	"browse.start.", "browse.sort.", "browse.col.", "browse.metric.",
	"sensitivity.", "entry.f.", "entry.step.", "entry.by.",
	"call.state.", "call.step.", "call.role.", "call.field.", "call.answer.field."}

func TestEveryTextIsThereAndUsed(t *testing.T) {
	texts, err := loadTexts(languageFiles)
	if err != nil {
		t.Fatal(err)
	}
	used := usedKeys(t)
	for lang, list := range texts {
		for key, where := range used {
			if !list.Has(key) {
				t.Errorf("%s: %s uses %q, which has no text", lang, where, key)
			}
		}
		for key := range list.words {
			if used[key] == "" && !inFamily(key) {
				t.Errorf("%s: nothing uses %q", lang, key)
			}
		}
		for key := range texts[defaultLanguage].words {
			if !list.Has(key) {
				t.Errorf("%s lacks %q, which %s has", lang, key, defaultLanguage)
			}
		}
	}
}

func inFamily(key string) bool {
	for _, f := range families {
		if strings.HasPrefix(key, f) {
			return true
		}
	}
	for page := range places {
		if key == page+".title" {
			return true
		}
	}
	return false
}

// usedKeys finds the keys that templates and code name in full.
func usedKeys(t *testing.T) map[string]string {
	t.Helper()
	used := map[string]string{}
	find := func(name, text string, pattern *regexp.Regexp) {
		for _, m := range pattern.FindAllStringSubmatch(text, -1) {
			used[m[1]] = name
		}
	}
	inTemplates := regexp.MustCompile(`\bt "([^"]+)"`)
	err := fs.WalkDir(templateFiles, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := templateFiles.ReadFile(name)
		find(name, string(raw), inTemplates)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	inCode := regexp.MustCompile(`\bT\("([^"]+)"`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		find(name, string(raw), inCode)
	}
	return used
}

func TestNamesOfOtherRoomsHaveTexts(t *testing.T) {
	texts, err := loadTexts(languageFiles)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, k := range attacks.All {
		want = append(want, "kind."+k.Name)
	}
	for _, c := range all.Challenges {
		for _, m := range c.Measures {
			if !strings.HasPrefix(m.Name, "recall_") {
				want = append(want, "measure."+m.Name)
			}
		}
	}
	for _, list := range [][]string{columns} {
		for _, name := range list {
			want = append(want, "column."+name)
		}
	}
	for _, s := range append([]string{stateCancelled}, states...) {
		want = append(want, "state."+s)
	}
	for _, name := range carriers {
		want = append(want, "carrier."+name)
	}
	for _, a := range proof.Answers() {
		want = append(want, "answer."+answerKey(a))
	}
	for _, f := range facts {
		want = append(want, f[0])
	}
	for _, c := range curves {
		want = append(want, c[0])
	}
	for _, v := range speeds {
		want = append(want, "live.speed."+decimals(0, float64(v)))
	}
	for family, list := range map[string][]string{"tech.": usecase.Technologies, "process.": usecase.Processes, "stage.": usecase.Stages,
		"evidence.": usecase.Evidences} {
		for _, slug := range list {
			want = append(want, family+slug, family+slug+".about")
		}
	}
	for family, list := range map[string][]string{"region.": usecase.Regions, "party.": usecase.Kinds} {
		for _, slug := range list {
			want = append(want, family+slug)
		}
	}
	want = append(want, wordsOfEntries()...)
	for lang, list := range texts {
		for _, key := range want {
			if !list.Has(key) {
				t.Errorf("%s has no text for %q", lang, key)
			}
		}
	}
}

// wordsOfEntries are the texts of an entry's fields, and of what is done with it.
func wordsOfEntries() (want []string) {
	for _, word := range usecase.Sensitivities {
		want = append(want, "sensitivity."+word)
	}
	for _, b := range proof.Badges {
		want = append(want, "badge."+string(b))
	}
	for _, state := range review.States {
		want = append(want, "entry.step."+string(state))
	}
	for _, role := range []review.Role{review.Submitter, review.Curator, review.Hub} {
		want = append(want, "entry.by."+string(role))
	}
	for i := range reflect.TypeFor[usecase.Entry]().NumField() {
		name, _, _ := strings.Cut(reflect.TypeFor[usecase.Entry]().Field(i).Tag.Get("json"), ",")
		want = append(want, "entry.f."+name)
	}
	return want
}

func TestTextsOfScriptsAreUsed(t *testing.T) {
	var scripts strings.Builder
	files, err := filepath.Glob("ui/src/*.ts")
	if err != nil || len(files) == 0 {
		t.Skip("there are no scripts")
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		scripts.Write(raw)
	}
	texts, err := loadTexts(languageFiles)
	if err != nil {
		t.Fatal(err)
	}
	list := texts[defaultLanguage]
	onPages := usedKeys(t)
	for key := range list.words {
		if strings.HasPrefix(key, "ui.") && onPages[key] == "" && !strings.Contains(scripts.String(), key) && !strings.Contains(scripts.String(), key[:strings.LastIndex(key, ".")+1]+"${") {
			t.Errorf("no script uses %q", key)
		}
	}
	for _, m := range regexp.MustCompile(`\bt\("([a-z][A-Za-z0-9_.]+)"`).FindAllStringSubmatch(scripts.String(), -1) {
		if !list.Has(m[1]) {
			t.Errorf("a script uses %q, which has no text", m[1])
		}
	}
}

func TestLanguagesMustNotShareKeys(t *testing.T) {
	_, err := loadTexts(fstest.MapFS{"i18n/en.json": {Data: []byte(`{"a":"x"}`)}, "i18n/en.ui.json": {Data: []byte(`{"a":"y"}`)}})
	if err == nil || !strings.Contains(err.Error(), `"a" is there twice`) {
		t.Errorf("got %v", err)
	}
}

func TestTextFillsItsPlaces(t *testing.T) {
	l := &texts{words: map[string]string{"k": "{n} of {m}"}}
	if got := l.T("k", "n", 3, "m", "4"); got != "3 of 4" {
		t.Errorf("got %q", got)
	}
	if got := l.T("absent"); got != "absent" {
		t.Errorf("got %q", got)
	}
}
