// The answers of verify (DESIGN section 3.7), and what they rest on.

package proof

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sealab/catalog"
)

// Answer is what verify says.
type Answer string

// The answers. Rescored stands where the detector is not here, so that only judging could be done again.
const (
	Reproduced      Answer = "reproduced"
	ReproducedNewer Answer = "reproduced by newer code"
	Rescored        Answer = "re-scored"
	CodeDiffers     Answer = "code differs"
	AlteredRecord   Answer = "altered"
	ProgramMissing  Answer = "program missing"
	RunsMissing     Answer = "runs missing" // of a claim: its experiment, arm or some of the runs are not here
	FailedRun       Answer = "failed run"
	// RecordWhole is all that can be said of a live run: when its messages arrived was real and comes only once.
	RecordWhole Answer = "record whole (a live run cannot be played again)"
)

// order is from bad to good: an experiment's answer is the worst of its runs'.
var order = []Answer{AlteredRecord, CodeDiffers, ProgramMissing, RunsMissing, FailedRun, RecordWhole, Rescored, ReproducedNewer, Reproduced}

// Answers lists all answers, the worst first.
func Answers() []Answer { return slices.Clone(order) }

// Worse gives the worse of two answers; an empty one is none.
func Worse(a, b Answer) Answer {
	if a == "" || b != "" && slices.Index(order, b) < slices.Index(order, a) {
		return b
	}
	return a
}

// Breaks reports whether an answer speaks against what is stored.
func (a Answer) Breaks() bool { return a == AlteredRecord || a == CodeDiffers }

// Verdict is the answer for one run.
type Verdict struct {
	Run     string
	Answer  Answer
	Commit  string            // of the stored run
	Code    string            // that answers
	Records []catalog.Altered // altered, or in which the codes differ
	Digest  string            // as stored
	Reason  string            // in a sentence; empty where all is well
	Flags   bool              // the findings are a person's: said again in the same world and judged, not executed
	World   *bool             // whether the world came out as it was heard; nil: it was not made
	Elapsed time.Duration     // of playing it again, where it was
}

// say sets an answer with the records that it rests on. Digests come last, for they follow from the others, and the
// joint one after those that it follows from.
func (v *Verdict) say(answer Answer, list []catalog.Altered) {
	late := func(a catalog.Altered) int {
		switch {
		case a.Record == "digest joint":
			return 2
		case strings.HasPrefix(a.Record, "digest "):
			return 1
		}
		return 0
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b catalog.Altered) int { return late(a) - late(b) })
	v.Answer, v.Reason = answer, string(answer)+": "+list[0].String()
	if answer == CodeDiffers {
		v.Reason = fmt.Sprintf("%s: stored by %s, this is %s; first in %s", answer, v.Commit, v.Code, list[0])
	}
	if more := len(list) - 1; more > 0 {
		v.Reason += fmt.Sprintf(" (and %d more)", more)
	}
	v.Records = append(v.Records, list...)
}
