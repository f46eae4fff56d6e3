// Only what differs: the parameters and settings that set the arms of a design apart.

package experiment

import (
	"maps"
	"slices"
)

// Difference is one number that is not the same in all arms.
type Difference struct {
	What   string     `json:"what"`   // "poc", "param" or "setting"
	Name   string     `json:"name"`   // of the parameter or setting
	Values []*float64 `json:"values"` // one an arm; nil where the arm has no such number, or not the same in all scenarios
}

// Differences lists the parameters, and of the settings that every scenario resolves, those that differ between arms.
// With all, also those that do not. A parameter that only some detectors have sets them apart no more than their name
// does: it differs where two that have it differ.
func Differences(d *Design, all bool) []Difference {
	params, settings := map[string]bool{}, map[string]bool{}
	for a := range d.Arms {
		for name := range d.Arms[a].Params {
			params[name] = true
		}
		for s := range d.Scenarios {
			for name := range d.Settings(a, s) {
				settings[name] = true
			}
		}
	}
	var list []Difference
	for _, name := range slices.Sorted(maps.Keys(params)) {
		diff := Difference{What: "param", Name: name}
		for a := range d.Arms {
			diff.Values = append(diff.Values, valueOf(d.Arms[a].Params, name))
		}
		if all || differ(slices.DeleteFunc(slices.Clone(diff.Values), func(v *float64) bool { return v == nil })) {
			list = append(list, diff)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		diff := Difference{What: "setting", Name: name}
		apart := false
		for a := range d.Arms {
			diff.Values = append(diff.Values, valueOf(d.Settings(a, 0), name))
			for s := range d.Scenarios {
				v := valueOf(d.Settings(a, s), name)
				apart = apart || !equalTo(v, valueOf(d.Settings(0, s), name))
				if !equalTo(v, diff.Values[a]) {
					diff.Values[a] = nil
				}
			}
		}
		if all || apart {
			list = append(list, diff)
		}
	}
	return list
}

func valueOf(numbers map[string]float64, name string) *float64 {
	if v, there := numbers[name]; there {
		return &v
	}
	return nil
}

func differ(values []*float64) bool {
	return slices.ContainsFunc(values, func(v *float64) bool { return !equalTo(v, values[0]) })
}

func equalTo(a, b *float64) bool { return a == b || a != nil && b != nil && *a == *b }
