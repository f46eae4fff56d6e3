package parts

import "sealab/sim/seal"

// keysKept is how many of its newest messages a seal is remembered by: two days of hourly reports.
const keysKept = 64

// Identity follows one seal's counters. A seal counts its messages: boot rises by one at each start, seq by one with
// each message of a boot. Two devices under one name cannot keep that up between them.
type Identity struct {
	boot   uint32 // newest start
	seq    uint32 // newest message of it
	seqMs  int64  // time that message carries
	bootMs int64  // earliest time that a message of the newest start carries
	seqN   uint64 // numbers of the deliveries that the two times came with
	bootN  uint64
	met    uint64 // of the delivery that the last message was compared with
	agoMs  int64  // how long ago a duplicate was heard first
	keys   [keysKept]key
}

// key is one remembered message; n is the lower half of its delivery's number, which is enough to find the whole, and
// minute that since 1970 in which it was heard.
type key struct{ boot, seq, hash, n, minute uint32 }

// Count says how a message's counters stand to those before.
type Count uint8

// The answers of Identity.Hear.
const (
	Next       Count = iota // newer than all before
	Late                    // older, and honestly so: it was under way for longer
	Duplicate               // heard before, word for word
	SameNumber              // a number that was used before, with other words
	TimeTurned              // counters and times run against each other
)

// Met is the number of the delivery that the last message repeats or does not agree with, after all answers but Next and
// Late.
func (id *Identity) Met() uint64 { return id.met }

// AgoMs is how long before the last message the one was heard that it repeats, after Duplicate, to the minute.
func (id *Identity) AgoMs() int64 { return id.agoMs }

// Hear takes in a message, delivery n, heard at nowMs. Times may disagree with the order of counting by up to slackMs:
// device clocks are corrected.
func (id *Identity) Hear(r *seal.Reading, n uint64, nowMs, slackMs int64) Count {
	boot, seq, at := uint32(r.Val[seal.Boot]), uint32(r.Val[seal.Seq]), r.Val[seal.TS]
	hash := fingerprint(r)
	k := &id.keys[seq%keysKept]
	if k.boot == boot && k.seq == seq {
		id.met = n - uint64(uint32(n)-k.n)
		if k.hash == hash {
			id.agoMs = nowMs - int64(k.minute)*MinuteMs
			return Duplicate
		}
		return SameNumber
	}
	if k.boot < boot || k.boot == boot && k.seq < seq {
		*k = key{boot, seq, hash, uint32(n), uint32(nowMs / MinuteMs)}
	}
	return id.order(boot, seq, at, n, slackMs)
}

// order compares counters with times.
func (id *Identity) order(boot, seq uint32, at int64, n uint64, slackMs int64) Count {
	id.met = id.seqN
	switch {
	case boot > id.boot:
		turned := id.boot != 0 && at < id.seqMs-slackMs
		id.boot, id.seq, id.seqMs, id.bootMs, id.seqN, id.bootN = boot, seq, at, at, n, n
		if turned {
			return TimeTurned
		}
		return Next
	case boot < id.boot:
		if at > id.bootMs+slackMs {
			id.met = id.bootN
			return TimeTurned
		}
		return Late
	}
	if at < id.bootMs {
		id.bootMs, id.bootN = at, n
	}
	if seq < id.seq {
		if at > id.seqMs+slackMs {
			return TimeTurned
		}
		return Late
	}
	turned := at < id.seqMs-slackMs
	id.seq = seq
	if at >= id.seqMs {
		id.seqMs, id.seqN = at, n
	}
	if turned {
		return TimeTurned
	}
	return Next
}

// fingerprint is a 32-bit hash of a reading's numbers, in two lanes for speed; multiplier after D. Knuth, The Art of
// Computer Programming, vol. 3, 6.4 (2^64 divided by the golden ratio). Left out are the counters, which are the key,
// and the time of the attempt: a message sent once more is the same message.
func fingerprint(r *seal.Reading) uint32 {
	const golden = 0x9e3779b97f4a7c15
	a, b := uint64(r.Has)^golden, uint64(r.Val[seal.TS])
	for i := int(seal.ClkSrc); i+1 < seal.NumFields; i += 2 {
		a = (a ^ uint64(r.Val[i])) * golden
		b = (b ^ uint64(r.Val[i+1])) * golden
		a ^= a >> 29
		b ^= b >> 32
	}
	a = (a ^ uint64(r.Val[seal.NumFields-1])) * golden // the last field where their number is odd, else once more
	return uint32((a ^ b>>17 ^ b) >> 32)
}
