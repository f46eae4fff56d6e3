// The proof of an experiment: by which code its runs were made, and whether they come out again.

package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/bundle"
	"sealab/catalog/proof"
)

// proofJSON is what is known about the truth of an experiment's runs.
type proofJSON struct {
	Experiment string          `json:"experiment"`
	Code       string          `json:"code" doc:"commit of this hub: the answers are its own"`
	Commits    []commitProof   `json:"commits" doc:"that made the runs, the most first"`
	Checking   *proof.Progress `json:"checking" doc:"runs done of all; null where no check is under way"`
	Answers    []proof.Count   `json:"answers" doc:"the worst first"`
	Unchecked  int             `json:"unchecked" doc:"runs that this code was never asked about"`
	Oldest     *time.Time      `json:"oldest" doc:"of the answers"`
	Last       *proof.Note     `json:"last" doc:"what the last check said of the whole"`
	Origin     *originJSON     `json:"origin" doc:"null where it was made here"`
	Runs       []runAnswer     `json:"runs" doc:"by arm, scenario and seed"`
}

type commitProof struct {
	Commit   string `json:"commit"`
	Modified bool   `json:"modified" doc:"its tree held changes which no commit has"`
	Runs     int    `json:"runs"`
}

type originJSON struct {
	Bundle   string    `json:"bundle" doc:"SHA-256 of the file"`
	Room     string    `json:"room" doc:"it belonged to there"`
	Imported time.Time `json:"imported"`
}

// runAnswer is one trial with the run that it rests on.
type runAnswer struct {
	Arm      string       `json:"arm"`
	Scenario string       `json:"scenario"`
	Seed     uint64       `json:"seed"`
	Run      string       `json:"run"`
	Answer   proof.Answer `json:"answer" doc:"empty: this code was never asked"`
	Record   string       `json:"record,omitempty" doc:"the first that differs"`
	Digest   string       `json:"digest"`
	commit   string
	checked  time.Time
}

// proofOfExperiment joins runs, answers and origin.
func (s *Server) proofOfExperiment(ctx context.Context, id string) (*proofJSON, error) {
	if _, err := s.findExperiment(ctx, id); err != nil {
		return nil, err
	}
	out := &proofJSON{Experiment: id, Code: s.cfg.Commit, Commits: []commitProof{}, Runs: []runAnswer{}}
	var err error
	if out.Runs, err = s.runAnswers(ctx, id); err != nil {
		return nil, err
	}
	out.count()
	if j := s.checkOf(id); j != nil {
		at := j.see()
		out.Checking = &at
	}
	if out.Last, err = proof.LastNote(ctx, s.cfg.Store, id, s.cfg.Commit); err != nil {
		return nil, err
	}
	origin, err := s.cfg.Store.Origin(ctx, id)
	if origin != nil {
		out.Origin = &originJSON{origin.Bundle, origin.Room, origin.Imported}
	}
	return out, err
}

// runAnswers lists the trials with the answers of this code.
func (s *Server) runAnswers(ctx context.Context, id string) ([]runAnswer, error) {
	links, err := s.cfg.Store.Links(ctx, id)
	if err != nil {
		return nil, err
	}
	said, err := s.cfg.Store.Verifications(ctx, id, s.cfg.Commit)
	if err != nil {
		return nil, err
	}
	rows, err := s.rowsOfExperiment(ctx, id)
	if err != nil {
		return nil, err
	}
	out := []runAnswer{}
	for _, l := range links {
		row, there := rows[l.Run]
		if !there {
			continue // deleted since
		}
		v := said[l.Run]
		out = append(out, runAnswer{Arm: l.Arm, Scenario: l.Scenario, Seed: l.Seed, Run: l.Run, Answer: proof.Answer(v.Answer), Record: v.Record,
			Digest: row.Digest, commit: row.Commit, checked: v.Checked})
	}
	return out, nil
}

// rowsOfExperiment are the runs that an experiment rests on, by id.
func (s *Server) rowsOfExperiment(ctx context.Context, id string) (map[string]catalog.Row, error) {
	where, err := s.parseWhere(`experiment = "` + id + `"`)
	if err != nil {
		return nil, err
	}
	list, err := s.cfg.Store.Runs(ctx, catalog.Query{Where: where})
	out := make(map[string]catalog.Row, len(list))
	for i := range list {
		out[list[i].ID] = list[i]
	}
	return out, err
}

