// Experiments over the API: write one, watch it, read what came out.

package web

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/pocs/experiment"
)

// experimentsIn is the query of the list.
type experimentsIn struct {
	Text  string `query:"q" maxLength:"80" doc:"found in id, name, question or file"`
	State string `query:"state"`
	Where string `query:"query" doc:"in the query language: poc = kalman AND (state = done OR tag = pilot)"`
	Sort  string `query:"sort" doc:"any field of the query language, such as created, name or runs"`
	Dir   string `query:"dir" doc:"asc or desc"`
	Page  int    `query:"page" minimum:"1" maximum:"100000" default:"1"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"20"`
}

type experimentsOut struct {
	Experiments []experimentJSON `json:"experiments"`
	Total       int              `json:"total"`
	Page        int              `json:"page"`
}

func (s *Server) apiExperiments(ctx context.Context, in *experimentsIn) (*answerOf[experimentsOut], error) {
	list, total, err := s.experimentList(ctx, experimentQuery{in.Text, in.State, in.Where, in.Sort, in.Dir, in.Page}, in.Limit)
	if err != nil {
		return nil, err
	}
	return ok(experimentsOut{list, total, in.Page})
}

// fileIn is an experiment file, in YAML or JSON, as a text.
type fileIn struct {
	Body struct {
		File string `json:"file" doc:"the experiment file, YAML or JSON (sealab schema experiment)"`
	}
}

type experimentStarted struct {
	ID    string `json:"id"`
	State string `json:"state"`
	URL   string `json:"url"`
}

func (s *Server) apiStartExperiment(ctx context.Context, in *fileIn) (*answerOf[experimentStarted], error) {
	id, err := s.bench.take(ctx, in.Body.File)
	if err != nil {
		return nil, err
	}
	return s.started(ctx, id)
}

// started says what became of an order: the same file again may be done already.
func (s *Server) started(ctx context.Context, id string) (*answerOf[experimentStarted], error) {
	e, err := s.findExperiment(ctx, id)
	if err != nil {
		return nil, err
	}
	view, _ := s.jsonOfExperiment(e)
	return &answerOf[experimentStarted]{Status: http.StatusAccepted, Body: experimentStarted{id, view.State, view.URL}}, nil
}

// experimentOut is an experiment with its file and, as far as whole worlds were played, its results.
type experimentOut struct {
	experimentJSON
	File     string          `json:"file"`
	Note     string          `json:"note,omitempty" doc:"what people wrote about it"`
	SeedsOut []uint64        `json:"seeds_left_out" doc:"seeds that not every arm has played in every scenario"`
	Results  json.RawMessage `json:"results" doc:"as sealab experiment show --json prints them; null before the first whole world"`
	Sides    []sidesOf       `json:"sides" doc:"who caught what: every arm against the baseline; both + only_a + only_b + neither = heard"`
	Board    json.RawMessage `json:"board" doc:"the arms ranked by the headline, in groups that cannot be told apart; or null"`
}

