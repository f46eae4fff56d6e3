//go:build !js

package main

import (
	"errors"
	"os"
	"path/filepath"
)

// dataFlags say where Sealab keeps what must last.
type dataFlags struct {
	Data string `placeholder:"DIR" help:"Where Sealab keeps its data (default: $$XDG_DATA_HOME/sealab, else ~/.local/share/sealab)."`
}

// dir is the data directory that the flag or the user's system names.
func (f dataFlags) dir() (string, error) {
	if f.Data != "" {
		return f.Data, nil
	}
	if share := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(share) { // the XDG specification has relative ones ignored
		return filepath.Join(share, "sealab"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", errors.New("find data directory: neither XDG_DATA_HOME nor HOME is set: give one with --data DIR")
	}
	return filepath.Join(home, ".local", "share", "sealab"), nil
}

// again is how a further command says that it means the same data.
func (f dataFlags) again() string {
	if f.Data == "" {
		return ""
	}
	return " --data " + f.Data
}
