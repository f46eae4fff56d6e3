package call

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"sealab/catalog/review"
	"sealab/catalog/usecase"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/pocs/experiment"
)

var noon = time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC)

func mustHost(tb testing.TB) Host {
	tb.Helper()
	draft, err := experiment.ParseSuiteDraft([]byte("name: tiny\ntitle: Tiny\nversion: '1'\ndoc: Tiny.\nchallenge: seals\nseeds: 1..2\nscenarios:\n" +
		"  - {name: land-bridge, set: {seals: 10, span_days: 5}}\n  - {name: northern-corridor, set: {seals: 10, span_days: 5}}\n"))
	if err != nil {
		tb.Fatal(err)
	}
	h := Host{Catalogue: experiment.Catalogue{Challenges: all.Challenges, PoCs: all.PoCs, SeesTruth: all.SeesTruth, MaxTrials: 2000}, Now: noon}
	s, err := draft.Freeze(context.Background(), h.Catalogue, experiment.Making{Workers: 1})
	if err != nil {
		tb.Fatal(err)
	}
	h.Suites = []experiment.Suite{s}
	return h
}

// whole is a call that may be opened.
func whole(h Host) Call {
	return Call{Title: "Cut bolts at night", Organization: usecase.Party{Name: "Customs of somewhere", Kind: "administration"},
		Problem: "Bolts are cut at night, and nobody sees it.", Gain: "Officers who are called out in vain today.",
		Suite: SuiteRef{"tiny", h.Suites[0].Hash()}, Measures: []string{"score_balanced"}, Rule: []string{"recall >= 0.5", "nuisance_trips < 0.9"},
		Closes: "2026-06-30"}
}

func wholeAnswer() Answer {
	return Answer{Organization: usecase.Party{Name: "A firm", Kind: "company"}, Title: "A filter", Approach: "Positions are filtered.", PoC: "kalman"}
}

func fields(list []usecase.Fault) []string {
	out := []string{}
	for _, f := range list {
		out = append(out, f.Field)
	}
	return out
}

