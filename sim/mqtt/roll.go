package mqtt

// This file is the roll call of a tick: what was heard, against what the manifest says.

import (
	"crypto/sha256"
	"fmt"
	"sync"
	"time"
)

// extraMost bounds how many messages that no manifest asks for are kept, beyond those of the tick itself; whoever
// holds a run's credential could else fill the memory.
const extraMost = 1 << 16

// roll matches the messages of one tick by topic and digest of the payload, counting copies: two identical ones that
// the simulated radio delivered stand twice in the manifest, and any more are duplicates of the transport.
// It is told from the receiving goroutine and asked from the carrying one.
type roll struct {
	root string

	mu      sync.Mutex
	tick    int64
	now     time.Time // the tick's end, from the manifest
	over    bool      // all is here: what else comes is a duplicate
	most    int       // kept this tick
	places  map[roleKey]int32
	roles   []role
	parts   [][]rollEntry // by part; nil: not heard yet
	present int           // parts heard
	missing int           // messages that the manifest asks for and nobody has heard
	extra   int           // messages heard that no manifest asks for so far
	heard   uint64        // messages of any tick
	stats   rollStats
	moved   chan struct{} // holds one when something has come
}

type rollStats struct{ duplicates, malformed uint64 }

type roleKey struct {
	topic string
	sum   [sha256.Size]byte
}

// role is one payload at one topic: balance is copies heard less copies asked for.
type role struct {
	balance int
	payload []byte
}

// rollEntry is an entry of the manifest with its role's place.
type rollEntry struct {
	at    time.Time
	n     uint64
	place int32
	topic string
}

func newRoll(root string) *roll {
	return &roll{root: root, places: map[roleKey]int32{}, moved: make(chan struct{}, 1)}
}

// begin starts the next tick, of about n messages.
func (r *roll) begin(tick int64, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tick, r.over, r.most = tick, false, 2*n+extraMost
	clear(r.places)
	clear(r.roles) // lets go of the payloads
	r.roles, r.parts = r.roles[:0], r.parts[:0]
	r.present, r.missing, r.extra = 0, 0, 0
}

// hear takes in a message from the broker.
func (r *roll) hear(topic string, payload []byte) {
	branch := branchOf(r.root, topic)
	switch branch {
	case BranchTick:
		m, err := DecodeManifest(payload)
		r.mu.Lock()
		if err != nil || !r.take(m) {
			r.stats.malformed++
		}
	case BranchSeal, BranchNotice:
		key := roleKey{topic, sha256.Sum256(payload)}
		r.mu.Lock()
		r.count(key, payload)
	default:
		return
	}
	r.mu.Unlock()
	select {
	case r.moved <- struct{}{}:
	default:
	}
}

// count enters one message that was heard.
func (r *roll) count(key roleKey, payload []byte) {
	r.heard++
	i, known := r.places[key]
	if r.over || !known && len(r.roles) >= r.most {
		r.stats.duplicates++
		return
	}
	if !known {
		i = r.place(key)
	}
	role := &r.roles[i]
	role.payload = payload
	if role.balance++; role.balance <= 0 {
		r.missing--
	} else {
		r.extra++
	}
}

// take enters one tick message. It returns false if the message cannot belong to this tick.
func (r *roll) take(m Manifest) bool {
	part, parts := max(m.Part, 1), max(m.Parts, 1)
	if m.Tick < r.tick || m.Tick == r.tick && r.over {
		r.stats.duplicates++
		return true
	}
	if m.Tick > r.tick || r.present > 0 && (parts != len(r.parts) || !m.Now.Equal(r.now)) {
		return false
	}
	for _, e := range m.Events {
		if b := branchOf(r.root, e.Topic); b != BranchSeal && b != BranchNotice {
			return false
		}
	}
	if r.present == 0 {
		r.parts = append(r.parts[:0], make([][]rollEntry, parts)...)
	}
	if r.parts[part-1] != nil {
		r.stats.duplicates++
		return true
	}
	list := make([]rollEntry, len(m.Events))
	for i, e := range m.Events {
		list[i] = rollEntry{e.At, e.N, r.ask(roleKey{e.Topic, e.Sum}), e.Topic}
	}
	r.parts[part-1], r.now = list, m.Now
	r.present++
	return true
}

// ask enters one message that the manifest names.
func (r *roll) ask(key roleKey) int32 {
	i, known := r.places[key]
	if !known {
		i = r.place(key)
	}
	role := &r.roles[i]
	if role.balance--; role.balance < 0 {
		r.missing++
	} else {
		r.extra--
	}
	return i
}

func (r *roll) place(key roleKey) int32 {
	i := int32(len(r.roles))
	r.roles = append(r.roles, role{})
	r.places[key] = i
	return i
}

// complete reports whether the whole manifest and all that it names were heard. From then on until the next begin the
// roll stays as it is, and its parts and roles may be read without the lock.
func (r *roll) complete() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.over && r.present > 0 && r.present == len(r.parts) && r.missing == 0 {
		r.over = true
		r.stats.duplicates += uint64(r.extra)
	}
	return r.over
}

func (r *roll) total() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.heard
}

// absent says what is missing: how many messages, and the topic of the first of them.
func (r *roll) absent() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.present == 0 || r.present < len(r.parts) {
		return fmt.Sprintf("%d of %d tick messages missing on %s%s", max(len(r.parts), 1)-r.present, max(len(r.parts), 1), r.root, BranchTick)
	}
	for _, part := range r.parts {
		for _, e := range part {
			if r.roles[e.place].balance < 0 {
				return fmt.Sprintf("%d messages missing, the first on %s", r.missing, e.topic)
			}
		}
	}
	return "nothing missing"
}
