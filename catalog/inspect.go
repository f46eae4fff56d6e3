// What is looked at before anything is written: whether the file is a whole store of ours, and not a newer one.

package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"

	"github.com/mattn/go-sqlite3"
)

// magic begins every SQLite file, also while newer pages wait in the WAL.
const magic = "SQLite format 3\x00"

// inspect reads the schema's version without writing. It refuses what is newer, foreign or damaged; every page is looked
// at if thorough.
func inspect(ctx context.Context, path string, thorough bool) (version int, err error) {
	if why := checkHeader(path); why != "" {
		return 0, damaged(path, why)
	}
	db, err := dial(ctx, path, 1, url.Values{"mode": {"ro"}})
	if err != nil {
		return 0, judge(path, err)
	}
	defer db.Close()
	var app int
	if err := db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&app); err != nil {
		return 0, judge(path, explain(err))
	}
	if err := db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return 0, judge(path, explain(err))
	}
	if app != application {
		return 0, damaged(path, "it is an SQLite database, but not a store of Sealab's")
	}
	if version > newest() {
		return 0, fmt.Errorf("%w: %s has schema %d and this binary knows schemas up to %d; nothing was changed: "+
			"use the sealab that wrote it, or a newer one, or choose another directory with --data",
			ErrNewer, path, version, newest())
	}
	if thorough {
		err = quickCheck(ctx, db, path)
	}
	return version, err
}

// quickCheck reads every page; what it cannot see, a changed value, the records' seals show.
func quickCheck(ctx context.Context, db *sql.DB, path string) error {
	var found string
	if err := db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&found); err != nil {
		return judge(path, explain(err))
	}
	if found != "ok" {
		return damaged(path, found)
	}
	return nil
}

func checkHeader(path string) (why string) {
	f, err := os.Open(path)
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	head := make([]byte, len(magic))
	switch _, err := io.ReadFull(f, head); {
	case err == io.EOF:
		return "it is empty"
	case err == io.ErrUnexpectedEOF:
		return "it is cut off in its header"
	case err != nil:
		return err.Error()
	case string(head) != magic:
		return "it does not begin as an SQLite database does"
	}
	return ""
}

// judge tells damage from what may pass.
func judge(path string, err error) error {
	if e := (sqlite3.Error{}); errors.Is(err, ErrCorrupt) && errors.As(err, &e) {
		return damaged(path, e.Error())
	}
	return fmt.Errorf("read %s: %w", path, err)
}

// damaged says what is wrong with the file and what to do.
func damaged(path, why string) error {
	advice := "no backup was found beside it; move the file away to begin anew"
	if backup := lastBackup(path); backup != "" {
		advice = fmt.Sprintf("the last backup is %s: move %s, %s-wal and %s-shm away, then copy the backup to %s",
			backup, path, FileName, FileName, path)
	}
	return fmt.Errorf("%w: %s: %s; nothing was changed: %s", ErrCorrupt, path, why, advice)
}
