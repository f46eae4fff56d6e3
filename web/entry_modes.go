// Attack modes of entries and the kinds of the simulator's library: what is meant by both is linked.

package web

import (
	"strings"

	"sealab/catalog/usecase"
	"sealab/sim/attacks"
)

// modeKinds are the kinds that act out a known attack mode, where the names alone do not say it.
var modeKinds = map[string][]string{
	"seal-opened":     {"bolt_cut", "quick_open"},
	"seal-clone":      {"clone"},
	"device-theft":    {"seal_theft"},
	"replay-forgery":  {"replay"},
	"gnss-jamming":    {"gnss_jam"},
	"radio-jamming":   {"radio_wrap"},
	"gnss-spoofing":   {"drag_off", "spoof_teleport", "spoof_ring"},
	"route-deviation": {"diversion"},
}

// attackMode is one with what the library has of it.
type attackMode struct {
	Slug  string
	Kinds []string
}

// Words is the mode as a person reads it.
func (m attackMode) Words() string {
	words := strings.ReplaceAll(m.Slug, "-", " ")
	words = strings.ReplaceAll(words, "gnss", "GNSS")
	return strings.ToUpper(words[:1]) + words[1:]
}

func modesOf(e *usecase.Entry) []attackMode {
	list := make([]attackMode, len(e.AttackModes))
	for i, slug := range e.AttackModes {
		list[i] = attackMode{slug, kindsOfMode(slug)}
	}
	return list
}

// kindsOfMode are the library's kinds for a mode: those of the same name, and those of the table.
func kindsOfMode(slug string) []string {
	if kinds := modeKinds[slug]; kinds != nil {
		return kinds
	}
	name := strings.ReplaceAll(slug, "-", "_")
	for _, k := range attacks.All {
		if k.Name == name {
			return []string{name}
		}
	}
	return nil
}
