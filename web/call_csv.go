// The answers to a call as CSV: a row an arm and measure, and one for what is not judged.

package web

import "github.com/gin-gonic/gin"

var callHead = []string{"call", "suite", "suite_hash", "answer", "organization", "title", "arm", "usecase", "reference", "sent", "experiment", "state",
	"passes", "measure", "unit", "n", "mean", "low", "high", "group", "rank_low", "rank_high", "clauses"}

func (s *Server) callCSV(c *gin.Context) error {
	found, err := s.findCall(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	out, err := s.callView(c.Request.Context(), found)
	if err != nil {
		return err
	}
	t := openTable(c, "answers-"+out.ID, callHead...)
	call := []any{out.ID, out.Suite, out.SuiteHash}
	for i := range out.Answers {
		a := &out.Answers[i]
		row := append(call[:3:3], a.ID, a.Organization, a.Title, a.Arm, a.Usecase, false, a.Sent, a.Experiment)
		if a.Judgement == nil {
			t.rulings(append(row, string(a.State)), nil)
		} else {
			t.rulings(append(row, a.Judgement.State), &a.Judgement.rulingJSON)
		}
	}
	for i := range out.References {
		r := &out.References[i]
		t.rulings(append(call[:3:3], "", "", "", r.PoC, "", true, "", "", stateJudged), &r.rulingJSON)
	}
	return t.close()
}

// rulings writes a row for each measure of an arm; one without figures where it is not judged.
func (t *table) rulings(row []any, r *rulingJSON) {
	if r == nil || !r.Judged() {
		for len(row) < len(callHead) {
			row = append(row, "")
		}
		t.row(row...)
		return
	}
	for _, v := range r.Measures {
		clauses := []string{}
		for _, cl := range r.Rule {
			switch {
			case cl.Measure != v.Measure:
			case cl.Holds:
				clauses = append(clauses, cl.Clause+": holds")
			default:
				clauses = append(clauses, cl.Clause+": does not hold")
			}
		}
		t.row(append(row[:len(row):len(row)], r.Verdict(), v.Measure, v.Unit, v.N, v.Mean, v.Low, v.High, v.Group, v.RankLow, v.RankHigh, clauses)...)
	}
}
