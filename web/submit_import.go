// Beginning otherwise than with an empty form: from a file, or from a published entry that somebody wants to correct.

package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// fileForm makes a draft of a YAML or JSON file. What could be read is kept; what could not is said on the draft's page,
// by line and field.
func (s *Server) fileForm(c *gin.Context) error {
	if err := s.slowly(c.Request.Context(), s.gates.writes); err != nil { // a file that is refused took time to read, too
		return err
	}
	raw, err := uploaded(c)
	if err != nil {
		return err
	}
	e, faults := parseSent(raw)
	read := e
	read.Origin = ""                                                                          // which the hub has set
	if len(read.Values()) == 0 || e.Title == "" && len(faults) > 0 && faults[0].Field == "" { // nothing to go on with
		p := (&newPage{Stage: usecase.Idea}).filled()
		for _, f := range faults {
			p.File = append(p.File, fault(f))
		}
		s.render(c, http.StatusUnprocessableEntity, "submit", p)
		return nil
	}
	d, key, err := s.newDraft(c.Request.Context(), "", e)
	if err != nil {
		return err
	}
	if text := fileReport(faults); text != "" {
		if err := s.say(c.Request.Context(), d, catalog.Remark{Role: review.Hub, Text: text}); err != nil {
			return err
		}
	}
	c.Redirect(http.StatusSeeOther, minePath+key+"#thread")
	return nil
}

// parseSent reads an entry that was sent as YAML or JSON, and checks it as a submission.
func parseSent(raw []byte) (usecase.Entry, []usecase.Fault) {
	wished := ""
	e, faults := usecase.ParseAs(raw, func(e *usecase.Entry) { wished = e.ID; settle(e) })
	e.ID = wished // empty: its title makes it, when it is sent in
	return e, faults
}

// maxUploadForm is the largest request that can hold a file of the largest size.
const maxUploadForm = usecase.MaxBytes + 8<<10

// uploaded reads the file of a form, of which only so much is kept in memory and nothing on the disk.
func uploaded(c *gin.Context) ([]byte, error) {
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, maxUploadForm)
	parts, err := c.Request.MultipartReader()
	if err != nil {
		return nil, &Problem{Status: http.StatusUnsupportedMediaType, Code: "bad_media_type", Field: "file", Message: "This address takes a form with one file."}
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, &Problem{Status: http.StatusUnprocessableEntity, Code: "missing_field", Field: "file", Message: "There is no file in the form: choose one."}
		}
		if err != nil {
			return nil, unreadable(err)
		}
		if part.FormName() == "file" {
			raw, err := io.ReadAll(part)
			return raw, unreadable(err)
		}
	}
}

func unreadable(err error) error {
	var big *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &big):
		return &Problem{Status: http.StatusRequestEntityTooLarge, Code: "too_large", Field: "file",
			Message: fmt.Sprintf("The file is larger than %d kB, which no use case needs.", usecase.MaxBytes>>10)}
	}
	return &Problem{Status: http.StatusBadRequest, Code: "bad_request", Field: "file", Message: "The form cannot be read."}
}

// fileReport says what a file had that could not be read; what is only missing, the form asks for.
func fileReport(faults []usecase.Fault) string {
	var lines []string
	for _, f := range faults {
		if f.Problem != usecase.Missing {
			lines = append(lines, f.Error())
		}
	}
	if len(lines) == 0 {
		return ""
	}
	return "From the file, all was taken over but what could not be read. Look at:\n" + strings.Join(lines, "\n")
}

// editForm opens a draft of a new version of a published use case, with its text filled in.
func (s *Server) editForm(c *gin.Context) error {
	key, err := s.newVersion(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, minePath+key)
	return nil
}

// newVersion makes a draft of a new version and gives its key.
func (s *Server) newVersion(ctx context.Context, id string) (key string, err error) {
	versions, err := s.cfg.Store.Versions(ctx, catalog.DefaultRoom, id)
	if errors.Is(err, catalog.ErrNotFound) {
		return "", notFound("use case", id, "the catalogue lists those that can be corrected")
	}
	if err != nil {
		return "", err
	}
	newest := catalog.Newest(versions)
	if newest == nil {
		return "", &Problem{Status: http.StatusGone, Code: "withdrawn", Field: "use case", Value: id, Message: "This use case was withdrawn; a new one can be submitted."}
	}
	_, key, err = s.newDraft(ctx, id, newest.Entry)
	return key, err
}
