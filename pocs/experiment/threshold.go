// Thresholds: what an arm must reach, written down before anything runs.

package experiment

import (
	"fmt"
	"math"
	"strings"

	"sealab/pocs"
	"sealab/sim"
)

// Threshold is `ARM: MEASURE OP NUMBER`, on the arm's mean over all scenarios and seeds where the measure is not null.
type Threshold struct {
	Arm   int // index into the design's arms
	Claim pocs.Claim
}

// splitThreshold reads `ARM: MEASURE OP NUMBER`. A measure has no colon in it, an arm's name may.
func splitThreshold(text string) (arm string, c pocs.Claim, err error) {
	cut := strings.LastIndexByte(text, ':')
	if cut < 0 {
		return "", c, fmt.Errorf("threshold %q: want ARM: MEASURE OP NUMBER, such as %q", text, "kalman: recall > 0.9")
	}
	if arm = strings.TrimSpace(text[:cut]); arm == "" {
		return "", c, fmt.Errorf("threshold %q: the arm's name is missing before the colon", text)
	}
	c, err = pocs.ParseClaim(text[cut+1:])
	if err == nil && math.IsInf(c.Number, 0) {
		err = fmt.Errorf("threshold %q: the number is not finite", text)
	}
	return arm, c, err
}

func claimText(c pocs.Claim) string {
	return fmt.Sprintf("%s %s %s", c.Measure, c.Op, sim.Number(c.Number+0))
}

// contradiction says whether no number can satisfy all of these claims about one measure, by narrowing an interval.
// A `!=` only bites where the interval is a point.
func contradiction(claims []pocs.Claim) bool {
	low, high := math.Inf(-1), math.Inf(1)
	lowOpen, highOpen := false, false
	for _, c := range claims {
		if v := c.Number; c.Op == ">" || c.Op == ">=" || c.Op == "=" {
			if v > low || v == low && c.Op == ">" {
				low, lowOpen = v, c.Op == ">"
			}
		}
		if v := c.Number; c.Op == "<" || c.Op == "<=" || c.Op == "=" {
			if v < high || v == high && c.Op == "<" {
				high, highOpen = v, c.Op == "<"
			}
		}
	}
	if low > high || low == high && (lowOpen || highOpen) {
		return true
	}
	for _, c := range claims {
		if c.Op == "!=" && low == high && c.Number == low {
			return true
		}
	}
	return false
}

// readChecks finds the arms and measures that thresholds speak of. The name of a grid means each arm of it.
func (b *draft) readChecks() error {
	byMeasure := make(map[Threshold][]pocs.Claim) // key: arm and measure alone
	for i, text := range b.file.Thresholds {
		field := fmt.Sprintf("thresholds[%d]", i)
		name, claim, err := splitThreshold(text)
		if err != nil {
			return b.file.wrong(field, "%v", err)
		}
		if !knows(b.Challenge.Measures, claim.Measure) {
			return b.file.wrong(field, "unknown measure %q: %s", claim.Measure, sim.Suggest(claim.Measure, measureNames(b.Challenge.Measures)))
		}
		arms := b.armsCalled(name)
		if len(arms) == 0 {
			return b.file.wrong(field, "unknown arm %q: %s", name, sim.Suggest(name, b.armNames()))
		}
		for _, arm := range arms {
			key := Threshold{arm, pocs.Claim{Measure: claim.Measure}}
			if byMeasure[key] = append(byMeasure[key], claim); contradiction(byMeasure[key]) {
				return b.file.wrong(field, "%q contradicts the other thresholds of %s on %s: no number can hold them all", text, b.Arms[arm].Name, claim.Measure)
			}
			b.Thresholds = append(b.Thresholds, Threshold{arm, claim})
		}
	}
	return nil
}

func knows(list []pocs.Measure, name string) bool { return measureOf(list, name) != nil }

func measureOf(list []pocs.Measure, name string) *pocs.Measure {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return nil
}

func measureNames(list []pocs.Measure) []string {
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].Name
	}
	return names
}
