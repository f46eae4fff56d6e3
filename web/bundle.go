// Bundles over the web: an experiment as a file to take away, and one to bring.

package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/bundle"
)

const (
	// importPath takes a body that is larger than all others.
	importPath = "/experiments/import"
	// maxUpload is how large a bundle may be that comes over the web; the command line takes larger ones.
	maxUpload = 512 << 20
	// bundleWithin is how long a bundle may take to be made or read: some seconds a world.
	bundleWithin = 10 * time.Minute
)

// BundleReport gives the report that goes into a bundle; an experiment that can have none yet has none.
func BundleReport(ctx context.Context, cfg Config, id string) ([]byte, error) {
	return reportOrNone(Report(ctx, cfg, id, "html"))
}

func reportOrNone(text []byte, err error) ([]byte, error) {
	var early *Problem
	if errors.As(err, &early) {
		return nil, nil
	}
	return text, err
}

// bundleFile makes a bundle and sends it. It is whole before the first byte goes, so that an error is a page.
func (s *Server) bundleFile(c *gin.Context) error {
	ctx := c.Request.Context()
	e, err := s.findExperiment(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	policy := bundle.Policy(orText(c.Query("events"), string(bundle.Some)))
	if !slices.Contains(bundle.Policies(), policy) {
		return invalid("bad_events", "events", string(policy), "allowed are all, some and none")
	}
	more(c)
	draft, err := os.CreateTemp("", "sealab-bundle-*.zip")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	defer draft.Close()
	x := bundle.Export{Store: s.cfg.Store, Known: s.catalogue(), Policy: policy, Plan: WorldPlan, Report: func(ctx context.Context, id string) ([]byte, error) {
		return reportOrNone(s.report(ctx, s.pages[defaultLanguage], id, "html"))
	}}
	if _, err := x.Write(ctx, draft, e.ID); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return &Problem{Status: http.StatusConflict, Code: "no_bundle", Field: "experiment", Value: e.ID, Message: "The bundle cannot be made: " + err.Error() + "."}
	}
	if _, err := draft.Seek(0, io.SeekStart); err != nil {
		return err
	}
	c.Header("Content-Type", "application/zip")
	c.Header("Content-Disposition", fmt.Sprintf(`attachment; filename="%s.zip"`, e.ID))
	http.ServeContent(c.Writer, c.Request, "", time.Time{}, draft)
	return nil
}

// more gives a request the time that a bundle takes; a recorder in a test has no deadlines.
func more(c *gin.Context) {
	control := http.NewResponseController(c.Writer)
	_ = control.SetReadDeadline(time.Now().Add(bundleWithin))
	_ = control.SetWriteDeadline(time.Now().Add(bundleWithin))
}

// importForm takes a bundle in, and has it checked behind the page that it leads to.
func (s *Server) importForm(c *gin.Context) error {
	if !s.checks.reading.TryLock() {
		return &Problem{Status: http.StatusTooManyRequests, Code: "importing", Message: "Another bundle is being read. Try again when it is done."}
	}
	defer s.checks.reading.Unlock()
	more(c)
	draft, size, err := received(c)
	if err != nil {
		return err
	}
	j := &checkJob{file: draft}
	if j.taking, err = bundle.Open(draft, size); err != nil {
		j.end()
		return bundleProblem(err)
	}
	if n := len(j.taking.Runs); n > s.cfg.MaxTrials {
		j.end()
		return &Problem{Status: http.StatusUnprocessableEntity, Code: "too_many_trials", Field: "bundle", Value: fmt.Sprint(n),
			Message: "Nothing was imported. The bundle holds more runs than this host plays again for one experiment.",
			Allowed: fmt.Sprintf("up to %d; sealab experiment import takes more", s.cfg.MaxTrials)}
	}
	if _, err = j.taking.Store(c.Request.Context(), s.cfg.Store, s.cfg.Now().UTC()); err != nil {
		j.end()
		return bundleProblem(err)
	}
	id := j.taking.Experiment.ID
	j.at.Total = len(j.taking.Runs)
	if err := s.check(id, j); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/experiments/"+id+"/proof?imported=1")
	return nil
}

// received writes the file of the form to the disk.
func received(c *gin.Context) (*os.File, int64, error) {
	parts, err := c.Request.MultipartReader()
	if err != nil {
		return nil, 0, badForm(err)
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return nil, 0, invalid("no_bundle", "bundle", "", "choose a file that an export has written")
		}
		if err != nil {
			return nil, 0, badForm(err)
		}
		if part.FormName() != "bundle" {
			continue
		}
		draft, err := os.CreateTemp("", "sealab-import-*.zip")
		if err != nil {
			return nil, 0, err
		}
		size, err := io.Copy(draft, part)
		if err == nil && size == 0 {
			err = invalid("no_bundle", "bundle", part.FileName(), "choose a file that an export has written")
		}
		if err != nil {
			(&checkJob{file: draft}).end()
			var wrong *Problem
			if errors.As(err, &wrong) {
				return nil, 0, err
			}
			return nil, 0, badForm(err)
		}
		return draft, size, nil
	}
}

// bundleProblem says which member of a bundle was refused, and why.
func bundleProblem(err error) error {
	var refused *bundle.Refused
	switch {
	case errors.As(err, &refused):
		return &Problem{Status: http.StatusUnprocessableEntity, Code: "bundle_refused", Field: orText(refused.Member, "bundle"),
			Message: "Nothing was imported. " + capital(refused.Error()) + ".", Allowed: "ask for the file again: not one byte of it may have changed"}
	case errors.Is(err, catalog.ErrUnfit):
		return &Problem{Status: http.StatusUnprocessableEntity, Code: "bundle_refused", Field: "bundle", Message: "The bundle cannot be imported: " + err.Error() + "."}
	}
	return err
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
