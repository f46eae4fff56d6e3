// Package usecases is what the catalogue holds on its first day: public initiatives, compiled from public pages, and
// the use cases behind Sealab's own proofs of concept. One file an entry.
//
// The list of public initiatives is nobody's annex: no entry is confirmed as one of the 42 use cases of the WCO/WTO study
// report of June 2022. Figures are what the sources report.
package usecases

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"

	"sealab/catalog/usecase"
)

//go:embed *.yaml
var files embed.FS

// Files are the entries as they were written, ID.yaml each.
func Files() fs.FS { return files }

// List gives every entry, by id.
var List = sync.OnceValue(func() []usecase.Entry {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		panic(err)
	}
	list := make([]usecase.Entry, len(names))
	for i, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			panic(err)
		}
		var faults []usecase.Fault
		if list[i], faults = usecase.Parse(text); len(faults) > 0 {
			panic(fmt.Sprintf("use case %s: %v", name, faults[0])) // a file of ours: a test reads them all
		}
	}
	return list
})