func TestWhatIsWrongWithACall(t *testing.T) {
	h := mustHost(t)
	for name, test := range map[string]struct {
		change func(*Call)
		want   string
	}{
		"whole":        {func(*Call) {}, ""},
		"part":         {func(c *Call) { c.Scenarios = []string{"land-bridge"} }, ""},
		"empty":        {func(c *Call) { *c = Call{} }, "title organization.name organization.kind problem gain closes suite"},
		"long":         {func(c *Call) { c.Title = strings.Repeat("é", 121) }, "title"},
		"just so":      {func(c *Call) { c.Title = strings.Repeat("é", 120) }, ""},
		"turning":      {func(c *Call) { c.Problem += "\u202e" }, "problem"},
		"bytes":        {func(c *Call) { c.Gain += "\xff" }, "gain"},
		"kind":         {func(c *Call) { c.Organization.Kind = "club" }, "organization.kind"},
		"no day":       {func(c *Call) { c.Closes = "2026-02-30" }, "closes"},
		"yesterday":    {func(c *Call) { c.Closes = "2026-05-19" }, "closes"},
		"today":        {func(c *Call) { c.Closes = "2026-05-20" }, ""},
		"far":          {func(c *Call) { c.Closes = "2029-01-01" }, "closes"},
		"other suite":  {func(c *Call) { c.Suite.Name = "none" }, "suite"},
		"other hash":   {func(c *Call) { c.Suite.Hash = "sha256:00" }, "suite"},
		"scenario":     {func(c *Call) { c.Scenarios = []string{"asia-europe"} }, "scenarios"},
		"measure":      {func(c *Call) { c.Measures = []string{"beauty"} }, "measures"},
		"neither way":  {func(c *Call) { c.Measures = []string{"unheard"} }, "measures"},
		"no rule":      {func(c *Call) { c.Rule = nil }, "rule"},
		"half a rule":  {func(c *Call) { c.Rule = []string{"recall >= 0.5", "recall"} }, "rule[1]"},
		"odd rule":     {func(c *Call) { c.Rule = []string{"beauty > 1"} }, "rule[0]"},
		"against it":   {func(c *Call) { c.Rule = []string{"recall > 0.9", "recall < 0.1"} }, "rule[1]"},
		"many lines":   {func(c *Call) { c.Rule = slices.Repeat([]string{"recall > 0"}, 11) }, "rule"},
		"many columns": {func(c *Call) { c.Measures = eight() }, "measures"},
	} {
		c := whole(h)
		test.change(&c)
		if got := strings.Join(fields(c.Check(h)), " "); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
	h.Catalogue.MaxTrials = 19 // two scenarios, two seeds, four baselines and one answer make 20
	c := whole(h)
	if got := c.Check(h); len(got) != 1 || got[0].Field != "scenarios" || !strings.Contains(got[0].Problem, "20 trials") {
		t.Errorf("more than the host allows: %v", got)
	}
}

func TestWhatIsWrongWithAnAnswer(t *testing.T) {
	h := mustHost(t)
	c := whole(h)
	for name, test := range map[string]struct {
		change func(*Answer)
		want   string
	}{
		"whole":             {func(*Answer) {}, ""},
		"params":            {func(a *Answer) { a.Params = pocs.Params{"nis": 20} }, ""},
		"use case":          {func(a *Answer) { a.PoC, a.Usecase = "", "stamps" }, ""},
		"empty":             {func(a *Answer) { *a = Answer{} }, "organization.name organization.kind title approach poc"},
		"both":              {func(a *Answer) { a.Usecase = "stamps" }, "usecase"},
		"unknown":           {func(a *Answer) { a.PoC = "magic" }, "poc"},
		"baseline":          {func(a *Answer) { a.PoC = "null" }, "poc"},
		"sees truth":        {func(a *Answer) { a.PoC = "oracle" }, "poc"},
		"not there":         {func(a *Answer) { a.PoC, a.Usecase = "", "draft" }, "usecase"},
		"params off":        {func(a *Answer) { a.Params = pocs.Params{"nis": -1, "magic": 1} }, "params.magic params.nis"},
		"params of nothing": {func(a *Answer) { a.PoC, a.Usecase, a.Params = "", "stamps", pocs.Params{"nis": 9} }, "params"},
	} {
		a := wholeAnswer()
		test.change(&a)
		got := strings.Join(fields(a.Check(h, &c, func(id string) bool { return id == "stamps" })), " ")
		if got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
	c.Suite.Hash = "sha256:00"
	a := wholeAnswer()
	if got := a.Check(h, &c, nil); len(got) != 1 || got[0].Field != "poc" {
		t.Errorf("without the suite: %v", got)
	}
}

// An answer's experiment is the suite's contest in the call's worlds, and no other.
func TestFileOfAnAnswer(t *testing.T) {
	h := mustHost(t)
	c := whole(h)
	c.Scenarios = []string{"northern-corridor"}
	a := wholeAnswer()
	a.Params = pocs.Params{"nis": 20}
	a.Pin(&h)
	f, err := c.File(&h, "k-1", &a)
	if err != nil {
		t.Fatal(err)
	}
	d, err := f.Design(h.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	var arms []string
	for _, arm := range d.Arms {
		arms = append(arms, arm.Name)
	}
	if !slices.Equal(arms, []string{"kalman nis=20", "passive", "null", "oracle", "coin"}) || d.Arms[0].Params["nis"] != 20 || len(d.Trials()) != 10 ||
		len(d.Thresholds) != 2 || d.Thresholds[1].Arm != 0 || d.Thresholds[1].Claim.Measure != "nuisance_trips" || d.Scenarios[0].Name != "northern-corridor" {
		t.Errorf("got %v, %d trials, %+v", arms, len(d.Trials()), d.Thresholds)
	}
	back, err := experiment.Parse([]byte(f.YAML()))
	if err != nil || back.Hash() != f.Hash() {
		t.Errorf("what is written is not what is read: %v", err)
	}
	same := wholeAnswer()
	same.Title, same.Params = "Another title", pocs.Params{"nis": 20}
	same.Pin(&h)
	if g, err := c.File(&h, "k-1", &same); err != nil || g.Hash() != f.Hash() {
		t.Errorf("equal answers have other files: %v", err)
	}
}

func TestArmIsNamedByWhatSetsItApart(t *testing.T) {
	h := mustHost(t)
	a := wholeAnswer()
	a.Pin(&h)
	if got := a.Arm(&h); got != "kalman" {
		t.Errorf("got %q", got)
	}
	for name, v := range a.Params {
		a.Params[name] = v + 1
	}
	if got := a.Arm(&h); !strings.HasPrefix(got, "kalman #") || len(got) > maxArm {
		t.Errorf("got %q", got)
	}
}

func TestTidy(t *testing.T) {
	c := Call{Title: " a\r\nb ", Rule: []string{"  recall   >= 0.5 ", "", "recall >= 0.5"}}
	c.Tidy()
	if c.Title != "a\nb" || !slices.Equal(c.Rule, []string{"recall >= 0.5"}) {
		t.Errorf("got %+v", c)
	}
}

func TestJudgement(t *testing.T) {
	c := Call{Rule: []string{"recall >= 0.5", "delay_p50_s < 60"}}
	at := func(v float64) Figure { return Figure{Mean: &v} }
	between := func(low, mean, high float64) Figure { return Figure{&mean, &low, &high} }
	for name, test := range map[string]struct {
		recall, delay Figure
		holds, near   []bool
		passes        bool
	}{
		"all hold":    {at(0.5), at(0), []bool{true, true}, []bool{false, false}, true},
		"one fails":   {at(0.5), at(60), []bool{true, false}, []bool{false, false}, false},
		"null":        {at(0.5), Figure{}, []bool{true, false}, []bool{false, false}, false},
		"by chance":   {between(0.4, 0.6, 0.8), between(0, 10, 59), []bool{true, true}, []bool{true, false}, true},
		"all alike":   {between(0.5, 0.5, 0.5), between(60, 70, 80), []bool{true, false}, []bool{false, true}, false},
		"far from it": {between(0.1, 0.2, 0.3), between(1, 2, 3), []bool{false, true}, []bool{false, false}, false},
	} {
		list, passes := c.Judge(func(m string) Figure { return map[string]Figure{"recall": test.recall, "delay_p50_s": test.delay}[m] })
		if passes != test.passes || len(list) != 2 || list[1].Clause != "delay_p50_s < 60" {
			t.Errorf("%s: got %+v, %v", name, list, passes)
		}
		for i, r := range list {
			if r.Holds != test.holds[i] || r.Near != test.near[i] {
				t.Errorf("%s: got %+v", name, r)
			}
		}
	}
}

func TestSteps(t *testing.T) {
	for _, test := range []struct {
		from review.State
		move review.Move
		want error
	}{
		{review.Sent, review.Move{To: Open, By: review.Curator}, nil},
		{review.Sent, review.Move{To: Open, By: review.Submitter}, review.ErrStep},
		{review.Sent, review.Move{To: Open, By: review.Curator, Faults: 1}, review.ErrFaults},
		{review.Sent, review.Move{To: Closed, By: review.Curator}, review.ErrStep},
		{Open, review.Move{To: Closed, By: review.Curator}, nil},
		{Open, review.Move{To: review.Withdrawn, By: review.Submitter}, review.ErrReason},
		{Closed, review.Move{To: Open, By: review.Curator}, review.ErrStep},
		{Closed, review.Move{To: review.Withdrawn, By: review.Curator, Reason: "it was a jest"}, nil},
		{review.Withdrawn, review.Move{To: Open, By: review.Curator}, review.ErrStep},
	} {
		if err := Steps.Check(test.from, test.move); !errors.Is(err, test.want) || test.want == nil && err != nil {
			t.Errorf("%s to %s by %s: got %v, want %v", test.from, test.move.To, test.move.By, err, test.want)
		}
	}
	c := Call{Closes: "2026-05-20"}
	if c.At(Open, noon) != Open || c.At(Open, noon.Add(12*time.Hour)) != Closed || c.At(review.Sent, noon.AddDate(1, 0, 0)) != review.Sent {
		t.Error("a call is not open until its last day ends")
	}
}

// eight are as many measures as a table may have, and none of them in the rule.
func eight() (list []string) {
	for _, m := range all.Challenges[0].Measures[:9] {
		if m.Name != "recall" {
			list = append(list, m.Name)
		}
	}
	return list
}
