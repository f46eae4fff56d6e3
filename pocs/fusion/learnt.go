package fusion

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"sealab/sim/exact"
)

// This file reads what was learnt from labelled worlds: each clue's weight, and of which kinds of attack it tells.

// learnt.csv is the output of
//
//	sealab learn fusion mixed --seeds 1..200 --also signature=2 --csv
//
// A row a clue: its weight, the counts behind it, and of how many attacks of each kind it told. The row "*" has the
// number of all.
//
//go:embed learnt.csv
var learntCSV string

// learnt is that table.
type learnt struct {
	kinds  []string           // of attack, as findings name them
	weight map[string]float64 // dB, by clue
	logs   [numClues][]float64
}

// firstKind is the column in which the kinds begin.
const firstKind = 6

// table is read once; a test of the build says that it can be.
var table = mustRead(learntCSV)

func mustRead(text string) *learnt {
	t, err := readLearnt(text)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return t
}

// readLearnt reads the table, and makes of the counts the logarithm of P(clue | kind), by H. Jeffreys' prior.
func readLearnt(text string) (*learnt, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read learnt weights: %w", err)
	}
	if len(rows) < 2 || len(rows[0]) <= firstKind || rows[1][0] != "*" {
		return nil, fmt.Errorf("read learnt weights: want a heading with kinds, then the row *")
	}
	t := &learnt{kinds: rows[0][firstKind:], weight: map[string]float64{}}
	for c := range t.logs {
		t.logs[c] = make([]float64, len(t.kinds))
	}
	all := rows[1][firstKind:]
	for _, row := range rows[2:] {
		c, known := clueByName(row[0])
		if !known {
			return nil, fmt.Errorf("read learnt weights: there is no clue %q", row[0])
		}
		if t.weight[row[0]], err = strconv.ParseFloat(row[1], 64); err != nil {
			return nil, fmt.Errorf("read learnt weights: clue %s: %w", row[0], err)
		}
		for k := range t.kinds {
			n, err1 := strconv.ParseFloat(row[firstKind+k], 64)
			of, err2 := strconv.ParseFloat(all[k], 64)
			if err1 != nil || err2 != nil || n < 0 || n > of {
				return nil, fmt.Errorf("read learnt weights: clue %s, kind %s: %q of %q is no count", row[0], t.kinds[k], row[firstKind+k], all[k])
			}
			t.logs[c][k] = exact.Log((n + 0.5) / (of + 1))
		}
	}
	return t, nil
}

// clueByName finds a clue by its name.
func clueByName(name string) (clue, bool) {
	for c := range clue(numClues) {
		if name != "" && clues[c].name == name {
			return c, true
		}
	}
	return 0, false
}
