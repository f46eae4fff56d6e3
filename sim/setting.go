package sim

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// Mark says how well a value is founded, after the reference model's marks.
type Mark string

// The marks of confidence.
const (
	Read       Mark = "read"       // value read in a cited public source
	Known      Mark = "known"      // widely known, or from a standard whose text was not re-read
	Assumption Mark = "assumption" // chosen for Sealab, free to change
)

// Setting is a named number that a user may choose: of a scenario, or a parameter of a PoC.
type Setting struct {
	Name, Doc, Unit   string
	Default, Min, Max float64
	Whole             bool // whole numbers only
	Mark              Mark
	Low, High         float64  // what `low` and `high` stand for; both 0 where the words are not understood
	Words             []string // the names of the values 0, 1, 2 …; nil where they have none
	Source            string   // where the value was read, where it was
	Rare              bool     // turned by few, and shown apart: an assumption that few know of
}

// Settings are resolved values by name.
type Settings map[string]float64

// BadSetting says which setting could not be used and what would have been allowed.
type BadSetting struct {
	What    string // "setting" or "parameter"
	Name    string
	Unknown bool // there is none of that name
	Value   string
	Allowed string
}

// Error reads as one line for a person.
func (e *BadSetting) Error() string {
	if e.Unknown {
		return fmt.Sprintf("unknown %s %q: %s", e.What, e.Name, e.Allowed)
	}
	return fmt.Sprintf("set %s %s to %q: %s", e.What, e.Name, e.Value, e.Allowed)
}

// Resolve gives every setting of the list its value: the default, or what given says, checked against its range.
// It returns a *BadSetting for a name that is not in the list or a value out of range; what is "setting" or "parameter".
func Resolve(what string, list []Setting, given map[string]string) (Settings, error) {
	out := make(Settings, len(list))
	byName := make(map[string]*Setting, len(list))
	for i := range list {
		out[list[i].Name] = list[i].Default
		byName[list[i].Name] = &list[i]
	}
	for _, name := range sortedKeys(given) {
		s := byName[name]
		if full := FullName(name); s == nil && byName[full] != nil {
			if _, twice := given[full]; twice {
				return nil, &BadSetting{What: what, Name: name, Value: given[name], Allowed: "it is " + full + ", which is set too: say it once"}
			}
			s = byName[full]
		}
		if s == nil {
			return nil, &BadSetting{What: what, Name: name, Unknown: true, Allowed: suggest(name, list)}
		}
		v, err := s.Parse(given[name])
		if err != nil {
			return nil, &BadSetting{What: what, Name: name, Value: given[name], Allowed: err.Error()}
		}
		out[s.Name] = v
	}
	return out, nil
}

// Parse reads one value; its error says what is allowed.
func (s *Setting) Parse(text string) (float64, error) {
	if i := slices.Index(s.Words, text); i >= 0 {
		return float64(i), nil
	}
	words := s.Low != 0 || s.High != 0
	switch {
	case words && text == "low":
		return s.Low, nil
	case words && text == "high":
		return s.High, nil
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	bad := err != nil || v != v || v < s.Min || v > s.Max || (s.Whole && v != float64(int64(v)))
	if bad {
		return 0, fmt.Errorf("%s", s.Allowed())
	}
	return v, nil
}

// Allowed says in words which values the setting takes.
func (s *Setting) Allowed() string {
	if s.Words != nil {
		named := make([]string, len(s.Words))
		for i, word := range s.Words {
			named[i] = fmt.Sprintf("%s (%d)", word, i)
		}
		return "allowed are " + strings.Join(named, ", ")
	}
	kind := "a number"
	if s.Whole {
		kind = "a whole number"
	}
	text := fmt.Sprintf("allowed is %s from %s to %s", kind, Number(s.Min), Number(s.Max))
	if s.Unit != "" {
		text += " " + s.Unit
	}
	if s.Low != 0 || s.High != 0 {
		text += ", or low or high"
	}
	return text
}

// Text writes a value as a person would: by its word where it has one.
func (s *Setting) Text(v float64) string {
	if i := int(v); v == float64(i) && i >= 0 && i < len(s.Words) {
		return s.Words[i]
	}
	return Number(v)
}

// Number prints v in its shortest form, without an exponent where that is possible.
func Number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

func suggest(name string, list []Setting) string {
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].Name
	}
	return Suggest(name, names)
}
