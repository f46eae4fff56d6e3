// Texts: every word a visitor reads comes from i18n/{language}*.json, flat objects of key to text with {named} places.

package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
)

//go:embed i18n/*.json
var languageFiles embed.FS

// defaultLanguage is what a visitor gets who asks for a language that we do not have.
const defaultLanguage = "en"

// texts is one language.
type texts struct {
	Lang  string
	words map[string]string
	JSON  []byte // of all texts, for scripts
	Tag   string // changes with the texts
}

// T gives the text of a key, with its {places} filled from pairs of name and value. A missing key shows as itself: a
// test finds it before a visitor does.
func (t *texts) T(key string, pairs ...any) string {
	text, ok := t.words[key]
	if !ok {
		return key
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, "{"+fmt.Sprint(pairs[i])+"}", fmt.Sprint(pairs[i+1]))
	}
	return text
}

// Has reports whether there is a text for the key.
func (t *texts) Has(key string) bool { _, ok := t.words[key]; return ok }

// Or gives the text of a key, or the fallback where there is none: for names that other rooms make up, such as kinds.
func (t *texts) Or(key, fallback string) string {
	if t.Has(key) {
		return t.words[key]
	}
	return fallback
}

// loadTexts reads all languages; the parts of one language ("en.json", "en.ui.json") must not share a key.
func loadTexts(files fs.FS) (map[string]*texts, error) {
	names, err := fs.Glob(files, "i18n/*.json")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	all := map[string]*texts{}
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		var words map[string]string
		if err := json.Unmarshal(raw, &words); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		lang, _, _ := strings.Cut(path.Base(name), ".")
		if all[lang] == nil {
			all[lang] = &texts{Lang: lang, words: map[string]string{}}
		}
		for k, v := range words {
			if all[lang].Has(k) {
				return nil, fmt.Errorf("read %s: key %q is there twice", name, k)
			}
			all[lang].words[k] = v
		}
	}
	for _, t := range all {
		if t.JSON, err = json.Marshal(t.words); err != nil {
			return nil, err
		}
		t.Tag = shortHash(t.JSON)
	}
	return all, nil
}
