// The command tamper alters a stored byte as an intruder with the file would: straight through SQLite.
package main

import (
	"database/sql"
	"fmt"
	"os"
	"strings"

	_ "github.com/mattn/go-sqlite3"
)

// tamper DATABASE SQL… executes statements and wants each to change something; a pragma does not say how much.
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
		n, err := result.RowsAffected()
		if pragma := strings.HasPrefix(s, "PRAGMA "); err != nil || n == 0 && !pragma {
			return fmt.Errorf("%s: changed nothing (%v)", s, err)
		}
	}
	return nil
}
