// Package interchange carries the public part of a catalogue from hub to hub, lossless: as one JSON file, or as a folder
// with one YAML file a version and a register. What one hub's export holds, another hub's export of it holds again, byte
// for byte.
//
// Drafts, what is under review, the words between submitters and curators, calls, and the answers of `sealab verify` are
// no part of it: the first three are not public, the last is computed anew wherever it is shown.
package interchange

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
	"sealab/sim/files"
)

// Format and Version name the form of the files; a reader refuses any other.
const (
	Format  = "sealab-catalog"
	Version = 1
)

// Archive is the public part of a catalogue.
type Archive struct {
	Format   string    `json:"format"`
	Version  int       `json:"version"`
	Editions []Edition `json:"editions"` // by use case and version
}

// Edition is a version of a use case that the public may see.
type Edition struct {
	ID        string          `json:"id"`
	Usecase   string          `json:"usecase"`
	Version   int             `json:"version"`
	State     review.State    `json:"state"`     // published or withdrawn
	Curator   string          `json:"curator"`   // a curator's id, never a name; empty: the hub's own
	Approver  string          `json:"approver"`  // likewise
	Reason    string          `json:"reason"`    // why it was withdrawn
	Created   files.Moment    `json:"created"`   // UTC, to the millisecond, as all times are
	Changed   files.Moment    `json:"changed"`   // when it got its state
	Published files.Moment    `json:"published"` // first
	SHA256    string          `json:"sha256"`    // "sha256:" and the hash of the entry's one form
	History   []Step          `json:"history"`   // oldest first
	Entry     json.RawMessage `json:"entry,omitempty"`

	entry usecase.Entry
}

// Step is a line of the log about a version.
type Step struct {
	At      files.Moment `json:"at"`
	Role    string       `json:"role"`
	Actor   string       `json:"actor"`
	Act     string       `json:"act"`
	Reason  string       `json:"reason"` // of a withdrawal only: what else was said is between submitter and curator
	Content string       `json:"content"`
}

// Of makes an archive of what the public may see of a room.
func Of(ctx context.Context, s *catalog.Store, room string) (*Archive, error) {
	list, err := s.Public(ctx, room)
	if err != nil {
		return nil, err
	}
	history, err := s.PublicHistory(ctx, room)
	if err != nil {
		return nil, err
	}
	a := &Archive{Format: Format, Version: Version, Editions: make([]Edition, len(list))}
	for i := range list {
		e := &list[i]
		a.Editions[i] = Edition{ID: e.ID, Usecase: e.Usecase, Version: e.Version, State: e.State, Curator: e.Curator, Approver: e.Approver,
			Created: files.At(e.Created), Changed: files.At(e.Changed), Published: files.At(e.Published), SHA256: e.Hash(), History: steps(history[e.ID]), entry: e.Entry}
		if e.State == review.Withdrawn {
			a.Editions[i].Reason = e.Reason
		}
	}
	slices.SortFunc(a.Editions, func(a, b Edition) int {
		return cmp.Or(cmp.Compare(a.Usecase, b.Usecase), cmp.Compare(a.Version, b.Version))
	})
	return a, nil
}

func steps(lines []catalog.LogLine) []Step {
	list := make([]Step, len(lines))
	for i := range lines {
		l := &lines[i]
		list[i] = Step{At: files.At(l.At), Role: l.Role, Actor: l.Actor, Act: l.Act, Content: l.Content}
		if l.Act == string(review.Withdrawn) {
			list[i].Reason = l.Reason
		}
	}
	return list
}

// Foreign gives what the archive holds the form in which a store takes it.
func (a *Archive) Foreign() []catalog.Foreign {
	list := make([]catalog.Foreign, len(a.Editions))
	for i := range a.Editions {
		e := &a.Editions[i]
		list[i].Edition = catalog.Edition{ID: e.ID, Usecase: e.Usecase, Version: e.Version, State: e.State, Entry: e.entry, Curator: e.Curator,
			Approver: e.Approver, Reason: e.Reason, Created: e.Created.Time, Changed: e.Changed.Time, Published: e.Published.Time}
		for _, s := range e.History {
			list[i].History = append(list[i].History, catalog.LogLine{At: s.At.Time, Role: s.Role, Actor: s.Actor, Act: s.Act, Reason: s.Reason, Content: s.Content})
		}
	}
	return list
}

// check says all that is wrong with the archive, each with its place.
func (a *Archive) check() error {
	var all []error
	seen, ids := map[string]bool{}, map[string]bool{}
	for i := range a.Editions {
		e := &a.Editions[i]
		at := e.name()
		if seen[at] || ids[e.ID] {
			all = append(all, fmt.Errorf("%s: it is there twice", at))
		}
		seen[at], ids[e.ID] = true, true
		if err := e.check(); err != nil {
			all = append(all, fmt.Errorf("%s: %w", at, err))
		}
	}
	return errors.Join(all...)
}

func (e *Edition) name() string { return fmt.Sprintf("%s version %d", e.Usecase, e.Version) }

// check holds a version against its text and its history, as the log will.
func (e *Edition) check() error {
	if faults := e.entry.Check(); len(faults) > 0 {
		return faults[0]
	}
	switch {
	case e.ID == "" || e.Version < 1:
		return errors.New("id and version: want an id, and a version from 1 on")
	case e.entry.ID != e.Usecase || slices.Contains(usecase.Reserved, e.Usecase):
		return fmt.Errorf("usecase: the text is of use case %q", e.entry.ID)
	case e.State != review.Published && e.State != review.Withdrawn:
		return fmt.Errorf("state: it is %q; allowed are published and withdrawn", e.State)
	case e.Created.IsZero() || e.Changed.IsZero() || e.Published.IsZero():
		return errors.New("created, changed and published: want a time each")
	case e.entry.Hash() != e.SHA256:
		return fmt.Errorf("sha256: the text was changed: its hash is %s", e.entry.Hash())
	case len(e.History) == 0:
		return errors.New("history: want at least the step that published it")
	}
	last := e.History[len(e.History)-1]
	if last.Act != string(e.State) || last.Content != e.SHA256 {
		return fmt.Errorf("history: its last step is %s of %s, and does not fit", last.Act, last.Content)
	}
	return nil
}
