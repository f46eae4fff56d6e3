// Use cases in the API: one with its versions, a version byte for byte, and what changed between two.

package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/proof"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// usecaseOut is a use case in its newest published version.
type usecaseOut struct {
	ID        string          `json:"id"`
	Version   int             `json:"version"`
	Published time.Time       `json:"published"`
	Hash      string          `json:"hash" doc:"SHA-256 of the entry as versions/{n} gives it"`
	URL       string          `json:"url"`
	Badge     proof.Badge     `json:"badge" doc:"altered, stale, failed, linked, verified or none: computed from the evidence"`
	Evidence  []claimOut      `json:"evidence" doc:"by claim of the entry"`
	Versions  []versionOut    `json:"versions" doc:"all that the public may see, the oldest first"`
	Entry     json.RawMessage `json:"entry" doc:"by the schema usecase (sealab schema usecase)"`
}

type versionOut struct {
	Version   int          `json:"version"`
	State     review.State `json:"state" doc:"published or withdrawn"`
	Published time.Time    `json:"published"`
	Withdrawn *time.Time   `json:"withdrawn,omitempty"`
	Reason    string       `json:"reason,omitempty" doc:"why it was withdrawn"`
	Hash      string       `json:"hash"`
	URL       string       `json:"url"`
}

func versionJSON(e *catalog.Edition) versionOut {
	v := versionOut{Version: e.Version, State: e.State, Published: e.Published, Hash: e.Hash(), URL: entryAddress(e.Usecase, e.Version)}
	if e.State == review.Withdrawn {
		v.Withdrawn, v.Reason = &e.Changed, e.Reason
	}
	return v
}

type usecaseIn struct {
	ID string `path:"id" maxLength:"60"`
}

func (s *Server) apiUsecase(ctx context.Context, in *usecaseIn) (*answerOf[usecaseOut], error) {
	versions, err := s.versions(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	e := catalog.Newest(versions)
	if e == nil {
		return nil, withdrawn(&versions[len(versions)-1])
	}
	p, err := s.entryProof(ctx, e)
	if err != nil {
		return nil, err
	}
	out := usecaseOut{ID: e.Usecase, Version: e.Version, Published: e.Published, Hash: e.Hash(), URL: entryAddress(e.Usecase, e.Version), Entry: e.Stored(), Badge: p.Badge, Evidence: p.json()}
	for i := range versions {
		out.Versions = append(out.Versions, versionJSON(&versions[i]))
	}
	return ok(out)
}

// apiVersion gives a version's text byte for byte as it is stored: its SHA-256 is the hash that the page shows.
func (s *Server) apiVersion(c *gin.Context) error {
	n, err := strconv.Atoi(c.Param("n"))
	if err != nil {
		return invalid("bad_version", "version", c.Param("n"), "want a whole number, such as 1")
	}
	e, _, err := s.version(c.Request.Context(), c.Param("id"), versionName(n))
	if err != nil {
		return err
	}
	if e.State == review.Withdrawn {
		return withdrawn(e)
	}
	c.Data(http.StatusOK, "application/json; charset=utf-8", e.Stored())
	return nil
}

// apiDiff lists what changed between two versions.
func (s *Server) apiDiff(c *gin.Context) error {
	p, err := s.diff(c, c.Param("id"), c.Param("range"))
	if err != nil {
		return err
	}
	changes := p.Changes
	if changes == nil {
		changes = []usecase.Change{}
	}
	c.JSON(http.StatusOK, gin.H{"id": p.To.Usecase, "from": p.From.Version, "to": p.To.Version, "changes": changes})
	return nil
}
