// Experiments: the file as somebody wrote it, how far it has come, and which runs it rests on.

package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"strings"
	"time"

	"sealab/sim"
)

// Draft is the state of an experiment that was written down and not yet run.
const Draft State = "draft"

// Experiment is the kept record of an experiment. Its results are not kept: they follow from its file and runs.
type Experiment struct {
	ID       string
	Room     string // empty: DefaultRoom
	Name     string
	Question string
	File     string // as it was written
	Hash     string // of its canonical form: what an experiment is known by
	State    State
	Reason   string // why it failed or was called off
	Commit   string // of the code that ran it last
	Created  time.Time
	Finished time.Time // zero until it is done
	Runs     int       // trials that have a run; not written, only read
}

var experimentColumns = []column[Experiment]{
	text("id", func(e *Experiment) *string { return &e.ID }),
	text("room", func(e *Experiment) *string { return &e.Room }),
	text("name", func(e *Experiment) *string { return &e.Name }),
	text("question", func(e *Experiment) *string { return &e.Question }),
	text("file", func(e *Experiment) *string { return &e.File }),
	text("hash", func(e *Experiment) *string { return &e.Hash }),
	text("state", func(e *Experiment) *State { return &e.State }),
	text("reason", func(e *Experiment) *string { return &e.Reason }),
	text("code_commit", func(e *Experiment) *string { return &e.Commit }),
	instant("created_ms", func(e *Experiment) *time.Time { return &e.Created }),
	instant("finished_ms", func(e *Experiment) *time.Time { return &e.Finished }),
}

// Link is a trial of an experiment and the run that it rests on.
type Link struct {
	Arm, Scenario string // as the design names them
	Seed          uint64
	Run           string
}

// NewExperimentID makes an id such as "x-1jzs8kq3ab7m2x9c", of the same making as a run's.
func NewExperimentID(now time.Time, random io.Reader) (string, error) {
	id, err := NewRunID(now, random)
	if err != nil {
		return "", fmt.Errorf("make experiment id: %w", err)
	}
	return "x" + strings.TrimPrefix(id, "r"), nil
}

// SaveExperiment stores a new experiment: ErrExists if its id is taken, ErrNotFound for an unknown room.
func (s *Store) SaveExperiment(ctx context.Context, e *Experiment) error {
	c := *e
	c.Room = roomName(c.Room)
	err := checkID(c.ID)
	if err == nil {
		err = s.inTx(ctx, func(tx *sql.Tx) error {
			if err := checkRoom(ctx, tx, c.Room); err != nil {
				return err
			}
			marks := strings.TrimSuffix(strings.Repeat("?, ", len(experimentColumns)), ", ")
			_, err := tx.ExecContext(ctx, "INSERT INTO experiment ("+strings.Join(names(experimentColumns), ", ")+") VALUES ("+marks+")",
				put(experimentColumns, &c)...)
			return explain(err)
		})
	}
	if err != nil {
		return fmt.Errorf("save experiment %s: %w", e.ID, err)
	}
	return nil
}

// SetExperimentState says how far an experiment has come, why, and by which code; finished is zero while it is not
// done. ErrNotFound if there is no such experiment.
func (s *Store) SetExperimentState(ctx context.Context, e *Experiment) error {
	done, err := s.write.ExecContext(ctx, `UPDATE experiment SET state = ?, reason = ?, code_commit = ?, finished_ms = ? WHERE id = ?`,
		string(e.State), e.Reason, e.Commit, milliseconds(e.Finished), e.ID)
	if err == nil {
		err = changed(done)
	}
	if err != nil {
		return fmt.Errorf("set state of experiment %s: %w", e.ID, explain(err))
	}
	return nil
}

// changed is ErrNotFound where a statement found no row.
func changed(done sql.Result) error {
	n, err := done.RowsAffected()
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}

// LinkRun notes which run a trial of an experiment rests on, in place of what it rested on before. ErrNotFound if there
// is no such experiment or run.
func (s *Store) LinkRun(ctx context.Context, experiment string, l Link) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		if l.Seed >= sim.MaxSeed {
			return fmt.Errorf("%w: the seed %d is not below 2^53", ErrUnfit, l.Seed)
		}
		if err := tx.QueryRowContext(ctx, `SELECT 1 FROM run WHERE id = ?`, l.Run).Scan(new(int)); err != nil {
			return explain(err)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO experiment_run (experiment_id, arm, scenario, seed, run_id) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET run_id = excluded.run_id`, experiment, l.Arm, l.Scenario, int64(l.Seed), l.Run)
		return explain(err)
	})
	if err != nil {
		return fmt.Errorf("link run %s to experiment %s: %w", l.Run, experiment, err)
	}
	return nil
}

// Links lists the runs that an experiment rests on, by arm, scenario and seed; deleted runs are among them.
func (s *Store) Links(ctx context.Context, experiment string) ([]Link, error) {
	rows, err := cellsOf(ctx, s.read, `SELECT arm, scenario, seed, run_id FROM experiment_run WHERE experiment_id = ?
		ORDER BY arm, scenario, seed`, experiment)
	if err != nil {
		return nil, fmt.Errorf("list runs of experiment %s: %w", experiment, err)
	}
	list := make([]Link, len(rows))
	for i, row := range rows {
		l := &list[i]
		ok := take(row[0], func(v string) { l.Arm = v }) && take(row[1], func(v string) { l.Scenario = v }) &&
			take(row[2], func(v int64) { l.Seed = uint64(v) }) && take(row[3], func(v string) { l.Run = v })
		if !ok {
			return nil, fmt.Errorf("list runs of experiment %s: %w: a value has the wrong type", experiment, ErrCorrupt)
		}
	}
	return list, nil
}
