// Numbers and grids of an experiment file.

package experiment

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sealab/sim"
	"sealab/sim/files/tree"
)

// valuesOf reads a mapping of numbers or lists of numbers. An empty list is an empty grid, which would be no arm at all.
// An assumption may be named without its prefix.
func valuesOf(n *tree.Node, key string) (Values, error) {
	v := n.Get(key)
	if v == nil {
		return nil, nil
	}
	if err := v.Want(tree.Mapping); err != nil {
		return nil, err
	}
	out := make(Values, len(v.Pairs))
	for i := range v.Pairs {
		at := &v.Pairs[i].Value
		if at.Line == 0 {
			at.Place = v.Pairs[i].Place
		}
		if at.Kind == tree.Nothing {
			return nil, at.Wrong("nothing stands here: want a number, or a list of numbers")
		}
		items, err := at.All()
		if err != nil {
			return nil, err
		}
		if len(items) == 0 {
			return nil, at.Wrong("the grid is empty: want a number, or a list with at least one")
		}
		if len(items) > maxGrid {
			return nil, at.Wrong("the grid has %d values; allowed are %d", len(items), maxGrid)
		}
		name := v.Pairs[i].Key
		if key == "set" {
			name = sim.FullName(name)
		}
		if _, twice := out[name]; twice {
			return nil, at.Wrong("%s stands here too: say it once", name)
		}
		if out[name], err = numbersIn(items); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// word is what may stand for a number, such as low, high or sign+chain; whether a setting knows it is seen when it is
// resolved.
var word = regexp.MustCompile(`^[a-z][a-z+_-]{0,31}$`)

// numbersIn reads numbers in their shortest form, and words; none may stand twice.
func numbersIn(items []tree.Node) ([]string, error) {
	var out []string
	for i := range items {
		n := &items[i]
		if err := n.Want(tree.Text); err != nil {
			return nil, err
		}
		text := strings.TrimSpace(n.Text)
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, n.Wrong("%s is not a finite number", text)
			}
			text = sim.Number(v + 0)
		} else if !word.MatchString(text) {
			return nil, n.Wrong("%q is not a number, nor a word such as low or high", text)
		}
		if slices.Contains(out, text) {
			return nil, n.Wrong("%s stands twice in the grid", text)
		}
		out = append(out, text)
	}
	return out, nil
}
