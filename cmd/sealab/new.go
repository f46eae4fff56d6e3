//go:build !js

// New proofs of concept in other languages: a folder that runs alone.

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"sealab/pocs/kits"
)

// newCmd begins something of the user's.
type newCmd struct {
	PoC newPoCCmd `cmd:"" name:"poc" help:"Write a folder with a proof of concept in Python, JavaScript or Go, its test and the client that talks with Sealab."`
}

// newPoCCmd writes the folder of a proof of concept.
type newPoCCmd struct {
	Name string `arg:"" help:"Its name, and that of the folder: a letter from a to z, then letters, digits and _."`
	Lang string `required:"" placeholder:"LANG" help:"Language: python, javascript (or js) or go."`
	From string `default:"starter" help:"What it begins as: starter (a page long), rules (the built-in detector of that name, written again) or, in Python, sklearn (a decision tree that learns from worlds)."`
}

var pocName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// Run writes the files; a folder that is there already is left alone.
func (c *newPoCCmd) Run(s *session) error {
	kit, err := c.kit()
	switch {
	case err != nil:
		return err
	case !pocName.MatchString(c.Name):
		return badInputf("name proof of concept %q: want a letter from a to z, then at most 39 of a to z, 0 to 9 and _", c.Name)
	case kit.Refuses(c.Name) != "":
		return badInputf("name proof of concept %s in %s: choose another name, since %s", c.Name, kit.Lang, kit.Refuses(c.Name))
	case !slices.Contains(kits.Starts, c.From):
		return unknownName("beginning", c.From, kits.Starts)
	case !kit.Begins(c.From):
		return badInputf("begin %s in %s from %s: that is there in Python alone", c.Name, kit.Lang, c.From)
	}
	if err := os.Mkdir(c.Name, 0o755); errors.Is(err, fs.ErrExist) {
		return badInputf("make folder %s: it is there already; choose another name, or move it away", c.Name)
	} else if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	for _, f := range kit.Files(c.Name, c.From) {
		path := filepath.Join(c.Name, f.Name)
		if err := os.WriteFile(path, []byte(f.Text), 0o644); err != nil {
			return fmt.Errorf("write new proof of concept: %w", err)
		}
		if _, err := fmt.Fprintln(s.stdout, path); err != nil {
			return err
		}
	}
	run := kits.Named(kit.Exec, c.Name)
	fmt.Fprintf(s.stdout, "\nNext: %s\n", kits.Named(kit.Try, c.Name))
	if kit.Build != "" {
		fmt.Fprintf(s.stdout, "      %s\n", kits.Named(kit.Build, c.Name))
	}
	if c.From == kits.Learning {
		run += fmt.Sprintf(" %s/%s.model", c.Name, c.Name)
		fmt.Fprintf(s.stdout, "      sealab world northern-corridor --seed 1 --out world-1\n      python3 %s/%s.py train world-1\n", c.Name, c.Name)
	}
	_, err = fmt.Fprintf(s.stdout, "      sealab run --exec '%s' northern-corridor\n      sealab doctor -- %s\n", run, run)
	return err
}

func (c *newPoCCmd) kit() (*kits.Kit, error) {
	lang := c.Lang
	if lang == "js" {
		lang = "javascript"
	}
	var names []string
	for i := range kits.Kits {
		if kits.Kits[i].Lang == lang {
			return &kits.Kits[i], nil
		}
		names = append(names, kits.Kits[i].Lang)
	}
	return nil, unknownName("language", c.Lang, names)
}
