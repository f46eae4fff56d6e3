package sim

import (
	"sort"
	"strings"
)

// Suggest says which of the known names was probably meant by a wrong one, or lists them when none is near.
func Suggest(wrong string, known []string) string {
	best, bestDist := "", 1+len(wrong)/2
	for _, k := range known {
		if d := editDistance(strings.ToLower(wrong), strings.ToLower(k)); d < bestDist {
			best, bestDist = k, d
		}
	}
	if best != "" {
		return "did you mean " + best + "?"
	}
	names := append([]string(nil), known...)
	sort.Strings(names)
	if len(names) > 16 {
		names = append(names[:16], "…")
	}
	return "known are " + strings.Join(names, ", ")
}

// editDistance is the Levenshtein distance in bytes (two-row form).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diag := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diag
			if a[i-1] != b[j-1] {
				cost++
			}
			diag = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
