// The measures of an experiment's runs, by one query: a page that needs two figures of thousands of runs does not read
// the runs.

package catalog

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Linked is a trial of an experiment with some figures of its run.
type Linked struct {
	Link
	Reason  string              // why the run failed
	Digest  string              // of the run
	Elapsed time.Duration       // that it took to play
	Values  map[string]*float64 // of the measures asked for; nil where the run has none
}

// LinkedMeasures lists the ended runs that an experiment rests on, by arm, scenario and seed, with these measures.
// Deleted runs are left out.
func (s *Store) LinkedMeasures(ctx context.Context, experiment string, measures ...string) ([]Linked, error) {
	var args []any
	columns := "l.arm, l.scenario, l.seed, r.id, r.reason, r.elapsed_ns, r.digest"
	joins := ""
	for i, m := range measures {
		columns += fmt.Sprintf(", s%d.value", i)
		joins += fmt.Sprintf(" LEFT JOIN score s%d ON s%d.run_id = r.id AND s%d.measure = ?", i, i, i)
		args = append(args, m)
	}
	query := strings.Join([]string{"SELECT", columns, "FROM experiment_run l JOIN run r ON r.id = l.run_id", joins,
		"WHERE l.experiment_id = ? AND r.state IN ('done', 'failed') AND r.id NOT IN (SELECT run_id FROM trash) ORDER BY l.arm, l.scenario, l.seed"}, " ")
	rows, err := cellsOf(ctx, s.read, query, append(args, experiment)...)
	if err != nil {
		return nil, fmt.Errorf("list measures of experiment %s: %w", experiment, err)
	}
	list := make([]Linked, len(rows))
	for i, row := range rows {
		if !list[i].take(row, measures) {
			return nil, fmt.Errorf("list measures of experiment %s: %w: a value has the wrong type", experiment, ErrCorrupt)
		}
	}
	return list, nil
}

func (l *Linked) take(row []any, measures []string) bool {
	l.Values = make(map[string]*float64, len(measures))
	ok := take(row[0], func(v string) { l.Arm = v }) && take(row[1], func(v string) { l.Scenario = v }) &&
		take(row[2], func(v int64) { l.Seed = uint64(v) }) && take(row[3], func(v string) { l.Run = v }) &&
		take(row[4], func(v string) { l.Reason = v }) && take(row[5], func(v int64) { l.Elapsed = time.Duration(v) }) && take(row[6], func(v string) { l.Digest = v })
	for i, m := range measures {
		l.Values[m] = nil
		ok = ok && (row[7+i] == nil || take(row[7+i], func(v float64) { l.Values[m] = &v }))
	}
	return ok
}
