package mqtt

// This file gathers small writes to a socket and sends them from one goroutine, as many at a time as have come together.

import (
	"errors"
	"net"
	"runtime"
	"sync"
	"time"
)

const (
	flushChunk = 64 << 10        // bytes a single write may take the whole timeout for: 13 kB/s is the slowest link kept
	flushKeep  = 64 << 10        // bytes of buffer kept for reuse; a burst's larger one is given back
	flushLast  = 1 * time.Second // for what is left when the connection is closed, such as a DISCONNECT
)

var errSlow = errors.New("the other side reads too slowly")

// flusher is the writing half of a connection. Both MQTT libraries write packet by packet; gathered, several packets
// share one system call. Nothing is held back to wait for more: what comes during one write goes out with the next.
//
// On the broker's side a write never waits (wait is false): the broker holds a client's lock while it writes, and a
// stalled subscriber would freeze every publisher to its topics. Instead the connection is closed when limit is
// reached or the socket takes nothing for the timeout.
type flusher struct {
	raw     net.Conn
	limit   int           // bytes that may wait
	wait    bool          // when full: wait for room, rather than fail
	timeout time.Duration // for one write of at most flushChunk
	onFail  func(error)   // called once, if a write fails or is refused

	mu      sync.Mutex
	more    sync.Cond // there is something to send, or it is over
	room    sync.Cond // there is room again, or it is over
	buf     []byte    // what waits
	spare   []byte    // the buffer that was sent last
	sending int       // bytes handed to the socket and not yet taken
	err     error
	closing bool
	done    chan struct{} // closed when nothing more will be sent and the socket is closed
}

func newFlusher(raw net.Conn, limit int, wait bool, timeout time.Duration, onFail func(error)) *flusher {
	f := &flusher{raw: raw, limit: limit, wait: wait, timeout: timeout, onFail: onFail, done: make(chan struct{})}
	f.more.L, f.room.L = &f.mu, &f.mu
	go f.run()
	return f
}

// Write takes all of p or fails. It does not keep p.
func (f *flusher) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.wait && f.err == nil && !f.closing && f.waiting() > 0 && f.waiting()+len(p) > f.limit {
		f.room.Wait()
	}
	if f.closing && f.err == nil {
		return 0, net.ErrClosed
	}
	if f.err == nil && !f.wait && f.waiting()+len(p) > f.limit {
		f.fail(errSlow)
	}
	if f.err != nil {
		return 0, f.err
	}
	f.buf = append(f.buf, p...)
	f.more.Signal()
	return len(p), nil
}

func (f *flusher) waiting() int { return len(f.buf) + f.sending }

// fail ends the connection at once; f.mu is held.
func (f *flusher) fail(err error) {
	if f.err != nil {
		return
	}
	f.err = err
	f.raw.Close() // what could not be sent is lost in any case; the cause is err
	f.more.Signal()
	f.room.Broadcast()
	if f.onFail != nil && !f.closing {
		f.onFail(err)
	}
}

// Close lets what waits go out, within flushLast, and then closes the socket. It does not wait for that.
func (f *flusher) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.closing {
		f.closing = true
		f.raw.SetWriteDeadline(time.Now().Add(flushLast)) // an error shows in the write
		f.more.Signal()
		f.room.Broadcast()
	}
	return nil
}

// run sends what waits until the connection is closed or fails.
func (f *flusher) run() {
	defer close(f.done)
	defer f.raw.Close()
	for {
		out, ok := f.next()
		if !ok {
			return
		}
		err := f.send(out)
		f.mu.Lock()
		f.sending = 0
		if cap(out) <= flushKeep {
			f.spare = out[:0]
		}
		if err != nil {
			f.fail(err)
		}
		f.room.Broadcast()
		f.mu.Unlock()
	}
}

// next waits for something to send and takes all of it.
func (f *flusher) next() ([]byte, bool) {
	f.mu.Lock()
	if len(f.buf) == 0 && f.err == nil && !f.closing {
		for len(f.buf) == 0 && f.err == nil && !f.closing {
			f.more.Wait()
		}
		f.mu.Unlock()
		runtime.Gosched() // whoever woke us often has the next packet ready
		f.mu.Lock()
	}
	defer f.mu.Unlock()
	if len(f.buf) == 0 || f.err != nil {
		return nil, false
	}
	out := f.buf
	f.buf, f.spare = f.spare, nil
	f.sending = len(out)
	return out, true
}

func (f *flusher) send(out []byte) error {
	for len(out) > 0 {
		chunk := out[:min(len(out), flushChunk)]
		f.mu.Lock()
		if !f.closing {
			f.raw.SetWriteDeadline(time.Now().Add(f.timeout)) // an error shows in the write
		}
		f.mu.Unlock()
		began := time.Now()
		if _, err := f.raw.Write(chunk); err != nil {
			if time.Since(began) >= f.timeout {
				return errors.Join(errSlow, err) // a WebSocket would only call it cancelled
			}
			return err
		}
		out = out[len(chunk):]
	}
	return nil
}
