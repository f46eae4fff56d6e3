// The evidence of a use case on its page: the badge, each claim with the last answer for it, and asking anew.

package web

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/proof"
)

// entryProof is how the evidence of a version stands.
type entryProof struct {
	*proof.Standing
	Rows     []claimRow
	Checking *proof.Progress // nil: no check is under way
	Code     string          // of this hub
}

// claimRow is a claim with the name of its experiment.
type claimRow struct {
	proof.ClaimStanding
	Name  string // of the experiment
	Known bool   // it is here
}

// Other reports whether other code was asked than runs here.
func (p *entryProof) Other() bool { return p.Commit != "" && p.Commit != p.Code }

func (s *Server) entryProof(ctx context.Context, e *catalog.Edition) (*entryProof, error) {
	all, err := s.standings(ctx, *e)
	if err != nil {
		return nil, err
	}
	p := &entryProof{Standing: all[e.ID], Code: s.cfg.Commit}
	for _, c := range p.Claims {
		row := claimRow{ClaimStanding: c, Name: c.Experiment}
		x, err := s.cfg.Store.Experiment(ctx, c.Experiment)
		switch {
		case errors.Is(err, catalog.ErrNotFound):
		case err != nil:
			return nil, err
		default:
			row.Name, row.Known = orText(x.Name, x.ID), true
		}
		p.Rows = append(p.Rows, row)
	}
	if j := s.checkOf(checkOfEntry(e)); j != nil {
		at := j.see()
		p.Checking = &at
	}
	return p, nil
}

// standings says how the evidence of editions stands, by edition. What only a proof of concept names is linked too.
func (s *Server) standings(ctx context.Context, list ...catalog.Edition) (map[string]*proof.Standing, error) {
	all, err := proof.Standings(ctx, s.cfg.Store, list...)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if st := all[list[i].ID]; st.Badge == proof.BadgeNone && len(s.pocsOf(&list[i].Entry)) > 0 {
			st.Badge = proof.BadgeLinked
		}
	}
	return all, nil
}

// badges gives the badge of each of these editions, by the use case's id.
func (s *Server) badges(ctx context.Context, list []catalog.Edition) (map[string]proof.Badge, error) {
	all, err := s.standings(ctx, list...)
	if err != nil {
		return nil, err
	}
	out := make(map[string]proof.Badge, len(list))
	for i := range list {
		out[list[i].Usecase] = all[list[i].ID].Badge
	}
	return out, nil
}

// checkOfEntry is the name under which a version is checked.
func checkOfEntry(e *catalog.Edition) string { return "use case " + e.ID }

// verifyUsecaseForm plays everything again that the newest published version rests on.
func (s *Server) verifyUsecaseForm(c *gin.Context) error {
	versions, err := s.versions(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	e := catalog.Newest(versions)
	switch {
	case e == nil:
		return withdrawn(&versions[len(versions)-1])
	case len(e.Entry.Claims) == 0:
		return &Problem{Status: http.StatusConflict, Code: "nothing_claimed", Field: "use case", Value: e.Usecase, Message: "This use case claims nothing of an experiment: there is nothing to play again."}
	}
	if err := s.check(checkOfEntry(e), &checkJob{edition: e}); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/usecases/"+e.Usecase+"#evidence")
	return nil
}

// claimOut is a claim with the last answer for it.
type claimOut struct {
	PoC        string     `json:"poc" doc:"the arm of the experiment"`
	Experiment string     `json:"experiment"`
	Measure    string     `json:"measure"`
	Comparator string     `json:"comparator"`
	Claimed    *float64   `json:"claimed"`
	Answer     string     `json:"answer" doc:"of verify; empty: it was never asked"`
	Reason     string     `json:"reason,omitempty"`
	Value      *float64   `json:"value" doc:"mean over all worlds where the measure is not null"`
	Worlds     int        `json:"worlds"`
	Holds      *bool      `json:"holds" doc:"null: unknown"`
	Digest     string     `json:"digest,omitempty" doc:"over the digests of the experiment's runs, as they were checked"`
	Changed    bool       `json:"changed" doc:"the runs are not those any more that were checked"`
	Commit     string     `json:"commit,omitempty" doc:"of the code that was asked"`
	Checked    *time.Time `json:"checked,omitempty"`
}

func (p *entryProof) json() []claimOut {
	list := []claimOut{}
	for _, c := range p.Claims {
		out := claimOut{PoC: c.PoC, Experiment: c.Experiment, Measure: c.Measure, Comparator: c.Comparator, Claimed: c.Claim.Value, Changed: c.Changed}
		if ev := c.Evidence; ev != nil {
			out.Answer, out.Reason, out.Value, out.Worlds, out.Holds = ev.Answer, ev.Reason, ev.Value, ev.Worlds, ev.Holds
			out.Digest, out.Commit, out.Checked = ev.Digest, ev.Commit, &ev.Checked
		}
		list = append(list, out)
	}
	return list
}
