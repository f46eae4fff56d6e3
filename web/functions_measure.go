// Measures in words: a value is written the way its unit asks for.

package web

import (
	"math"

	"sealab/pocs"
)

// measured prints a measure: seconds as a length of time, fractions as per cent, the rest as numbers.
func measured(t *texts, unit string, v *float64) string {
	if v == nil {
		return "–"
	}
	switch unit {
	case "s":
		return duration(t, *v)
	case "1":
		if math.Abs(*v) < 0.01 {
			return decimals(3, 100**v) + " %"
		}
		return decimals(1, 100**v) + " %"
	case "points":
		return decimals(1, *v)
	}
	if a := math.Abs(*v); a > 0 && a < 1 {
		return decimals(3, *v)
	}
	return decimals(1, *v)
}

// signed prints a difference, with its sign.
func signed(t *texts, unit string, v *float64) string {
	text := measured(t, unit, v)
	if v != nil && *v > 0 {
		return "+" + text
	}
	return text
}

// units of the columns of the runs table.
var units = func() map[string]string {
	out := map[string]string{}
	for _, m := range pocs.SealMeasures {
		out[m.Name] = m.Unit
	}
	return out
}()

func column(t *texts, name string, v *float64) string { return measured(t, units[name], v) }

// leaning says which way a difference goes: up is better, down is worse, or neither; neither too where it is too small
// to be shown.
func leaning(t *texts, better, unit string, d *float64) string {
	nothing := 0.0
	switch {
	case d == nil || better == string(pocs.Neutral) || measured(t, unit, d) == measured(t, unit, &nothing):
		return "even"
	case (*d > 0) == (better == string(pocs.Higher)):
		return "up"
	}
	return "down"
}

// mapView is what the map of a recorded world is told.
type mapView struct{ Plan, Mode, Findings, Truth, Container, Series string }

func replayMap(run string, truth bool) mapView {
	base := "/api/v1/runs/" + run
	v := mapView{Plan: base + "/plan", Mode: "replay", Findings: base + "/findings"}
	if truth {
		v.Truth = base + "/truth"
	}
	return v
}

func boxMap(plan, container, series string) mapView {
	return mapView{Plan: plan, Mode: "container", Container: container, Series: series}
}
