package mqtt

// This file is what the broker counts: whatever it refuses, drops or survives can be seen.

import "sync/atomic"

// counts are the broker's own counters; the rest of Stats comes from the library.
type counts struct {
	accepted, refusedConnections, refusedConnects, refusedPublishes, refusedSubscribes atomic.Int64
	panics, slow, unkept                                                               atomic.Int64
}

// Stats is what has happened since the start. A run during which InflightDropped or OutboundDropped grew is incomplete.
type Stats struct {
	Connections        int64 // open now
	Accepted           int64 // connections let in so far
	Received, Sent     int64 // messages
	Panics             int64 // contained: each closed one connection
	RefusedConnections int64 // over a limit of connections
	RefusedConnects    int64 // wrong credential, client id or will
	RefusedPublishes   int64
	RefusedSubscribes  int64
	Unkept             int64 // messages that OnReading returned an error for
	SlowCut            int64 // connections closed because the other side did not read
	InflightDropped    int64 // messages dropped by the broker: too many unacknowledged
	OutboundDropped    int64 // messages dropped by the broker: too many waiting
}

// Stats returns the counters.
func (b *Broker) Stats() Stats {
	info, c := b.server.Info, &b.counts
	return Stats{
		Connections:        int64(b.door.open()),
		Accepted:           c.accepted.Load(),
		Received:           atomic.LoadInt64(&info.MessagesReceived),
		Sent:               atomic.LoadInt64(&info.MessagesSent),
		Panics:             c.panics.Load(),
		RefusedConnections: c.refusedConnections.Load(),
		RefusedConnects:    c.refusedConnects.Load(),
		RefusedPublishes:   c.refusedPublishes.Load(),
		RefusedSubscribes:  c.refusedSubscribes.Load(),
		Unkept:             c.unkept.Load(),
		SlowCut:            c.slow.Load(),
		InflightDropped:    atomic.LoadInt64(&info.InflightDropped),
		OutboundDropped:    atomic.LoadInt64(&info.MessagesDropped),
	}
}
