// One digest over everything, the same in every build; and what it costs.

package exact

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"testing"
)

// golden is the digest of TestGolden. It stands for every world made so far: if it changes, so do they all. It must come
// out with GOAMD64=v1 and v3, and with GOOS=js GOARCH=wasm under node.
const golden = "d6e81dfc3b1b7357a9837d145a266a0e3151bd272f82cd27488ab36615c991d6"

func TestGolden(t *testing.T) {
	h := sha256.New()
	put := func(values ...float64) {
		for _, v := range values {
			if v != v {
				v = -1 // the bits of a NaN are the processor's own
			}
			h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(v)))
		}
	}
	d := NewDice(20260101, "golden")
	for range 20000 {
		x, y := float64(100*d.Normal()), float64(5*d.StudentT3())
		u := d.Range(-1, 1)
		put(x, y, u, Sin(x), Cos(x), Sin(float64(9000*u)), Cos(float64(900000*u)))
		put(Asin(u), Acos(u), Atan2(x, y), Atan2(y, x), Atan2(u, x))
		put(Exp(u), Exp(x), Log(math.Abs(x)), Log(math.Abs(u)), Pow(math.Abs(x), u), Pow(math.Abs(u), y))
		put(d.Float64(), d.Exponential(), d.LogNormal(72, 0.5), float64(d.IntN(1000)), float64(Round(x)))
		if d.Chance(0.5) {
			put(float64(Hash(d.Uint64(), "golden", "part")))
		}
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != golden {
		t.Errorf("digest: got %s, want %s", got, golden)
	}
}

var sink float64

func BenchmarkDraws(b *testing.B) {
	d := NewDice(1, "benchmark")
	for _, row := range []struct {
		name string
		draw func(*Dice) float64
	}{
		{"Float64", (*Dice).Float64},
		{"Normal", (*Dice).Normal},
		{"Exponential", (*Dice).Exponential},
		{"LogNormal", func(d *Dice) float64 { return d.LogNormal(72, 0.5) }},
		{"StudentT3", (*Dice).StudentT3},
	} {
		b.Run(row.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sink = row.draw(&d)
			}
		})
	}
	b.Run("NewDice", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			d = NewDice(1, "seal/S0042/radio")
		}
	})
}

func BenchmarkFunctions(b *testing.B) {
	d := NewDice(1, "benchmark")
	var xs [1024]float64
	for i := range xs {
		xs[i] = d.Range(0.01, 20)
	}
	for _, row := range []struct {
		name string
		f    func(float64) float64
	}{
		{"Sin", Sin}, {"Cos", Cos}, {"Exp", Exp}, {"Log", Log},
		{"Atan2", func(x float64) float64 { return Atan2(x, 3) }},
		{"Pow", func(x float64) float64 { return Pow(x, 1.7) }},
	} {
		b.Run(row.name, func(b *testing.B) {
			i := 0
			for b.Loop() {
				sink = row.f(xs[i&1023])
				i++
			}
		})
	}
}
