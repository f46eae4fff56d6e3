// The pages of leaderboards: who leads where, and one board by one measure.

package web

import (
	"context"
	"html/template"
	"net/http"

	"github.com/gin-gonic/gin"

	"sealab/pocs"
	"sealab/pocs/experiment"
)

// boardsPage is what the overview shows: a section a challenge.
type boardsPage struct{ Challenges []challengeBoards }

// challengeBoards are the boards of one challenge's suite, by its headline.
type challengeBoards struct {
	Name, Doc string
	Suite     *experiment.Suite
	Suites    []*experiment.Suite
	Boards    []*boardJSON
	Entrants  []choice
}

func (s *Server) boardsPage(c *gin.Context) error {
	list, err := s.allBoards(c.Request.Context(), c.Query("suite"))
	if err != nil {
		return err
	}
	return s.page(c, "boards", &boardsPage{list})
}

// allBoards makes the boards of every challenge: of the suite of that name, or of each challenge's newest.
func (s *Server) allBoards(ctx context.Context, suite string) ([]challengeBoards, error) {
	if suite != "" {
		if _, err := s.findSuite(suite); err != nil {
			return nil, err
		}
	}
	var list []challengeBoards
	for i := range s.cfg.Challenges {
		ch := &s.cfg.Challenges[i]
		view := challengeBoards{Name: ch.Name, Doc: firstSentence(ch.Doc), Suites: s.suitesOf(ch.Name), Entrants: s.entrants(ch.Name)}
		for _, su := range view.Suites {
			if su.Name == suite || suite == "" && view.Suite == nil {
				view.Suite = su
			}
		}
		if view.Suite == nil && suite != "" {
			continue
		}
		for k := 0; view.Suite != nil && k < len(view.Suite.Scenarios); k++ {
			p, err := s.planBoard(boardQuery{Challenge: ch.Name, Scenario: view.Suite.Scenarios[k].Name, Suite: view.Suite.Name})
			if err != nil {
				return nil, err
			}
			b, err := s.board(ctx, p)
			if err != nil {
				return nil, err
			}
			view.Boards = append(view.Boards, b)
		}
		list = append(list, view)
	}
	return list, nil
}

// boardPage is what the page of one board shows.
type boardPage struct {
	*boardJSON
	Suites    []*experiment.Suite
	Measures  []pocs.Measure
	Doc       string // of the measure
	Others    []choice
	Entrants  []choice
	CSV, JSON string
	Chart     template.HTML
}

func (p *boardPage) title(t *texts) string { return t.T("board.heading", "scenario", p.Scenario) }

// At is the same board of another scenario.
func (p *boardPage) At(scenario string) string {
	return boardAddress(p.Challenge, scenario, p.Suite, p.Measure)
}

func (s *Server) boardPage(c *gin.Context) error {
	plan, err := s.planBoard(boardQueryOf(c))
	if err != nil {
		return err
	}
	b, err := s.board(c.Request.Context(), plan)
	if err != nil {
		return err
	}
	api := apiBase + boardAddress(b.Challenge, b.Scenario, "", "")
	query := boardAddress(b.Challenge, b.Scenario, b.Suite, b.Measure)[len(boardAddress(b.Challenge, b.Scenario, "", "")):]
	p := &boardPage{boardJSON: b, Suites: s.suitesOf(b.Challenge), Measures: rankable(plan.challenge), Doc: plan.measure.Doc,
		Entrants: s.entrants(b.Challenge), CSV: api + "/places.csv" + query, JSON: api + query}
	p.Chart = b.draw(s.set(c).texts)
	for _, sc := range plan.suite.Scenarios {
		p.Others = append(p.Others, choice{Name: sc.Name})
	}
	s.render(c, http.StatusOK, "board", p)
	return nil
}

func boardQueryOf(c *gin.Context) boardQuery {
	return boardQuery{c.Param("challenge"), c.Param("scenario"), c.Query("suite"), c.Query("m")}
}

// boardIn is the address of a board.
type boardIn struct {
	Challenge string `path:"challenge" maxLength:"120"`
	Scenario  string `path:"scenario" maxLength:"120"`
	Suite     string `query:"suite" maxLength:"60" doc:"default: the challenge's newest"`
	Measure   string `query:"m" maxLength:"120" doc:"default: the score of the suite's profile"`
}

func (s *Server) apiBoard(ctx context.Context, in *boardIn) (*answerOf[*boardJSON], error) {
	p, err := s.planBoard(boardQuery{in.Challenge, in.Scenario, in.Suite, in.Measure})
	if err != nil {
		return nil, err
	}
	b, err := s.board(ctx, p)
	if err != nil {
		return nil, err
	}
	return ok(b)
}

// boardsIn may name a suite.
type boardsIn struct {
	Suite string `query:"suite" maxLength:"60" doc:"default: each challenge's newest"`
}

func (s *Server) apiBoards(ctx context.Context, in *boardsIn) (*answerOf[[]*boardJSON], error) {
	list, err := s.allBoards(ctx, in.Suite)
	if err != nil {
		return nil, err
	}
	out := []*boardJSON{}
	for _, ch := range list {
		out = append(out, ch.Boards...)
	}
	return ok(out)
}

func (s *Server) boardCSV(c *gin.Context) error {
	p, err := s.planBoard(boardQueryOf(c))
	if err != nil {
		return err
	}
	b, err := s.board(c.Request.Context(), p)
	if err != nil {
		return err
	}
	t := openTable(c, "leaderboard-"+b.Challenge+"-"+b.Scenario, "challenge", "scenario", "suite", "suite_hash", "measure", "unit", "better", "group",
		"arm", "reference", "n", "mean", "low", "high", "rank_low", "rank_high", "seeds", "passed", "decided")
	for _, x := range b.Places {
		t.row(b.Challenge, b.Scenario, b.Suite, b.Hash, b.Measure, b.Unit, b.Better, x.Group, x.Arm, x.Reference, x.N, x.Mean, x.Low, x.High,
			x.RankLow, x.RankHigh, x.Seeds, x.Passed.K, x.Passed.N)
	}
	return t.close()
}