// count sums commits and answers up, each run once.
func (p *proofJSON) count() {
	seen, made := map[string]bool{}, map[string]int{}
	var answers []proof.Answer
	for _, r := range p.Runs {
		if seen[r.Run] {
			continue
		}
		seen[r.Run] = true
		made[r.commit]++
		if r.Answer == "" {
			p.Unchecked++
			continue
		}
		answers = append(answers, r.Answer)
		if p.Oldest == nil || r.checked.Before(*p.Oldest) {
			at := r.checked
			p.Oldest = &at
		}
	}
	p.Answers = proof.Tally(answers)
	for commit, n := range made {
		p.Commits = append(p.Commits, commitProof{commit, proof.Modified(commit), n})
	}
	slices.SortFunc(p.Commits, func(a, b commitProof) int {
		if a.Runs != b.Runs {
			return b.Runs - a.Runs
		}
		if a.Commit < b.Commit {
			return -1
		}
		return 1
	})
}

// proofPage is what its template shows.
type proofPage struct {
	experimentJSON
	Proof    *proofJSON
	Rows     []runAnswer // those that are not as they should be first
	More     int
	Policies []bundle.Policy
	Tab      string
	Imported bool // just now
}

func (p *proofPage) title(t *texts) string { return p.Heading() + " · " + t.T("proof.tab") }

// Differs reports whether some run does not come out again in this code.
func (p *proofPage) Differs() bool {
	return slices.ContainsFunc(p.Proof.Answers, func(c proof.Count) bool { return c.Answer == proof.CodeDiffers })
}

// Any reports whether there is something to prove and to take away.
func (p *proofPage) Any() bool { return len(p.Proof.Runs) > 0 }

// Conclusion is the key of what was said of it last; empty where nothing was.
func (p *proofPage) Conclusion() string {
	switch last := p.Proof.Last; {
	case last == nil || last.Failed != "":
		return ""
	case last.Digest == "":
		return "none"
	case last.Same == nil:
		return "here"
	case *last.Same:
		return "same"
	}
	return "other"
}

// shownAnswers is what the page holds; JSON holds all.
const shownAnswers = 100

func (s *Server) proofPage(c *gin.Context) error {
	ctx := c.Request.Context()
	e, err := s.findExperiment(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	p := &proofPage{Tab: "proof", Policies: []bundle.Policy{bundle.Some, bundle.All, bundle.None}, Imported: c.Query("imported") != ""}
	p.experimentJSON, _ = s.jsonOfExperiment(e)
	if p.Proof, err = s.proofOfExperiment(ctx, e.ID); err != nil {
		return err
	}
	p.Rows = slices.Clone(p.Proof.Runs)
	slices.SortStableFunc(p.Rows, func(a, b runAnswer) int { return badness(a.Answer) - badness(b.Answer) })
	if len(p.Rows) > shownAnswers {
		p.More, p.Rows = len(p.Rows)-shownAnswers, p.Rows[:shownAnswers]
	}
	if p.Proof.Checking != nil {
		c.Header("Refresh", "2") // without a script the page looks again by itself
	}
	s.render(c, http.StatusOK, "proof", p)
	return nil
}

// badness orders answers, the worst first; no answer comes last.
func badness(a proof.Answer) int {
	if i := slices.Index(proof.Answers(), a); i >= 0 {
		return i
	}
	return len(proof.Answers())
}

func (s *Server) verifyForm(c *gin.Context) error {
	if _, err := s.apiVerify(c.Request.Context(), &idIn{c.Param("id")}); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/experiments/"+c.Param("id")+"/proof")
	return nil
}

func (s *Server) apiVerify(ctx context.Context, in *idIn) (*answerOf[proofJSON], error) {
	p, err := s.proofOfExperiment(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := s.check(in.ID, &checkJob{at: proof.Progress{Total: len(p.Runs)}}); err != nil {
		return nil, err
	}
	if p, err = s.proofOfExperiment(ctx, in.ID); err != nil {
		return nil, err
	}
	return &answerOf[proofJSON]{Status: http.StatusAccepted, Body: *p}, nil
}

func (s *Server) apiProof(ctx context.Context, in *idIn) (*answerOf[proofJSON], error) {
	p, err := s.proofOfExperiment(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return ok(*p)
}
