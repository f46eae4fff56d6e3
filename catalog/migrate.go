// The schema and its history: migrations are files that are never changed once they were released, only added to.

package catalog

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// application marks the file as Sealab's: "SEAL" in SQLite's application_id.
const application = 0x5345414c

// newest is the schema version that this binary writes: the number of migrations.
func newest() int {
	files, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	return len(files)
}

// migration gives the SQL that leads to a version; embedded files are listed in order of their names, 0001_… first.
func migration(version int) string {
	files, _ := fs.Glob(migrationFiles, "migrations/*.sql")
	text, err := migrationFiles.ReadFile(files[version-1])
	if err != nil {
		panic(err) // it was listed
	}
	return string(text)
}

// create makes a store beside its place and moves it there when it is whole: a crash leaves none or a good one.
func create(ctx context.Context, path string) error {
	draft := path + ".new"
	if err := os.RemoveAll(draft); err != nil {
		return err
	}
	if err := makePrivate(draft); err != nil {
		return err
	}
	db, err := dial(ctx, draft, 1, url.Values{"_synchronous": {"FULL"}, "_txlock": {"immediate"}})
	if err != nil {
		return err
	}
	err = errors.Join(migrate(ctx, db), db.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(draft, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// upgrade brings an older store up to date, after a backup.
func (s *Store) upgrade(ctx context.Context, version int) error {
	if !s.presence.alone {
		return fmt.Errorf("the store has schema %d and must be brought to %d: %w", version, newest(), ErrBusy)
	}
	db, err := dial(ctx, s.path, 1, url.Values{"_synchronous": {"FULL"}, "_txlock": {"immediate"}})
	if err != nil {
		return err
	}
	defer db.Close()
	dir := filepath.Join(filepath.Dir(s.path), backups)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("%w (%w)", ErrNotWritable, err)
	}
	name := fmt.Sprintf("schema-%d-%s.db", version, time.Now().UTC().Format("20060102T150405.000Z"))
	if err := copyTo(ctx, db, filepath.Join(dir, name)); err != nil {
		return fmt.Errorf("back up before migrating: %w", err)
	}
	return migrate(ctx, db)
}

// migrate takes every step that is missing, each in a transaction of its own.
func migrate(ctx context.Context, db *sql.DB) error {
	for done := false; !done; {
		var err error
		if done, err = migrateOne(ctx, db); err != nil {
			return err
		}
	}
	return addRoom(ctx, db, DefaultRoom)
}

func migrateOne(ctx context.Context, db *sql.DB) (done bool, err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, explain(err)
	}
	defer tx.Rollback()
	var version int
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return false, explain(err)
	}
	if version >= newest() {
		return true, nil
	}
	version++
	script := migration(version) + fmt.Sprintf("\nPRAGMA application_id = %d;\nPRAGMA user_version = %d;", application, version)
	if _, err := tx.ExecContext(ctx, script); err != nil {
		return false, fmt.Errorf("migrate to schema %d: %w", version, explain(err))
	}
	if err := tx.Commit(); err != nil {
		return false, fmt.Errorf("migrate to schema %d: %w", version, explain(err))
	}
	return false, nil
}
