package main

import (
	"runtime"
	"runtime/debug"
)

// commit and modified are set by the Makefile (-ldflags -X), since a build may be told not to ask git (-buildvcs=false).
var commit, modified string

// unknownCommit stands where nobody told the build which code it is.
const unknownCommit = "unknown"

// identity says which code this is. Modified code is shown, not hidden: what it did cannot be done again elsewhere.
type identity struct {
	Commit   string `json:"commit"` // the revision, with "+modified" where the tree was not clean
	Modified bool   `json:"modified"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
	SQLite   string `json:"sqlite,omitempty"` // empty in a build without a store
}

// whoAmI reads the identity from the Makefile's flags, else from what the go command noted.
func whoAmI() identity {
	id := identity{Commit: commit, Modified: modified == "true", Go: runtime.Version(), SQLite: sqliteVersion(),
		Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok && id.Commit == "" {
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				id.Commit = s.Value
			case "vcs.modified":
				id.Modified = s.Value == "true"
			}
		}
	}
	switch {
	case id.Commit == "":
		id.Commit = unknownCommit
	case id.Modified:
		id.Commit += "+modified"
	}
	return id
}
