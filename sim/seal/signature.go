package seal

// This file is how a message can prove who made it and what came before: the keys prev and sig, protocol v1.

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"sealab/sim/event"
)

// Proof is what a signed message carries beside its fields.
type Proof struct {
	Linked bool              // prev is there
	Prev   [sha256.Size]byte // SHA-256 of the signed bytes of the message made just before
	Signed bool              // sig is there
	Kid    string            // id of the key
	Value  [ed25519.SignatureSize]byte
	// Foreign holds the bytes that were signed, where they are not what AppendSigned would write: a message of another
	// maker may have keys that this version does not know, or digits that it rounds.
	Foreign []byte
}

// Proofs are the strings of a signed message that stand beside the fields, in the order of RFC 8785. In the compact
// profile the envelope carries the signature, so only prev has a key there.
var Proofs = [NumProofs]TextInfo{
	ProofPrev: {Path: "prev", CBOR: 56, Pattern: `^[0-9a-f]{64}$`, MaxLen: 2 * sha256.Size, Required: true,
		Doc: "SHA-256 of the signed bytes of the message that the seal made just before, also over a reboot; 64 zeros in its first ever"},
	ProofAlg: {Path: "sig.alg", Pattern: `^EdDSA$`, MaxLen: len(algEdDSA), Required: true,
		Doc: "how it is signed: Ed25519 over the canonical JSON (RFC 8785) of the message without sig"},
	ProofB64: {Path: "sig.b64", Pattern: `^[A-Za-z0-9_-]{86}$`, MaxLen: 86, Required: true,
		Doc: "the signature, base64url without padding"},
	ProofKid: {Path: "sig.kid", Pattern: KidPattern, MaxLen: maxKid, Required: true,
		Doc: "id of the key, as registered when the seal was enrolled"},
}

// ProofText numbers one string of a signed message.
type ProofText uint8

// The strings of a signed message, in the order of the table Proofs.
const (
	ProofPrev ProofText = iota
	ProofAlg
	ProofB64
	ProofKid
	NumProofs = iota
)

// KidPattern is the form of a key's id, as a regular expression of ECMA.
const KidPattern = `^[A-Za-z0-9._-]{1,64}$`

const (
	maxKid   = 64
	algEdDSA = "EdDSA"
)

// b64 is base64url without padding, and takes each signature in one spelling only.
var b64 = base64.RawURLEncoding.Strict()

// PrevSchema describes the value of prev.
func PrevSchema() map[string]any { return Proofs[ProofPrev].schema() }

// SignatureSchema describes the value of sig.
func SignatureSchema() map[string]any {
	return map[string]any{
		"type": "object", "description": "proof of who made the message; absent where a seal does not sign",
		"properties": map[string]any{
			"alg": Proofs[ProofAlg].schema(), "b64": Proofs[ProofB64].schema(), "kid": Proofs[ProofKid].schema(),
		},
		"required": sigKeys,
	}
}

// sigKeys are the keys of sig, in the order of RFC 8785.
var sigKeys = []string{"alg", "b64", "kid"}

func validKid(kid string) bool {
	for i := range len(kid) {
		c := kid[i]
		if !upperOrDigit(c) && (c < 'a' || c > 'z') && !strings.ContainsRune("._-", rune(c)) {
			return false
		}
	}
	return kid != "" && len(kid) <= maxKid
}

// appendSig appends the value of sig.
func (p *Proof) appendSig(b []byte) []byte {
	b = b64.AppendEncode(append(b, `{"alg":"EdDSA","b64":"`...), p.Value[:])
	return append(append(append(b, `","kid":"`...), p.Kid...), `"}`...)
}

// appendPrev appends the value of prev.
func (p *Proof) appendPrev(b []byte) []byte {
	return append(hex.AppendEncode(append(b, '"'), p.Prev[:]), '"')
}

// appendRecord appends what a record has of a proof: a byte that says what is there, then prev, the key's id and the
// signature.
func (p *Proof) appendRecord(b []byte) []byte {
	start := len(b)
	b = append(b, 0)
	if p.Linked {
		b[start] |= 1
		b = append(b, p.Prev[:]...)
	}
	if p.Signed {
		b[start] |= 2
		b = append(event.AppendString(b, p.Kid), p.Value[:]...)
	}
	return b
}
