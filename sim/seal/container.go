package seal

// This file is ISO 6346: the container number and its check digit.

import (
	"fmt"

	"sealab/sim/event/wire"
)

// SimPrefix is the owner prefix of simulated boxes. It is fictitious: it stands for "Sealab" and is not registered to
// us. The register (BIC) publishes no open list, so that nobody here can prove it unused; public lists of carriers and
// lessors do not have it. A right check digit says nothing about a real owner.
const SimPrefix = "SLBU"

// CheckDigit returns the check digit for the first ten characters of a container number.
func CheckDigit(first10 string) (int, error) {
	rest, err := remainder(first10)
	return rest % 10, err
}

// remainder is the weighted sum modulo 11: 10 stands for check digit 0, and issuers avoid such serials.
func remainder(first10 string) (int, error) {
	if len(first10) != 10 {
		return 0, fmt.Errorf("read container %q: it has %d characters before the check digit, must have 10",
			wire.Clip(first10), len(first10))
	}
	sum := 0
	for i := range len(first10) {
		v, ok := letterOrDigit(first10[i], i)
		if !ok {
			return 0, fmt.Errorf("read container %q: it must be 3 letters, U, J or Z, and digits, in upper case", first10)
		}
		sum += v << i
	}
	return sum % 11, nil
}

// letterOrDigit returns the value of the character at place i: digits are themselves, letters count from A = 10 and
// leave out the multiples of 11.
func letterOrDigit(c byte, i int) (int, bool) {
	if i >= 4 {
		return int(c - '0'), '0' <= c && c <= '9'
	}
	if c < 'A' || c > 'Z' || i == 3 && c != 'U' && c != 'J' && c != 'Z' {
		return 0, false
	}
	v := int(c-'A') + 10
	return v + (v-1)/10, true // one for 11, two for 22, three for 33
}

// ValidContainer says what is wrong with a container number, if anything. Numbers whose remainder is 10 are right:
// such boxes exist, although issuers avoid them.
func ValidContainer(s string) error {
	if len(s) != 11 {
		return fmt.Errorf("%q is no container number: it has %d characters, must have 11", wire.Clip(s), len(s))
	}
	want, err := CheckDigit(s[:10])
	if err != nil || s[10] < '0' || s[10] > '9' {
		return fmt.Errorf("%q is no container number: it must be 3 letters, U, J or Z, 6 digits and a check digit", s)
	}
	if got := int(s[10] - '0'); got != want {
		return fmt.Errorf("%q is no container number: its check digit is %d, must be %d", s, got, want)
	}
	return nil
}

// MakeContainer returns the container number of prefix (3 letters and U, J or Z) and a serial of 0 to 999999. It
// returns "" for the about one serial in eleven whose remainder is 10, as issuers skip those, and for what has no
// number at all.
func MakeContainer(prefix string, serial int) string {
	if len(prefix) != 4 || serial < 0 || serial > 999_999 {
		return ""
	}
	b := make([]byte, 11)
	copy(b, prefix)
	for i := 9; i >= 4; i-- {
		b[i] = '0' + byte(serial%10)
		serial /= 10
	}
	rest, err := remainder(string(b[:10]))
	if err != nil || rest == 10 {
		return ""
	}
	b[10] = '0' + byte(rest)
	return string(b)
}
