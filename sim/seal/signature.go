package seal

// This file is how a message can prove who made it and what came before: the keys prev and sig, protocol v1.

// Proofs are the strings of a signed message that stand beside the fields, in the order of RFC 8785. In the compact
// profile the envelope carries the signature, so only prev has a key there.
var Proofs = [NumProofs]TextInfo{
	ProofPrev: {Path: "prev", CBOR: 56, Pattern: `^[0-9a-f]{64}$`, MaxLen: 64, Required: true,
		Doc: "SHA-256 of the signed bytes of the message that the seal made just before, also over a reboot; 64 zeros in its first ever"},
	ProofAlg: {Path: "sig.alg", Pattern: `^EdDSA$`, MaxLen: 5, Required: true,
		Doc: "how it is signed: Ed25519 over the canonical JSON (RFC 8785) of the message without sig"},
	ProofB64: {Path: "sig.b64", Pattern: `^[A-Za-z0-9_-]{86}$`, MaxLen: 86, Required: true,
		Doc: "the signature, base64url without padding"},
	ProofKid: {Path: "sig.kid", Pattern: KidPattern, MaxLen: maxKid, Required: true,
		Doc: "id of the key, as registered when the seal was enrolled"},
}

// Proof numbers one string of a signed message.
type Proof uint8

// The strings of a signed message, in the order of the table Proofs.
const (
	ProofPrev Proof = iota
	ProofAlg
	ProofB64
	ProofKid
	NumProofs = iota
)

// KidPattern is the form of a key's id, as a regular expression of ECMA.
const KidPattern = `^[A-Za-z0-9._-]{1,64}$`

const maxKid = 64

// PrevSchema describes the value of prev.
func PrevSchema() map[string]any { return Proofs[ProofPrev].schema() }

// SignatureSchema describes the value of sig.
func SignatureSchema() map[string]any {
	return map[string]any{
		"type": "object", "description": "proof of who made the message; absent where a seal does not sign",
		"properties": map[string]any{
			"alg": Proofs[ProofAlg].schema(), "b64": Proofs[ProofB64].schema(), "kid": Proofs[ProofKid].schema(),
		},
		"required": []string{"alg", "b64", "kid"},
	}
}
