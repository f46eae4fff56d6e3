package attacks

import (
	"slices"

	"sealab/sim"
)

// This file says what is taken for what: the look-alikes that resemble an attack (reference sections d and e, columns
// "confused with" and "careless detector says").

// confusions are the look-alikes that resemble an attack, by name.
var confusions = map[string][]string{
	"bolt_cut":       {"authorised_inspection"},
	"quick_open":     {"authorised_inspection", "light_leak"},
	"hinge_bypass":   {"authorised_inspection", "crane_shock", "rail_hump", "light_leak"},
	"seal_swap":      {"authorised_inspection", "reboot"},
	"clone":          {"reboot", "duplicates"},
	"replay":         {"dead_zone", "duplicates"},
	"relay":          {"roaming_change"},
	"gnss_jam":       {"port_stack", "ferry_tunnel"},
	"spoof_teleport": {"ferry_tunnel"},
	"radio_wrap":     {"dead_zone", "port_stack", "low_battery", "ferry_tunnel"},
	"delayed_alarm":  {"dead_zone"},
	"clock_rollback": {"clock_step"},
	"moved_seal":     {"crane_shock"},
	"seal_theft":     {"low_battery"},
	"diversion":      {"rest_stop", "weather_diversion"},
	"temp_abuse":     {"stuck_sensor", "authorised_inspection"},
}

// chances are what an attack is taken for that no kind brings: the noise of an ordinary trip.
var chances = map[string]string{
	"quick_open":     "a bounce of the door contact",
	"hinge_bypass":   "rough handling",
	"clone":          "an acknowledgement that was lost, so that a message comes twice",
	"relay":          "a slow network",
	"spoof_teleport": "an outlier of the receiver",
	"spoof_ring":     "a vessel that swings at anchor, a yard move",
	"drag_off":       "the ordinary wander of a position, another road",
	"diversion":      "a pause, a queue at a border",
	"temp_abuse":     "a defrost cycle, the sun at noon",
}

// ConfusedWith gives the look-alikes that resemble an attack, or the attacks that a look-alike resembles, in the order
// of All.
func ConfusedWith(k *sim.Kind) []*sim.Kind {
	var list []*sim.Kind
	for _, other := range All {
		attack, alike := k, other
		if !k.Hostile {
			attack, alike = other, k
		}
		if attack.Hostile && !alike.Hostile && slices.Contains(confusions[attack.Name], alike.Name) {
			list = append(list, other)
		}
	}
	return list
}
