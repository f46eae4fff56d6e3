// What differs between a stored run and the same run played again.

package catalog

import (
	"fmt"

	"sealab/pocs"
)

// mostDiffs is how many records Diff names: enough to see what was altered, few enough to read.
const mostDiffs = 100

// incidental columns differ between two plays of one run, or follow from what is compared anyway.
var incidental = map[string]bool{"room": true, "code_commit": true, "identity": true, "started_ms": true, "elapsed_ns": true, "truth_id": true}

// Diff names the first records, at most 100, in which a run played again differs from the stored one: every field of
// identity, findings (their prose too), truth, judgement, score to the last bit, counts and digests. It does not compare
// id, room, commit and wall times.
func Diff(stored, again *pocs.Run) []Altered {
	var list []Altered
	for _, parts := range [][]part{runParts, truthParts} {
		was, is := recordsOf(parts, stored), recordsOf(parts, again)
		list = append(list, diffRecords(was, is)...)
	}
	return list[:min(len(list), mostDiffs)]
}

func diffRecords(was, is []record) []Altered {
	found := map[string][]record{}
	for _, rec := range is {
		found[rec.name] = append(found[rec.name], rec)
	}
	var list []Altered
	for _, rec := range was {
		same := found[rec.name]
		switch {
		case incidental[rec.fields[0]]:
		case len(same) == 0:
			list = append(list, Altered{rec.name, "stored, but not found when played again"})
		default:
			if how := diffValues(rec, same[0]); how != "" {
				list = append(list, Altered{rec.name, how})
			}
		}
		if len(same) > 0 {
			found[rec.name] = same[1:]
		}
	}
	for _, rec := range is {
		if len(found[rec.name]) > 0 {
			list = append(list, Altered{rec.name, "found when played again, but not stored"})
			found[rec.name] = found[rec.name][1:]
		}
	}
	return list
}

// diffValues says which field differs first.
func diffValues(was, is record) string {
	for i := range was.values {
		if string(appendValue(nil, was.values[i])) != string(appendValue(nil, is.values[i])) {
			return fmt.Sprintf("%s: stored %v, played again %v", was.fields[i], was.values[i], is.values[i])
		}
	}
	return ""
}
