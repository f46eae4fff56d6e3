// What a report is made of: sections of blocks whose texts no format has touched yet, so that each format escapes all.

package web

// report is a document.
type report struct {
	Lang, Title, Question string
	About                 string // one line: which experiment, of what day, by what code
	Foot                  string // of each printed page; plain ASCII of a few kinds
	Sections              []reportSection
	BibTeX                string
}

// reportSection is a part with a heading.
type reportSection struct {
	ID, Title string
	Appendix  bool // begins a new page in print
	Fine      bool // in small print
	Keep      bool // on one page
	Blocks    []reportBlock
}

// reportBlock is one of these.
type reportBlock struct {
	Text    string
	Note    bool // the text stands beside the matter
	Items   []reportItem
	Facts   []reportFact
	Sheet   *sheet
	Figures []reportFigure
	Code    string // kept as it is
}

// reportItem is a line of a list.
type reportItem struct {
	Mark         string // "pass" or "fail"; empty: none
	Class        string // for colour
	Strong, Text string
}

// reportFact is a name with what it stands for.
type reportFact struct {
	Name, Text string
	Code       bool
}

// sheet is a table.
type sheet struct {
	ID, Caption, Note string
	Columns           []sheetColumn
	Groups            []sheetGroup
	Paper             bool // belongs into the LaTeX file
	Wide              bool // has so many columns that a phone must scroll
	Named             bool // the heading above it says its caption
}

// sheetColumn is a column; the first holds the names of the rows.
type sheetColumn struct {
	Name   string
	Number bool // stands to the right
}

// sheetGroup is rows that stay together, under a title where there is one.
type sheetGroup struct {
	Title string
	Rows  [][]sheetCell
}

// Short reports whether the rows fit on a page that others share.
func (g sheetGroup) Short() bool { return len(g.Rows) <= 12 }

// Short reports whether the table does.
func (s *sheet) Short() bool { return len(s.Groups) == 1 && s.Groups[0].Short() }

// Tall reports whether the table needs more than a page of a paper.
func (s *sheet) Tall() bool {
	rows := 0
	for _, g := range s.Groups {
		rows += len(g.Rows)
	}
	return rows > 12
}

// sheetCell has up to three lines.
type sheetCell struct {
	Text, More, Words string
	Class             string // of the words
	Code              bool
}

// plainRow makes a row of cells with one line each.
func plainRow(texts ...string) []sheetCell {
	row := make([]sheetCell, len(texts))
	for i, t := range texts {
		row[i].Text = t
	}
	return row
}

// columnsOf makes columns; a name that begins with ">" is that of a column of numbers.
func columnsOf(names ...string) []sheetColumn {
	list := make([]sheetColumn, len(names))
	for i, n := range names {
		list[i].Name = n
		if n != "" && n[0] == '>' {
			list[i] = sheetColumn{Name: n[1:], Number: true}
		}
	}
	return list
}
