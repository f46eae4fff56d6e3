// One writer, many readers: bytes that were encoded once go to everyone who listens, and a slow one loses the oldest.

package web

import "sync"

// queued is how many pieces may wait for one listener. The latest state is in the last of them, so that losing older
// ones costs nothing that a reader would see.
const queued = 16

// broadcast hands the same bytes to all its listeners.
type broadcast struct {
	mu        sync.Mutex
	listeners map[*listener]bool
	dropped   uint64
	most      int // listeners at once; 0: no bound
}

// listener is one browser's stream.
type listener struct {
	C chan []byte // what is to be written, shared: nobody may change it
}

func newBroadcast(most int) *broadcast {
	return &broadcast{listeners: map[*listener]bool{}, most: most}
}

// join adds a listener, or returns nil where there are too many.
func (b *broadcast) join() *listener {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.most > 0 && len(b.listeners) >= b.most {
		return nil
	}
	l := &listener{C: make(chan []byte, queued)}
	b.listeners[l] = true
	return l
}

func (b *broadcast) leave(l *listener) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.listeners, l)
}

// send gives a piece to everyone; it never waits.
func (b *broadcast) send(piece []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for l := range b.listeners {
		select {
		case l.C <- piece:
			continue
		default:
		}
		select { // full: the oldest makes room
		case <-l.C:
			b.dropped++
		default:
		}
		select {
		case l.C <- piece:
		default:
		}
	}
}

// count says how many listen.
func (b *broadcast) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.listeners)
}
