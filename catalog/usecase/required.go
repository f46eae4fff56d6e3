// Which fields a submission must have, by how far the thing has come. The schema says it; here it is asked.

package usecase

import (
	"slices"
	"strings"
	"sync"
)

var requiredBy = sync.OnceValue(func() map[string][]string {
	by := map[string][]string{}
	for _, stage := range append([]string{""}, Stages...) {
		bare := Entry{ID: "any", Origin: Submitted, Stage: stage}
		for _, f := range bare.Check() {
			if f.Problem == Missing && !strings.ContainsAny(f.Field, ".[") {
				by[stage] = append(by[stage], f.Field)
			}
		}
		if stage != "" {
			by[stage] = append(by[stage], "stage")
		}
	}
	return by
})

// Required reports whether a submission at a stage must have a field.
func Required(stage, field string) bool { return slices.Contains(requiredBy()[stage], field) }
