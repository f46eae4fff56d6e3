// What is wrong with an entry, by the schema and by what a schema cannot say, in plain words.

package usecase

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

var schema = func() *jsonschema.Schema {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaText))
	if err != nil {
		panic(err) // a file of ours
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("usecase.json", doc); err != nil {
		panic(err)
	}
	return c.MustCompile("usecase.json")
}()

// Missing is the problem of a field that must be there.
const Missing = "is missing"

// Check says what is wrong with an entry as a whole: nil for one that may be submitted. Each field is named once.
func (e *Entry) Check() []Fault {
	var list []Fault
	add := func(field, problem string) {
		if !has(list, field) {
			list = append(list, Fault{Field: field, Problem: problem})
		}
	}
	e.texts(add)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(e.JSON()))
	if err != nil {
		add("", err.Error())
		return list
	}
	var bad *jsonschema.ValidationError
	if errors.As(schema.Validate(doc), &bad) {
		explain(bad, add)
	}
	if e.Started != "" && e.Ended != "" && e.Ended < e.Started[:min(len(e.Started), len(e.Ended))] {
		add("ended", "is before started ("+e.Started+")")
	}
	return list
}

// explain walks down to what is wrong itself.
func explain(e *jsonschema.ValidationError, add func(field, problem string)) {
	if names := oneOfThese(e); names != "" {
		add(fieldOf(e.InstanceLocation), "needs at least one of "+names)
		return
	}
	for _, cause := range e.Causes {
		explain(cause, add)
	}
	if len(e.Causes) > 0 {
		return
	}
	field := fieldOf(e.InstanceLocation)
	switch k := e.ErrorKind.(type) {
	case *kind.Required:
		for _, name := range k.Missing {
			add(strings.TrimPrefix(field+"."+name, "."), Missing)
		}
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			add(strings.TrimPrefix(field+"."+name, "."), "is not a field here")
		}
	default:
		add(field, words(k))
	}
}

// oneOfThese are the fields of which one must be there, where that is what is wrong.
func oneOfThese(e *jsonschema.ValidationError) string {
	if _, ok := e.ErrorKind.(*kind.AnyOf); !ok {
		return ""
	}
	var names []any
	for _, cause := range e.Causes {
		k, ok := cause.ErrorKind.(*kind.Required)
		if !ok {
			return ""
		}
		for _, name := range k.Missing {
			names = append(names, name)
		}
	}
	return list(names)
}

// fieldOf writes a place in a document as metrics[0].unit.
func fieldOf(location []string) string {
	var b strings.Builder
	for i, step := range location {
		if _, err := strconv.Atoi(step); err == nil {
			b.WriteString("[" + step + "]")
			continue
		}
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(step)
	}
	return b.String()
}

// words says what a rule of the schema wants.
func words(k jsonschema.ErrorKind) string {
	switch k := k.(type) {
	case *kind.MinLength:
		return fmt.Sprintf("is too short: %d characters, at least %d are wanted", k.Got, k.Want)
	case *kind.MaxLength:
		return fmt.Sprintf("is too long: %d characters, at most %d are allowed", k.Got, k.Want)
	case *kind.MinItems:
		return "is empty: at least one is wanted"
	case *kind.MaxItems:
		return fmt.Sprintf("has %d items, at most %d are allowed", k.Got, k.Want)
	case *kind.UniqueItems:
		return "has an item twice"
	case *kind.Enum:
		return fmt.Sprintf("cannot be %q: allowed are %s", clip(fmt.Sprint(k.Got)), list(k.Want))
	case *kind.Const:
		return fmt.Sprintf("must be %v", k.Want)
	case *kind.Pattern:
		return fmt.Sprintf("cannot be %q: %s", clip(k.Got), patternWords(k.Want))
	case *kind.Minimum, *kind.Maximum:
		return "is out of range"
	case *kind.MinProperties:
		return "is empty"
	case *kind.Type:
		return fmt.Sprintf("want %s, not %s", strings.Join(k.Want, " or "), k.Got)
	}
	return "is not allowed here"
}

// patternWords says in words what a pattern of the schema wants.
func patternWords(pattern string) string {
	for start, text := range map[string]string{
		"^(19|20)": "want a year, a month such as 2024-05, or a day such as 2024-05-31",
		"^https?:": "want a public address that begins with https:// or http://",
		"^[A-Z]{2": "want a country's two capital letters, such as KE",
		"^[A-Z]{3": "want a currency's three capital letters, such as EUR",
		"^[a-z0-9": "want small letters, digits and single hyphens",
	} {
		if strings.HasPrefix(pattern, start) {
			return text
		}
	}
	return "want the form " + pattern
}

func list(values []any) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = fmt.Sprint(v)
	}
	return strings.Join(texts, ", ")
}

func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// notInURI finds what an address may not hold as it is (RFC 3986).
var notInURI = regexp.MustCompile(`[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]|%(?:[0-9A-Fa-f]?$|[^0-9A-Fa-f]|[0-9A-Fa-f][^0-9A-Fa-f])|#[^#]*#`)

// strangeIn is what an address holds that others, who take the schema's format "uri" at its word, would refuse.
func strangeIn(address string, u *url.URL) string {
	before, behind, _ := strings.Cut(address, u.Host)
	return notInURI.FindString(before + strings.Trim(u.Host, "[]") + behind)
}

// texts refuses what no text of a person holds, and addresses that are none.
func (e *Entry) texts(add func(field, problem string)) {
	walk(e, func(field, text string) {
		if problem := TextFault(text); problem != "" {
			add(field, problem)
		}
	})
	for i, s := range e.Sources {
		u, err := url.Parse(s.URL)
		if s.URL != "" && (err != nil || u.Host == "" || u.User != nil || !slices.Contains([]string{"http", "https"}, u.Scheme)) {
			add(fmt.Sprintf("sources[%d].url", i), "want a public address that begins with https:// or http://")
		} else if c := strangeIn(s.URL, u); s.URL != "" && c != "" {
			add(fmt.Sprintf("sources[%d].url", i), fmt.Sprintf("holds %q, which an address writes as %s", c, url.PathEscape(c)))
		}
	}
}

// TextFault says what a text holds that no text of a person does; empty for a good one.
func TextFault(text string) string {
	switch {
	case !utf8.ValidString(text):
		return "is not UTF-8 text"
	case strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && r != '\t' && unicode.IsControl(r) }):
		return "holds a control character"
	case strings.ContainsFunc(text, isTurning):
		return "holds a character that turns the direction of writing unseen"
	}
	return ""
}

// isTurning tells the overrides and isolates of the bidirectional algorithm (Unicode UAX 9), which can make a text read
// as something that it is not.
func isTurning(r rune) bool { return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 }
