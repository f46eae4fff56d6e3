// Where imported experiments came from.

package catalog

import (
	"context"
	"fmt"
	"time"
)

// Origin says where an imported experiment came from.
type Origin struct {
	Experiment string
	Bundle     string // SHA-256 of the file
	Room       string // it belonged to there
	Results    string // SHA-256 of the conclusion as the bundle has it; empty where it has none
	Imported   time.Time
}

var originColumns = []column[Origin]{
	text("experiment_id", func(o *Origin) *string { return &o.Experiment }),
	text("bundle", func(o *Origin) *string { return &o.Bundle }),
	text("room", func(o *Origin) *string { return &o.Room }),
	text("results", func(o *Origin) *string { return &o.Results }),
	instant("imported_ms", func(o *Origin) *time.Time { return &o.Imported }),
}

// SetOrigin notes where a stored experiment came from. What was noted first stays.
func (s *Store) SetOrigin(ctx context.Context, o Origin) error {
	_, err := s.write.ExecContext(ctx, `INSERT INTO origin (experiment_id, bundle, room, results, imported_ms) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, put(originColumns, &o)...)
	if err != nil {
		return fmt.Errorf("note origin of experiment %s: %w", o.Experiment, explain(err))
	}
	return nil
}

// Origin says where an experiment came from; nil where it was made here.
func (s *Store) Origin(ctx context.Context, experiment string) (*Origin, error) {
	rows, err := cellsOf(ctx, s.read, `SELECT experiment_id, bundle, room, results, imported_ms FROM origin WHERE experiment_id = ?`, experiment)
	if err != nil {
		return nil, fmt.Errorf("read origin of experiment %s: %w", experiment, err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	o := &Origin{}
	if !get(originColumns, o, rows[0]) {
		return nil, fmt.Errorf("read origin of experiment %s: %w: a value has the wrong type", experiment, ErrCorrupt)
	}
	return o, nil
}
