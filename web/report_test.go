package web

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/worlds"
)

// wicked is a name that means something to every format.
const wicked = "a_b & 50% $x$ <b>\"#~^{} | \\ `c` [d] *e* http://f.example"

// wickedPlan uses it wherever a file lets people write.
const wickedPlan = `name: 'a_b & 50% $x$ <b>"#~^{} | \ ` + "`c`" + ` [d] *e* http://f.example'
question: 'a_b & 50% $x$ <b>"#~^{} | \ ` + "`c`" + ` [d] *e* http://f.example'
scenarios:
  - {name: northern-corridor, set: {seals: 20, span_days: 10}}
arms:
  - {poc: rules, name: 'a_b & 50% $x$ <b>"#~^{} | \ ` + "`c`" + ` [d] *e* http://f.example'}
  - {poc: kalman, name: '* [x] + &'}
seeds: 1..3
`

func (h *house) report(id, format string) answered {
	h.tb.Helper()
	return h.get("/experiments/"+id+"/report."+format).want(h.tb, http.StatusOK)
}

func TestReportIsTheSameEverywhere(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	id := h.order(smallPlan)
	h.played(id)
	for _, format := range reportFormats {
		first := h.report(id, format)
		if again := h.report(id, format); again.Body != first.Body {
			t.Errorf("%s: other bytes the second time", format)
		}
		cfg := Config{Store: h.cfg.Store, PoCs: h.cfg.PoCs, Challenges: h.cfg.Challenges, SeesTruth: h.cfg.SeesTruth}
		out, err := Report(t.Context(), cfg, id, format)
		if err != nil || string(out) != first.Body {
			t.Errorf("%s: Report gives %d bytes and %v, the hub %d", format, len(out), err, len(first.Body))
		}
		if got := first.Header.Get("Content-Type"); got != reportKinds[format] {
			t.Errorf("%s: content type %q", format, got)
		}
		for _, want := range []string{"small", "Which one?", "kalman", id} {
			if !strings.Contains(first.Body, want) {
				t.Errorf("%s lacks %q", format, want)
			}
		}
		if key := regexp.MustCompile(`\b(report|experiment)\.[a-z_]+\.?[a-z_]+`).FindString(strings.ReplaceAll(first.Body, "report.html", "")); key != "" {
			t.Errorf("%s: a text is missing: %s", format, key)
		}
	}
	if _, err := Report(t.Context(), h.cfg, id, "docx"); err == nil {
		t.Error("there is a fourth format")
	}
	page := h.get("/experiments/"+id+"/report").want(t, http.StatusOK)
	checkPage(t, "report", "en", page)
	for _, want := range []string{"are not distinguishable", "@misc{sealab-" + id, "/report.html", "/report.md", "/report.tex", "<svg"} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// reaches finds what a browser would fetch.
var reaches = regexp.MustCompile(`(?i)\b(src|href|srcset|action|poster|data|xlink:href)\s*=|url\(|@import|<script|<link|<iframe|<object|<base|http-equiv="refresh"`)

func TestReportNeedsNothingElse(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	id := h.order(smallPlan)
	h.played(id)
	res := h.report(id, "html")
	checkPage(t, "file", "en", res)
	if got := reaches.FindString(res.Body); got != "" {
		t.Errorf("the file reaches out: %s", got)
	}
	own := reportPolicy(styleOf([]byte(res.Body)))
	if csp := res.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, own) || strings.Contains(csp, "self") {
		t.Errorf("the policy is %q, the style element asks for %q", csp, own)
	}
	if !strings.Contains(html.UnescapeString(res.Body), `content="`+own+`"`) {
		t.Error("the file does not carry its policy")
	}
	if strings.Count(res.Body, "<style") != 1 || strings.Contains(res.Body, `data-theme="dark"`) {
		t.Error("the file has other styles than the light ones")
	}
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(res.Body, -1) {
		if ids[m[1]] {
			t.Errorf("the id %q is there twice", m[1])
		}
		ids[m[1]] = true
	}
}

