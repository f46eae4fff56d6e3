// The page of a use case: its newest published version, or any version at an address that stays.

package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/find"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// entryPage is what the template of one version shows.
type entryPage struct {
	*usecase.Entry
	Edition  *catalog.Edition
	Newest   *catalog.Edition // nil where every version is withdrawn
	Versions []entryVersion   // the newest first
	Steps    []catalog.LogLine
	PoCs     []string // of this hub, that try it
	Modes    []attackMode
	Proof    *entryProof
	Similar  []*find.Item // published ones, the most alike first
	Citation *usecase.Citation
	Forms    []citeForm // that it can be cited in
}

// entryVersion is a line of the list of versions.
type entryVersion struct {
	*catalog.Edition
	Before int // version to compare with; 0: none
}

func (p *entryPage) title(t *texts) string {
	if p.Edition.State == review.Withdrawn {
		return t.T("entry.gone.title", "title", p.Title)
	}
	return p.Title
}

// Gone reports whether this version was withdrawn.
func (p *entryPage) Gone() bool { return p.Edition.State == review.Withdrawn }

// Older reports whether a newer version is published.
func (p *entryPage) Older() bool { return p.Newest != nil && p.Newest.Version > p.Edition.Version }

// Early reports whether nothing was tried yet in real work, so that nobody looks for an outcome.
func (p *entryPage) Early() bool { return p.Stage == usecase.Idea || p.Stage == "research" }

// URN names this version wherever its page moves to.
func (p *entryPage) URN() string { return usecase.VersionURN(p.Edition.Usecase, p.Edition.Version) }

// URL is the address of this version.
func (p *entryPage) URL() string { return entryAddress(p.Edition.Usecase, p.Edition.Version) }

// mostSimilar is how many similar cases a page shows.
const mostSimilar = 4

// Beside is the address that lays it beside the most similar ones.
func (p *entryPage) Beside() string {
	ids := []string{p.Edition.Usecase}
	for _, it := range p.Similar[:min(len(p.Similar), mostBeside-1)] {
		ids = append(ids, it.Entry.ID)
	}
	return lineupAddress(ids, false)
}

// entryAddress is the address of a version of a use case.
func entryAddress(id string, version int) string { return fmt.Sprintf("/usecases/%s/v%d", id, version) }

// entryPage shows the newest published version of a use case, or cites it. The name of a proof of concept that is no use
// case's id leads to that.
func (s *Server) entryPage(c *gin.Context) error {
	id, form := formAtEnd(c.Param("id"))
	versions, err := s.versions(c.Request.Context(), id)
	var unknown *Problem
	if errors.As(err, &unknown) {
		if _, isPoC := s.findPoC(id); isPoC == nil {
			c.Redirect(http.StatusFound, "/pocs/"+url.PathEscape(id))
			return nil
		}
	}
	if err != nil {
		return err
	}
	shown := catalog.Newest(versions)
	if shown == nil {
		shown = &versions[len(versions)-1]
	}
	if form != nil {
		return s.cite(c, shown, form)
	}
	return s.showEntry(c, shown, versions)
}

// versionPage shows or cites one version.
func (s *Server) versionPage(c *gin.Context) error {
	name, form := formAtEnd(c.Param("version"))
	shown, versions, err := s.version(c.Request.Context(), c.Param("id"), name)
	if err != nil {
		return err
	}
	if form != nil {
		return s.cite(c, shown, form)
	}
	return s.showEntry(c, shown, versions)
}

// versions lists the public versions of a use case.
func (s *Server) versions(ctx context.Context, id string) ([]catalog.Edition, error) {
	list, err := s.cfg.Store.Versions(ctx, "", id)
	if errors.Is(err, catalog.ErrNotFound) {
		return nil, notFound("use case", id, "GET /api/v1/usecases lists them")
	}
	return list, err
}

// version finds a public version by its name, such as v2.
func (s *Server) version(ctx context.Context, id, name string) (*catalog.Edition, []catalog.Edition, error) {
	list, err := s.versions(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	for i := range list {
		if name == versionName(list[i].Version) {
			return &list[i], list, nil
		}
	}
	var names []string
	for i := range list {
		names = append(names, versionName(list[i].Version))
	}
	return nil, nil, notFound("version", name, "of "+id+" there are "+strings.Join(names, ", "))
}

func versionName(version int) string { return "v" + strconv.Itoa(version) }

// showEntry renders a version. One that was withdrawn says so and why at its old address, with 410: a person reads what
// became of it, and a harvester or a checker of links learns that the text is not there any more.
func (s *Server) showEntry(c *gin.Context, e *catalog.Edition, versions []catalog.Edition) error {
	p := &entryPage{Entry: &e.Entry, Edition: e, Newest: catalog.Newest(versions)}
	for i := len(versions) - 1; i >= 0; i-- {
		p.Versions = append(p.Versions, entryVersion{&versions[i], lastPublished(versions[:i])})
	}
	var err error
	if p.Steps, err = s.cfg.Store.History(c.Request.Context(), e.ID); err != nil {
		return err
	}
	if p.Gone() {
		s.render(c, http.StatusGone, "usecase", p)
		return nil
	}
	p.Citation, p.Forms = s.citation(c.Request, e), citeForms
	p.PoCs, p.Modes = s.pocsOf(&e.Entry), modesOf(&e.Entry)
	index, err := s.shelf(c.Request.Context())
	if err != nil {
		return err
	}
	p.Similar = index.Similar(e.Usecase, mostSimilar)
	if p.Proof, err = s.entryProof(c.Request.Context(), e); err != nil {
		return err
	}
	if p.Proof.Checking != nil {
		lookAgain(c)
	}
	return s.page(c, "usecase", p)
}

// lastPublished is the newest version among these that can be compared with; 0: none.
func lastPublished(versions []catalog.Edition) int {
	if e := catalog.Newest(versions); e != nil {
		return e.Version
	}
	return 0
}

// pocsOf names the proofs of concept of this hub that try a use case: those that it names, and those that name it.
func (s *Server) pocsOf(e *usecase.Entry) (list []string) {
	named := map[string]bool{}
	for _, name := range e.PoCs {
		named[name] = true
	}
	for i := range s.cfg.PoCs {
		if p := &s.cfg.PoCs[i]; named[p.Name] || p.UseCase == e.ID && e.ID != "" {
			list = append(list, p.Name)
		}
	}
	return list
}
