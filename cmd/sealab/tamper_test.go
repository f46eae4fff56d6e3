// The command tamper alters a stored byte as an intruder with the file would: straight through SQLite.
package main

import (
	"database/sql"
	"fmt"
	"os"

	_ "github.com/mattn/go-sqlite3"
)

// tamper DATABASE SQL… executes statements and wants each to change something.
func tamper() {
	if err := alter(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "tamper:", err)
		os.Exit(1)
	}
}

func alter(database string, statements []string) error {
	db, err := sql.Open("sqlite3", "file:"+database+"?mode=rw")
	if err != nil {
		return err
	}
	defer db.Close()
	for _, s := range statements {
		result, err := db.Exec(s)
		if err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return fmt.Errorf("%s: changed nothing (%v)", s, err)
		}
	}
	return nil
}
