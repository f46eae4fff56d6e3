package wire

// This file reads decimals as whole numbers of a fixed unit, in integer arithmetic only: 51.95 at scale 6 is 51950000.

import "math"

// maxOrder is the order of magnitude from which a number is no finite double any more: others could not read it.
const maxOrder = 309

// number is the text of a JSON number taken apart: digits, with a decimal point before digits[point].
type number struct {
	text  []byte
	neg   bool
	whole []byte // digits before the point
	frac  []byte // digits after it
	exp   int    // held to ±1e6: beyond that no message is long enough to come back into range
}

// Number reads a number as a multiple of 10^-scale. Digits beyond the scale are rounded half away from zero; rounded
// says whether any were lost. text is the number as it was sent, for errors.
func (s *Scanner) Number(path string, scale int) (v int64, rounded bool, text []byte) {
	if v, text, ok := s.quick(scale); ok {
		return v, false, text
	}
	n, ok := s.number(path)
	if !ok {
		return 0, false, nil
	}
	u, rounded, ok := n.scaled(scale)
	if !ok || u > math.MaxInt64 {
		s.Fail(path, "%s is no number that fits", Clip(n.text))
		return 0, false, nil
	}
	if v = int64(u); n.neg {
		v = -v
	}
	return v, rounded, n.text
}

func (s *Scanner) skipNumber(path string) {
	n, ok := s.number(path)
	if !ok {
		return
	}
	whole := n.whole
	for len(whole) > 0 && whole[0] == '0' {
		whole = whole[1:]
	}
	order := len(whole) + n.exp
	if len(whole) == 0 { // 0.00…: each zero after the point lowers the order
		i := 0
		for i < len(n.frac) && n.frac[i] == '0' {
			i++
		}
		if order = n.exp - i; i == len(n.frac) {
			return
		}
	}
	if order >= maxOrder {
		s.Fail(path, "%s is no number that fits", Clip(n.text))
	}
}

// number takes the JSON number here apart.
func (s *Scanner) number(path string) (n number, ok bool) {
	c := s.peek()
	if c != '-' && (c < '0' || c > '9') {
		s.mismatch(path, "a number")
		return n, false
	}
	start := s.pos
	if c == '-' {
		n.neg = true
		s.pos++
	}
	n.whole = s.digits()
	if len(n.whole) == 0 || len(n.whole) > 1 && n.whole[0] == '0' {
		s.pos = start
		s.syntax("begins no JSON number: it needs digits, and no leading zero")
		return n, false
	}
	if s.at('.') {
		s.pos++
		if n.frac = s.digits(); len(n.frac) == 0 {
			s.syntax("must be a digit after the decimal point")
			return n, false
		}
	}
	if s.at('e') || s.at('E') {
		if n.exp, ok = s.exponent(); !ok {
			return n, false
		}
	}
	n.text = s.data[start:s.pos]
	return n, s.err == nil
}

func (s *Scanner) exponent() (exp int, ok bool) {
	s.pos++
	neg := s.at('-')
	if neg || s.at('+') {
		s.pos++
	}
	digits := s.digits()
	if len(digits) == 0 {
		s.syntax("must be a digit of the exponent")
		return 0, false
	}
	for _, d := range digits {
		exp = min(exp*10+int(d-'0'), 1e6)
	}
	if neg {
		exp = -exp
	}
	return exp, true
}

func (s *Scanner) at(c byte) bool { return s.pos < len(s.data) && s.data[s.pos] == c }

func (s *Scanner) digits() []byte {
	start := s.pos
	for s.pos < len(s.data) && s.data[s.pos]-'0' <= 9 {
		s.pos++
	}
	return s.data[start:s.pos]
}

// quick reads the number here if it is as seals send them: at most nine digits before the point, no more after it than
// the scale keeps, no exponent. So nothing is rounded and nothing runs over. Of any other number it takes nothing.
func (s *Scanner) quick(scale int) (v int64, text []byte, ok bool) {
	s.peek()
	d, i := s.data, s.pos
	neg := s.at('-')
	if neg {
		i++
	}
	start := i
	for ; i < len(d) && d[i]-'0' <= 9; i++ {
		v = v*10 + int64(d[i]-'0')
	}
	if n := i - start; n == 0 || n > 9 || n > 1 && d[start] == '0' {
		return 0, nil, false
	}
	if i < len(d) && d[i] == '.' {
		i++
		start = i
		for ; i < len(d) && d[i]-'0' <= 9; i++ {
			v = v*10 + int64(d[i]-'0')
		}
		n := i - start
		if n == 0 || n > scale {
			return 0, nil, false
		}
		scale -= n
	}
	if i < len(d) && (d[i] == 'e' || d[i] == 'E') {
		return 0, nil, false
	}
	if v *= int64(pow10[scale]); neg {
		v = -v
	}
	text, s.pos = d[s.pos:i], i
	return v, text, true
}

// scaled returns the magnitude times 10^scale, rounded half away from zero; ok is false when the digits before the
// rounding edge exceed an int64.
func (n *number) scaled(scale int) (u uint64, rounded, ok bool) {
	keep := len(n.whole) + n.exp + scale // so many digits, counted from the first, are before the rounding edge
	for i := range len(n.whole) + len(n.frac) {
		d := n.digit(i)
		switch {
		case i < keep:
			if u > (math.MaxInt64-uint64(d))/10 {
				return 0, false, false
			}
			u = u*10 + uint64(d)
		case i == keep && d >= 5:
			u, rounded = u+1, true // at most 2^63: Number refuses that, and it fits here
		case d != 0:
			rounded = true
		}
	}
	for i := len(n.whole) + len(n.frac); i < keep && u != 0; i++ {
		if u > math.MaxInt64/10 {
			return 0, false, false
		}
		u *= 10
	}
	return u, rounded, true
}

func (n *number) digit(i int) byte {
	if i < len(n.whole) {
		return n.whole[i] - '0'
	}
	return n.frac[i-len(n.whole)] - '0'
}

var pow10 = [...]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9}

// Pow10 returns 10^scale, for scales of 0 to 9.
func Pow10(scale int) int64 { return int64(pow10[scale]) }
