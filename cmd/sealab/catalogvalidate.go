//go:build !js

// Checking use cases in files before anybody submits them.

package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sealab/catalog/usecase"
)

type catalogValidateCmd struct {
	Paths []string `arg:"" name:"path" help:"Files with one use case each, or folders in which every .yaml, .yml and .json is one (- for standard input)."`
	JSON  bool     `help:"Print a JSON array: each file with its faults."`
}

// validatedJSON is a file with what is wrong in it.
type validatedJSON struct {
	File   string          `json:"file"`
	ID     string          `json:"id,omitempty"`
	Hash   string          `json:"hash,omitempty"` // of a whole entry: that by which it is known in the catalogue
	Faults []usecase.Fault `json:"faults"`
}

// Run checks every file and says all that is wrong, as FILE:LINE: FIELD: PROBLEM.
func (c *catalogValidateCmd) Run(s *session) error {
	files, err := entryFiles(c.Paths)
	if err != nil {
		return err
	}
	list := make([]validatedJSON, len(files))
	bad := 0
	for i, name := range files {
		if list[i], err = validated(s.stdin, name); err != nil {
			return err
		}
		if len(list[i].Faults) > 0 {
			bad++
		}
	}
	if c.JSON {
		err = printJSON(s.stdout, list)
	} else {
		err = printValidated(s.stdout, list)
	}
	if err == nil && bad > 0 {
		err = badInputf("validate use cases: %d of %d files have faults; sealab schema usecase prints what is allowed", bad, len(files))
	}
	return err
}

// entryFiles lists the files that are meant, in order and each once. A register of an export is no use case.
func entryFiles(paths []string) ([]string, error) {
	var list []string
	for _, p := range paths {
		if p == "-" {
			list = append(list, p)
			continue
		}
		found := len(list)
		err := filepath.WalkDir(p, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if name == p || slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(name)) && d.Name() != "catalogue.json" {
				list = append(list, name)
			}
			return nil
		})
		if err != nil {
			return nil, badInputf("validate use cases: %w", err)
		}
		if len(list) == found {
			return nil, badInputf("validate use cases: no .yaml, .yml or .json file in %s", p)
		}
	}
	return list, nil
}

func validated(stdin io.Reader, name string) (validatedJSON, error) {
	v := validatedJSON{File: name, Faults: []usecase.Fault{}}
	in := stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return v, badInputf("validate use cases: %w", err)
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, usecase.MaxBytes+1)) // one byte more shows that it is too large
	if err != nil {
		return v, badInputf("validate use cases: %w", err)
	}
	e, faults := usecase.Parse(text)
	v.ID = e.ID
	if v.Faults = append(v.Faults, faults...); len(faults) == 0 {
		v.Hash = e.Hash()
	}
	return v, nil
}

func printValidated(w io.Writer, list []validatedJSON) error {
	var b strings.Builder
	for i := range list {
		v := &list[i]
		if len(v.Faults) == 0 {
			fmt.Fprintf(&b, "%s: valid, %s\n", v.File, v.Hash)
		}
		for _, f := range v.Faults {
			at := v.File
			if f.Line > 0 {
				at += fmt.Sprintf(":%d", f.Line)
			}
			f.Line = 0
			fmt.Fprintf(&b, "%s: %v\n", at, f)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
