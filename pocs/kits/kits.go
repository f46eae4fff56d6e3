// Package kits is what others need to write a detector in their language: for each a client file, a detector to begin
// with and its test, and the built-in detector `rules` written again. The files know nothing of this module.
package kits

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

// The Go kit's client and example are a program of this module too, so that they are built and vetted with it.
//
//go:embed python/*.py python/*.md javascript/*.js javascript/README.md golang/*.go golang/*.tmpl golang/README.md
var files embed.FS

// Kit is what there is for one language.
type Kit struct {
	Lang  string
	Try   string // command that runs the tests of a proof of concept named starter, from the folder above
	Build string // command that builds it; empty: it needs none
	Exec  string // command that runs it

	dir, ending string
	names       []string // of files that go with every detector
	rules       []string // of files that go with the rules alone
	learns      []string // of files that go with what learns, in place of names; none: it cannot begin so
}

// Kits are all languages.
var Kits = []Kit{
	{Lang: "python", dir: "python", ending: ".py", Try: "python3 starter/test_starter.py", Exec: "python3 starter/starter.py",
		names:  []string{"sealab.py", "sealab_mqtt.py", "test_starter.py", "README.md"},
		learns: []string{"sealab.py", "sealab_mqtt.py", "test_learner.py", "learner.md"}},
	{Lang: "javascript", dir: "javascript", ending: ".js", Try: "node --test starter/starter.test.js", Exec: "node starter/starter.js",
		names: []string{"sealab.js", "starter.test.js", "README.md"}},
	{Lang: "go", dir: "golang", ending: ".go", Try: "go test -C starter .", Build: "go build -C starter -o starter .", Exec: "starter/starter",
		names: []string{"sealab.go", "sealab_mqtt.go", "sealab_mqtt_event.go", "starter_test.go.tmpl", "README.md"}, rules: []string{"papers.go"}},
}

// Starts are the detectors that a new proof of concept can begin as.
var Starts = []string{starter, "rules", Learning}

// Learning is the start that is trained with scikit-learn.
const Learning = "sklearn"

// How the detectors to begin with are called in their files.
const (
	starter = "starter"
	learner = "learner"
)

// Begins reports whether there is such a start in this language.
func (k *Kit) Begins(start string) bool {
	return slices.Contains(Starts, start) && (start != Learning || k.learns != nil)
}

// File is one file to be written.
type File struct{ Name, Text string }

// Files are those of a new proof of concept of this name, which begins as one of Starts that there is (Begins).
func (k *Kit) Files(name, start string) []File {
	main, word, list := start, starter, k.names
	switch start {
	case "rules":
		list = append(list[:len(list):len(list)], k.rules...)
	case Learning:
		main, word, list = learner, learner, k.learns
	}
	main += k.ending
	if _, err := files.Open(k.dir + "/" + main); err != nil {
		main += ".tmpl"
	}
	out := []File{{name + k.ending, strings.ReplaceAll(k.read(main), word, name)}}
	for _, file := range list {
		text := k.read(file)
		if !strings.HasPrefix(file, "sealab") { // the client is what it is
			text = strings.ReplaceAll(text, word, name)
		}
		if strings.HasPrefix(file, "sealab_mqtt") && strings.HasSuffix(file, ".go") {
			text = goTag + text
		}
		if file == learner+".md" {
			file = "README.md"
		}
		out = append(out, File{strings.TrimSuffix(strings.ReplaceAll(file, word, name), ".tmpl"), text})
	}
	if k.Lang == "go" {
		out = append(out, File{"go.mod", fmt.Sprintf("module detector/%s\n\ngo 1.21\n", name)})
	}
	return out
}

// goTag leaves what needs a library out of a Go program until it is asked for: without a network it builds all the same.
const goTag = "//go:build mqtt\n\n"

// Named puts a name into one of the kit's commands.
func Named(command, name string) string { return strings.ReplaceAll(command, starter, name) }

// read gives an embedded file; that each is there is tested.
func (k *Kit) read(name string) string {
	text, _ := files.ReadFile(k.dir + "/" + name)
	return string(text)
}
