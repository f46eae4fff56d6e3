// The conditions a caller can expect of the store, and how SQLite's words become them.

package catalog

import (
	"database/sql"
	"errors"
	"fmt"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// The expected conditions; the errors of this package wrap them.
var (
	ErrNotFound    = errors.New("not found")
	ErrExists      = errors.New("exists already")
	ErrUnfinished  = errors.New("the run was not finished: there is nothing to compare")
	ErrUnfit       = errors.New("cannot be stored")
	ErrNewer       = errors.New("the store was written by a newer sealab")
	ErrCorrupt     = errors.New("the store is damaged")
	ErrFull        = errors.New("the disk is full: free some space and try again")
	ErrBusy        = errors.New("the store is in use by another process: wait for it or stop it, and try again")
	ErrNotWritable = errors.New("the store cannot be written: check the permissions of its directory, or choose another with --data")
)

// explain puts the sentinel before what SQLite said. An error it does not know stays as it is.
func explain(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return err
	}
	if kind := sentinel(e); kind != nil {
		return fmt.Errorf("%w (%w)", kind, err)
	}
	return err
}

func sentinel(e sqlite3.Error) error {
	switch {
	case e.Code == sqlite3.ErrFull, e.SystemErrno == syscall.ENOSPC:
		return ErrFull
	case e.Code == sqlite3.ErrCorrupt, e.Code == sqlite3.ErrNotADB:
		return ErrCorrupt
	case e.Code == sqlite3.ErrBusy, e.Code == sqlite3.ErrLocked:
		return ErrBusy
	case e.Code == sqlite3.ErrReadonly, e.Code == sqlite3.ErrCantOpen, e.Code == sqlite3.ErrPerm:
		return ErrNotWritable
	case e.ExtendedCode == sqlite3.ErrConstraintPrimaryKey, e.ExtendedCode == sqlite3.ErrConstraintUnique:
		return ErrExists
	case e.ExtendedCode == sqlite3.ErrConstraintForeignKey:
		return ErrNotFound
	case e.Code == sqlite3.ErrConstraint, e.Code == sqlite3.ErrTooBig:
		return ErrUnfit
	}
	return nil
}
