// Package review is the way of a use case from a draft to the catalogue: its states, who may take which step, and what
// a step must say. It knows no store and no page (reference "catalogue", section 5).
//
// One curator alone can run it: approval and publication stay two decisions, taken by one person unless the hub asks for
// two. What is refused says why, and what would be allowed.
package review

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// State is where a version stands.
type State string

// The states of a version.
const (
	Draft            State = "draft"
	Sent             State = "submitted"
	InReview         State = "in-review"
	ChangesRequested State = "changes-requested"
	Approved         State = "approved"
	Published        State = "published"
	Withdrawn        State = "withdrawn"
)

// States lists all of them, in the order of the way.
var States = []State{Draft, Sent, InReview, ChangesRequested, Approved, Published, Withdrawn}

// Open reports whether the submitter may still change the text.
func (s State) Open() bool { return s == Draft || s == ChangesRequested }

// Role is in which capacity somebody acts.
type Role string

// The roles.
const (
	Submitter Role = "submitter" // whoever holds the personal link
	Curator   Role = "curator"   // reviews, edits and publishes
	Hub       Role = "hub"       // the program itself, with what it ships
)

// Step is one step that is allowed.
type Step struct {
	From, To State
	By       Role
	Reason   bool // it must be given
	Whole    bool // the entry must be whole: no fault left
	Other    bool // not by whoever wrote it, nor by anyone of the same organization
	Second   bool // where two persons are asked for, not by the curator who approved
}

// Way is all steps that are allowed with something.
type Way []Step

// Steps is the way of a use case.
var Steps = Way{
	{From: Draft, To: Sent, By: Submitter, Whole: true},
	{From: ChangesRequested, To: Sent, By: Submitter, Whole: true},
	{From: Sent, To: InReview, By: Curator},
	{From: InReview, To: ChangesRequested, By: Curator, Reason: true},
	{From: InReview, To: Approved, By: Curator, Whole: true, Other: true},
	{From: Approved, To: Published, By: Curator, Whole: true, Second: true},
	{From: Approved, To: InReview, By: Curator, Reason: true},
	{From: Draft, To: Withdrawn, By: Submitter},
	{From: Sent, To: Withdrawn, By: Submitter},
	{From: InReview, To: Withdrawn, By: Submitter},
	{From: ChangesRequested, To: Withdrawn, By: Submitter},
	{From: Sent, To: Withdrawn, By: Curator, Reason: true},
	{From: InReview, To: Withdrawn, By: Curator, Reason: true},
	{From: ChangesRequested, To: Withdrawn, By: Curator, Reason: true},
	{From: Published, To: Withdrawn, By: Curator, Reason: true},
	{From: Draft, To: Published, By: Hub, Whole: true},
}

// Refusals; the errors of Check wrap one of them.
var (
	ErrStep   = errors.New("this step is not allowed")
	ErrReason = errors.New("a reason is wanted")
	ErrFaults = errors.New("the entry is not whole")
	ErrOwn    = errors.New("nobody approves an entry of his own organization")
	ErrSecond = errors.New("this hub wants two persons: whoever approved does not publish")
)

// Move is a step that somebody wants to take.
type Move struct {
	To           State
	By           Role
	Reason       string
	Faults       int    // that the entry has
	Organization string // of whoever acts
	Author       string // organization of whoever wrote the entry
	Actor        string // who acts
	Approver     string // who approved, where somebody did
	TwoPersons   bool   // the hub asks for two
}

// Check says whether a version in a state may take a step; nil if so. The first thing that stands against it is told.
func Check(from State, m Move) error { return Steps.Check(from, m) }

// Check says whether something in a state may take a step, as the function Check does for a use case.
func (w Way) Check(from State, m Move) error {
	i := slices.IndexFunc(w, func(s Step) bool { return s.From == from && s.To == m.To && s.By == m.By })
	if i < 0 {
		return fmt.Errorf("%w: from %s, a %s may go to %s", ErrStep, from, m.By, w.nextWords(from, m.By))
	}
	s := w[i]
	switch {
	case s.Reason && strings.TrimSpace(m.Reason) == "":
		return fmt.Errorf("%w for the step from %s to %s: say what is wrong and what would help", ErrReason, from, m.To)
	case s.Whole && m.Faults > 0:
		return fmt.Errorf("%w: %d fields need an answer", ErrFaults, m.Faults)
	case s.Other && sameOrganization(m.Organization, m.Author):
		return ErrOwn
	case s.Second && m.TwoPersons && m.Actor == m.Approver:
		return ErrSecond
	}
	return nil
}

// Next lists where a role may take a version from a state.
func Next(from State, by Role) []State { return Steps.Next(from, by) }

// Next lists where a role may take something from a state.
func (w Way) Next(from State, by Role) (list []State) {
	for _, s := range w {
		if s.From == from && s.By == by {
			list = append(list, s.To)
		}
	}
	return list
}

// WantsReason reports whether a step must say why.
func WantsReason(from, to State, by Role) bool { return Steps.WantsReason(from, to, by) }

// WantsReason reports whether a step must say why.
func (w Way) WantsReason(from, to State, by Role) bool {
	return slices.ContainsFunc(w, func(s Step) bool { return s.From == from && s.To == to && s.By == by && s.Reason })
}

func (w Way) nextWords(from State, by Role) string {
	var words []string
	for _, s := range w.Next(from, by) {
		words = append(words, string(s))
	}
	if len(words) == 0 {
		return "no other state"
	}
	return strings.Join(words, ", ")
}

// sameOrganization compares names as people write them; who names none is of none.
func sameOrganization(a, b string) bool {
	fold := func(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }
	return fold(a) != "" && fold(a) == fold(b)
}
