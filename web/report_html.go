// The HTML report: one file that carries its style sheet and its own policy, which lets it ask for nothing.

package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"
	"regexp"
	"strings"
	texttemplate "text/template"
)

// reportSet writes reports in one language.
type reportSet struct {
	file  *template.Template
	texts map[string]*texttemplate.Template // "md", "tex"
	style string
}

// reportSheets are what the file carries: the light tokens, charts and the report's own.
var reportSheets = []string{"tokens", "chart", "report"}

// loadReports makes the templates of a language's reports; parts are those of the pages.
func loadReports(parts *template.Template, t *texts) (*reportSet, error) {
	set := &reportSet{texts: map[string]*texttemplate.Template{}}
	var err error
	if set.file, err = template.Must(parts.Clone()).ParseFS(templateFiles, "templates/report/file.html"); err != nil {
		return nil, err
	}
	for format, escape := range map[string]func(string) string{"md": mdText, "tex": texText} {
		name := "file." + format
		set.texts[format], err = texttemplate.New(name).Funcs(reportFunctions(t, escape)).ParseFS(templateFiles, "templates/report/"+name)
		if err != nil {
			return nil, err
		}
	}
	set.style, err = readReportStyle(staticFiles)
	return set, err
}

// readReportStyle joins the sheets. Of the tokens it takes the first rule only: paper is light.
func readReportStyle(static fs.FS) (string, error) {
	var out strings.Builder
	for _, name := range reportSheets {
		raw, err := fs.ReadFile(static, "static/"+name+".css")
		if err != nil {
			return "", err
		}
		text := string(raw)
		if name == "tokens" {
			end := strings.Index(text, "}")
			if end < 0 {
				return "", fmt.Errorf("read static/tokens.css: it holds no rule")
			}
			text = text[:end+1] + "\n"
		}
		out.WriteString(text)
	}
	return out.String(), nil
}

// pageRule is the sheet of paper, with the provenance on each foot. Foot holds nothing that could end the string.
const pageRule = `@page { size: A4; margin: 16mm 15mm 19mm; @bottom-left { content: "%s"; font: 7.5pt sans-serif; color: #54626e; } @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt sans-serif; color: #54626e; } }
`

// reportFile is what the template of the file shows.
type reportFile struct {
	*report
	Style  template.CSS
	Policy string
}

func (set *reportSet) html(doc *report) ([]byte, error) {
	style := set.style + fmt.Sprintf(pageRule, doc.Foot)
	var out bytes.Buffer
	err := set.file.ExecuteTemplate(&out, "file.html", reportFile{doc, template.CSS(style), reportPolicy(style)})
	if err != nil {
		return nil, fmt.Errorf("write report: %w", err)
	}
	return out.Bytes(), nil
}

// reportPolicy allows the file's own style element by its hash, and nothing else.
func reportPolicy(style string) string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}

// styleOf finds the style element of a written report.
func styleOf(file []byte) string {
	_, rest, _ := strings.Cut(string(file), "<style>")
	style, _, _ := strings.Cut(rest, "</style>")
	return style
}

// halfPage is the width in pixels up to which two charts stand side by side.
const halfPage = 420

var chartWidth = regexp.MustCompile(`<svg[^>]* width="([0-9.]+)"`)
