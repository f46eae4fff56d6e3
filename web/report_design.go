// The design in a report: what was asked of whom, where, and how arms differ from their defaults.

package web

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim"
)

func (w *reportWriter) design() []reportBlock {
	d := w.whole
	facts := []reportFact{
		{Name: w.T("report.challenge"), Text: d.Challenge.Name},
		{Name: w.T("report.size"), Text: w.T("report.size.text", "arms", len(d.Arms), "scenarios", len(d.Scenarios), "seeds", len(d.Seeds),
			"trials", whole(len(d.Trials())))},
		{Name: w.T("report.seeds"), Text: experiment.FormatSeeds(d.Seeds)},
		{Name: w.T("experiments.baseline"), Text: d.Arms[d.Baseline].Name},
		{Name: w.T("report.headline"), Text: measureWords(w.texts, d.Headline)},
		{Name: w.T("report.profile"), Text: w.T("report.profile.text", "profile", strings.ReplaceAll(d.Profile, "_", " "), "rate", sim.Number(d.BaseRate))},
		{Name: w.T("form.carrier"), Text: d.Carrier},
	}
	return []reportBlock{{Facts: facts}, {Sheet: w.armSheet()}, {Sheet: w.scenarioSheet()}}
}

// armSheet says what sets each arm apart.
func (w *reportWriter) armSheet() *sheet {
	s := &sheet{ID: "arms", Caption: w.T("experiments.arms"), Note: w.T("report.arms.note"), Paper: true,
		Columns: columnsOf(w.T("experiment.arm"), w.T("form.poc"), w.T("report.params"), w.T("report.settings"), w.T("report.role"))}
	rows := make([][]sheetCell, len(w.whole.Arms))
	for i := range w.whole.Arms {
		a := &w.whole.Arms[i]
		rows[i] = plainRow(a.Name, a.PoC.Name, w.orDefaults(changedParams(a.PoC.Params, a.Params)), w.orDefaults(writtenSettings(a.Set)), w.role(i))
	}
	s.Groups = []sheetGroup{{Rows: rows}}
	return s
}

func (w *reportWriter) role(arm int) string {
	a := &w.whole.Arms[arm]
	var list []string
	if arm == w.whole.Baseline {
		list = append(list, w.T("experiment.baseline"))
	}
	if a.PoC.Baseline {
		list = append(list, w.T("experiment.reference"))
	}
	if a.SeesTruth {
		list = append(list, w.T("report.sees"))
	}
	return orText(strings.Join(list, ", "), "–")
}

func (w *reportWriter) orDefaults(text string) string { return orText(text, w.T("report.defaults")) }

// changedParams lists the parameters that are not at their defaults, in the order in which the PoC declares them.
func changedParams(declared []pocs.Param, params pocs.Params) string {
	var list []string
	for i := range declared {
		p := &declared[i]
		if v, set := params[p.Name]; set && v != p.Default {
			list = append(list, fmt.Sprintf("%s = %s", p.Name, sim.Number(v)))
		}
	}
	return strings.Join(list, ", ")
}

// writtenSettings lists settings as the file has them.
func writtenSettings(set map[string]string) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(set)) {
		list = append(list, name+" = "+set[name])
	}
	return strings.Join(list, ", ")
}

func (w *reportWriter) scenarioSheet() *sheet {
	s := &sheet{ID: "scenarios", Caption: w.T("experiments.worlds"),
		Columns: columnsOf(w.T("form.scenario"), w.T("report.settings"), w.T("report.what"))}
	rows := make([][]sheetCell, len(w.whole.Scenarios))
	for i := range w.whole.Scenarios {
		sc := &w.whole.Scenarios[i]
		rows[i] = plainRow(sc.Name, w.orDefaults(writtenSettings(sc.Set)), strings.Join(strings.Fields(sc.Scenario.Doc), " "))
	}
	s.Groups = []sheetGroup{{Rows: rows}}
	return s
}
