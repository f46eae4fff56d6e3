package program

import (
	"crypto/rand"
	"fmt"
	"sync"
)

// markVariable is the environment variable by which whatever a program has started is known as its own.
const markVariable = "SEALAB_PROGRAM"

// newMark is the mark of one start of a program. Nothing that is found depends on it: it is no part of the protocol.
func newMark() string { return rand.Text() }

// pack is a program with everything that it has started, as far as this system tells.
type pack struct {
	leader  int
	mark    string // which it has in its environment, and hands down
	mu      sync.Mutex
	known   map[int]member // by process id; the leader among them
	strange map[int]uint64 // the starts of processes that do not bear the mark, by id
}

// member is one process. Ids are used again: its start tells it from another of the same id.
type member struct {
	start  uint64
	parent int
	bytes  int64 // resident memory
}

func newPack(leader int, mark string) *pack {
	return &pack{leader: leader, mark: mark, known: map[int]member{}, strange: map[int]uint64{}}
}

// look counts processes and memory, and says which limit they break.
func (p *pack) look(limits *Limits) *Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.find()
	var bytes int64
	for _, m := range p.known {
		bytes += m.bytes
	}
	switch {
	case len(p.known) > limits.Processes:
		return &Fault{Code: Processes, What: fmt.Sprintf("it runs %d processes; allowed are %d at a time", len(p.known), limits.Processes)}
	case bytes > limits.MemoryBytes:
		return &Fault{Code: Memory, What: fmt.Sprintf("it holds %d MiB; allowed are %d", bytes>>20, limits.MemoryBytes>>20)}
	}
	return nil
}

// kill kills all of it, and again what was started while it was killed.
func (p *pack) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	killGroup(p.leader)
	for range 10 {
		p.find()
		left := 0
		for pid := range p.known {
			if pid != p.leader {
				killOne(pid)
				left++
			}
		}
		if left == 0 {
			return
		}
	}
}
