package pocs

import (
	"fmt"
	"strconv"
	"strings"
)

// DefaultClaim is what a PoC claims where it says nothing else.
const DefaultClaim = "score_balanced > 0"

// Claim is a parsed `MEASURE OP NUMBER`.
type Claim struct {
	Measure, Op string
	Number      float64
}

// ParseClaim reads `MEASURE OP NUMBER`; OP is one of > >= < <= = !=.
func ParseClaim(text string) (Claim, error) {
	parts := strings.Fields(text)
	if len(parts) != 3 {
		return Claim{}, fmt.Errorf("parse claim %q: want MEASURE OP NUMBER, such as %q", text, DefaultClaim)
	}
	c := Claim{Measure: parts[0], Op: parts[1]}
	switch c.Op {
	case ">", ">=", "<", "<=", "=", "!=":
	default:
		return Claim{}, fmt.Errorf("parse claim %q: operator %q is not one of > >= < <= = !=", text, c.Op)
	}
	v, err := strconv.ParseFloat(parts[2], 64)
	if err != nil || v != v {
		return Claim{}, fmt.Errorf("parse claim %q: %q is not a number", text, parts[2])
	}
	c.Number = v
	return c, nil
}

// Holds reports whether the claim is true of the value.
func (c Claim) Holds(v float64) bool {
	switch c.Op {
	case ">":
		return v > c.Number
	case ">=":
		return v >= c.Number
	case "<":
		return v < c.Number
	case "<=":
		return v <= c.Number
	case "=":
		return v == c.Number
	}
	return v != c.Number
}

// Judge says whether a claim holds of a score: unknown where the measure is null or the claim cannot be read.
func Judge(text string, s Score) Verdict {
	c, err := ParseClaim(text)
	if err != nil {
		return Unknown
	}
	v := s.Values[c.Measure]
	switch {
	case v == nil:
		return Unknown
	case c.Holds(*v):
		return Pass
	}
	return Fail
}
