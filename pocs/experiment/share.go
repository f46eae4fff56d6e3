// Shares of counted things, with their intervals.

package experiment

import "math"

// Share is k of n with a 95 % interval.
type Share struct {
	K    int      `json:"k"`
	N    int      `json:"n"`
	P    *float64 `json:"p"` // null where n is 0
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
}

// Wilson gives the ends of the 95 % score interval for a share of k in n:
// (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n) with z = 1.96 (Wilson, Journal of the American Statistical
// Association 22, 1927, 209–212; recommended by Newcombe, Statistics in Medicine 17, 1998, 857–872). It stays within
// 0–1 and says something of 0 in n. The n must be independent of each other; what is counted in one world is so only
// nearly, and the interval is then somewhat too narrow.
func Wilson(k, n int) Share {
	s := Share{K: k, N: n}
	if n == 0 {
		return s
	}
	p, z2, m := float64(k)/float64(n), float64(z975*z975), float64(n)
	middle := p + z2/(2*m)
	half := z975 * math.Sqrt(float64(p*(1-p))/m+z2/float64(4*float64(m*m)))
	low, high := (middle-half)/(1+z2/m), (middle+half)/(1+z2/m)
	if k == 0 {
		low = 0
	}
	if k == n {
		high = 1
	}
	s.P, s.Low, s.High = &p, &low, &high
	return s
}
