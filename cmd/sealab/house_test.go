// What the house tests share: the source tree of the module as parsed files, room by room.
package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// moduleRoot is where the module lies, seen from this package.
const moduleRoot = "../.."

// sourceFile is one parsed Go file of the module.
type sourceFile struct {
	Path   string // from the module's root, with slashes
	Room   string // its folder, such as "sim/geo"
	Test   bool
	Syntax *ast.File
	Set    *token.FileSet
}

// line names a place in the file for a failure message.
func (f *sourceFile) line(pos token.Pos) int { return f.Set.Position(pos).Line }

// MustSource parses every Go file of the module.
func MustSource(tb testing.TB) []*sourceFile {
	tb.Helper()
	var out []*sourceFile
	set := token.NewFileSet()
	for _, name := range MustFiles(tb) {
		if !strings.HasSuffix(name, ".go") {
			continue
		}
		syntax, err := parser.ParseFile(set, filepath.Join(moduleRoot, name), nil, parser.ParseComments)
		if err != nil {
			tb.Fatalf("parse %s: %v", name, err)
		}
		out = append(out, &sourceFile{name, path.Dir(name), strings.HasSuffix(name, "_test.go"), syntax, set})
	}
	return out
}

// MustFiles names every file of the module that people write: nothing built, fetched or kept by git itself.
func MustFiles(tb testing.TB) []string {
	tb.Helper()
	var out []string
	err := filepath.WalkDir(moduleRoot, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(moduleRoot, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			switch {
			case d.Name() == ".git", d.Name() == "node_modules", rel == "bin", rel == "artefacts", rel == "web/dist", rel == "web/ui/.tests":
				return filepath.SkipDir
			}
			return nil
		}
		out = append(out, rel)
		return nil
	})
	if err != nil {
		tb.Fatalf("walk module: %v", err)
	}
	return out
}

// MustRooms gives the folders that hold Go code which is not a test.
func MustRooms(tb testing.TB) []string {
	tb.Helper()
	var out []string
	seen := map[string]bool{}
	for _, f := range MustSource(tb) {
		if !f.Test && !seen[f.Room] {
			seen[f.Room] = true
			out = append(out, f.Room)
		}
	}
	return out
}

// isPure says whether a room must be a function of what it is given: worlds, detectors and all they rest on.
// What talks to a program, a broker or a second trial is not, and neither is anything from floor 4 up.
func isPure(room string) bool {
	switch {
	case room == "sim/mqtt", room == "pocs/experiment", room == "pocs/program", room == "pocs/all":
		return false
	case strings.HasPrefix(room, "pocs/kits"):
		return false
	}
	return room == "sim" || room == "pocs" || strings.HasPrefix(room, "sim/") || strings.HasPrefix(room, "pocs/")
}
