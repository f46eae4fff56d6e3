// Runs that one leaderboard is made of: those of a scenario with exactly these settings, terms and seeds.

package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sealab/pocs"
	"sealab/sim"
)

// Entry is what a leaderboard needs of a run: thousands of them are read at once.
type Entry struct {
	ID, PoC, Carrier, Commit string
	Params                   pocs.Params
	Seed                     uint64
	Verdict                  pocs.Verdict
	Digest, WorldDigest      string
	Started                  time.Time
	Values                   map[string]*float64 // of the query's measures; nil where the run has none

	identity string
}

// EntryQuery says which entries are meant.
type EntryQuery struct {
	Room      string // empty: DefaultRoom
	Challenge string
	Scenario  string
	Settings  []sim.Settings // all of the scenario's, resolved; a run may have any of these sets
	Terms     pocs.Terms
	Seeds     []uint64
	Measures  []string
}

var entryColumns = []column[Entry]{
	text("id", func(e *Entry) *string { return &e.ID }),
	text("poc", func(e *Entry) *string { return &e.PoC }),
	text("carrier", func(e *Entry) *string { return &e.Carrier }),
	text("code_commit", func(e *Entry) *string { return &e.Commit }),
	whole("seed", func(e *Entry) *uint64 { return &e.Seed }),
	text("verdict", func(e *Entry) *pocs.Verdict { return &e.Verdict }),
	text("digest", func(e *Entry) *string { return &e.Digest }),
	text("world_digest", func(e *Entry) *string { return &e.WorldDigest }),
	instant("started_ms", func(e *Entry) *time.Time { return &e.Started }),
	text("identity", func(e *Entry) *string { return &e.identity }),
}

// Entries gives the whole runs that fit and are not deleted, the newest first. Settings are not read from the store: a
// run has them if its identity says so.
func (s *Store) Entries(ctx context.Context, q EntryQuery) ([]Entry, error) {
	if len(q.Seeds) == 0 {
		return nil, nil
	}
	where, args := q.where()
	list, err := s.entries(ctx, q.Measures, where, args)
	if err == nil {
		err = s.readParams(ctx, list, where, args)
	}
	if err != nil {
		return nil, fmt.Errorf("read entries: %w", err)
	}
	return q.fitting(list), nil
}

func (q *EntryQuery) where() (string, []any) {
	return `room = ? AND state = 'done' AND challenge = ? AND scenario = ? AND seed BETWEEN ? AND ? AND grace_ns = ? AND base_rate = ?
			AND flow_per_day = ? AND check_cost IS ? AND check_co2e_kg IS ? AND id NOT IN (SELECT run_id FROM trash)`,
		[]any{roomName(q.Room), q.Challenge, q.Scenario, int64(slices.Min(q.Seeds)), int64(slices.Max(q.Seeds)), int64(q.Terms.Grace),
			q.Terms.BaseRate, q.Terms.FlowPerDay, nullable(q.Terms.CheckCost), nullable(q.Terms.CheckCO2eKg)}
}

func (s *Store) entries(ctx context.Context, measures []string, where string, args []any) ([]Entry, error) {
	var all []any
	query := "SELECT " + strings.Join(names(entryColumns), ", ")
	for _, m := range measures {
		query += ", (SELECT value FROM score WHERE run_id = run.id AND measure = ?)"
		all = append(all, m)
	}
	cells, err := cellsOf(ctx, s.read, query+" FROM run WHERE "+where+" ORDER BY started_ms DESC, id DESC", append(all, args...)...)
	if err != nil {
		return nil, err
	}
	list := make([]Entry, len(cells))
	for i, row := range cells {
		e := &list[i]
		ok := get(entryColumns, e, row)
		e.Params, e.Values = pocs.Params{}, make(map[string]*float64, len(measures))
		for m, measure := range measures {
			cell := row[len(entryColumns)+m]
			e.Values[measure] = nil
			ok = ok && (cell == nil || take(cell, func(f float64) { e.Values[measure] = &f }))
		}
		if !ok {
			return nil, fmt.Errorf("%w: run %s holds a value of the wrong type", ErrCorrupt, e.ID)
		}
	}
	return list, nil
}

// readParams fills in the parameters.
func (s *Store) readParams(ctx context.Context, list []Entry, where string, args []any) error {
	at := make(map[string]*Entry, len(list))
	for i := range list {
		at[list[i].ID] = &list[i]
	}
	cells, err := cellsOf(ctx, s.read, `SELECT run_id, name, value FROM run CROSS JOIN setting ON run_id = run.id AND kind = 'param' WHERE `+where, args...)
	if err != nil {
		return err
	}
	for _, row := range cells {
		run, _ := row[0].(string)
		name, _ := row[1].(string)
		value, ok := row[2].(float64)
		if !ok {
			return fmt.Errorf("%w: run %s holds a value of the wrong type", ErrCorrupt, run)
		}
		if e := at[run]; e != nil { // not one that was saved since
			e.Params[name] = value
		}
	}
	return nil
}

// fitting keeps the entries whose identity is that of the query's seeds and settings.
func (q *EntryQuery) fitting(list []Entry) []Entry {
	seeds := make(map[uint64]bool, len(q.Seeds))
	for _, seed := range q.Seeds {
		seeds[seed] = true
	}
	var sets [][]byte
	for _, set := range q.Settings {
		sets = append(sets, appendNumbers(nil, set))
	}
	var out []Entry
	for i := range list {
		e := &list[i]
		is := Identity{Room: q.Room, Commit: e.Commit, Challenge: q.Challenge, Scenario: q.Scenario, PoC: e.PoC, Params: e.Params,
			Seed: e.Seed, Carrier: e.Carrier, Terms: q.Terms}
		if seeds[e.Seed] && slices.ContainsFunc(sets, func(set []byte) bool { return is.sumWith(set) == e.identity }) {
			out = append(out, *e)
		}
	}
	return out
}
