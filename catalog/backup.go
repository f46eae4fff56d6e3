// Backups: whole copies made while the store is in use, and where to find them.

package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
)

// backups is the folder beside the database for copies made before a migration.
const backups = "backups"

// Backup writes a copy of the store as it is now to path, which must not exist. Writers go on meanwhile. The copy holds
// the rooms' secrets, as the store does: only its owner may read it.
func (s *Store) Backup(ctx context.Context, path string) error {
	if err := copyTo(ctx, s.read, path); err != nil {
		return fmt.Errorf("back up store: %w", err)
	}
	return nil
}

// copyTo makes the copy beside its place and moves it there when it is whole.
func copyTo(ctx context.Context, db *sql.DB, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%w: %s; choose another name", ErrExists, path)
	}
	draft := path + ".part"
	if err := os.RemoveAll(draft); err != nil {
		return err
	}
	defer os.Remove(draft)
	if err := makePrivate(draft); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, draft); err != nil {
		return explain(err)
	}
	if err := syncFile(draft); err != nil {
		return err
	}
	if err := os.Rename(draft, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// lastBackup names the newest copy in the backups folder, or says that there is none.
func lastBackup(path string) string {
	found, _ := filepath.Glob(filepath.Join(filepath.Dir(path), backups, "*.db"))
	var name string
	var newest os.FileInfo
	for _, f := range found {
		if info, err := os.Stat(f); err == nil && (newest == nil || info.ModTime().After(newest.ModTime())) {
			name, newest = f, info
		}
	}
	return name
}

// makePrivate makes an empty file that only its owner may read; SQLite fills it and leaves the permissions.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// syncDir makes a rename last.
func syncDir(path string) error { return syncFile(path) }
