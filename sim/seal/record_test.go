package seal

// This file tests that two readings that differ have records that differ.

import (
	"bytes"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// TestRecordTellsApart reads a record back: what can be read back has lost nothing.
func TestRecordTellsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReading(t)
		if rapid.Bool().Draw(t, "wide") { // values that no seal could send
			r.Set(Field(rapid.IntRange(0, NumFields-1).Draw(t, "field")), rapid.Int64().Draw(t, "value"))
		}
		rec := r.AppendRecord([]byte("before"))
		got, rest := parseRecord(rec[len("before"):])
		if !same(got, *r) || len(rest) != 0 || string(rec[:6]) != "before" {
			t.Fatalf("got %+v and %d bytes, want %+v", got, len(rest), *r)
		}
	})
}

// same compares two readings, and their proofs by content.
func same(a, b Reading) bool {
	p, q := a.Proof, b.Proof
	a.Proof, b.Proof = nil, nil
	return a == b && (p == nil) == (q == nil) && (p == nil || reflect.DeepEqual(*p, *q))
}

func TestRecordOfEveryField(t *testing.T) {
	seen := map[string]string{}
	add := func(name string, r Reading) {
		rec := string(r.AppendRecord(nil))
		if other, twice := seen[rec]; twice {
			t.Errorf("%s has the record of %s", name, other)
		}
		seen[rec] = name
	}
	add("nothing", Reading{})
	for i := range NumTexts {
		var r Reading
		*r.Text(Text(i)) = "x"
		add(Texts[i].Path, r)
	}
	for i, p := range []Proof{{}, {Linked: true}, {Signed: true}, {Signed: true, Kid: "k"}, {Linked: true, Prev: [32]byte{1}}, {Signed: true, Value: [64]byte{1}}} {
		add(fmt.Sprint("proof ", i), Reading{Proof: &p})
	}
	for f := range Fields {
		for _, v := range []int64{Fields[f].Min, Fields[f].Max, Fields[f].Max + 1, Fields[f].Min - 1, -1 << 63, 1<<63 - 1} {
			var r Reading
			r.Set(Field(f), v)
			add(Fields[f].Path+" "+Format(Field(f), v), r)
		}
	}
}

func parseRecord(b []byte) (r Reading, rest []byte) {
	for i := range NumTexts {
		n := int(b[0]) // shorter than 128 here, or two bytes
		b = b[1:]
		if n >= 128 {
			n = n&127 | int(b[0])<<7
			b = b[1:]
		}
		*r.Text(Text(i)) = string(b[:n])
		b = b[n:]
	}
	little := func(n int) (u uint64) {
		for i := range n {
			u |= uint64(b[i]) << (8 * i)
		}
		b = b[n:]
		return u
	}
	mask := little(8)
	r.Has = Mask(mask &^ (wide | proven))
	for f := range Fields {
		switch {
		case r.Has&(1<<f) == 0:
		case mask&wide != 0:
			r.Val[f] = int64(little(8))
		default:
			r.Val[f] = int64(little(int(width[f]))) + base[f]
		}
	}
	if mask&proven != 0 {
		r.Proof = &Proof{}
		what := little(1)
		if r.Proof.Linked = what&1 != 0; r.Proof.Linked {
			b = b[copy(r.Proof.Prev[:], b):]
		}
		if r.Proof.Signed = what&2 != 0; r.Proof.Signed {
			n := int(little(1))
			r.Proof.Kid = string(b[:n])
			b = b[n:]
			b = b[copy(r.Proof.Value[:], b):]
		}
	}
	return r, b
}

func TestRecordKeepsWhatWasThere(t *testing.T) {
	r := sample()
	long := bytes.Repeat([]byte("y"), 1000)
	if got := r.AppendRecord(bytes.Clone(long)); !bytes.HasPrefix(got, long) || !bytes.Equal(got[1000:], r.AppendRecord(nil)) {
		t.Error("record depends on what is before it")
	}
}
