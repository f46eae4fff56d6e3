// The form as it is shown: every question with its value, what is wrong with it, and what a curator said of it.

package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// question is a question with its answer.
type question struct {
	ask
	Path     string // in the entry, and the name in the form
	Label    string // key of the text
	Value    string
	Options  []option
	Others   string // of modes: those that are not in the list
	Parts    []question
	Rows     []questionRow
	Wanted   bool // this stage needs an answer
	Wrong    []string
	Said     []saidOf // by curators
	Filled   bool
	Multiple bool // of a main choice: others are chosen too
}

// option is one word that can be chosen.
type option struct {
	Word string
	On   bool
}

// questionRow is one row of a list.
type questionRow struct {
	Path  string
	N     int // from 1
	Parts []question
	Kept  bool // it has a value, and can be taken out
	Wrong []string
}

// saidOf is a remark on a field.
type saidOf struct{ By, Text string }

// ID is what the question's element is called.
func (q *question) ID() string { return fieldID(q.Path) }

// Hint is the key of the help text; there may be none.
func (q *question) Hint() string { return strings.Replace(q.Label, "submit.f.", "submit.h.", 1) }

// Strange reports whether the value is none of the words.
func (q *question) Strange() bool { return q.Value != "" && !slices.Contains(q.Words, q.Value) }

// ID is what the row's element is called.
func (r *questionRow) ID() string { return fieldID(r.Path) }

var plainID = strings.NewReplacer("[", "-", "]", "", ".", "-")

func fieldID(path string) string { return "f-" + plainID.Replace(path) }

// filling fills in the questions of one step.
type filling struct {
	values map[string]string
	counts map[string]int    // of lists
	unread map[string]string // what was sent and could not be held
	faults map[string]string
	used   map[string]bool // faults that are shown
	said   map[string][]saidOf
	more   string // the list that is to have more empty rows
	stage  string
}

// blankRows is how many empty rows a list has when somebody question for more.
const blankRows = 3

func newFilling(e *usecase.Entry, unread []usecase.Unread, faults []usecase.Fault) *filling {
	s := &filling{values: e.Values(), counts: map[string]int{}, unread: map[string]string{}, faults: map[string]string{}, used: map[string]bool{}, stage: e.Stage}
	count := func(path string) {
		if name, rest, ok := strings.Cut(path, "["); ok {
			digits, _, _ := strings.Cut(rest, "]")
			if n, err := strconv.Atoi(digits); err == nil {
				s.counts[name] = max(s.counts[name], n+1)
			}
		}
	}
	for path := range s.values {
		count(path)
	}
	for _, u := range unread {
		count(u.Field)
		s.unread[u.Field] = u.Text
		s.faults[u.Field] = u.Problem
	}
	for _, f := range faults {
		if s.faults[f.Field] == "" {
			s.faults[f.Field] = f.Problem
		}
	}
	return s
}

