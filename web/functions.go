// What templates may call: texts, and numbers and times the way the language writes them.

package web

import (
	"fmt"
	"html/template"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"sealab/catalog/proof"
	"sealab/sim"
	"sealab/sim/geo"
)

func functions(t *texts) template.FuncMap {
	return template.FuncMap{
		"t": t.T, "word": t.Or,
		"num":        whole,
		"amount":     amountOf,
		"money":      func(currency string, v *float64) string { return unitText("money", currency, *v) },
		"dec":        decimals,
		"maybe":      maybe,
		"percent":    percent,
		"when":       stamp,
		"sharp":      func(at time.Time) string { return at.UTC().Format("2 Jan, 15:04:05") },
		"clock":      func(at time.Time) string { return at.UTC().Format("15:04") },
		"day":        func(at time.Time) string { return at.UTC().Format("2 Jan 2006") },
		"iso":        func(at time.Time) string { return at.UTC().Format(time.RFC3339) },
		"dur":        func(seconds float64) string { return duration(t, seconds) },
		"short":      short,
		"plain":      sim.Number,
		"add":        func(a, b int) int { return a + b },
		"place":      placeName,
		"kind":       func(kind string) string { return kindWords(t, kind) },
		"measure":    func(name string) string { return measureWords(t, name) },
		"value":      func(unit string, v *float64) string { return measured(t, unit, v) },
		"signed":     func(unit string, v *float64) string { return signed(t, unit, v) },
		"column":     func(name string, v *float64) string { return column(t, name, v) },
		"sign":       func(better, unit string, d *float64) string { return leaning(t, better, unit, d) },
		"moment":     moment,
		"incident":   incidentPath,
		"msec":       func(ms int64) time.Time { return time.UnixMilli(ms) },
		"slug":       func(s string) string { return strings.ReplaceAll(s, " ", "_") },
		"join":       func(list []string) string { return strings.Join(list, ",") },
		"port":       func(addr string) string { _, port := splitAddress(addr); return port },
		"paragraphs": paragraphs,
		"answerkey":  func(a string) string { return answerKey(proof.Answer(a)) },
		"code":       codeWords,
		"replay":     replayMap,
		"boxmap":     boxMap,
		"keep":       newKeep,
		"runsuite":   newSuiteForm,
		"figureIn":   figureIn,
		"prose":      prose,
		"span":       func(started, ended string) string { return spanOf(t, started, ended) },
		"country":    countryName,
		"reported":   reported,
		"language":   languageName,
		"topfield":   topField,
		"site":       siteOf,
		"fieldlabel": func(path string) string { return fieldLabel(t, path) },
		"compared":   strings.NewReplacer(">=", "≥", "<=", "≤").Replace,
		"isyes":      func(b *bool) bool { return b != nil && *b },
	}
}

// whole prints a count of any integer type with its thousands set apart.
func whole(n any) string {
	digits := fmt.Sprint(n)
	sign := ""
	if digits[0] == '-' {
		sign, digits = "−", digits[1:]
	}
	var out []byte
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out = append(out, ","...)
		}
		out = append(out, digits[i])
	}
	return sign + string(out)
}

// decimals prints v with at most n digits after the point and a true minus sign.
func decimals(n int, v float64) string {
	s := strconv.FormatFloat(v, 'f', n, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		if rest == "0" {
			return "0"
		}
		return "−" + rest
	}
	return s
}

// maybe prints a number that may be undefined: a dash stands for null.
func maybe(n int, v *float64) string {
	if v == nil {
		return "–"
	}
	return decimals(n, *v)
}

func percent(fraction float64) string { return decimals(0, math.Round(fraction*100)) + " %" }

// stamp is a moment as a person reads it, always UTC: a container crosses time zones.
func stamp(at time.Time) string {
	if at.IsZero() {
		return "–"
	}
	return at.UTC().Format("2 Jan 2006, 15:04")
}

// duration says a length of time in its two largest units.
func duration(t *texts, seconds float64) string {
	sign := ""
	if seconds < 0 {
		sign, seconds = "−", -seconds
	}
	s := int64(math.Round(seconds))
	d, h, m := s/86400, s/3600%24, s/60%60
	switch {
	case d > 0:
		return sign + t.T("time.dh", "d", d, "h", h)
	case h > 0:
		return sign + t.T("time.hm", "h", h, "m", m)
	case m > 0:
		return sign + t.T("time.m", "m", m)
	}
	return sign + t.T("time.s", "s", s)
}

// short cuts a digest or commit to what tells two apart on a page.
func short(s string) string {
	s = strings.TrimPrefix(s, "sha256:")
	if len(s) > 10 {
		s = s[:10]
	}
	return s
}

// placeName turns a node's id into its name without what stands in brackets.
func placeName(id string) string {
	n, ok := geo.Find(id)
	if !ok {
		return id
	}
	name, _, _ := strings.Cut(n.Name, " (")
	return name
}

// kindWords says an offence in words; one that no language file knows is shown as it is named.
func kindWords(t *texts, kind string) string {
	return t.Or("kind."+kind, strings.ReplaceAll(kind, "_", " "))
}

func measureWords(t *texts, name string) string {
	if kind, ok := strings.CutPrefix(name, "recall_"); ok {
		return t.T("measure.recall_kind", "kind", kindWords(t, kind))
	}
	return t.Or("measure."+name, strings.ReplaceAll(name, "_", " "))
}

// codeWords turns an event code of the wire, such as DOOR_OPEN or gate_in, into words.
func codeWords(code string) string {
	words := strings.ToLower(strings.ReplaceAll(code, "_", " "))
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// paragraph is a piece of a description, with the word that heads it where there is one.
type paragraph struct{ Label, Text string }

// heading is a word alone with a stop or colon, after the end of a sentence: "… by hand. Limits. A clone …".
var heading = regexp.MustCompile(`(?:^|[.!?)] )([A-Z][a-z]+[.:]) (?:[A-Z"])`)

// paragraphs takes a long description apart at its headings.
func paragraphs(doc string) []paragraph {
	var out []paragraph
	for block := range strings.SplitSeq(doc, "\n\n") {
		block = strings.Join(strings.Fields(block), " ")
		label, from := "", 0
		for _, at := range heading.FindAllStringSubmatchIndex(block, -1) {
			if text := strings.TrimSpace(block[from:at[2]]); text != "" {
				out = append(out, paragraph{label, text})
			}
			label, from = block[at[2]:at[3]], at[3]
		}
		if text := strings.TrimSpace(block[from:]); text != "" {
			out = append(out, paragraph{label, text})
		}
	}
	return out
}
