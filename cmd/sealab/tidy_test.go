// TestTidy keeps the style that a reader relies on: files that say what they are, of a size that can be read.
package main

import (
	"go/ast"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// maxLines is the length over which a file is about more than one thing.
const maxLines = 400

// longFor gives the reason why a file may be longer all the same.
var longFor = map[string]string{}

func TestTidy(t *testing.T) {
	var lengths []int
	functions, long := 0, 0
	for _, f := range MustSource(t) {
		lines := f.line(f.Syntax.FileEnd)
		if lines > maxLines && longFor[f.Path] == "" {
			t.Errorf("%s has %d lines; split it, or give the reason in longFor", f.Path, lines)
		}
		if f.Test { // its tests' names say what it is about
			continue
		}
		if !opensWithSentence(f) {
			t.Errorf("%s does not open with a sentence that says what it is about", f.Path)
		}
		lengths = append(lengths, lines)
		for _, d := range f.Syntax.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				functions++
				if f.line(fn.End())-f.line(fn.Pos()) >= 40 {
					long++
				}
			}
		}
	}
	slices.Sort(lengths)
	if median := lengths[len(lengths)/2]; median >= 150 {
		t.Errorf("half the files have %d lines or more; want fewer than 150", median)
	}
	if 20*long > functions {
		t.Errorf("%d of %d functions have more than 40 lines; want at most one in twenty", long, functions)
	}
}

// opensWithSentence reports whether the first thing a reader meets is a comment that ends like a sentence: before the
// package clause, after it, or on the first declaration.
func opensWithSentence(f *sourceFile) bool {
	for _, c := range f.Syntax.Comments {
		text := strings.TrimSpace(c.Text())
		if text == "" || c.Pos() > firstDecl(f) { // Text leaves out directives such as build tags
			continue
		}
		return strings.ContainsAny(text, ".:") || strings.HasSuffix(text, "?")
	}
	return false
}

// firstDecl is where the first declaration that is not an import begins, behind its own comment.
func firstDecl(f *sourceFile) token.Pos {
	for _, d := range f.Syntax.Decls {
		if g, ok := d.(*ast.GenDecl); !ok || g.Tok != token.IMPORT {
			return d.Pos()
		}
	}
	return f.Syntax.FileEnd
}

// Words that this test looks for are put together here, so that it does not find itself.
var (
	unfinished  = regexp.MustCompile(`\b(` + "TO" + "DO|FIX" + "ME|X" + `XX)\b`)
	machinePath = regexp.MustCompile(`(^|[\s"'(=:])/(` + "work|ho" + "me|ro" + `ot|Users)/[a-z]`)
)

func TestNothingUnfinishedOrLocal(t *testing.T) {
	for _, name := range MustFiles(t) {
		switch path.Ext(name) {
		case ".go", ".md", ".ts", ".js", ".mjs", ".json", ".html", ".css", ".sql", ".yaml", ".yml", ".txtar", ".sh", "":
		default:
			continue
		}
		text, err := os.ReadFile(filepath.Join(moduleRoot, name))
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if m := unfinished.FindString(line); m != "" {
				t.Errorf("%s:%d: %s: finish it, or write it as an issue", name, i+1, m)
			}
			if machinePath.MatchString(line) {
				t.Errorf("%s:%d: a path of one machine: %s", name, i+1, strings.TrimSpace(line))
			}
		}
	}
}
