// A run's identity: what decides its outcome, so that an experiment knows which of its runs it has already.

package catalog

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/event"
)

// Identity is what decides a run. Terms belong to it because one world judged at another base rate or cost has another
// score. The room does too: it salts the detector's dice.
type Identity struct {
	Room      string // empty: DefaultRoom
	Commit    string
	Challenge string
	Scenario  string
	Extends   string // the scenario whose recipe that is; empty: it is its own
	Settings  sim.Settings
	PoC       string
	Params    pocs.Params
	Seed      uint64
	Carrier   string
	Terms     pocs.Terms
}

// IdentityOf gives a run's identity.
func IdentityOf(r *pocs.Run) Identity {
	return Identity{r.Room, r.Commit, r.Challenge, r.Scenario, r.Extends, r.Settings, r.PoC, r.Params, r.Seed, r.Carrier, r.Terms}
}

// sum is the identity as it is stored and looked up.
func (i Identity) sum() string { return i.sumWith(appendNumbers(nil, i.Settings)) }

// sumWith is the sum with these settings, as appendNumbers gives them: for whoever sums many runs of equal ones.
func (i Identity) sumWith(settings []byte) string {
	b := make([]byte, 0, 512+len(settings))
	b = append(b, "sealab identity 1\n"...)
	for _, s := range []string{roomName(i.Room), i.Commit, i.Challenge, i.Scenario, i.PoC, i.Carrier} {
		b = event.AppendString(b, s)
	}
	t := i.Terms
	for _, v := range []any{int64(i.Seed), int64(t.Grace), unsigned(t.BaseRate), unsigned(t.FlowPerDay),
		nullable(t.CheckCost), nullable(t.CheckCO2eKg)} {
		b = appendValue(b, v)
	}
	b = appendNumbers(append(b, settings...), i.Params)
	if i.Extends != "" { // left out where it says nothing, so that identities of old stay
		b = event.AppendString(b, i.Extends)
	}
	sum := sha256.Sum256(b)
	return event.FormatSum(sum[:])
}

// appendNumbers writes a map of numbers, by name.
func appendNumbers(b []byte, m map[string]float64) []byte {
	b = appendValue(b, int64(len(m)))
	for _, name := range sorted(m) {
		b = appendValue(event.AppendString(b, name), unsigned(m[name]))
	}
	return b
}

// FindRun looks for a whole run of this identity that is not deleted, and gives the newest. Failed and unfinished runs
// do not count: they are what is missing.
func (s *Store) FindRun(ctx context.Context, what Identity) (id string, found bool, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT id FROM run WHERE identity = ? AND state = 'done'
		AND id NOT IN (SELECT run_id FROM trash) ORDER BY started_ms DESC, id DESC LIMIT 1`, what.sum()).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("find run: %w", explain(err))
	}
	return id, true, nil
}
