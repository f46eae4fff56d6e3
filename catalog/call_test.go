package catalog

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sealab/catalog/call"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
	"sealab/pocs"
)

func aCall() call.Call {
	return call.Call{Title: "Cut bolts at night", Organization: usecase.Party{Name: "Customs of somewhere", Kind: "administration"},
		Problem: "Bolts are cut.", Gain: "Officers.", Suite: call.SuiteRef{Name: "tiny", Hash: "sha256:00"}, Rule: []string{"recall >= 0.5"}, Closes: day0.Format(time.DateOnly)}
}

func anAnswer() call.Answer {
	return call.Answer{Organization: usecase.Party{Name: "A firm", Kind: "company"}, Title: "A filter", Approach: "It filters.", PoC: "kalman", Params: pocs.Params{"nis": 20}}
}

func mustCall(tb testing.TB, s *Store, steps ...review.State) *Call {
	tb.Helper()
	c, _, err := s.NewCall(ctx0, "", aCall(), day0)
	if err != nil {
		tb.Fatal(err)
	}
	for _, to := range steps {
		c = must(s.MoveCall(ctx0, c.ID, Step{To: to, By: first, Reason: "for a reason"}, 0, day0))
	}
	return c
}

func mustFitLog(tb testing.TB, s *Store) {
	tb.Helper()
	if c := must(s.CheckLog(ctx0)); c.Altered != "" {
		tb.Errorf("the log does not fit: %s", c.Altered)
	}
}

func TestCallFromPostedToClosed(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	c, key, err := s.NewCall(ctx0, "", aCall(), day0)
	if err != nil {
		t.Fatal(err)
	}
	if back := must(s.CallByKey(ctx0, key)); back.ID != c.ID || back.State != review.Sent || back.Content.Hash() != c.Content.Hash() {
		t.Errorf("the personal link leads to %+v", back)
	}
	if _, err := s.AnswerByKey(ctx0, key); !errors.Is(err, ErrNotFound) {
		t.Errorf("a call's key opens an answer: %v", err)
	}
	if list := must(s.Calls(ctx0, "")); len(list) != 0 {
		t.Errorf("the public sees %+v", list)
	}
	if _, _, err := s.AddAnswer(ctx0, c.ID, anAnswer(), "", day0); !errors.Is(err, ErrNotOpen) {
		t.Errorf("answered before it was open: %v", err)
	}
	changed := aCall()
	changed.Title = "Cut bolts by day"
	c = must(s.EditCall(ctx0, c.ID, changed, day0.Add(time.Minute)))
	if _, err := s.MoveCall(ctx0, c.ID, Step{To: call.Open, By: first, Seen: day0}, 0, day0); !errors.Is(err, ErrMoved) {
		t.Errorf("opened what its curator had not seen: %v", err)
	}
	if _, err := s.MoveCall(ctx0, c.ID, Step{To: call.Open, By: first}, 1, day0); !errors.Is(err, review.ErrFaults) {
		t.Errorf("opened with a fault: %v", err)
	}
	if list := must(s.WaitingCalls(ctx0, "")); len(list) != 1 {
		t.Errorf("%d wait", len(list))
	}
	c = must(s.MoveCall(ctx0, c.ID, Step{To: call.Open, By: first, Seen: c.Changed}, 0, day0))
	if _, err := s.EditCall(ctx0, c.ID, aCall(), day0); !errors.Is(err, ErrClosed) {
		t.Errorf("the content of an open call was changed: %v", err)
	}
	mustFitLog(t, s)
	if list := must(s.Calls(ctx0, "")); len(list) != 1 || list[0].Content.Title != "Cut bolts by day" || list[0].At(day0) != call.Open || list[0].Opened != day0 {
		t.Errorf("the public sees %+v", list)
	}
	tomorrow := day0.AddDate(0, 0, 1)
	if _, _, err := s.AddAnswer(ctx0, c.ID, anAnswer(), "", tomorrow); !errors.Is(err, ErrNotOpen) {
		t.Errorf("answered after its last day: %v", err)
	}
	must(s.MoveCall(ctx0, c.ID, Step{To: call.Closed, By: first}, 0, tomorrow))
	if _, err := s.MoveCall(ctx0, c.ID, Step{To: review.Withdrawn, By: first}, 0, tomorrow); !errors.Is(err, review.ErrReason) {
		t.Errorf("withdrawn without a reason: %v", err)
	}
	must(s.MoveCall(ctx0, c.ID, Step{To: review.Withdrawn, By: first, Reason: "a jest"}, 0, tomorrow))
	if list := must(s.Calls(ctx0, "")); len(list) != 1 || list[0].Reason != "a jest" {
		t.Errorf("after it was withdrawn: %+v", list)
	}
	if got := must(s.History(ctx0, c.ID)); len(got) != 5 || got[1].Act != "changed" || got[2].Act != "open" || got[2].Actor != "c-1" {
		t.Errorf("the history is %+v", got)
	}
	mustFitLog(t, s)
}

