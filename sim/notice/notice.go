// Package notice is what Customs and operators know from their own systems: bookings, gates, departures, authorised
// openings, diversions and inspection results. A notice is true as far as its sender knows; it can come late.
package notice

import (
	"encoding/binary"

	"sealab/sim/event"
)

// KindNotice is the event kind of a Notice.
const KindNotice = "notice"

// What a notice can say. The names on the wire are in Kinds.
type What uint8

// The kinds of notices; 0 is one that this version does not know.
const (
	Unknown What = iota
	Booking
	Sealing
	GateIn
	GateOut
	Departure
	Arrival
	AuthorisedOpening
	ApprovedDiversion
	InspectionResult
)

// Notice is one statement about a container. Times are ms since 1970 UTC.
type Notice struct {
	ID        string // unique in its world
	What      What
	TS        int64  // when what it says happened, or is to happen
	Container string // ISO 6346
	Seal      string // empty where the statement names none
	Trip      string // empty where the statement names none
	Place     string // node id of the transport graph (UN/LOCODE or pseudo-code); empty where there is none
	Vehicle   string // vessel, train or truck; empty where there is none
	Until     int64  // end of what is announced (an opening), 0 where there is none
	Result    string // of an inspection: "clean" or "found"; else empty
	Route     []Stop // of a booking: the planned calls in order
}

// Stop is one call of a booked route.
type Stop struct {
	Place string // node id
	Mode  string // how it is reached: "sea", "rail", "road"; empty for the first
	ETA   int64  // planned arrival, ms since 1970
	ETD   int64  // planned departure, ms since 1970
}

// Kind returns "notice".
func (n *Notice) Kind() string { return KindNotice }

// Subject returns the container number.
func (n *Notice) Subject() string { return n.Container }

// AppendRecord appends the fixed binary form.
func (n *Notice) AppendRecord(b []byte) []byte {
	b = event.AppendString(b, n.ID)
	b = append(b, byte(n.What))
	b = binary.AppendVarint(b, n.TS)
	for _, s := range [...]string{n.Container, n.Seal, n.Trip, n.Place, n.Vehicle} {
		b = event.AppendString(b, s)
	}
	b = binary.AppendVarint(b, n.Until)
	b = event.AppendString(b, n.Result)
	b = binary.AppendUvarint(b, uint64(len(n.Route)))
	for _, s := range n.Route {
		b = event.AppendString(b, s.Place)
		b = event.AppendString(b, s.Mode)
		b = binary.AppendVarint(b, s.ETA)
		b = binary.AppendVarint(b, s.ETD)
	}
	return b
}