// wrong takes the faults of a path and of those parts of it that have no question of their own.
func (s *filling) wrong(path string, deep bool) (list []string) {
	for field, problem := range s.faults {
		if field == path || deep && !s.used[field] && (strings.HasPrefix(field, path+".") || strings.HasPrefix(field, path+"[")) {
			s.used[field] = true
			list = append(list, problem)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// fill answers one question.
func (s *filling) fill(a ask, path, label string) question {
	q := question{ask: a, Path: path, Label: label, Value: cmp.Or(s.unread[path], s.values[path]), Said: s.said[path]}
	switch a.Kind {
	case "select", "radio":
		q.Options = options(a.Words, []string{q.Value})
	case "group":
		for _, part := range a.Parts {
			q.Parts = append(q.Parts, s.fill(part, path+"."+part.Name, label+"."+part.Name))
		}
	case "rows", "areas":
		s.rows(&q)
	case "choices", "main", "modes", "lines":
		s.list(&q)
	default:
		if path == "countries" {
			q.Value = strings.Join(s.listed(path), ", ")
		}
	}
	q.Wrong = s.wrong(path, true)
	q.Filled = q.Value != "" || s.counts[path] > 0 || slices.ContainsFunc(q.Parts, func(p question) bool { return p.Value != "" })
	return q
}

// listed are the texts of a list.
func (s *filling) listed(path string) []string {
	list := make([]string, s.counts[path])
	for i := range list {
		at := fmt.Sprintf("%s[%d]", path, i)
		list[i] = cmp.Or(s.unread[at], s.values[at])
	}
	return list
}

// list answers a question for several words.
func (s *filling) list(q *question) {
	list := s.listed(q.Path)
	switch q.Kind {
	case "lines":
		q.Value = strings.Join(list, "\n")
	case "main":
		if len(list) > 0 {
			q.Value, list = list[0], list[1:]
		}
		q.Multiple = len(list) > 0
		q.Options = options(q.Words, list)
	case "modes":
		var known, others []string
		for _, word := range list {
			if slices.Contains(q.Words, word) {
				known = append(known, word)
			} else {
				others = append(others, word)
			}
		}
		q.Options, q.Others = options(q.Words, known), strings.Join(others, ", ")
	default:
		q.Options = options(q.Words, list)
	}
}

// options are the words that can be chosen, and those that were though they cannot.
func options(words, chosen []string) (list []option) {
	for _, w := range words {
		list = append(list, option{w, slices.Contains(chosen, w)})
	}
	for _, w := range chosen {
		if w != "" && !slices.Contains(words, w) {
			list = append(list, option{w, true})
		}
	}
	return list
}

// rows answers a question for a list, with one empty row behind it, or several.
func (s *filling) rows(q *question) {
	blank := 1
	if s.more == q.Path {
		blank = blankRows
	}
	for i := range s.counts[q.Path] + blank {
		row := questionRow{Path: fmt.Sprintf("%s[%d]", q.Path, i), N: i + 1, Kept: i < s.counts[q.Path]}
		if q.Kind == "areas" {
			row.Parts = []question{s.fill(ask{Kind: "area"}, row.Path, "submit.f."+q.Name)}
		}
		for _, part := range q.ask.Parts {
			row.Parts = append(row.Parts, s.fill(part, row.Path+"."+part.Name, q.Label+"."+part.Name))
		}
		row.Wrong = s.wrong(row.Path, true)
		q.Rows = append(q.Rows, row)
	}
}

// questions fills in a step: first what the stage needs, then the rest.
func (s *filling) questions(st *step) (wanted, others []question) {
	for _, a := range st.Asks {
		q := s.fill(a, a.Name, "submit.f."+a.Name)
		if q.Wanted = usecase.Required(s.stage, a.Name); q.Wanted || a.Name == "stage" {
			wanted = append(wanted, q)
		} else {
			others = append(others, q)
		}
	}
	return wanted, others
}

// fieldLabel names a field of an entry for a person: "Figures 1, unit" for metrics[0].unit.
func fieldLabel(t *texts, path string) string {
	key, label := "submit.f", ""
	for _, part := range strings.Split(path, ".") {
		name, rest, _ := strings.Cut(part, "[")
		key += "." + name
		if label != "" {
			label += ", "
		}
		label += t.Or(key, name)
		if n, err := strconv.Atoi(strings.TrimSuffix(rest, "]")); err == nil {
			label += " " + strconv.Itoa(n+1)
		}
	}
	return label
}

// saidOn gathers what curators said of fields since the entry was last sent in, by field.
func saidOn(thread []catalog.Remark, names map[string]string) map[string][]saidOf {
	said := map[string][]saidOf{}
	for _, r := range thread {
		if r.Role != review.Curator {
			continue
		}
		for _, field := range r.Fields {
			said[field] = append(said[field], saidOf{names[r.Actor], r.Text})
		}
	}
	return said
}
