package wire

// This file tests reading and writing of decimals against exact fractions and the standard library.

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// exact is Number by way of fractions: half away from zero.
func exact(text string, scale int) (v *big.Int, rounded bool) {
	x, _ := new(big.Rat).SetString(text)
	x.Mul(x, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)))
	twice := new(big.Int).Mul(new(big.Int).Abs(x.Num()), big.NewInt(2))
	v = twice.Add(twice, x.Denom())
	v.Quo(v, new(big.Int).Mul(x.Denom(), big.NewInt(2)))
	if x.Sign() < 0 {
		v.Neg(v)
	}
	return v, !x.IsInt()
}

func readNumber(text string, scale int) (int64, bool, error) {
	var s Scanner
	s.Start([]byte(text))
	v, rounded, _ := s.Number("x", scale)
	return v, rounded, s.End()
}

func TestNumberIsExact(t *testing.T) {
	form := rapid.StringMatching(`-?(0|[1-9][0-9]{0,21})(\.[0-9]{1,24})?([eE][+-]?[0-9]{1,2})?`)
	rapid.Check(t, func(t *rapid.T) {
		text, scale := form.Draw(t, "text"), rapid.IntRange(0, 9).Draw(t, "scale")
		v, rounded, err := readNumber(text, scale)
		want, lost := exact(text, scale)
		// The least int64 is not asked for: no field is that wide, and its magnitude does not fit.
		if !want.IsInt64() || want.Int64() == math.MinInt64 {
			if err == nil {
				t.Fatalf("%s at scale %d: got %d, want refused", text, scale, v)
			}
			return
		}
		if err != nil || v != want.Int64() || rounded != lost {
			t.Fatalf("%s at scale %d: got %d %v %v, want %s %v", text, scale, v, rounded, err, want, lost)
		}
	})
}

func TestNumberEdges(t *testing.T) {
	zeros := strings.Repeat("0", 60_000)
	for _, c := range []struct {
		text    string
		scale   int
		want    int64
		rounded bool
	}{
		{"0", 6, 0, false},
		{"-0", 6, 0, false},
		{"-0.0e5", 6, 0, false},
		{"1.2e1", 0, 12, false},
		{"0.5", 0, 1, true},
		{"-0.5", 0, -1, true},
		{"0.4999999999999999999999", 0, 0, true},
		{"12.3000000000000000000", 1, 123, false},
		{"9223372036854775807", 0, math.MaxInt64, false},
		{"9223372036854775807.4", 0, math.MaxInt64, true},
		{"0." + zeros + "1e60001", 0, 1, false},
		{"1" + zeros + "e-60000", 0, 1, false},
		{"0e999999999999999999999", 0, 0, false},
		{"1e-999999999999999999999", 0, 0, true},
	} {
		if v, rounded, err := readNumber(c.text, c.scale); v != c.want || rounded != c.rounded || err != nil {
			t.Errorf("%s at scale %d: got %d %v %v, want %d %v", Clip(c.text), c.scale, v, rounded, err, c.want, c.rounded)
		}
	}
	for _, text := range []string{"9223372036854775808", "-9223372036854775809", "9223372036854775807.5", "1e19", "1e999",
		"-1e999", "1e99999999999999999999", "18446744073709551616", "18446744073709551615.5", "", "-", "+1", ".5", "5.", "01",
		"-01", "1e", "1e+", "0x10", "1_000", "Infinity", "-Infinity", "NaN", "nan", `"1"`, "true", "null", "1 2"} {
		if v, _, err := readNumber(text, 0); err == nil {
			t.Errorf("%s: got %d, want refused", text, v)
		}
	}
}

// TestDecimalIsCanonical compares with the shortest text of the nearest double, which RFC 8785 prescribes.
func TestDecimalIsCanonical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scale := rapid.IntRange(0, 6).Draw(t, "scale")
		v := rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999).Draw(t, "v")
		got := string(AppendDecimal(nil, v, scale))
		x, _ := new(big.Rat).SetFrac64(v, Pow10(scale)).Float64()
		if want := strconv.FormatFloat(x, 'f', -1, 64); got != want {
			t.Fatalf("%d at scale %d: got %s, want %s", v, scale, got, want)
		}
		if back, rounded, err := readNumber(got, scale); back != v || rounded || err != nil {
			t.Fatalf("%s at scale %d: got back %d %v %v, want %d", got, scale, back, rounded, err, v)
		}
	})
	if got := string(AppendDecimal(nil, math.MinInt64, 9)); got != "-9223372036.854775808" {
		t.Errorf("least int64: got %s", got)
	}
}
