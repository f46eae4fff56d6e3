package catalog

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// mustScript makes a database file from SQL.
func mustScript(tb testing.TB, path, script string) {
	tb.Helper()
	db := must(sql.Open("sqlite3", path))
	defer db.Close()
	if _, err := db.Exec(script); err != nil {
		tb.Fatal(err)
	}
}

func mustRead(tb testing.TB, path string) []byte {
	tb.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func schemaOf(tb testing.TB, s *Store) string {
	tb.Helper()
	return fmt.Sprint(must(cellsOf(context.Background(), s.read, `SELECT name, sql FROM sqlite_schema ORDER BY name`)))
}

func TestOpenMakesDirectoryAndStore(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "sea lab?%41#")
	s := mustOpen(t, dir)
	if info := must(os.Stat(dir)); info.Mode().Perm() != 0o700 {
		t.Errorf("directory has permissions %o, want 700", info.Mode().Perm())
	}
	if info := must(os.Stat(database(dir))); info.Mode().Perm() != 0o600 {
		t.Errorf("database has permissions %o, want 600: it holds the rooms' secrets", info.Mode().Perm())
	}
	mustSave(t, s, sample(1))
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": patience} {
		var got string
		if err := s.write.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("the writer's %s is %s (%v), want %s", pragma, got, err, want)
		}
	}
	if _, err := s.read.Exec(`DELETE FROM run`); !errors.Is(explain(err), ErrNotWritable) {
		t.Errorf("the readers could write: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, backups)); err == nil {
		t.Error("a new store was backed up")
	}
}

// TestOlderStoresAreBroughtUpToDate starts from the fixture of every older schema.
func TestOlderStoresAreBroughtUpToDate(t *testing.T) {
	want := schemaOf(t, mustOpen(t, t.TempDir()))
	for version := 1; version < newest(); version++ {
		dir := t.TempDir()
		mustScript(t, database(dir), string(mustRead(t, fmt.Sprintf("testdata/schema-%d.sql", version))))
		s := mustOpen(t, dir)
		if got := schemaOf(t, s); got != want {
			t.Errorf("from schema %d: schema is\n%s\nwant that of a new store\n%s", version, got, want)
		}
		if got := must(s.Meta(context.Background(), "fixture")); got != fmt.Sprintf("schema %d", version) {
			t.Errorf("from schema %d: meta is %q", version, got)
		}
		if got := must(s.DiceSeed(context.Background(), "", "kalman", "1")); got != 0xeec6f35d0a758 { // worked out by hand, in Python
			t.Errorf("from schema %d: the room's secret gives dice %#x", version, got)
		}
		backup := lastBackup(s.Path())
		if got, err := inspect(context.Background(), backup, true); err != nil || got != version {
			t.Errorf("from schema %d: the backup %q has schema %d (%v)", version, backup, got, err)
		}
		mustSave(t, s, sample(1))
	}
}

// TestOlderStoreInUseIsNotMigrated: the process that has it open knows only its own schema.
func TestOlderStoreInUseIsNotMigrated(t *testing.T) {
	dir := t.TempDir()
	mustScript(t, database(dir), string(mustRead(t, "testdata/schema-1.sql")))
	other := must(enter(filepath.Join(dir, "sealab.lock")))
	if err := other.share(); err != nil {
		t.Fatal(err)
	}
	before := string(mustRead(t, database(dir)))
	if _, err := Open(context.Background(), dir); !errors.Is(err, ErrBusy) {
		t.Errorf("got error %v, want ErrBusy", err)
	}
	if string(mustRead(t, database(dir))) != before {
		t.Error("the store was changed")
	}
	other.leave()
	mustOpen(t, dir)
}

func TestNewerStoreIsRefused(t *testing.T) {
	dir := t.TempDir()
	mustOpen(t, dir).Close()
	mustScript(t, database(dir), `PRAGMA user_version = 99`)
	before := sha256.Sum256(mustRead(t, database(dir)))
	_, err := Open(context.Background(), dir)
	if !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "schema 99") ||
		!strings.Contains(err.Error(), fmt.Sprintf("up to %d", newest())) {
		t.Errorf("got error %v", err)
	}
	if sha256.Sum256(mustRead(t, database(dir))) != before {
		t.Error("the newer store was changed")
	}
}

