// How the numbers of a report were made, with the sources that pocs/experiment gives, and what they do not say.

package web

func (w *reportWriter) method() []reportBlock {
	return []reportBlock{{Items: []reportItem{
		{Strong: w.T("report.m.pairs"), Text: w.T("report.m.pairs.text")},
		{Strong: w.T("report.m.test"), Text: w.T("report.m.test.text")},
		{Strong: w.T("report.m.interval"), Text: w.T("report.m.interval.text")},
		{Strong: w.T("report.m.holm"), Text: w.T("report.m.holm.text")},
		{Strong: w.T("report.m.board"), Text: w.T("report.m.board.text")},
		{Strong: w.T("report.m.outlook"), Text: w.T("report.m.outlook.text")},
		{Strong: w.T("report.m.share"), Text: w.T("report.m.share.text")},
		{Strong: w.T("report.m.chance"), Text: w.T("report.m.chance.text")},
	}}}
}

func (w *reportWriter) limits() reportBlock {
	return reportBlock{Items: []reportItem{
		{Text: w.T("report.l.simulated")},
		{Text: w.T("report.l.assumptions")},
		{Text: w.T("report.l.scenarios")},
		{Text: w.T("report.l.seeds")},
		{Text: w.T("report.l.words")},
	}}
}
