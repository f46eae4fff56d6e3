// Calls and answers as pages and the API show them.

package web

import (
	"context"
	"errors"
	"slices"
	"time"

	"sealab/catalog"
	"sealab/catalog/call"
	"sealab/catalog/review"
	"sealab/pocs"
	"sealab/pocs/experiment"
)

// callJSON is a call in a list.
type callJSON struct {
	ID           string       `json:"id"`
	Title        string       `json:"title"`
	Organization string       `json:"organization"`
	Kind         string       `json:"kind" doc:"of the organization"`
	State        review.State `json:"state" enum:"submitted,open,closed,withdrawn"`
	Closes       string       `json:"closes" doc:"the last day on which answers are taken, UTC"`
	Suite        string       `json:"suite"`
	Rule         []string     `json:"rule" doc:"MEASURE OP NUMBER, on the mean over all worlds; all must hold"`
	Answered     int          `json:"answered" doc:"answers that stand"`
	Opened       *time.Time   `json:"opened" doc:"null: no curator has opened it"`
	URL          string       `json:"url"`
}

// LastDay is the last day on which answers are taken.
func (c *callJSON) LastDay() time.Time {
	day, _ := time.Parse(time.DateOnly, c.Closes) // it was checked when the call was sent
	return day
}

func (s *Server) jsonOfCall(c *catalog.Call) callJSON {
	out := callJSON{ID: c.ID, Title: c.Content.Title, Organization: c.Content.Organization.Name, Kind: c.Content.Organization.Kind,
		State: c.At(s.cfg.Now()), Closes: c.Content.Closes, Suite: c.Content.Suite.Name, Rule: c.Content.Rule, Answered: c.Answers, URL: "/calls/" + c.ID}
	if !c.Opened.IsZero() {
		out.Opened = &c.Opened
	}
	return out
}

// callOut is one call with its answers, judged alike.
type callOut struct {
	callJSON
	Problem    string          `json:"problem"`
	Gain       string          `json:"gain" doc:"who would gain, and what"`
	SuiteHash  string          `json:"suite_hash"`
	SuiteHere  bool            `json:"suite_here" doc:"this hub has just that suite; without it proofs of concept cannot be judged"`
	Scenarios  []string        `json:"scenarios"`
	Seeds      string          `json:"seeds"`
	Worlds     int             `json:"worlds" doc:"scenarios × seeds"`
	Measures   []measureJSON   `json:"measures" doc:"of the table; the first orders it"`
	Reason     string          `json:"reason,omitempty" doc:"of the last step"`
	Answers    []answerJSON    `json:"answers" doc:"in the order in which they were sent"`
	Least      int             `json:"least_worlds,omitempty" doc:"how many worlds it takes before any two of so many arms can be told apart"`
	References []referenceJSON `json:"references" doc:"the baselines that were played beside the newest answer"`
}

// answerJSON is one answer. Of one that was withdrawn only when and why is told.
type answerJSON struct {
	ID           string         `json:"id"`
	State        review.State   `json:"state" enum:"answered,withdrawn"`
	Title        string         `json:"title,omitempty"`
	Organization string         `json:"organization,omitempty"`
	Kind         string         `json:"kind,omitempty"`
	Approach     string         `json:"approach,omitempty"`
	PoC          string         `json:"poc,omitempty"`
	Arm          string         `json:"arm,omitempty" doc:"the proof of concept with the parameters that are not its defaults"`
	Params       pocs.Params    `json:"params,omitempty" doc:"all of them, as they were when the answer was sent"`
	Usecase      string         `json:"usecase,omitempty"`
	Sent         time.Time      `json:"sent"`
	WithdrawnBy  string         `json:"withdrawn_by,omitempty" enum:"submitter,curator"`
	Withdrawn    *time.Time     `json:"withdrawn,omitempty"`
	Reason       string         `json:"reason,omitempty" doc:"why it was withdrawn"`
	Experiment   string         `json:"experiment,omitempty" doc:"that judges it"`
	Judgement    *judgementJSON `json:"judgement,omitempty" doc:"of a proof of concept; a use case is shown and not judged"`
}

// Stuck reports whether the judging stands still, and playing what is missing may help.
func (a *answerJSON) Stuck() bool {
	j := a.Judgement
	return j != nil && (j.State == stateInterrupted || j.State == stateDeleted || j.State == stateFailed || j.State == string(catalog.Draft))
}

