package mqtt

// This file binds client ids to whoever connected with them first, so that nobody takes over another's session.

import (
	"sync"

	mochi "github.com/mochi-mqtt/server/v2"
)

// owners says whose each client id is, while a connection or a kept session has it. The zero value is ready.
type owners struct {
	mu sync.Mutex
	of map[string]*owner
}

type owner struct {
	who   *party
	conns int // connections that hold the id: two for a moment when one takes over the other
}

// take binds id to who for connection c, or reports that it is another's. Anonymous clients are all one party: among
// themselves they may take over, as MQTT has it.
func (o *owners) take(c *conn, id string, who *party) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	w := o.of[id]
	if w == nil {
		if o.of == nil {
			o.of = map[string]*owner{}
		}
		w = &owner{who: who}
		o.of[id] = w
	}
	if w.who != who {
		return false
	}
	w.conns++
	c.id = id
	return true
}

// leave lets go of the connection's id; it stays bound while the broker keeps the session.
func (o *owners) leave(c *conn, sessions *mochi.Clients) {
	if c.id == "" {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if w := o.of[c.id]; w != nil {
		w.conns--
		if _, kept := sessions.Get(c.id); w.conns == 0 && !kept {
			delete(o.of, c.id)
		}
	}
}

// expire frees an id whose session is over.
func (o *owners) expire(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if w := o.of[id]; w != nil && w.conns == 0 {
		delete(o.of, id)
	}
}
