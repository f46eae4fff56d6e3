package quorum

import (
	"fmt"
	"time"
)

// This file says it to an officer.

// beside tells of the neighbours.
func (m *member) beside(v verdict) string {
	return fmt.Sprintf("%d of %d neighbours (%s) show the same", v.odd, v.odd+v.well, m.place.name)
}

func whyJammed(m *member, v verdict) string {
	return "A jammer drowns this seal's satellites and not its neighbours': " + m.beside(v) + "."
}

func whyFalseSky(m *member, v verdict) string {
	return "This seal hears one transmitter in place of satellites, and its neighbours do not: " + m.beside(v) + "."
}

func whySpoofedYard(m *member, v verdict) string {
	return "A transmitter speaks to this whole place in place of satellites: " + m.beside(v) + "."
}

func whyDisplaced(m *member, v verdict) string {
	return fmt.Sprintf("The seal is %.0f km from the others of its place: %s.", m.farM/1000, m.beside(v))
}

func whyHeldBack(m *member, v verdict) string {
	return "An alarm comes late out of a place in which the others were heard in time: " + m.beside(v) + "."
}

func whyBagged(m *member, v verdict) string {
	return "Network and satellites were taken from this seal together, where the others had both: " + m.beside(v) + "."
}

func whyWarm(m *member, v verdict) string {
	return "This box was held cool and is not any more, where the others are: " + m.beside(v) + "."
}

func whySilent(m *member, v verdict) string {
	return fmt.Sprintf("Nothing was heard of this seal since %s, and %d others of its place (%s) were.", clock(m.heardMs), v.well, m.place.name)
}

func whyGone(m *member, v verdict) string {
	return fmt.Sprintf("Since it said at %s that it was broken nothing was heard of this seal, and %d others of its place (%s) were: it is gone.",
		clock(m.heardMs), v.well, m.place.name)
}

func clock(ms int64) string { return time.UnixMilli(ms).UTC().Format("2006-01-02 15:04 UTC") }
