package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// intruder opens the database as any SQLite client can, with every check off.
func intruder(tb testing.TB, dir string) *sql.DB {
	tb.Helper()
	db := must(dial(context.Background(), database(dir), 1, url.Values{}))
	tb.Cleanup(func() { db.Close() })
	must(db.Exec(`PRAGMA foreign_keys = off; PRAGMA ignore_check_constraints = on`))
	return db
}

// unsealed are the tables that hold nothing of a run's record.
var unsealed = []string{"meta", "room", "trash", "experiment", "experiment_run", "experiment_trash", "tag", "note",
	"verification", "world_check", "kept_world", "kept_events", "origin", "fork",
	"edition", "remark", "log", "curator", "session", "evidence", "call", "call_answer"}

// TestSealOfWhatExtendsNothing: runs that were sealed before scenarios could extend one another stay whole, and a base
// that is put in afterwards, altered or taken out is found out.
func TestSealOfWhatExtendsNothing(t *testing.T) {
	plain, extending := sample(1), sample(2)
	extending.Extends = "northern"
	if got := must(SumsOf(plain)).Record; got != "sha256:96df64bbb99550a2a5c710d32491d92253408079c57c6d309261f321b6cd8f2f" {
		t.Errorf("the record's sum is %s: sealed runs of old would be called altered", got)
	}
	dir := t.TempDir()
	mustSave(t, mustOpen(t, dir), plain, extending)
	db := intruder(t, dir)
	for id, wrongs := range map[string][]string{plain.ID: {"northern"}, extending.ID: {"", "southern"}} {
		for _, wrong := range wrongs {
			list := afterwards(t, db, id, `UPDATE run SET extends = ? WHERE id = ?`, wrong, id)
			if !slices.ContainsFunc(list, func(a Altered) bool { return strings.Contains(a.Record, "extends") }) {
				t.Errorf("%s: %q as what it extends was not found out: %v", id, wrong, list)
			}
		}
	}
}

// TestEveryAlteredCellIsFound changes every cell of every row of every table that the schema has now or will have.
func TestEveryAlteredCellIsFound(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	r := sample(1)
	mustSave(t, s, r)
	db := intruder(t, dir)
	tried := 0
	for _, table := range tablesOf(t, db) {
		columns, rows := everything(t, db, table)
		if slices.Contains(unsealed, table) {
			continue
		}
		if len(rows) == 0 {
			t.Errorf("the sample run has no row in %s: fill it, or name the table in unsealed", table)
		}
		for _, row := range rows {
			for c := range columns {
				wrongs := spoiled(row[c])
				if testing.Short() {
					wrongs = wrongs[:1]
				}
				for _, wrong := range wrongs {
					tried++
					set := fmt.Sprintf("UPDATE %s SET %s = ? WHERE %s", table, columns[c], same(columns))
					list := afterwards(t, db, r.ID, set, append([]any{wrong}, row...)...)
					if len(list) == 0 {
						t.Errorf("%s.%s: %q in place of %q was not found out", table, columns[c], fmt.Sprint(wrong), fmt.Sprint(row[c]))
					}
				}
			}
			list := afterwards(t, db, r.ID, fmt.Sprintf("DELETE FROM %s WHERE %s", table, same(columns)), row...)
			if len(list) == 0 {
				t.Errorf("%s: the removed row %v was not found out", table, row)
			}
		}
	}
	if t.Logf("%d alterations", tried); tried < 500 {
		t.Errorf("only %d alterations were tried", tried)
	}
}

func tablesOf(tb testing.TB, db *sql.DB) (tables []string) {
	tb.Helper()
	for _, row := range must(cellsOf(context.Background(), db, `SELECT name FROM sqlite_schema WHERE type = 'table'`)) {
		tables = append(tables, row[0].(string))
	}
	return tables
}

func everything(tb testing.TB, db *sql.DB, table string) (columns []string, rows [][]any) {
	tb.Helper()
	for _, row := range must(cellsOf(context.Background(), db, `SELECT name FROM pragma_table_info(?)`, table)) {
		columns = append(columns, row[0].(string))
	}
	return columns, must(cellsOf(context.Background(), db, "SELECT "+strings.Join(columns, ", ")+" FROM "+table))
}

func same(columns []string) string { return strings.Join(columns, " IS ? AND ") + " IS ?" }

// spoiled gives wrong values of the same type: each byte of a text flipped, the last bits of a number.
func spoiled(cell any) (list []any) {
	switch v := cell.(type) {
	case nil:
		return []any{int64(1), 1.5, "x"} // the column's type lets one of them in
	case int64:
		return []any{v + 1, -v - 1, v ^ 1<<40}
	case float64:
		return []any{math.Nextafter(v, 1e9), -v - 1}
	case []byte:
		for i := range v {
			b := slices.Clone(v)
			b[i] ^= 1
			list = append(list, b)
		}
		return append(list, []byte{})
	case string:
		for i := range len(v) {
			b := []byte(v)
			b[i] ^= 1
			list = append(list, string(b))
		}
		return append(list, v+"x", v+"\x00")
	}
	panic(fmt.Sprintf("spoil: no wrong value for a %T", cell))
}

