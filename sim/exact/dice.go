// Private dice: each entity and purpose draws from a stream of its own, so that nobody's luck depends on a neighbour.

package exact

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/bits"
	"math/rand/v2"
	"strconv"
)

// Dice is one stream of chance: 16 bytes, no pointer, and a copy goes on with the same stream independently. The zero
// value is a valid stream too, the same for all who use it; take NewDice.
type Dice struct {
	pcg rand.PCG
}

// NewDice gives the stream that belongs to this name in the world of this seed: a PCG (M. O'Neill 2014, as in
// math/rand/v2) whose two state words are the first 16 bytes, little endian, of SHA-256(seed as 8 bytes little endian
// followed by name).
func NewDice(seed uint64, name string) Dice {
	var room [128]byte // on the stack for any sensible name
	text := binary.LittleEndian.AppendUint64(room[:0], seed)
	digest := sha256.Sum256(append(text, name...))
	hi, lo := binary.LittleEndian.Uint64(digest[:8]), binary.LittleEndian.Uint64(digest[8:16])
	return Dice{pcg: *rand.NewPCG(hi, lo)}
}

// Hash gives a number that stands for these parts in the world of this seed: the first 8 bytes, little endian, of
// SHA-256(seed, then each part after its length in bytes; seed and lengths as 8 bytes little endian). It chooses
// victims: the smallest hash is taken, and a newcomer changes nobody else's.
func Hash(seed uint64, parts ...string) uint64 {
	var room [256]byte
	text := binary.LittleEndian.AppendUint64(room[:0], seed)
	for _, part := range parts {
		text = binary.LittleEndian.AppendUint64(text, uint64(len(part)))
		text = append(text, part...)
	}
	digest := sha256.Sum256(text)
	return binary.LittleEndian.Uint64(digest[:8])
}

// Uint64 draws 64 random bits.
func (d *Dice) Uint64() uint64 { return d.pcg.Uint64() }

// Float64 draws from [0, 1), uniform over the multiples of 2^-53.
func (d *Dice) Float64() float64 { return float64(float64(d.pcg.Uint64()>>11) * 0x1p-53) }

// IntN draws from 0 … n-1, each equally likely (D. Lemire, ACM TOMACS 29, 2019). It panics unless n > 0.
func (d *Dice) IntN(n int) int {
	if n <= 0 {
		panic("draw integer: n is " + strconv.Itoa(n) + ": it must be above 0")
	}
	hi, lo := bits.Mul64(d.pcg.Uint64(), uint64(n))
	if lo < uint64(n) {
		for unfair := -uint64(n) % uint64(n); lo < unfair; {
			hi, lo = bits.Mul64(d.pcg.Uint64(), uint64(n))
		}
	}
	return int(hi)
}

// Chance is true with probability p: always from 1 on, never up to 0. One draw is taken in any case.
func (d *Dice) Chance(p float64) bool { return d.Float64() < p }

// Range draws uniformly between lo and hi; hi itself comes out by rounding only.
func (d *Dice) Range(lo, hi float64) float64 { return lo + float64((hi-lo)*d.Float64()) }

// Exponential draws a waiting time of mean 1, by inversion: -log of a uniform draw from (0, 1].
func (d *Dice) Exponential() float64 { return 0 - Log(1-d.Float64()) }

// LogNormal draws median·exp(sigma·N): half of the draws lie below the median, and sigma is of the natural logarithm.
func (d *Dice) LogNormal(median, sigma float64) float64 {
	return float64(median * Exp(sigma*d.Normal()))
}

// StudentT3 draws from Student's t with 3 degrees of freedom, N₀/√((N₁²+N₂²+N₃²)/3): heavy tails with a variance, 3.
func (d *Dice) StudentT3() float64 {
	n, a, b, c := d.Normal(), d.Normal(), d.Normal(), d.Normal()
	square := float64(a*a) + float64(b*b) + float64(c*c)
	return n / math.Sqrt(square/3)
}
