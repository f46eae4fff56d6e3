package seal

// This file reads prev and sig. Every spelling but one is refused: a signature that can be written in two ways is two
// messages with one meaning.

import (
	"bytes"
	"encoding/hex"
	"strconv"

	"sealab/sim/event/wire"
)

// proof returns the proof in the making.
func (d *decoder) proof() *Proof {
	r := &d.out.Reading
	if r.Proof == nil {
		r.Proof = &Proof{}
	}
	return r.Proof
}

func (d *decoder) prev() {
	path := Proofs[ProofPrev].Path
	text := d.scan.String(path)
	if d.scan.Failed() {
		return
	}
	p := d.proof()
	n, err := 0, error(nil)
	if len(text) == hex.EncodedLen(len(p.Prev)) {
		n, err = hex.Decode(p.Prev[:], text)
	}
	if n != len(p.Prev) || err != nil || !bytes.Equal(bytes.ToLower(text), text) {
		d.scan.Fail(path, "%s is no SHA-256: 64 of 0-9 and a-f", strconv.Quote(wire.Clip(text)))
		return
	}
	p.Linked = true
}

func (d *decoder) sig() {
	p := d.proof()
	o := wire.Object{Path: "sig", Keys: sigKeys}
	for ok := d.scan.Enter(&o); ok; ok = d.scan.Next('}') {
		switch d.scan.Known(&o) {
		case 0:
			if alg := d.scan.String(Proofs[ProofAlg].Path); string(alg) != algEdDSA {
				d.scan.Fail(Proofs[ProofAlg].Path, "%s is not known, must be %q", strconv.Quote(wire.Clip(alg)), algEdDSA)
			}
		case 1:
			text := d.scan.String(Proofs[ProofB64].Path)
			if len(text) != b64.EncodedLen(len(p.Value)) || !d.base64(p.Value[:], text) {
				d.scan.Fail(Proofs[ProofB64].Path, "%s is no signature: 86 characters of base64url without padding", strconv.Quote(wire.Clip(text)))
			}
		case 2:
			if p.Kid = d.scan.Text(Proofs[ProofKid].Path, maxKid); !validKid(p.Kid) {
				d.scan.Fail(Proofs[ProofKid].Path, "%s is no id of a key: 1 to 64 of A-Z, a-z, 0-9, dot, hyphen and underscore", strconv.Quote(wire.Clip(p.Kid)))
			}
		}
	}
	for i := range sigKeys {
		if !d.scan.Failed() && !o.Has(i) {
			d.scan.Fail("sig."+sigKeys[i], "is missing")
		}
	}
	p.Signed = true
}

func (d *decoder) base64(to, text []byte) bool {
	n, err := b64.Decode(to, text)
	return n == len(to) && err == nil
}

// foreign keeps the bytes that were signed, in canonical form, where they are not what this reader would write. text is
// the message as it was received.
func (d *decoder) foreign(p *Proof, text []byte) {
	if bytes.Equal(text, d.out.Reading.AppendJSON(nil)) {
		return
	}
	signed, err := wire.Canonical(nil, text, "sig")
	if err != nil {
		d.scan.Fail("sig", "cannot be checked: %v", err)
		return
	}
	if !bytes.Equal(signed, d.out.Reading.appendBare(nil)) {
		p.Foreign = signed
	}
}
