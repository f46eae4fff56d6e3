// Package catalog is the hub's memory: rooms, runs and the seals that show whether a stored run was altered; use cases
// with their versions, and the log of who did what about them.
//
// It is the only place that touches SQLite, and a concrete store: whoever needs a part of it declares the interface
// there. A run's record is described once, column by column (record.go), and that description writes it, reads it,
// seals it and compares it, so that no field is kept but not sealed.
//
// What is acknowledged is on the disk (WAL, synchronous=FULL). A truth is named after its content and stored once for all
// runs of a room that were judged by it: experiments try several arms in one world, and its trips and incidents are half of a run's record.
//
// Deleting a run does not touch its record: it is put into the trash table, and can be taken out again.
package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

// FileName is the database's name in the data directory.
const FileName = "sealab.db"

// Store is the open memory. It may be used from several goroutines: writers take turns, readers do not wait for them.
type Store struct {
	path     string
	write    *sql.DB // one connection: SQLite has one writer at a time, and here they queue without polling
	read     *sql.DB // cannot write
	presence *presence
	shelves  shelves
}

// readers are as many as the machine's pages are likely to ask for at once; more brought nothing.
const readers = 4

// Open opens the store in dir and brings its schema up to date, after a backup. A missing directory is made (0700), and
// a missing store too. Runs that a process left running are marked interrupted, unless another process has the store
// open. What is newer than this binary (ErrNewer) or damaged (ErrCorrupt) is refused, and nothing in it is changed.
func Open(ctx context.Context, dir string) (*Store, error) {
	s, err := open(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return s, nil
}

func open(ctx context.Context, dir string) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrNotWritable, err)
	}
	p, err := enter(filepath.Join(dir, "sealab.lock"))
	if err != nil {
		return nil, err
	}
	s := &Store{path: filepath.Join(dir, FileName), presence: p}
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// start does what must be done before anyone reads or writes.
func (s *Store) start(ctx context.Context) error {
	if _, err := os.Stat(s.path); errors.Is(err, fs.ErrNotExist) {
		if err := create(ctx, s.path); err != nil {
			return err
		}
	}
	version, err := inspect(ctx, s.path, s.presence.alone) // who is not alone trusts the check of those before
	if err != nil {
		return err
	}
	if version < newest() {
		if err := s.upgrade(ctx, version); err != nil {
			return err
		}
	}
	if err := s.connect(ctx); err != nil {
		return err
	}
	if s.presence.alone {
		if err := s.interruptAll(ctx); err != nil {
			return err
		}
		return s.presence.share()
	}
	return nil
}

// patience is how long, in milliseconds, a writer waits for one of another process, such as `experiment run` beside
// `serve`. SQLite asks again every 100 ms and knows no queue, so two that write back to back can miss the usual 5 s.
const patience = "30000"

// connect opens the two pools. The writer comes first: it makes the files that readers of a WAL need.
func (s *Store) connect(ctx context.Context) (err error) {
	s.write, err = dial(ctx, s.path, 1, url.Values{"_journal_mode": {"WAL"}, "_synchronous": {"FULL"},
		"_txlock": {"immediate"}, "_busy_timeout": {patience}})
	if err != nil {
		return err
	}
	// After a burst of writes the WAL is cut back to 64 MiB, so that a long reader does not leave a huge file behind.
	if _, err := s.write.ExecContext(ctx, `PRAGMA journal_size_limit = 67108864`); err != nil {
		return explain(err)
	}
	s.read, err = dial(ctx, s.path, readers, url.Values{"mode": {"ro"}, "_cache_size": {"-16384"}})
	return err
}

// dial opens a pool of so many connections, which stay open.
func dial(ctx context.Context, path string, connections int, options url.Values) (*sql.DB, error) {
	if !options.Has("_busy_timeout") {
		options.Set("_busy_timeout", "5000")
	}
	options.Set("_foreign_keys", "on")
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: options.Encode()}
	db, err := sql.Open("sqlite3", name.String())
	if err != nil {
		return nil, explain(err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, explain(err)
	}
	return db, nil
}

// Close ends all reading and writing; the store must not be used afterwards.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.write} { // the last to leave folds the WAL into the file, which a reader may not
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	errs = append(errs, s.presence.leave())
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}

// Path is where the database lies.
func (s *Store) Path() string { return s.path }
