//go:build !js

package main

import "database/sql"

// sqliteVersion asks the database's own library; catalog has brought the driver in.
func sqliteVersion() string {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return ""
	}
	defer db.Close()
	var version string
	if err := db.QueryRow(`SELECT sqlite_version()`).Scan(&version); err != nil {
		return "" // built without a C compiler: every command that needs the store says so itself
	}
	return version
}