func (s *Server) apiExperiment(ctx context.Context, in *idIn) (*answerOf[experimentOut], error) {
	e, err := s.findExperiment(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	view, d := s.jsonOfExperiment(e)
	out := experimentOut{experimentJSON: view, File: e.File, SeedsOut: []uint64{}, Sides: []sidesOf{}, Results: []byte("null"), Board: []byte("null")}
	b, err := s.cfg.Store.Beside(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	out.Tags, out.Note = b[e.ID].Tags, b[e.ID].Note
	if d == nil {
		return ok(out)
	}
	f, err := s.results(ctx, e, d)
	if err != nil {
		return nil, err
	}
	out.SeedsOut = append(out.SeedsOut, f.Left...)
	if f.Results == nil {
		return ok(out)
	}
	if out.Results, err = json.Marshal(f.Results); err != nil {
		return nil, err
	}
	if out.Board, err = json.Marshal(f.Board); err != nil {
		return nil, err
	}
	if out.Sides, err = s.sidesAgainst(ctx, f); err != nil {
		return nil, err
	}
	return ok(out)
}

func (s *Server) apiGoOn(ctx context.Context, in *idIn) (*answerOf[experimentStarted], error) {
	if err := s.goOn(ctx, in.ID); err != nil {
		return nil, err
	}
	return s.started(ctx, in.ID)
}

// goOn plays what is missing of a kept experiment.
func (s *Server) goOn(ctx context.Context, id string) error {
	e, err := s.findExperiment(ctx, id)
	if err != nil {
		return err
	}
	origin, err := s.cfg.Store.Origin(ctx, id)
	if err != nil {
		return err
	}
	if origin != nil {
		return &Problem{Status: http.StatusConflict, Code: "imported", Field: "experiment", Value: id,
			Message: "This experiment was imported: it is somebody's evidence, and no runs of this hub go into it.", Allowed: "start its file as an experiment of your own"}
	}
	_, d, err := s.design(e.File)
	if err != nil {
		return err
	}
	return s.bench.start(ctx, e, d)
}

// apiDropExperiment cancels one that plays; another goes to the trash, and its runs stay.
func (s *Server) apiDropExperiment(ctx context.Context, in *idIn) (*answerOf[experimentStarted], error) {
	if j := s.bench.find(in.ID); j != nil {
		j.cancel()
		return ok(experimentStarted{in.ID, stateInterrupted, "/experiments/" + in.ID})
	}
	if _, err := s.findExperiment(ctx, in.ID); err != nil {
		return nil, err
	}
	if err := s.cfg.Store.DeleteExperiment(ctx, in.ID); err != nil {
		return nil, err
	}
	return ok(experimentStarted{in.ID, "deleted", "/experiments"})
}

func (s *Server) apiRestore(ctx context.Context, in *idIn) (*answerOf[experimentStarted], error) {
	if err := s.restore(ctx, in.ID); err != nil {
		return nil, err
	}
	return s.started(ctx, in.ID)
}

// experimentProgress tells how an experiment is getting on until it ends.
func (s *Server) experimentProgress(c *gin.Context) error {
	ctx := c.Request.Context()
	j := s.bench.find(c.Param("id"))
	if j == nil {
		e, err := s.findExperiment(ctx, c.Param("id"))
		if err != nil {
			return err
		}
		view, _ := s.jsonOfExperiment(e)
		if st, err := openStream(c); err == nil {
			_ = st.send(0, "progress", view.Progress) // the browser may have gone
		}
		return nil
	}
	st, err := openStream(c)
	if err != nil {
		return nil // the browser went
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		at, moved := j.see()
		if st.send(0, "progress", at) != nil || at.ended() {
			return nil
		}
		select {
		case <-moved:
		case <-beat.C:
		case <-ctx.Done():
			return nil
		}
	}
}

func (s *Server) experimentsCSV(c *gin.Context) error {
	q := experimentQueryOf(c.Request.URL.Query())
	q.Page = 1
	list, _, err := s.experimentList(c.Request.Context(), q, 0)
	if err != nil {
		return err
	}
	t := openTable(c, "experiments", "id", "name", "question", "state", "arms", "worlds", "runs", "hash", "commit", "created", "reason", "tags")
	for _, e := range list {
		t.row(e.ID, e.Name, e.Question, e.State, e.Arms, e.Worlds, e.Runs, e.Hash, e.Commit, e.Created, e.Reason, e.Tags)
	}
	return t.close()
}

func (s *Server) resultsCSV(c *gin.Context) error {
	e, err := s.findExperiment(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	d, err := s.keptDesign(e)
	if err != nil {
		return fileProblem(err)
	}
	f, err := s.results(c.Request.Context(), e, d)
	if err != nil {
		return err
	}
	if f.Results == nil {
		f.Results = &experiment.Results{}
	}
	return measuresCSV(f.Results, openTable(c, "results-"+e.ID, measuresHead...))
}
