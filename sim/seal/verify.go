package seal

// This file makes and checks signatures.

import (
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
)

// Key is a registered key: whose it is, and what its signatures are checked with.
type Key struct {
	Kid    string
	Seal   string
	Public ed25519.PublicKey
}

// Keyring finds a registered key by its id; ok is false where none is registered.
type Keyring func(kid string) (key Key, ok bool)

// Answer is what a check of a message says.
type Answer uint8

// The answers of Keyring.Verify and Chain.Hear.
const (
	Good       Answer = iota // it is what it claims to be
	BadSig                   // no signature, or not one over this message by the key it names
	UnknownKey               // the key is not registered, or not for this seal
	ChainBreak               // it does not follow from its neighbour, or its number was given before
	Undecided                // its neighbour is missing, or it is a last will, which nobody signs
)

var answers = [...]string{"ok", "bad_sig", "unknown_key", "chain_break", "undecided"}

// String returns the answer's name.
func (a Answer) String() string {
	if int(a) >= len(answers) {
		return fmt.Sprintf("answer(%d)", a)
	}
	return answers[a]
}

// AppendSigned appends the bytes that a signature is over: the canonical JSON of the reading without sig, with prev; of a
// message of another maker, as it was received.
func (r *Reading) AppendSigned(b []byte) []byte {
	if r.Proof != nil && r.Proof.Foreign != nil {
		return append(b, r.Proof.Foreign...)
	}
	return r.appendBare(b)
}

// appendBare appends the reading's own canonical JSON without sig.
func (r *Reading) appendBare(b []byte) []byte {
	if r.Proof == nil || !r.Proof.Signed {
		return r.AppendJSON(b)
	}
	bare := *r
	bare.Proof = &Proof{Linked: r.Proof.Linked, Prev: r.Proof.Prev}
	return bare.AppendJSON(b)
}

// Link is the SHA-256 of the signed bytes: what the seal's next message has as prev.
func (r *Reading) Link() [sha256.Size]byte { return sha256.Sum256(r.AppendSigned(nil)) }

// Sign signs the reading with a key under the id kid, and puts prev into it where prev is not nil. It returns the link
// for the next message.
func (r *Reading) Sign(key ed25519.PrivateKey, kid string, prev *[sha256.Size]byte) [sha256.Size]byte {
	p := &Proof{Kid: kid}
	if prev != nil {
		p.Linked, p.Prev = true, *prev
	}
	r.Proof = p
	text := r.AppendJSON(nil) // not signed yet: it is without sig
	p.Signed = true
	copy(p.Value[:], ed25519.Sign(key, text))
	return sha256.Sum256(text)
}

// Verify checks a message's signature alone: Good, BadSig, UnknownKey, or Undecided for a last will.
func (keys Keyring) Verify(r *Reading) Answer {
	switch {
	case r.Will():
		return Undecided
	case r.Proof == nil || !r.Proof.Signed:
		return BadSig
	}
	key, ok := keys(r.Proof.Kid)
	switch {
	case !ok || key.Seal != r.Seal:
		return UnknownKey
	case !ed25519.Verify(key.Public, r.AppendSigned(nil), r.Proof.Value[:]):
		return BadSig
	}
	return Good
}