// afterwards alters the store, verifies the run, and takes the alteration back. What SQLite itself refuses and a run
// that is no longer found count as found out.
func afterwards(tb testing.TB, db *sql.DB, id, query string, args ...any) []Altered {
	tb.Helper()
	tx := must(db.Begin())
	defer tx.Rollback()
	done, err := tx.Exec(query, args...)
	if err != nil {
		return []Altered{{"", "refused: " + err.Error()}}
	}
	if n := must(done.RowsAffected()); n != 1 {
		tb.Fatalf("%s %q altered %d rows", query, args, n)
	}
	list, err := verify(context.Background(), tx, id)
	if errors.Is(err, ErrNotFound) {
		return []Altered{{"", "gone"}}
	}
	if err != nil {
		tb.Fatalf("%s %q: %v", query, args, err)
	}
	return list
}

func TestAlteredRecordsAreNamed(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	r := sample(1)
	mustSave(t, s, r)
	db := intruder(t, dir)
	for query, want := range map[string]string{
		`UPDATE finding SET why = replace(why, 'door', 'Door') WHERE n = 3`:                                      "finding 3: changed",
		`DELETE FROM finding WHERE n = 5`:                                                                        "finding 5: removed",
		`INSERT INTO finding SELECT run_id, 6, at_ms, container, kind, level, why FROM finding WHERE n = 1`:      "finding 6: added",
		`UPDATE judgement SET value = 0.5 WHERE n = 1`:                                                           "judgement 1: changed",
		`UPDATE matched SET finding = 2 WHERE n = 1`:                                                             "match of incident 1: changed",
		`UPDATE incident SET heard_ms = heard_ms + 1 WHERE n = 1`:                                                "incident bolt_cut/1/SLB-00000000: changed",
		`DELETE FROM incident WHERE n = 3`:                                                                       "incident rope_cut/1/SLB-00000002: removed",
		`UPDATE trip SET to_node = 'KEMBB' WHERE n = 2`:                                                          "trip T-1: changed",
		`UPDATE score SET value = 0.99 WHERE measure = 'recall'`:                                                 "score recall: changed",
		`UPDATE score SET value = NULL WHERE measure = 'recall'`:                                                 "score recall: changed",
		`UPDATE setting SET value = 101 WHERE name = 'seals'`:                                                    "setting seals: changed",
		`UPDATE setting SET value = 2 WHERE name = 'strikes'`:                                                    "param strikes: changed",
		`UPDATE run SET world_digest = 'sha256:00112234'`:                                                        "digest world: changed",
		`UPDATE run SET code_commit = '0'`:                                                                       "commit: changed",
		`UPDATE run SET hits = 5`:                                                                                "count hits: changed",
		`UPDATE truth SET seal_days = 1`:                                                                         "truth seal_days: changed",
		`UPDATE manifest SET sha256 = x'00' WHERE name = 'score recall'`:                                         "manifest of score recall: changed",
		`DELETE FROM manifest WHERE name = 'score recall'`:                                                       "manifest of score recall: removed",
		`INSERT INTO manifest SELECT owner, 999, 'score fame', sha256 FROM manifest WHERE name = 'score recall'`: "manifest of score fame: added",
		`DELETE FROM seal WHERE owner = 'r-00000001'`:                                                            "seal: removed",
		`UPDATE seal SET sha256 = x'00' WHERE owner = 'r-00000001'`:                                              "seal: changed",
		`UPDATE seal SET records = 1 WHERE owner = 'r-00000001'`:                                                 "seal: changed",
	} {
		if list := afterwards(t, db, r.ID, query); len(list) != 1 || list[0].String() != want {
			t.Errorf("%s: got %v, want %s", query, list, want)
		}
	}
}

// TestResealedIsStillFound plays an intruder who knows how the seals are made.
func TestResealedIsStillFound(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	r, forged := sample(1), sample(1)
	forged.Findings[2].Level = 1
	forged.Truth.Incidents[1].Hostile = true
	mustSave(t, s, r)
	db := intruder(t, dir)
	tx := must(db.Begin())
	must(tx.Exec(`UPDATE finding SET level = 1 WHERE n = 3; UPDATE incident SET hostile = 1 WHERE n = 2;
		DELETE FROM manifest; DELETE FROM seal`))
	ctx, at := context.Background(), must(locate(context.Background(), tx, r.ID))
	for owner, parts := range map[string][]part{r.ID: runParts, at.truth: truthParts} {
		if err := seal(ctx, tx, owner, must(stored(ctx, tx, owner, parts)).now); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	list := must(s.VerifyStored(ctx, r.ID))
	if len(list) != 2 || list[0].Record != "truth" || list[1].Record != "digest findings" {
		t.Errorf("without playing again: got %v", list)
	}
	list = Diff(must(s.Run(ctx, r.ID)), r)
	if len(list) != 2 || list[0].Record != "finding 3" || list[1].Record != "incident crane_shock/1/SLB-00000001" {
		t.Errorf("played again: got %v", list)
	}
}

// TestSharedTruth: five arms in one world keep one truth, and another room's is its own.
func TestSharedTruth(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	if err := addRoom(context.Background(), s.write, "guests"); err != nil {
		t.Fatal(err)
	}
	guest := sample(3)
	guest.Room = "guests"
	mustSave(t, s, sample(1), sample(2), guest)
	db := intruder(t, dir)
	if _, rows := everything(t, db, "truth"); len(rows) != 2 {
		t.Errorf("%d truths are stored, want 2", len(rows))
	}
	must(db.Exec(`UPDATE trip SET seal = 'SLB-00000002' WHERE n = 1 AND truth_id = (SELECT truth_id FROM run WHERE id = 'r-00000001')`))
	for id, want := range map[string]int{"r-00000001": 1, "r-00000002": 1, "r-00000003": 0} {
		if list := must(s.VerifyStored(context.Background(), id)); len(list) != want {
			t.Errorf("%s: got %v, want %d", id, list, want)
		}
	}
}