func TestReportEscapesWhatPeopleWrite(t *testing.T) {
	h := MustHub(t)
	id := h.order(wickedPlan)
	h.played(id)
	for format, escaped := range map[string]string{"html": html.EscapeString(wicked), "md": mdText(wicked), "tex": texText(wicked)} {
		body := h.report(id, format).Body
		if format == "html" {
			escaped = strings.ReplaceAll(strings.ReplaceAll(wicked, "&", "&amp;"), "<b>", "&lt;b&gt;")
			body = strings.ReplaceAll(body, "&#34;", `"`)
		}
		whole := strings.Count(body, escaped)
		file := strings.Count(body, wicked) // the experiment file stands in a block of code, as it is
		if whole < 4 || format == "md" && file != 3 || format != "md" && file != 0 {
			t.Errorf("%s: escaped %d times, as it is %d times", format, whole, file)
		}
	}
	checkTables(t, h.report(id, "md").Body)
	checkLaTeX(t, h.report(id, "tex").Body)
}

// checkTables wants as many cells in each row of a Markdown table as its head has.
func checkTables(t *testing.T, text string) {
	t.Helper()
	bars := 0
	for _, line := range strings.Split(text, "\n") {
		if !strings.HasPrefix(line, "|") {
			bars = 0
			continue
		}
		n := strings.Count(line, "|")
		if bars != 0 && n != bars {
			t.Errorf("%d bars, the head has %d: %s", n, bars, line)
		}
		bars = n
	}
}

// checkLaTeX reads a file as TeX does: braces pair, environments end, rows have as many cells as columns.
func checkLaTeX(t *testing.T, text string) {
	t.Helper()
	depth, cells, columns := 0, 0, 0
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "%") {
			continue
		}
		bare := regexp.MustCompile(`\\[&%$#_{}\\]`).ReplaceAllString(line, "")
		depth += strings.Count(bare, "{") - strings.Count(bare, "}")
		if strings.ContainsAny(bare, "%#~") {
			t.Errorf("an open sign: %s", line)
		}
		switch {
		case strings.Contains(line, `\begin{tabular}`), strings.Contains(line, `\begin{longtable}`):
			columns = strings.Count(line, `\linewidth`)
		case strings.HasSuffix(line, ` \\`) && !strings.Contains(line, `\caption`):
			if cells = 1 + strings.Count(bare, "&"); cells != columns {
				t.Errorf("%d cells in %d columns: %s", cells, columns, line)
			}
		}
	}
	if depth != 0 || columns == 0 || strings.Count(text, `\begin{`) != strings.Count(text, `\end{`) {
		t.Errorf("depth %d, %d columns at the end", depth, columns)
	}
}

// TestMarkdownEscapes reads escaped text as CommonMark does: nothing but what was written comes out.
func TestMarkdownEscapes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := foreign(t)
		out := mdText(text)
		plain := html.UnescapeString(regexp.MustCompile(`\\([!-/:-@\[-`+"`"+`{-~])`).ReplaceAllStringFunc(out, func(s string) string { return fmt.Sprintf("&#%d;", s[1]) }))
		if plain != oneLine(text) {
			t.Fatalf("%q became %q, read as %q", text, out, plain)
		}
		bare := regexp.MustCompile(`\\.|&#124;`).ReplaceAllString(out, "")
		if strings.ContainsAny(bare, "`*_[]<>|~$#@\n") || regexp.MustCompile(`^(\d+[.)]|[-+=])`).MatchString(out) {
			t.Fatalf("%q became %q: something is open", text, out)
		}
	})
}

// TestLaTeXEscapes reads escaped text back.
func TestLaTeXEscapes(t *testing.T) {
	back := strings.NewReplacer(`\textbackslash{}`, `\`, `\textbraceleft{}`, "{", `\textbraceright{}`, "}", `\$`, "$", `\&`, "&", `\#`, "#", `\_`, "_",
		`\%`, "%", `\textasciitilde{}`, "~", `\textasciicircum{}`, "^", `\textless{}`, "<", `\textgreater{}`, ">", `\textbar{}`, "|", `{"}`, `"`,
		`\textasciigrave{}`, "`", "{[}", "[", "{]}", "]", "{*}", "*", "-{}", "-")
	rapid.Check(t, func(t *rapid.T) {
		text := foreign(t)
		out := texText(text)
		if got := back.Replace(out); got != oneLine(text) {
			t.Fatalf("%q became %q, read as %q", text, out, got)
		}
		bare := regexp.MustCompile(`\\([$&#_%]|text[a-z]+\{\})|\{["\[\]*]\}|-\{\}`).ReplaceAllString(out, "")
		if strings.ContainsAny(bare, "\\{}$&#_%~^<>|\"`[]*\n") || strings.Contains(out, "--") {
			t.Fatalf("%q became %q: something is open", text, out)
		}
	})
}

