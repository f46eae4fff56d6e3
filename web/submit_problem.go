// What the store and the rules of review refuse, as problems for a person and a program.

package web

import (
	"errors"
	"net/http"
	"strings"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// submitProblem words a refusal; other errors stay as they are.
func submitProblem(err error) error {
	refuse := func(status int, code, field, message string) error {
		return &Problem{Status: status, Code: code, Field: field, Message: message}
	}
	switch {
	case errors.Is(err, review.ErrReason):
		return refuse(http.StatusUnprocessableEntity, "missing_reason", "reason", "A reason is missing: say what is wrong and what would help.")
	case errors.Is(err, review.ErrOwn):
		return refuse(http.StatusForbidden, "own_organization", "", "Nobody approves a use case of their own organization: another curator has to.")
	case errors.Is(err, review.ErrSecond):
		return refuse(http.StatusForbidden, "second_person", "", "This hub wants two curators: whoever approved does not publish. Another curator has to.")
	case errors.Is(err, review.ErrStep):
		return refuse(http.StatusConflict, "illegal_step", "state", "This step is not possible now: "+unwrapped(err, review.ErrStep)+".")
	case errors.Is(err, catalog.ErrClosed):
		return refuse(http.StatusConflict, "closed", "state", "The text cannot be changed now: "+unwrapped(err, catalog.ErrClosed)+". Nothing was saved.")
	case errors.Is(err, catalog.ErrNotOpen):
		return refuse(http.StatusConflict, "not_open", "state", "This call takes no answers: "+unwrapped(err, catalog.ErrNotOpen)+".")
	case errors.Is(err, catalog.ErrMoved):
		return refuse(http.StatusConflict, "moved_on", "state", "It has changed since you opened the page: "+unwrapped(err, catalog.ErrMoved)+". Nothing was done: look at it again.")
	case errors.Is(err, catalog.ErrCrowded):
		return refuse(http.StatusServiceUnavailable, "crowded", "", "The hub has no room for more of these at present. Nothing was saved: tell its host, or try again later.")
	case errors.Is(err, catalog.ErrExists):
		return refuse(http.StatusConflict, "under_way", "version", "Another new version of this use case is under review. Yours can be sent in when that one is published or withdrawn.")
	}
	return err
}

// unwrapped is what an error says beyond the one that it wraps.
func unwrapped(err, inner error) string {
	if _, rest, ok := strings.Cut(err.Error(), inner.Error()+": "); ok {
		return rest
	}
	return inner.Error()
}

// unwhole is the answer to an entry with faults: all of them, and the first as its own.
func unwhole(faults []usecase.Fault) *Problem {
	p := fault(faults[0])
	p.Faults = faults
	return p
}