func TestDamagedStoreIsRefusedAndLeftAlone(t *testing.T) {
	pristine := t.TempDir()
	s := mustOpen(t, pristine)
	for i := range 20 {
		mustSave(t, s, sample(i))
	}
	s.Close()
	whole := mustRead(t, database(pristine))
	foreign := filepath.Join(pristine, "foreign.db")
	mustScript(t, foreign, `CREATE TABLE bookmarks (url TEXT)`)
	middle := append([]byte(nil), whole...)
	copy(middle[len(middle)/2:], strings.Repeat("\xff", 4096))
	for name, content := range map[string][]byte{
		"zeroed header":         append(make([]byte, 100), whole[100:]...),
		"half":                  whole[:len(whole)/2],
		"cut within a page":     whole[:len(whole)-1000],
		"cut within the header": whole[:10],
		"empty":                 {},
		"text":                  []byte(strings.Repeat("not a database\n", 1000)),
		"overwritten page":      middle,
		"not ours":              mustRead(t, foreign),
	} {
		for _, backup := range []bool{false, true} {
			dir := t.TempDir()
			want := "no backup"
			if backup {
				want = filepath.Join(dir, backups, "b.db")
				os.MkdirAll(filepath.Dir(want), 0o700)
				os.WriteFile(want, whole, 0o600)
			}
			os.WriteFile(database(dir), content, 0o600)
			_, err := Open(context.Background(), dir)
			if !errors.Is(err, ErrCorrupt) || !strings.Contains(err.Error(), database(dir)) || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: got error %v, want one that names the file and says %q", name, err, want)
			}
			if string(mustRead(t, database(dir))) != string(content) {
				t.Errorf("%s: the file was changed", name)
			}
		}
	}
}

func TestDirectoryThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	os.WriteFile(file, nil, 0o600)
	if _, err := Open(context.Background(), filepath.Join(file, "data")); !errors.Is(err, ErrNotWritable) {
		t.Errorf("below a file: got error %v, want ErrNotWritable", err)
	}
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	os.Chmod(dir, 0o500)
	if _, err := Open(context.Background(), dir); !errors.Is(err, ErrNotWritable) {
		t.Errorf("read-only directory: got error %v, want ErrNotWritable", err)
	}
}

func TestFullDisk(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	mustSave(t, s, sample(1))
	var pages int
	s.write.QueryRow(`PRAGMA page_count`).Scan(&pages)
	must(s.write.Exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, pages)))
	var err error
	for i := 2; err == nil && i < 1000; i++ {
		err = s.SaveRun(context.Background(), sample(i))
	}
	if !errors.Is(err, ErrFull) {
		t.Fatalf("got error %v, want ErrFull", err)
	}
	must(s.write.Exec(`PRAGMA max_page_count = 1073741823`))
	mustSave(t, s, sample(1001))
	if list := must(s.VerifyStored(context.Background(), "r-00001001")); len(list) > 0 {
		t.Errorf("after there was room again: %v", list)
	}
}

func TestBackup(t *testing.T) {
	ctx, s := context.Background(), mustOpen(t, t.TempDir())
	mustSave(t, s, sample(1))
	dir := t.TempDir()
	if err := s.Backup(ctx, database(dir)); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(ctx, database(dir)); !errors.Is(err, ErrExists) {
		t.Errorf("over an older backup: got error %v, want ErrExists", err)
	}
	if info := must(os.Stat(database(dir))); info.Mode().Perm() != 0o600 {
		t.Errorf("backup has permissions %o, want 600", info.Mode().Perm())
	}
	again := mustOpen(t, dir)
	if list, err := again.VerifyStored(ctx, "r-00000001"); err != nil || len(list) > 0 {
		t.Errorf("the restored run: %v, %v", list, err)
	}
	if must(s.DiceSeed(ctx, "", "x")) != must(again.DiceSeed(ctx, "", "x")) {
		t.Error("the restored store throws other dice")
	}
}