// judgementJSON is how far the judging has come, and what came of it.
type judgementJSON struct {
	State  string `json:"state" enum:"queued,running,judged,failed,interrupted,draft,deleted,other_worlds"`
	Reason string `json:"reason,omitempty" doc:"why it failed"`
	Done   int    `json:"done" doc:"trials that have a run"`
	Total  int    `json:"total"`
	Commit string `json:"commit,omitempty" doc:"of the code that played it"`
	rulingJSON
}

// referenceJSON is a baseline, held against the same rule.
type referenceJSON struct {
	PoC       string `json:"poc"`
	SeesTruth bool   `json:"sees_truth"`
	rulingJSON
}

// rulingJSON is what the rule says of an arm, and its measures.
type rulingJSON struct {
	Passes   *bool         `json:"passes" doc:"every clause of the rule holds; null: not judged"`
	Rule     []call.Ruling `json:"rule"`
	Measures []callValue   `json:"measures" doc:"in the order of the call's"`

	place int // in the table, from 0; −1: none
}

// Judged reports whether there is a ruling.
func (r *rulingJSON) Judged() bool { return r.Passes != nil }

// Verdict is pass or fail.
func (r *rulingJSON) Verdict() string {
	if r.Passes == nil {
		return string(pocs.Unknown)
	}
	if *r.Passes {
		return string(pocs.Pass)
	}
	return string(pocs.Fail)
}

// callValue is one measure of an arm over all worlds. Arms of one group cannot be told from its first.
type callValue struct {
	Measure  string   `json:"measure"`
	Unit     string   `json:"unit"`
	N        int      `json:"n" doc:"worlds in which it is not null"`
	Mean     *float64 `json:"mean"`
	Low      *float64 `json:"low" doc:"of the 95 % interval for the mean"`
	High     *float64 `json:"high"`
	Group    int      `json:"group" doc:"from 1, the best; 0: it has no value"`
	RankLow  int      `json:"rank_low" doc:"of the 95 % interval for the rank"`
	RankHigh int      `json:"rank_high"`
}

// callHost is what calls of this hub may name today.
func (s *Server) callHost() call.Host {
	return call.Host{Suites: s.cfg.Suites, Catalogue: s.catalogue(), Now: s.cfg.Now()}
}

