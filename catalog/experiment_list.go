// Finding experiments, and putting them aside.

package catalog

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sealab/catalog/query"
)

// ExperimentQuery says which experiments a table shows, newest first unless it says so. The zero value asks for all of DefaultRoom.
type ExperimentQuery struct {
	Room    string     // empty: DefaultRoom
	State   State      // empty: all
	Hash    string     // of the canonical form; empty: all
	Tag     string     // that they carry; empty: all
	Text    string     // found in id, name, question or file, whatever the case of ASCII letters
	Deleted bool       // those in the trash instead
	Own     bool       // leave out those that were imported
	Where   query.Node // a query over ExperimentFields; the zero value fits all

	Order     string // a field of ExperimentFields; empty: created. Of several texts the first in the alphabet counts.
	Ascending bool   // default: newest, largest or last in the alphabet first; null values come last either way
	Limit     int    // 0: all
	Offset    int
}

func (q ExperimentQuery) where() (string, []any) {
	terms, args := []string{"room = ?", "id NOT IN (SELECT experiment_id FROM experiment_trash)"}, []any{roomName(q.Room)}
	if q.Deleted {
		terms[1] = "id IN (SELECT experiment_id FROM experiment_trash)"
	}
	for _, f := range []struct {
		value, term string
	}{{string(q.State), "state = ?"}, {q.Hash, "hash = ?"}, {q.Tag, "id IN (SELECT owner FROM tag WHERE tag = ?)"},
		{query.Lower(q.Text), "instr(lower(id || char(10) || name || char(10) || question || char(10) || file), ?) > 0"}} {
		if f.value != "" {
			terms, args = append(terms, f.term), append(args, f.value)
		}
	}
	if len(q.Where.Kids) > 0 || q.Where.Op == query.Compare {
		c := compile(&q.Where, experimentPlace)
		terms, args = append(terms, c.sql), append(args, c.args...)
	}
	if q.Own {
		terms = append(terms, "id NOT IN (SELECT experiment_id FROM origin)")
	}
	return strings.Join(terms, " AND "), args
}

// order gives the ORDER BY clause. Ties are broken by id, so that pages neither overlap nor leave one out.
func (q ExperimentQuery) order() (string, []any) {
	direction := "DESC"
	if q.Ascending {
		direction = "ASC"
	}
	by := clause{sql: "created_ms"}
	if q.Order != "" {
		by = experimentPlace(q.Order).value()
	}
	return fmt.Sprintf("ORDER BY %s %s NULLS LAST, id %s", by.sql, direction, direction), by.args
}

// Experiments gives a page of the experiments that a query asks for.
func (s *Store) Experiments(ctx context.Context, q ExperimentQuery) ([]Experiment, error) {
	where, args := q.where()
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	order, ordered := q.order()
	list, err := s.experiments(ctx, where+" "+order+" LIMIT ? OFFSET ?", append(append(args, ordered...), limit, max(q.Offset, 0))...)
	if err != nil {
		return nil, fmt.Errorf("list experiments: %w", err)
	}
	return list, nil
}

// CountExperiments says how many experiments a query asks for, on all pages together.
func (s *Store) CountExperiments(ctx context.Context, q ExperimentQuery) (int, error) {
	where, args := q.where()
	var n int
	if err := s.read.QueryRowContext(ctx, "SELECT count(*) FROM experiment WHERE "+where, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count experiments: %w", explain(err))
	}
	return n, nil
}

// Experiment reads one; ErrNotFound for an unknown or deleted one.
func (s *Store) Experiment(ctx context.Context, id string) (*Experiment, error) {
	list, err := s.experiments(ctx, "id = ? AND id NOT IN (SELECT experiment_id FROM experiment_trash)", id)
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("%w; sealab list experiments shows those there are", ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("read experiment %s: %w", id, err)
	}
	return &list[0], nil
}

func (s *Store) experiments(ctx context.Context, where string, args ...any) ([]Experiment, error) {
	columns := strings.Join(names(experimentColumns), ", ")
	rows, err := cellsOf(ctx, s.read, `SELECT `+columns+`, (SELECT count(*) FROM experiment_run WHERE experiment_id = id)
		FROM experiment WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	list := make([]Experiment, len(rows))
	for i, row := range rows {
		e, last := &list[i], len(experimentColumns)
		if !get(experimentColumns, e, row) || !take(row[last], func(n int64) { e.Runs = int(n) }) {
			return nil, fmt.Errorf("%w: experiment %s holds a value of the wrong type", ErrCorrupt, e.ID)
		}
	}
	return list, nil
}

// DeleteExperiment puts an experiment into the trash; its runs stay. ErrNotFound if there is no such experiment;
// deleting it twice is no error.
func (s *Store) DeleteExperiment(ctx context.Context, id string) error {
	_, err := s.write.ExecContext(ctx, `INSERT INTO experiment_trash (experiment_id, deleted_ms) VALUES (?, ?) ON CONFLICT DO NOTHING`,
		id, time.Now().UnixMilli())
	if err != nil {
		return fmt.Errorf("delete experiment %s: %w", id, explain(err))
	}
	return nil
}

// UndeleteExperiment takes an experiment out of the trash. ErrNotFound if it is not in it.
func (s *Store) UndeleteExperiment(ctx context.Context, id string) error {
	done, err := s.write.ExecContext(ctx, `DELETE FROM experiment_trash WHERE experiment_id = ?`, id)
	if err == nil {
		err = changed(done)
	}
	if err != nil {
		return fmt.Errorf("undelete experiment %s: %w", id, explain(err))
	}
	return nil
}
