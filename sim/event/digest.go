package event

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
)

// Digest is a running SHA-256 over the events of a world: (at, n, kind, record) of each, in the order of hearing.
// The zero value is not ready; use NewDigest.
type Digest struct {
	sum hash.Hash
	buf []byte
}

// NewDigest returns an empty digest.
func NewDigest() *Digest { return &Digest{sum: sha256.New()} }

// Add takes in the events of one batch. Tick boundaries and empty ticks leave no trace.
func (d *Digest) Add(b Batch) {
	d.buf = d.buf[:0]
	for i := range b.Events {
		e := &b.Events[i]
		d.buf = binary.LittleEndian.AppendUint64(d.buf, uint64(e.At.UnixMilli()))
		d.buf = binary.LittleEndian.AppendUint64(d.buf, e.N)
		d.buf = AppendString(d.buf, e.Message.Kind())
		d.buf = e.Message.AppendRecord(d.buf)
	}
	d.sum.Write(d.buf)
}

// String returns the digest so far as "sha256:…"; adding may go on afterwards.
func (d *Digest) String() string { return FormatSum(d.sum.Sum(nil)) }

// FormatSum prints a SHA-256 sum the way Sealab shows every digest: "sha256:" and 64 hexadecimal digits.
func FormatSum(sum []byte) string { return "sha256:" + hex.EncodeToString(sum) }

// AppendString appends s with its length before it as an unsigned varint, the form strings have in every record.
func AppendString(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}
