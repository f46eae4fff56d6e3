package main

import (
	"embed"
	"fmt"
	"io/fs"
	"sort"
	"strings"

	"sealab/sim/contract"
	"sealab/sim/epcis"
)

// schemaFiles are the shapes that the command line prints; what travels is published by sim/contract.
//
//go:embed schemas/*.json
var schemaFiles embed.FS

// schemaCmd prints a JSON Schema (2020-12), so that others can check what they send and read; under the name asyncapi it
// prints the AsyncAPI 3 document that puts the messages among them on their topics, and under protocol the page on how
// programs are talked with.
type schemaCmd struct {
	Name string `arg:"" optional:"" help:"Which; without it the names are listed."`
}

// Run prints one schema or the names of all.
func (c *schemaCmd) Run(s *session) error {
	if c.Name == "" {
		_, err := fmt.Fprintln(s.stdout, strings.Join(schemaNames(), "\n"))
		return err
	}
	text, err := schemaText(c.Name)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.stdout, strings.TrimSpace(string(text)))
	return err
}

// wireSchemas are those of the messages that travel, and of their form for others.
var wireSchemas = func() map[string]func() []byte {
	all := map[string]func() []byte{"asyncapi": contract.AsyncAPI, "epcis": epcis.Schema}
	for _, f := range contract.Forms {
		all[f.Name] = f.Schema
	}
	return all
}()

func schemaNames() []string {
	var names []string
	for _, own := range []map[string]func() []byte{wireSchemas, nativeSchemas} {
		for name := range own {
			names = append(names, name)
		}
	}
	files, _ := fs.Glob(schemaFiles, "schemas/*.json") // the pattern is well-formed
	for _, f := range files {
		names = append(names, strings.TrimSuffix(strings.TrimPrefix(f, "schemas/"), ".json"))
	}
	sort.Strings(names)
	return names
}

func schemaText(name string) ([]byte, error) {
	if own := wireSchemas[name]; own != nil {
		return own(), nil
	}
	if native := nativeSchemas[name]; native != nil {
		return native(), nil
	}
	text, err := schemaFiles.ReadFile("schemas/" + name + ".json")
	if err != nil {
		return nil, unknownName("schema", name, schemaNames())
	}
	return text, nil
}
