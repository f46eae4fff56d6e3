// Package exact is the same mathematics in every build.
//
// Go's own math.Sin, Cos, Atan2, Asin, Exp, Log1p and Pow do not give the same bits under GOAMD64=v1, GOAMD64=v3 and
// wasm: some builds use assembly, some use the CPU's fused multiply-add, and the compiler itself may fuse a*b+c. A world
// that must come out byte for byte from its seed cannot stand on them. So the few functions a world needs live here,
// written with explicit rounding: every product inside a sum is float64(a*b), which the language forbids to fuse. From
// package math only what IEEE 754 fixes to the last bit is used (square root, absolute value, floor, bit patterns).
//
// The private dice live here too, since their draws rest on the same functions: what is drawn and what is computed must
// agree in every build or not at all. TestGolden holds one digest of everything, the same for all builds.
package exact

import "math"

// Round gives x to the nearest integer, halves away from zero, and is what quantises a measure to its fixed unit.
// Beyond the range of int64 it saturates, and NaN gives 0, so that a fault in physics never becomes a wild number.
func Round(x float64) int64 {
	switch {
	case x >= 1<<63:
		return math.MaxInt64
	case x < -1<<63:
		return math.MinInt64
	case x != x:
		return 0
	}
	// Towards zero, then one further where the rest is a half or more: without a branch, since the rest is random and
	// every wrong guess of the processor would cost more than the rounding. float64: the caller may have multiplied.
	i := int64(x)
	rest := float64(x) - float64(i)
	return i + int64(rest+rest)
}
