package wire

// This file writes canonical JSON (RFC 8785): strings with the fewest escapes, decimals in their shortest form.

import (
	"strconv"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// AppendString appends text as a JSON string. Bytes that are no UTF-8 become U+FFFD, so that the output is always JSON.
func AppendString[T string | []byte](b []byte, text T) []byte {
	b = append(b, '"')
	for i := 0; i < len(text); i++ {
		if c := text[i]; !plain[c] || c >= utf8.RuneSelf {
			return appendOdd(append(b, text[:i]...), string(text[i:]))
		}
	}
	b = append(b, text...)
	return append(b, '"')
}

// appendOdd is AppendString from the first character on that is not plain ASCII.
func appendOdd(b []byte, text string) []byte {
	for _, r := range text { // ranging turns broken bytes into U+FFFD
		switch r {
		case '"', '\\':
			b = append(b, '\\', byte(r))
		case '\b':
			b = append(b, `\b`...)
		case '\f':
			b = append(b, `\f`...)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		case '\t':
			b = append(b, `\t`...)
		default:
			if r < 0x20 {
				b = append(b, `\u00`...)
				b = append(b, hexDigits[r>>4], hexDigits[r&15])
				continue
			}
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

// AppendDecimal appends v / 10^scale in its shortest form, for scales of 0 to 9: 51950000 at scale 6 is 51.95.
//
// That is the canonical form of the nearest double too, as RFC 8785 asks, up to 15 digits and down to 0.000001.
func AppendDecimal(b []byte, v int64, scale int) []byte {
	u := uint64(v)
	if v < 0 {
		b = append(b, '-')
		u = -u
	}
	var q, r uint64
	switch scale { // dividing by a constant is several times as fast as by a variable
	case 0:
		return strconv.AppendUint(b, u, 10)
	case 1:
		q, r = u/10, u%10
	case 2:
		q, r = u/100, u%100
	case 3:
		q, r = u/1000, u%1000
	case 6:
		q, r = u/1e6, u%1e6
	default:
		q, r = u/pow10[scale], u%pow10[scale]
	}
	b = strconv.AppendUint(b, q, 10)
	if r == 0 {
		return b
	}
	n := len(b)
	b = append(b, ".000000000"[:scale+1]...)
	last := 0 // place of the last digit that is not 0
	for i := scale; i > 0 && r != 0; i-- {
		d := r % 10
		if d != 0 && last == 0 {
			last = i
		}
		b[n+i] = '0' + byte(d)
		r /= 10
	}
	return b[:n+last+1]
}
