package parts

// CUSUM is a two-sided cumulative sum of a standardised value: it sees a small shift that lasts, which no single value
// shows (E. S. Page 1954; k and h after the NIST/SEMATECH handbook, section 6.3.2.3).
type CUSUM struct{ High, Low float64 }

// Add takes in one value and reports whether either sum passes h: S = max(0, S ± z − k). After that both begin anew.
func (c *CUSUM) Add(z, k, h float64) bool {
	c.High = max(0, c.High+z-k)
	c.Low = max(0, c.Low-z-k)
	if c.High <= h && c.Low <= h {
		return false
	}
	*c = CUSUM{}
	return true
}
