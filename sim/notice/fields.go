package notice

// This file is the table of a notice's JSON: keys in order, what they mean, and the names of the closed lists.

import "sealab/sim/event/wire"

// Version is the value of "v" in every message.
const Version = wire.Version

const (
	// MaxStops is the longest route.
	MaxStops = 64
	// MaxText is the longest id, place or vehicle, in characters.
	MaxText = 64
)

// Kinds are the names of What, by value.
var Kinds = []string{wire.Unknown, "booking", "sealing", "gate_in", "gate_out", "departure", "arrival",
	"authorised_opening", "approved_diversion", "inspection_result"}

// Results are the names that an inspection's result can have; Modes those of how a call is reached.
var (
	Results = []string{wire.Unknown, "clean", "found"}
	Modes   = []string{wire.Unknown, "sea", "channel", "canal", "rail", "road"}
)

// String returns the name on the wire.
func (w What) String() string {
	if int(w) >= len(Kinds) {
		w = Unknown
	}
	return Kinds[w]
}

// The keys of a notice, in the order of RFC 8785.
const (
	keyContainer = iota
	keyID
	keyKind
	keyPlace
	keyResult
	keyRoute
	keySeal
	keyTrip
	keyTS
	keyUntil
	keyV
	keyVehicle
)

var keys = []string{"container", "id", "kind", "place", "result", "route", "seal", "trip", "ts", "until", "v", "vehicle"}

// docs says what each key means, in the order of keys.
var docs = []string{
	"container number, ISO 6346 with a right check digit",
	"id of the notice, unique in its world",
	"what is stated",
	"node of the transport graph: UN/LOCODE, or a pseudo-code with a 0",
	"of an inspection",
	"of a booking: the planned calls in order",
	"the seal that the statement names",
	"the trip that the statement names",
	"when it happened, or is to happen",
	"end of what is announced, such as an opening",
	"version of the protocol",
	"vessel, train or truck",
}

// Doc says what a key of a notice means; it is empty for what is none.
func Doc(key string) string {
	for i := range keys {
		if keys[i] == key {
			return docs[i]
		}
	}
	return ""
}

// required are the keys that every notice has, as places in keys.
var required = []int{keyV, keyID, keyKind, keyTS, keyContainer}

// The keys of a stop, in the same order.
const (
	stopETA = iota
	stopETD
	stopMode
	stopPlace
)

var stopKeys = []string{"eta", "etd", "mode", "place"}

var stopDocs = []string{
	"planned arrival; at the first call, when the box is there",
	"planned departure",
	"how it is reached; left out at the first call",
	"node of the transport graph",
}

// stopRequired are the keys that every stop has, as places in stopKeys.
var stopRequired = []int{stopPlace, stopETA}