// callView joins a call with its answers and judges them.
func (s *Server) callView(ctx context.Context, c *catalog.Call) (*callOut, error) {
	h := s.callHost()
	out := &callOut{callJSON: s.jsonOfCall(c), Problem: c.Content.Problem, Gain: c.Content.Gain, SuiteHash: c.Content.Suite.Hash, Reason: c.Reason,
		Scenarios: c.Content.Scenarios, Answers: []answerJSON{}, References: []referenceJSON{}, Measures: []measureJSON{}}
	su := h.Suite(c.Content.Suite)
	if su != nil {
		narrowed := c.Content.Narrow(su)
		out.SuiteHere, out.Seeds, out.Worlds, out.Scenarios = true, experiment.FormatSeeds(su.Seeds), len(narrowed.Scenarios)*len(su.Seeds), nil
		for _, sc := range narrowed.Scenarios {
			out.Scenarios = append(out.Scenarios, sc.Name)
		}
	}
	out.Measures = s.measuresNamed(c.Content.Shown())
	answers, err := s.cfg.Store.CallAnswers(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	standings := map[string]*standing{}
	for i := range answers {
		a := &answers[i]
		if a.State == call.Answered {
			out.Answered++
			if a.Experiment != "" && standings[a.Experiment] == nil {
				if standings[a.Experiment], err = s.standingOf(ctx, a.Experiment); err != nil {
					return nil, err
				}
			}
		}
		out.Answers = append(out.Answers, jsonOfAnswer(&h, a, standings[a.Experiment]))
	}
	if su != nil {
		err = s.judge(ctx, c, su, out, standings)
	}
	return out, err
}

// measuresNamed finds measures by name in the challenges of this hub; one that it no longer has is there by its name.
func (s *Server) measuresNamed(names []string) []measureJSON {
	list := make([]measureJSON, len(names))
	for i, name := range names {
		list[i].Name = name
		for k := range s.cfg.Challenges {
			all := s.cfg.Challenges[k].Measures
			if at := slices.IndexFunc(all, func(m pocs.Measure) bool { return m.Name == name }); at >= 0 {
				list[i] = measureJSON{name, all[at].Unit, string(all[at].Better), all[at].Doc, s.cfg.Challenges[k].Name}
				break
			}
		}
	}
	return list
}

func jsonOfAnswer(h *call.Host, a *catalog.CallAnswer, st *standing) answerJSON {
	if a.State != call.Answered {
		return answerJSON{ID: a.ID, State: a.State, Sent: a.Created, WithdrawnBy: string(a.WithdrawnBy), Withdrawn: &a.Changed, Reason: a.Reason}
	}
	t := &a.Content
	out := answerJSON{ID: a.ID, State: a.State, Title: t.Title, Organization: t.Organization.Name, Kind: t.Organization.Kind, Approach: t.Approach,
		PoC: t.PoC, Params: t.Params, Usecase: t.Usecase, Sent: a.Created, Experiment: a.Experiment}
	if t.PoC != "" {
		out.Arm = t.Arm(h)
	}
	if st != nil {
		out.Judgement = &judgementJSON{State: st.State, Reason: st.Reason, Done: st.Progress.Done, Total: st.Progress.Total, Commit: st.Commit, rulingJSON: noRuling()}
	}
	return out
}

func noRuling() rulingJSON {
	return rulingJSON{Rule: []call.Ruling{}, Measures: []callValue{}, place: -1}
}

// judge holds all answers whose trials are played, and the baselines beside the newest of them, against the rule.
func (s *Server) judge(ctx context.Context, c *catalog.Call, su *experiment.Suite, out *callOut, standings map[string]*standing) error {
	var arms []callArm
	var newest *standing
	for i := range out.Answers {
		st := standings[out.Answers[i].Experiment]
		if st == nil || st.arm == nil || slices.ContainsFunc(arms, func(a callArm) bool { return a.name == st.arm.name }) {
			continue
		}
		arms = append(arms, *st.arm)
		if newest == nil || st.played.After(newest.played) {
			newest = st
		}
	}
	if newest == nil {
		return nil
	}
	refs := newest.arm.references()
	v, err := s.lay(ctx, &c.Content, su, append(arms, refs...))
	if err != nil {
		return err
	}
	for i := range out.Answers {
		j := out.Answers[i].Judgement
		st := standings[out.Answers[i].Experiment]
		if j == nil || st.arm == nil {
			continue
		}
		if w, bad := v.wrong[st.arm.name]; bad {
			j.State, j.Reason = w.state, w.reason
			continue
		}
		j.rulingJSON = v.ruling(&c.Content, st.arm.name)
	}
	if b := v.boards[c.Content.Shown()[0]]; b != nil {
		out.Least = b.Least
	}
	for _, a := range refs {
		if _, bad := v.wrong[a.name]; !bad {
			out.References = append(out.References, referenceJSON{a.name, s.cfg.SeesTruth[a.name], v.ruling(&c.Content, a.name)})
		}
	}
	return nil
}

// ruling is what the verdict says of one arm.
func (v *callVerdict) ruling(c *call.Call, arm string) rulingJSON {
	out := noRuling()
	figures := map[string]call.Figure{}
	for i, name := range c.Shown() {
		b := v.boards[name]
		value := callValue{Measure: name, Unit: b.Unit}
		at := slices.IndexFunc(b.Places, func(p experiment.Place) bool { return p.Arm == arm })
		if at >= 0 {
			p := &b.Places[at]
			value.N, value.Mean, value.Low, value.High = p.N, p.Mean, p.Low, p.High
			value.Group, value.RankLow, value.RankHigh = p.Group, p.RankLow, p.RankHigh
			figures[name] = call.Figure{Mean: p.Mean, Low: p.Low, High: p.High}
		}
		if i == 0 {
			if out.place = at; at < 0 {
				out.place = len(b.Places) // without a value: behind all that have one
			}
		}
		out.Measures = append(out.Measures, value)
	}
	rule, passes := c.Judge(func(m string) call.Figure { return figures[m] })
	out.Rule, out.Passes = rule, &passes
	return out
}

// findCall finds a call that the visitor may see: one that was opened, or any for a curator.
func (s *Server) findCall(ctx context.Context, id string) (*catalog.Call, error) {
	c, err := s.cfg.Store.Call(ctx, id)
	unknown := errors.Is(err, catalog.ErrNotFound)
	if err == nil && c.Opened.IsZero() {
		unknown = !s.isCurator(ctx)
	}
	if unknown {
		return nil, notFound("call", id, "GET /api/v1/calls lists them")
	}
	return c, err
}
