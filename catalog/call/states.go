// The way of a call, and of an answer, with the words and checks of package review.

package call

import (
	"time"

	"sealab/catalog/review"
)

// The states of calls beside review's submitted and withdrawn, and that of an answer that stands.
const (
	Open     review.State = "open"   // answers are taken; from here on the content cannot change
	Closed   review.State = "closed" // no more answers are taken
	Answered review.State = "answered"
)

// Steps is the way of a call.
var Steps = review.Way{
	{From: review.Sent, To: Open, By: review.Curator, Whole: true},
	{From: Open, To: Closed, By: review.Curator},
	{From: review.Sent, To: review.Withdrawn, By: review.Submitter},
	{From: Open, To: review.Withdrawn, By: review.Submitter, Reason: true},
	{From: review.Sent, To: review.Withdrawn, By: review.Curator, Reason: true},
	{From: Open, To: review.Withdrawn, By: review.Curator, Reason: true},
	{From: Closed, To: review.Withdrawn, By: review.Curator, Reason: true},
}

// AnswerSteps is the way of an answer: nobody changes one that was sent.
var AnswerSteps = review.Way{
	{From: Answered, To: review.Withdrawn, By: review.Submitter},
	{From: Answered, To: review.Withdrawn, By: review.Curator, Reason: true},
}

// At is the state of a call at a time: an open one whose last day is over is closed.
func (c *Call) At(state review.State, now time.Time) review.State {
	if state == Open && !now.Before(c.Deadline()) {
		return Closed
	}
	return state
}
