// Every pair of states and role: allowed as the reference says, refused with what would be allowed.
package review_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"sealab/catalog/review"
)

// allowed is the table of the reference, written again from its text: from, to, who; ! where a reason is mandatory.
const allowed = `
draft submitted submitter
changes-requested submitted submitter
submitted in-review curator
in-review changes-requested curator !
in-review approved curator
approved published curator
approved in-review curator !
draft withdrawn submitter
submitted withdrawn submitter
in-review withdrawn submitter
changes-requested withdrawn submitter
submitted withdrawn curator !
in-review withdrawn curator !
changes-requested withdrawn curator !
published withdrawn curator !
draft published hub`

func TestEveryStep(t *testing.T) {
	table := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(allowed), "\n") {
		step, reason := strings.CutSuffix(line, " !")
		table[step] = reason
	}
	for _, from := range review.States {
		for _, to := range review.States {
			for _, by := range []review.Role{review.Submitter, review.Curator, review.Hub} {
				reason, ok := table[fmt.Sprintf("%s %s %s", from, to, by)]
				err := review.Check(from, review.Move{To: to, By: by, Actor: "a"})
				want := error(nil)
				switch {
				case !ok:
					want = review.ErrStep
				case reason:
					want = review.ErrReason
				}
				if !errors.Is(err, want) || (want == nil) != (err == nil) {
					t.Errorf("%s to %s by %s: got %v, want %v", from, to, by, err, want)
				}
				if review.WantsReason(from, to, by) != reason {
					t.Errorf("%s to %s by %s: reason wanted is not %v", from, to, by, reason)
				}
				if reason && review.Check(from, review.Move{To: to, By: by, Reason: "out of scope"}) != nil {
					t.Errorf("%s to %s by %s with a reason is refused", from, to, by)
				}
			}
		}
	}
}

func TestWhatElseStandsAgainstAStep(t *testing.T) {
	for _, c := range []struct {
		from review.State
		move review.Move
		want error
	}{
		{review.Draft, review.Move{To: review.Sent, By: review.Submitter, Faults: 2}, review.ErrFaults},
		{review.InReview, review.Move{To: review.Approved, By: review.Curator, Organization: " Kenya  Revenue", Author: "KENYA REVENUE"}, review.ErrOwn},
		{review.InReview, review.Move{To: review.Approved, By: review.Curator}, nil}, // no organization is not the same one
		{review.Approved, review.Move{To: review.Published, By: review.Curator, Actor: "a", Approver: "a"}, nil},
		{review.Approved, review.Move{To: review.Published, By: review.Curator, Actor: "a", Approver: "a", TwoPersons: true}, review.ErrSecond},
		{review.Approved, review.Move{To: review.Published, By: review.Curator, Actor: "b", Approver: "a", TwoPersons: true}, nil},
		{review.InReview, review.Move{To: review.ChangesRequested, By: review.Curator, Reason: " \n"}, review.ErrReason},
	} {
		if err := review.Check(c.from, c.move); !errors.Is(err, c.want) || (c.want == nil) != (err == nil) {
			t.Errorf("%s %+v: got %v, want %v", c.from, c.move, err, c.want)
		}
	}
	err := review.Check(review.Sent, review.Move{To: review.Published, By: review.Curator})
	if !strings.Contains(err.Error(), "in-review, withdrawn") {
		t.Errorf("%v does not say what is allowed", err)
	}
}
