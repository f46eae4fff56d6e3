// What the last check said of an experiment as a whole: kept among the hub's own facts, so that a page need not ask.

package proof

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"sealab/catalog"
)

// Note is what the last check said of an experiment as a whole.
type Note struct {
	Checked time.Time `json:"checked"`
	Commit  string    `json:"commit" doc:"of the code that checked"`
	Digest  string    `json:"digest" doc:"of the conclusion as this code works it out; empty where it cannot"`
	Same    *bool     `json:"same" doc:"as the one that was published; null where none was"`
	Reason  string    `json:"reason,omitempty" doc:"why it cannot be worked out, or how it differs"`
	Gone    int       `json:"gone" doc:"runs that it rested on and that were deleted"`
	Failed  string    `json:"failed,omitempty" doc:"why the check did not come to its end"`
}

func noteKey(experiment string) string { return "proof " + experiment }

// Keep keeps a note in place of the one before.
func (n Note) Keep(ctx context.Context, in *catalog.Store, experiment string) error {
	text, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("note check of experiment %s: %w", experiment, err)
	}
	return in.SetMeta(ctx, noteKey(experiment), string(text))
}

// LastNote is what a code said of an experiment last; nil where it never did, or another code did since.
func LastNote(ctx context.Context, from *catalog.Store, experiment, commit string) (*Note, error) {
	text, err := from.Meta(ctx, noteKey(experiment))
	if errors.Is(err, catalog.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	n := &Note{}
	if err := json.Unmarshal([]byte(text), n); err != nil {
		return nil, fmt.Errorf("read check of experiment %s: %w", experiment, err)
	}
	if n.Commit != commit {
		return nil, nil
	}
	return n, nil
}
