// What can be said of a run whose detector is not here: its findings are judged again.

package proof

import (
	"fmt"
	"maps"
	"math"

	"sealab/catalog"
	"sealab/pocs"
)

// sameWorld reports whether two runs were played in one world.
func sameWorld(a, b *pocs.Run) bool {
	return a.Challenge == b.Challenge && a.Scenario == b.Scenario && a.Extends == b.Extends && a.Seed == b.Seed && maps.EqualFunc(a.Settings, b.Settings, equalBits)
}

func equalBits(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }

// rescore judges the stored findings by the stored truth with the judge that is here, and compares the scores. Nothing
// is played: the answer is re-scored, never reproduced.
func (v *Verdict) rescore(p parts, r *pocs.Run) {
	if p.challenge == nil || p.challenge.Judge == nil {
		v.Answer, v.Reason = ProgramMissing, fmt.Sprintf("%s: %v", ProgramMissing, p.missing(r))
		return
	}
	again := *r
	again.Score = p.challenge.Judge(r.Truth, r.Findings, r.Terms)
	again.Verdict = pocs.Judge(r.Claim, again.Score)
	switch list := catalog.Diff(r, &again); {
	case len(list) == 0:
		v.Answer = Rescored
		v.Reason = fmt.Sprintf("%s, not re-executed: %v", Rescored, p.missing(r))
	case v.Commit == v.Code:
		v.say(AlteredRecord, list)
	default:
		v.say(CodeDiffers, list)
	}
}
