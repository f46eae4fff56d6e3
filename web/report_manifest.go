// What a report rests on: the experiment file, the code, the runs and their digests; and how to cite it.

package web

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"sealab/sim/event"
)

// mostRuns is up to how many runs a report lists each; of more it lists the first ones.
const mostRuns, firstRuns = 150, 40

// digestOfRuns is one digest over all runs: SHA-256 of a line "arm, scenario, seed, digest" a trial, parted by
// tabulators, in the design's order.
func (w *reportWriter) digestOfRuns() string {
	h := sha256.New()
	for _, j := range w.Design.Trials() {
		fmt.Fprintf(h, "%s\t%s\t%d\t%s\n", w.Design.Arms[j.Arm].Name, w.Design.Scenarios[j.Scenario].Name, j.Seed, w.Out[j].Digest)
	}
	return event.FormatSum(h.Sum(nil))
}

func (w *reportWriter) manifest() []reportBlock {
	trials := w.Design.Trials()
	facts := []reportFact{
		{Name: w.T("experiment.title"), Text: w.e.ID, Code: true},
		{Name: w.T("report.hash"), Text: w.e.Hash, Code: true},
		{Name: w.T("experiments.created"), Text: stamp(w.e.Created) + " UTC"},
	}
	for _, c := range w.commits {
		text := w.T("report.commit.runs", "commit", c.Commit, "n", whole(c.Runs))
		if strings.HasSuffix(c.Commit, "+modified") {
			text += " " + w.T("report.modified")
		}
		facts = append(facts, reportFact{Name: w.T("run.commit"), Text: text})
	}
	facts = append(facts, reportFact{Name: w.T("report.digest"), Text: w.digestOfRuns(), Code: true})
	s := &sheet{ID: "runs", Caption: w.T("report.runs", "n", whole(len(trials))),
		Columns: columnsOf(w.T("experiment.arm"), w.T("form.scenario"), ">"+w.T("form.seed"), w.T("compare.run"), w.T("run.digest"))}
	s.Note = w.T("report.runs.note", "id", w.e.ID)
	if len(trials) > mostRuns {
		trials = trials[:firstRuns]
		s.Note = w.T("report.runs.first", "n", whole(len(trials)), "id", w.e.ID)
	}
	var rows [][]sheetCell
	for _, j := range trials {
		o := w.Out[j]
		rows = append(rows, append(plainRow(w.Design.Arms[j.Arm].Name, w.Design.Scenarios[j.Scenario].Name, fmt.Sprint(j.Seed)),
			sheetCell{Text: o.Run, Code: true}, sheetCell{Text: clipDigest(o.Digest), Code: true}))
	}
	s.Groups = []sheetGroup{{Rows: rows}}
	return []reportBlock{{Facts: facts}, {Text: w.T("report.again")}, {Code: "sealab verify experiment " + w.e.ID},
		{Sheet: s}, {Text: w.T("report.file")}, {Code: strings.TrimRight(w.e.File, "\n")}}
}

// citation is the report as other texts name it.
func (w *reportWriter) citation(title, bibTeX string) []reportBlock {
	text := w.T("report.cite", "title", strings.TrimRight(title, ". "), "year", w.e.Created.UTC().Year(), "id", w.e.ID, "hash", w.e.Hash, "commit", w.e.Commit)
	return []reportBlock{{Text: text}, {Code: bibTeX}}
}

// bibTeX is the entry for a bibliography. The author is the software: who ran it is for them to add.
func (w *reportWriter) bibTeX(title string) string {
	at := w.e.Created.UTC()
	return fmt.Sprintf(`@misc{sealab-%s,
  author       = {{Sealab}},
  title        = {{%s}},
  year         = {%d},
  month        = %s,
  howpublished = {%s},
  note         = {%s},
}`, plainKey(w.e.ID), texText(title), at.Year(), strings.ToLower(at.Format("Jan")), texText(w.T("report.bib.how")),
		texText(w.T("report.bib.note", "id", w.e.ID, "hash", w.e.Hash, "commit", w.e.Commit)))
}
