package parts

import "sealab/sim/seal"

// Trust tells who truly made a message, where seals sign. The zero value is for worlds where they do not: it believes
// everything.
type Trust struct {
	keys    seal.Keyring // nil: nobody signs
	chains  Register[seal.Chain]
	chained bool // messages have been linked, so that one which is not breaks the chain
}

// NewTrust returns a trust by registered keys; one that believes everything where keys is nil.
func NewTrust(keys seal.Keyring) Trust { return Trust{keys: keys, chains: NewRegister[seal.Chain]()} }

// Hear takes in a message and says what its signature and its place in the chain show of it.
func (t *Trust) Hear(r *seal.Reading) seal.Answer {
	if t.keys == nil {
		return seal.Good
	}
	if answer := t.keys.Verify(r); answer != seal.Good {
		return answer
	}
	if !r.Proof.Linked && !t.chained {
		return seal.Good
	}
	t.chained = true
	c := t.chains.Find(r.Seal)
	if c == nil {
		_, c = t.chains.Add(r.Seal)
	}
	answer, _ := c.Hear(r)
	return answer
}

// Believe asks whether a message is what it claims to be, and raises an alarm where it is not. What is not signed with
// the seal's key is not to be believed; what is signed with it and does not fit the chain is, since one of two devices
// that hold the key is the seal.
func (d *Desk) Believe(r *seal.Reading, nowMs int64) bool {
	switch d.trust.Hear(r) {
	case seal.BadSig:
		d.doubt(r, Clone, levelForged, nowMs, "A message under the number of this seal is not signed with its key.")
		return false
	case seal.UnknownKey:
		d.doubt(r, SealSwap, levelForged, nowMs, "A message under the number of this seal is signed with a key that nobody registered for it.")
		return false
	case seal.ChainBreak:
		d.doubt(r, Clone, levelChain, nowMs, "A message does not follow from those before it: two devices seem to hold the key of this seal.")
	}
	return true
}

// doubt raises an alarm on the box that the seal is known to be on, or else on the one that the message names.
func (d *Desk) doubt(r *seal.Reading, k Kind, level int, nowMs int64, why string) {
	var box *Box
	if s := d.seals.Find(r.Seal); s != nil && s.Box != nil {
		box = s.Box
	} else if r.Container != "" {
		box = d.box(r.Container)
	} else {
		return
	}
	d.Say(box, k, level, nowMs, func() (string, []uint64) { return why, Basis(d.n) })
}
