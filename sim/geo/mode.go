// How a box is moved along an edge: five modes, and sets of them.

package geo

import "strconv"

// Mode is the way of travel along one edge.
type Mode uint8

// The modes of edges.csv. Sea is open water; Channel is a river, strait or approach too narrow for the coastline used;
// Canal is Suez or Panama.
const (
	Sea Mode = iota
	Channel
	Canal
	Rail
	Road
)

var modeNames = [...]string{Sea: "sea", Channel: "channel", Canal: "canal", Rail: "rail", Road: "road"}

// String is the name of the mode as edges.csv writes it.
func (m Mode) String() string {
	if int(m) < len(modeNames) {
		return modeNames[m]
	}
	return "mode(" + strconv.Itoa(int(m)) + ")"
}

// factor is how much longer the way is than the great circle between the ends: 1.17 by road and 1.24 by rail, fitted to
// Mombasa-Kampala, Mombasa-Kigali and Chongqing-Duisburg; 1 on water, where the edges follow the lanes.
func (m Mode) factor() float64 {
	switch m {
	case Road:
		return 1.17
	case Rail:
		return 1.24
	}
	return 1
}

// Modes is a set of modes; sets are joined with |.
type Modes uint8

// The three ways of booking a trip. A route over more than one of them changes only at ports.
const (
	Water  Modes = 1<<Sea | 1<<Channel | 1<<Canal
	ByRail Modes = 1 << Rail
	ByRoad Modes = 1 << Road
)

// Has says whether the mode is in the set.
func (s Modes) Has(m Mode) bool { return s>>m&1 != 0 }

// String names the set for messages: "water, rail".
func (s Modes) String() string {
	text := ""
	for _, part := range []struct {
		of   Modes
		name string
	}{{Water, "water"}, {ByRail, "rail"}, {ByRoad, "road"}} {
		if s&part.of == 0 {
			continue
		}
		if text != "" {
			text += ", "
		}
		text += part.name
	}
	if text == "" {
		return "no mode"
	}
	return text
}
