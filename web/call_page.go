// The page of one call: what is asked, how answers are judged, the answers side by side, and the form to answer.

package web

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/call"
	"sealab/catalog/review"
	"sealab/pocs"
)

// callPage is what the template shows.
type callPage struct {
	*callOut
	Clauses []clauseView
	Others  []measureJSON // shown measures of which no clause speaks
	Rows    []callRow     // of the table: judged ones by place, then those under way
	Offers  []answerJSON  // that stand, with their texts
	Gone    []answerJSON  // withdrawn
	Form    *answerForm   // nil: no answers are taken
	Curator *catalog.Curator
	Next    []review.State // where the curator may take it
	Faults  problemsOf     // what stands against opening it
	Seen    int64
	CSV     string
	JSON    string
}

func (p *callPage) title(*texts) string { return p.Title }

// Asks reports whether a step of the curator must say why.
func (p *callPage) Asks(to review.State) bool {
	return call.Steps.WantsReason(p.State, to, review.Curator)
}

// Columns are how many columns of figures the table has.
func (p *callPage) Columns() int { return len(p.Clauses) + len(p.Others) }

// clauseView is a clause of the rule.
type clauseView struct {
	pocs.Claim
	Text, Unit string
}

// Sign is the operator as it is printed.
func (c *clauseView) Sign() string {
	switch c.Op {
	case ">=":
		return "≥"
	case "<=":
		return "≤"
	case "!=":
		return "≠"
	}
	return c.Op
}

// Value is the number that the mean is held against.
func (c *clauseView) Value() *float64 { return &c.Number }

// callRow is a row of the table: an answer with a proof of concept, or a baseline.
type callRow struct {
	Answer    *answerJSON // nil: a baseline
	Reference *referenceJSON
	New       bool // the first of another tie group than the row before
}

// Ruling is what the rule says of the row's arm.
func (r *callRow) Ruling() *rulingJSON {
	if r.Answer != nil {
		return &r.Answer.Judgement.rulingJSON
	}
	return &r.Reference.rulingJSON
}

// Of is the row's value of a measure; an empty one where it is not judged.
func (r *callRow) Of(measure string) callValue {
	list := r.Ruling().Measures
	if i := slices.IndexFunc(list, func(v callValue) bool { return v.Measure == measure }); i >= 0 {
		return list[i]
	}
	return callValue{}
}

// Group is the tie group in the measure that orders the table; 0 without one.
func (r *callRow) Group() int {
	if list := r.Ruling().Measures; len(list) > 0 {
		return list[0].Group
	}
	return 0
}

// Holds reports whether a clause holds.
func (r *callRow) Holds(clause int) bool { return r.Ruling().Rule[clause].Holds }

// Near reports whether other worlds might turn a clause.
func (r *callRow) Near(clause int) bool { return r.Ruling().Rule[clause].Near }

// Near reports whether there is a clause in the table that other worlds might turn.
func (p *callPage) Near() bool {
	return slices.ContainsFunc(p.Rows, func(r callRow) bool {
		return slices.ContainsFunc(r.Ruling().Rule, func(x call.Ruling) bool { return x.Near })
	})
}

// rows puts what was judged in its order, and behind it what was not.
func (out *callOut) rows() []callRow {
	var judged, others []callRow
	for i := range out.Answers {
		if a := &out.Answers[i]; a.Judgement != nil && a.Judgement.Judged() {
			judged = append(judged, callRow{Answer: a})
		} else if a.Judgement != nil {
			others = append(others, callRow{Answer: a})
		}
	}
	for i := range out.References {
		judged = append(judged, callRow{Reference: &out.References[i]})
	}
	slices.SortStableFunc(judged, func(a, b callRow) int { return a.Ruling().place - b.Ruling().place })
	for i := 1; i < len(judged); i++ {
		judged[i].New = judged[i].Group() != judged[i-1].Group()
	}
	return append(judged, others...)
}

func (s *Server) callPage(c *gin.Context) error {
	return s.callWith(c, http.StatusOK, nil)
}

// callWith shows a call with an answer form that was filled in before.
func (s *Server) callWith(c *gin.Context, status int, form *answerForm) error {
	ctx := c.Request.Context()
	found, err := s.findCall(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	out, err := s.callView(ctx, found)
	if err != nil {
		return err
	}
	p := &callPage{callOut: out, Rows: out.rows(), Seen: found.Changed.UnixMilli(), JSON: apiBase + out.URL, CSV: apiBase + out.URL + "/answers.csv"}
	p.columns(&found.Content)
	for _, a := range out.Answers {
		if a.State == call.Answered {
			p.Offers = append(p.Offers, a)
		} else {
			p.Gone = append(p.Gone, a)
		}
	}
	if p.State == call.Open {
		if p.Form = form; form == nil {
			p.Form = s.newAnswerForm(&found.Content, call.Answer{Usecase: c.Query("usecase"), PoC: c.Query("poc")}, "")
		}
	}
	if p.Curator, err = curatorOf(ctx); err == nil {
		secret(c)
		p.Next = call.Steps.Next(found.State, review.Curator)
		if found.State == review.Sent {
			p.Faults = inLabels(s.set(c).texts, "call.field.", found.Content.Check(s.callHost()))
		}
	}
	s.render(c, status, "call", p)
	return nil
}

// columns are the clauses, and the shown measures of which none speaks.
func (p *callPage) columns(c *call.Call) {
	spoken := map[string]bool{}
	for i, cl := range c.Clauses() {
		spoken[cl.Measure] = true
		view := clauseView{Claim: cl, Text: c.Rule[i]}
		for _, m := range p.Measures {
			if m.Name == cl.Measure {
				view.Unit = m.Unit
			}
		}
		p.Clauses = append(p.Clauses, view)
	}
	for _, m := range p.Measures {
		if !spoken[m.Name] {
			p.Others = append(p.Others, m)
		}
	}
}
