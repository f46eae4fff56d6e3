//go:build !js

// The suites: frozen sets of worlds that can be cited, one file each.

package all

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"sealab/pocs/experiment"
)

//go:embed suites/*.yaml
var suiteFiles embed.FS

// Suites are all suites, the newest first.
var Suites = sync.OnceValue(func() []experiment.Suite {
	names, err := fs.Glob(suiteFiles, "suites/*.yaml")
	if err != nil {
		panic(err) // the pattern is well-formed
	}
	var list []experiment.Suite
	for _, name := range names {
		text, err := suiteFiles.ReadFile(name)
		if err != nil {
			panic(err) // it was listed just now
		}
		s, err := experiment.ParseSuite(text)
		if err != nil {
			panic(fmt.Sprintf("%s: %v", name, err)) // TestSuites reads them all
		}
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b experiment.Suite) int { return strings.Compare(b.Version, a.Version) })
	return list
})
