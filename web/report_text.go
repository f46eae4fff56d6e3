// The report as text: Markdown as GitHub and pandoc read it, LaTeX tables for a paper, and the escaping of both.

package web

import (
	"bytes"
	"fmt"
	"strings"
	texttemplate "text/template"
	"unicode"
)

// text writes a report as "md" or "tex".
func (set *reportSet) text(doc *report, format string) ([]byte, error) {
	var out bytes.Buffer
	if err := set.texts[format].Execute(&out, doc); err != nil {
		return nil, fmt.Errorf("write report: %w", err)
	}
	return append(bytes.TrimSpace(out.Bytes()), '\n'), nil
}

// reportFunctions are what the templates of texts may call: e escapes, and so does t, places and all.
func reportFunctions(t *texts, escape func(string) string) texttemplate.FuncMap {
	return texttemplate.FuncMap{
		"e":     escape,
		"t":     func(key string, pairs ...any) string { return escape(t.T(key, pairs...)) },
		"fence": fence,
		"span":  codeSpan,
		"cells": func(c sheetCell) []string { return cellLines(c, escape) },
		"share": columnShare,
		"lines": func(text string) []string { return strings.Split(text, "\n") },
	}
}

// cellLines are the lines of a cell that are not empty, escaped.
func cellLines(c sheetCell, escape func(string) string) []string {
	var list []string
	for _, text := range []string{c.Text, c.More, c.Words} {
		if text != "" {
			list = append(list, escape(text))
		}
	}
	return list
}

// columnShare is a column's part of a line of print; the first holds names and has a little more.
func columnShare(s *sheet, i int) string {
	const all, first = 0.86, 1.8 // what the gaps between columns leave; how much wider the names are
	one := all / (float64(len(s.Columns)-1) + first)
	if i == 0 {
		one *= first
	}
	return fmt.Sprintf("%.3f", one)
}

// oneLine makes a text one line without control characters: what a line break would end stays whole.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// mdSpecial are the signs that may mean something anywhere in a line.
var mdSpecial = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;",
	"&", "&amp;", "|", "&#124;", "~", `\~`, "$", `\$`, "#", `\#`, "@", `\@`, "://", `\://`, "www.", `www\.`)

// mdText escapes a text for Markdown, also at the start of a line and within a cell of a table.
func mdText(text string) string {
	text = mdSpecial.Replace(oneLine(text))
	digits := strings.TrimLeft(text, "0123456789")
	switch {
	case text == "":
	case strings.ContainsRune("+-=", rune(text[0])):
		return `\` + text
	case len(digits) < len(text) && digits != "" && (digits[0] == '.' || digits[0] == ')'):
		return text[:len(text)-len(digits)] + `\` + digits
	}
	return text
}

// fence is a row of backticks longer than any in the text.
func fence(text string) string { return strings.Repeat("`", max(3, longestTicks(text)+1)) }

// codeSpan writes a short text as code.
func codeSpan(text string) string {
	text = strings.ReplaceAll(oneLine(text), "|", "/") // a cell of a table ends at a bar, in code too
	ticks := strings.Repeat("`", longestTicks(text)+1)
	if text == "" {
		return ""
	}
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return ticks + text + ticks
}

func longestTicks(text string) int {
	longest, run := 0, 0
	for _, r := range text {
		if r != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

// texSpecial covers the ten signs of LaTeX, those that a classic font lacks, what a row of a table might take for its
// option, and the signs that reports use and pdfLaTeX does not know.
var texSpecial = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\textbraceleft{}`, "}", `\textbraceright{}`, "$", `\$`, "&", `\&`,
	"#", `\#`, "_", `\_`, "%", `\%`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "<", `\textless{}`, ">", `\textgreater{}`,
	"|", `\textbar{}`, `"`, `{"}`, "`", `\textasciigrave{}`, "[", "{[}", "]", "{]}", "*", "{*}",
	"−", `$-$`, "…", `\ldots{}`, "×", `$\times$`, "±", `$\pm$`, "₂", `$_2$`, "≥", `$\geq$`, "≤", `$\leq$`, "≠", `$\neq$`, "↑", `$\uparrow$`, "↓", `$\downarrow$`,
	"†", `$^{\dagger}$`, "✓ ", "", "✗ ", "", "·", `$\cdot$`, "–", `\textendash{}`, "’", "'", "“", "``", "”", "''", "\u00a0", "~", "\u2002", " ")

// texText escapes a text for LaTeX.
func texText(text string) string {
	out := texSpecial.Replace(oneLine(text))
	for strings.Contains(out, "--") { // a font makes one dash of two; of three, the first pass parts two only
		out = strings.ReplaceAll(out, "--", "-{}-")
	}
	return out
}
