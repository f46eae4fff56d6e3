// Refusals of the store's workflows, in the hub's one shape: what a step may not do is 409, what it lacks 422.

package web

import (
	"errors"
	"net/http"
	"strings"

	"sealab/catalog"
	"sealab/catalog/review"
)

// refusals are the conditions that a step can meet.
var refusals = []struct {
	is          error
	status      int
	code, field string
	message     string
}{
	{review.ErrStep, http.StatusConflict, "step_not_allowed", "to", "This step is not possible from where it stands."},
	{catalog.ErrMoved, http.StatusConflict, "moved", "", "It has changed since you opened the page. Look at it again, and then decide."},
	{catalog.ErrClosed, http.StatusConflict, "not_yours_now", "", "What was sent cannot be changed any more."},
	{catalog.ErrNotOpen, http.StatusConflict, "not_open", "", "This call takes no answers."},
	{review.ErrReason, http.StatusUnprocessableEntity, "missing_field", "reason", "A reason is wanted: say what is wrong, and what would help."},
	{review.ErrFaults, http.StatusUnprocessableEntity, "faults", "", "It is not whole yet."},
	{catalog.ErrCrowded, http.StatusTooManyRequests, "crowded", "", "The hub takes no more of these at present."},
}

// refused gives what a workflow refuses its status and words; any other error stays as it is.
func refused(err error) error {
	for _, r := range refusals {
		if errors.Is(err, r.is) {
			_, detail, _ := strings.Cut(err.Error(), r.is.Error())
			return &Problem{Status: r.status, Code: r.code, Field: r.field, Message: r.message, Allowed: strings.TrimLeft(detail, ": ")}
		}
	}
	return err
}
