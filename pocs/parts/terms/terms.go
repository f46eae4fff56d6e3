// Package terms puts what the parts say into the terms of a proof of concept: thresholds become parameters, and alarms
// findings.
package terms

import (
	"sealab/pocs"
	"sealab/pocs/parts"
)

// Params makes parameters of thresholds, in their order. Each is an assumption, whatever it rests on: its source says what.
func Params(lists ...[]parts.Threshold) []pocs.Param {
	var out []pocs.Param
	for _, list := range lists {
		for _, t := range list {
			out = append(out, pocs.Param{
				Name: t.Name, Doc: t.Doc, Unit: t.Unit, Default: t.Default, Min: t.Min, Max: t.Max, Mark: "assumption", Source: t.Source,
			})
		}
	}
	return out
}

// Findings makes findings of alarms, in their order; nil of none.
func Findings(alarms []parts.Alarm) []pocs.Finding {
	var said []pocs.Finding
	for _, a := range alarms {
		said = append(said, pocs.Finding{Container: a.Container, Kind: a.Kind.String(), Level: a.Level, Why: a.Why, Basis: a.Basis})
	}
	return said
}
