// Numbers and grids of an experiment file.

package experiment

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"sealab/sim"
)

// listOf reads a list that must not be empty.
func (n *node) listOf(key, such string) ([]node, error) {
	v := n.get(key)
	if v == nil {
		return nil, n.wrong("%s is missing: want a list, such as %s: [%s]", key, key, such)
	}
	items, err := v.list()
	if err == nil && len(items) == 0 {
		err = v.wrong("the list is empty: want at least one, such as %s", such)
	}
	return items, err
}

// values reads a mapping of numbers or lists of numbers. An empty list is an empty grid, which would be no arm at all.
func (n *node) values(key string) (Values, error) {
	v := n.get(key)
	if v == nil {
		return nil, nil
	}
	if err := v.want(isMapping); err != nil {
		return nil, err
	}
	out := make(Values, len(v.pairs))
	for i := range v.pairs {
		at := &v.pairs[i].value
		at.line = max(at.line, v.pairs[i].line)
		if at.kind == isNothing {
			return nil, at.wrong("nothing stands here: want a number, or a list of numbers")
		}
		items, err := at.list()
		if err != nil {
			return nil, err
		}
		if len(items) == 0 {
			return nil, at.wrong("the grid is empty: want a number, or a list with at least one")
		}
		if len(items) > maxGrid {
			return nil, at.wrong("the grid has %d values; allowed are %d", len(items), maxGrid)
		}
		if out[v.pairs[i].key], err = numbersIn(items); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// numbersIn reads numbers, and words such as low and high, in their shortest form; none may stand twice.
func numbersIn(items []node) ([]string, error) {
	var out []string
	for i := range items {
		n := &items[i]
		if err := n.want(isText); err != nil {
			return nil, err
		}
		text := strings.TrimSpace(n.text)
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, n.wrong("%s is not a finite number", text)
			}
			text = sim.Number(v + 0)
		} else if text != "low" && text != "high" {
			return nil, n.wrong("%q is not a number, nor low or high", text)
		}
		if slices.Contains(out, text) {
			return nil, n.wrong("%s stands twice in the grid", text)
		}
		out = append(out, text)
	}
	return out, nil
}