// foreign draws a text that is rich in signs.
func foreign(t *rapid.T) string {
	return rapid.StringOfN(rapid.SampledFrom([]rune("ab 12.)-+=\\{}$&#_%~^<>|\"'`[]*!@:/\n\t\u0001ß")), 0, 40, -1).Draw(t, "text")
}

func TestReportWaitsForTheEnd(t *testing.T) {
	h := MustHub(t)
	h.get("/experiments/x-none/report").want(t, http.StatusNotFound)
	h.get("/experiments/x-none/report.html").want(t, http.StatusNotFound)
	id := h.order(strings.Replace(smallPlan, "1..3", "1..200", 1))
	if p := h.get("/experiments/"+id+"/report.md", "Accept", "application/json").want(t, http.StatusConflict); !strings.Contains(p.Body, "still playing") {
		t.Errorf("got %.200s", p.Body)
	}
	page := h.get("/experiments/"+id+"/report").want(t, http.StatusOK)
	checkPage(t, "early", "en", page)
	h.do(http.MethodDelete, "/api/v1/experiments/"+id, "", "").want(t, http.StatusOK)
	h.played(id)
	h.get("/experiments/"+id+"/report").want(t, http.StatusOK)
}

// TestReportKnowsNoChallenge: a challenge that only a test knows is reported without a change.
func TestReportKnowsNoChallenge(t *testing.T) {
	judge := func(_ sim.Truth, f []pocs.Finding, _ pocs.Terms) pocs.Score {
		words := float64(len(f))
		return pocs.Score{Values: map[string]*float64{"words": &words, "echo": nil}, Findings: make([]pocs.Judged, len(f))}
	}
	toy := pocs.Challenge{Name: "toys", Scenarios: worlds.All[:1], Judge: judge,
		Measures: []pocs.Measure{{Name: "words", Better: pocs.Higher}, {Name: "echo", Better: pocs.Lower}}}
	tap := pocs.PoC{Name: "tapper", Challenge: "toys", Claim: "words < 1000", Params: []pocs.Param{{Name: "every", Default: 10, Min: 1, Max: 1000, Whole: true}},
		New: func(s pocs.Setup) (pocs.Detector, error) { return &reportTapper{every: int(s.Params["every"])}, nil }}
	h := MustHub(t, func(c *Config) { c.Challenges, c.PoCs, c.Watch = []pocs.Challenge{toy}, []pocs.PoC{tap}, "tapper" })
	id := h.order("arms: [{poc: tapper, params: {every: [5, 50]}}]\nscenarios: [{name: " + worlds.All[0].Name + ", set: {seals: 10, span_days: 5}}]\nseeds: 1..6\nthresholds: ['tapper: words > 0']\n")
	h.played(id)
	for _, format := range reportFormats {
		body := h.report(id, format).Body
		if !strings.Contains(body, "every=50") && !strings.Contains(body, `every\=50`) || strings.Contains(strings.ToLower(body), "seal-days") {
			t.Errorf("%s: got %.400s", format, body)
		}
	}
	if body := h.report(id, "html").Body; !strings.Contains(body, "Null in every run, and so left out: echo") || !strings.Contains(body, "every = 50") {
		t.Errorf("got %.400s", body)
	}
}

type reportTapper struct{ every, tick int }

func (d *reportTapper) Step(event.Batch) ([]pocs.Finding, error) {
	if d.tick++; d.tick%d.every != 0 {
		return nil, nil
	}
	return []pocs.Finding{{Container: "TOYU0000001", Kind: "tap", Level: 500}}, nil
}
