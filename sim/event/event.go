// Package event is what is heard: messages of named kinds, each delivered at a virtual time with a running number,
// handed out in batches of one tick.
//
// It knows no seal and no notice, so that other kinds (declaration, handover, scan …) can join without a change here.
package event

import "time"

// Message is one thing that can be heard. Kinds are open: `reading` and `notice` first.
type Message interface {
	// Kind names the message's schema, such as "reading".
	Kind() string
	// Subject names whom it is about: the container number of a seal's reading or of a notice.
	Subject() string
	// AppendRecord appends the fixed binary form that digests are made of.
	AppendRecord([]byte) []byte
}

// Wire is a Message that can travel over MQTT: it knows its topic below the run's root and its JSON form.
type Wire interface {
	Message
	// AppendTopic appends the topic below the run's root, such as "seal/SLB-00000007/tele".
	AppendTopic([]byte) []byte
	// AppendJSON appends the canonical JSON form (RFC 8785).
	AppendJSON([]byte) []byte
}

// Event is one delivery to a listener. It and its Message are valid during Step only: whoever keeps one copies it.
type Event struct {
	At      time.Time // virtual time of the delivery, UTC, whole milliseconds
	N       uint64    // delivery number, running through the world from 1
	Message Message
}

// Batch holds the events of one tick, the interval (Now − length, Now], in order of (At, N).
type Batch struct {
	Tick   int64     // number of tick lengths from the scenario's start to Now
	Now    time.Time // the tick's end, UTC
	Events []Event
}
