// The data card: README.md, what a stranger must know of a dataset before he trusts a figure from it.

package dataset

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
	"text/template"

	"sealab/sim"
)

//go:embed card.tmpl
var cardText string

var cardTemplate = template.Must(template.New(cardName).Parse(cardText))

// changed is a setting that is not at its default.
type changed struct{ Name, Value, Unit string }

// card writes the data card. It says nothing of commit or time, so that it comes out again where the messages do.
func (s *Spec) card(m *Manifest) ([]byte, error) {
	first := m.Worlds[0].Folder
	if first != "" {
		first += "/"
	}
	worlds := fmt.Sprintf("one world (seed %d)", m.Worlds[0].Seed)
	if len(m.Worlds) > 1 {
		worlds = fmt.Sprintf("%d worlds", len(m.Worlds))
	}
	var b bytes.Buffer
	err := cardTemplate.Execute(&b, map[string]any{
		"M": m, "Doc": s.Scenario.Doc, "Recipe": s.Scenario.Root(), "Worlds": worlds, "Many": len(m.Worlds) > 1, "Changed": s.changed(), "GraceH": sim.Number(s.Terms.Grace.Hours()),
		"Split": split(m.Worlds), "First": first, "Columns": columns,
	})
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", cardName, err)
	}
	return b.Bytes(), nil
}

func (s *Spec) changed() (list []changed) {
	for i := range s.Scenario.Settings {
		if d := &s.Scenario.Settings[i]; s.Settings[d.Name] != d.Default {
			list = append(list, changed{d.Name, d.Text(s.Settings[d.Name]), d.Unit})
		}
	}
	return list
}

// split says to which part the worlds belong.
func split(worlds []World) string {
	var tune, report, other int
	for _, w := range worlds {
		switch {
		case 1 <= w.Seed && w.Seed <= 999:
			tune++
		case 2001 <= w.Seed && w.Seed <= 2040:
			report++
		default:
			other++
		}
	}
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{tune, "for tuning"}, {report, "for reporting"}, {other, "of neither part"}} {
		switch {
		case p.n == 1:
			parts = append(parts, "one world is "+p.what)
		case p.n > 1:
			parts = append(parts, fmt.Sprintf("%d worlds are %s", p.n, p.what))
		}
	}
	return "Here " + strings.Join(parts, ", ") + "."
}