func TestAnswersToACall(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	c := mustCall(t, s, call.Open)
	a, key, err := s.AddAnswer(ctx0, c.ID, anAnswer(), "x-1", day0)
	if err != nil {
		t.Fatal(err)
	}
	if back := must(s.AnswerByKey(ctx0, key)); back.ID != a.ID || back.Content.Params["nis"] != 20 || back.Experiment != "x-1" {
		t.Errorf("the personal link leads to %+v", back)
	}
	if _, _, err := s.AddAnswer(ctx0, "k-none", anAnswer(), "", day0); !errors.Is(err, ErrNotFound) {
		t.Errorf("a call that is not there was answered: %v", err)
	}
	if list := must(s.Calls(ctx0, "")); list[0].Answers != 1 {
		t.Errorf("%d answers are counted", list[0].Answers)
	}
	if _, err := s.WithdrawAnswer(ctx0, a.ID, first, " ", day0); !errors.Is(err, review.ErrReason) {
		t.Errorf("a curator withdrew an answer without a reason: %v", err)
	}
	must(s.WithdrawAnswer(ctx0, a.ID, submitter, "", day0))
	if _, err := s.WithdrawAnswer(ctx0, a.ID, submitter, "", day0); !errors.Is(err, review.ErrStep) {
		t.Errorf("withdrawn twice: %v", err)
	}
	if list := must(s.CallAnswers(ctx0, c.ID)); len(list) != 1 || list[0].State != review.Withdrawn || list[0].WithdrawnBy != review.Submitter {
		t.Errorf("the answers are %+v", list)
	}
	for range call.MaxAnswers - 1 {
		_, _, err := s.AddAnswer(ctx0, c.ID, anAnswer(), "", day0)
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := s.AddAnswer(ctx0, c.ID, anAnswer(), "", day0); !errors.Is(err, ErrCrowded) {
		t.Errorf("one answer too many: %v", err)
	}
	mustFitLog(t, s)
}

// What is altered behind the log's back is named.
func TestLogTellsAlteredCalls(t *testing.T) {
	for name, test := range map[string]struct{ alter, want string }{
		"rule":       {`UPDATE call SET content = replace(content, '0.5', '0.1')`, "its text is not that of line"},
		"state":      {`UPDATE call SET state = 'closed'`, "its last line says open"},
		"offer":      {`UPDATE call_answer SET content = replace(content, 'A firm', 'B firm')`, "its text is not that of line"},
		"experiment": {`UPDATE call_answer SET experiment_id = 'x-2'`, "its text is not that of line"},
		"withdrawn":  {`UPDATE call_answer SET state = 'withdrawn'`, "its last line says answered"},
		"foreign":    {`UPDATE call_answer SET id = 'a-1'`, "of which no line tells"},
	} {
		s := mustOpen(t, t.TempDir())
		c := mustCall(t, s, call.Open)
		if _, _, err := s.AddAnswer(ctx0, c.ID, anAnswer(), "x-1", day0); err != nil {
			t.Fatal(err)
		}
		mustFitLog(t, s)
		if _, err := s.write.Exec(test.alter); err != nil {
			t.Fatal(err)
		}
		if got := must(s.CheckLog(ctx0)); !strings.Contains(got.Altered, test.want) {
			t.Errorf("%s: got %q, want %q", name, got.Altered, test.want)
		}
	}
}
