// An error as a helpful page.

package web

import "net/http"

// problemPage is what the error template shows.
type problemPage struct {
	*Problem
	Heading string // key of the heading
}

func (p problemPage) title(t *texts) string { return t.T(p.Heading) }

func problemView(p *Problem) problemPage {
	heading := "error.other"
	switch p.Status {
	case http.StatusNotFound:
		heading = "error.not_found"
	case http.StatusForbidden:
		heading = "error.forbidden"
	case http.StatusUnprocessableEntity, http.StatusBadRequest:
		heading = "error.invalid"
	case http.StatusUnauthorized:
		heading = "error.enter"
	case http.StatusConflict:
		heading = "error.conflict"
	case http.StatusGone:
		heading = "error.gone"
	case http.StatusTooManyRequests:
		heading = "error.slow"
	case http.StatusInternalServerError:
		heading = "error.internal"
	}
	return problemPage{p, heading}
}
