// The command lines of a run's page: what plays it again, and what writes it to files.

package web

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sealab/pocs/experiment"
	"sealab/pocs/visitor"
	"sealab/sim"
)

// again is the command line that plays a run again, with all that is not a default, where one can: empty for a visitor's
// run. What extends a scenario is played as that one, since its file need not be at hand: the world is the same.
func (s *Server) again(r *runJSON) string {
	if r.PoC == visitor.Name {
		return ""
	}
	var b strings.Builder
	who := r.PoC
	if experiment.IsProgram(who) {
		who = "--exec COMMAND" // which one it was only those know who have its files
	}
	fmt.Fprintf(&b, "sealab run %s %s --seed %d", who, cmp.Or(r.Extends, r.Scenario), r.Seed)
	var settings, params []sim.Setting
	if sc, _, err := s.recipeOf(r.Scenario, r.Extends); err == nil {
		settings = sc.Settings
	}
	if p, err := s.findPoC(r.PoC); err == nil {
		params = p.Params
	}
	flagsOf(&b, "--set", settings, r.Settings)
	flagsOf(&b, "-p", params, r.Params)
	if r.Carrier != "direct" {
		fmt.Fprintf(&b, " --carrier %s", r.Carrier)
	}
	return b.String()
}

// flagsOf writes the numbers that are not at their defaults; of one that this hub does not know, it knows no default.
func flagsOf(b *strings.Builder, flag string, known []sim.Setting, values map[string]float64) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		text := sim.Number(values[name])
		if i := slices.IndexFunc(known, func(x sim.Setting) bool { return x.Name == name }); i >= 0 {
			if values[name] == known[i].Default {
				continue
			}
			text = known[i].Text(values[name])
		}
		fmt.Fprintf(b, " %s %s=%s", flag, name, text)
	}
}

// filesOf is the command line that writes a whole run to files, its readings as EPCIS too where they can be made again.
func filesOf(r *runJSON) string {
	if r.State != stateDone {
		return ""
	}
	if r.Carrier == "live" {
		return fmt.Sprintf("sealab export %s --out %s", r.Run, r.Run)
	}
	return fmt.Sprintf("sealab export %s --epcis --out %s", r.Run, r.Run)
}
