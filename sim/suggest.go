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

// editDistance counts the insertions, deletions, substitutions and swaps of neighbours between a and b, in bytes
// (optimal string alignment: F. Damerau 1964, R. Wagner, M. Fischer 1974).
func editDistance(a, b string) int {
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}
