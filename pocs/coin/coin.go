// Package coin is the detector that guesses: what chance alone would score.
package coin

import (
	"fmt"
	"strings"
	"time"

	"sealab/pocs"
	"sealab/sim/event"
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// PoC throws a coin for every container and hour.
var PoC = pocs.PoC{
	Name:      "coin",
	Challenge: "seals",
	Claim:     "score_balanced < 10",
	Baseline:  true,
	Doc: `Throws a biased coin for every container it has heard of, once an hour, and accuses it of an offence drawn at
random when the coin falls on its edge. It reads nothing but container numbers. It stands for guessing: a method that
is not clearly above it has learned nothing from what the seals say. Its dice are private, so the same run gives the
same guesses under every carrier. Limit: it guesses evenly over containers and hours, and knows no base rate.`,
	Params: []pocs.Param{{
		Name: "rate", Unit: "1/h", Default: 0.002, Min: 0, Max: 1, Mark: "assumption",
		Doc: "chance of accusing a container in one hour; 0.002 is one guess per container in three weeks",
	}, {
		Name: "stream", Default: 0, Min: 0, Max: 1_000_000, Whole: true, Mark: "known",
		Doc: "which of its dice it throws: two coins that differ in this alone are equals, and a fair comparison tells them apart in about 5 % of cases",
	}},
	New: func(s pocs.Setup) (pocs.Detector, error) {
		return &detector{dice: dice(&s), rate: s.Params["rate"], known: map[string]bool{}}, nil
	},
	Series: func(s pocs.Setup) (pocs.Series, error) { return &series{dice(&s)}, nil },
}

// dice are those of the stream that was asked for.
func dice(s *pocs.Setup) exact.Dice {
	if stream := uint64(s.Params["stream"]); stream > 0 {
		return exact.NewDice(s.Dice.Uint64(), fmt.Sprint("stream/", stream))
	}
	return s.Dice
}

// kinds are the offences it can name.
var kinds = [...]string{"bolt_cut", "quick_open", "drag_off", "clone"}

// even is the level of a guess: neither sure nor unsure.
const even = 500

type detector struct {
	dice  exact.Dice
	rate  float64
	known map[string]bool
	list  []string // containers in first-heard order: the dice are thrown in this order
}

// Step learns container numbers and, at a whole hour, throws the coin for each.
func (d *detector) Step(b event.Batch) ([]pocs.Finding, error) {
	for i := range b.Events {
		d.meet(b.Events[i].Message)
	}
	if b.Now.UnixMilli()%time.Hour.Milliseconds() != 0 {
		return nil, nil
	}
	var said []pocs.Finding
	for _, container := range d.list {
		if d.dice.Chance(d.rate) {
			kind := kinds[d.dice.IntN(len(kinds))]
			said = append(said, pocs.Finding{Container: container, Kind: kind, Level: even, Why: "The coin fell so.", Basis: []uint64{}})
		}
	}
	return said, nil
}

// meet notes the container a message is about, unless it is a seal that is on none.
func (d *detector) meet(m event.Message) {
	if r, ok := m.(*seal.Reading); ok && r.Container == "" {
		return
	}
	if name := m.Subject(); name != "" && !d.known[name] {
		name = strings.Clone(name)
		d.known[name] = true
		d.list = append(d.list, name)
	}
}

// series finds each number as odd as the dice will have it: an alarm's rate is for whoever sets the threshold.
type series struct{ dice exact.Dice }

// Score throws.
func (s *series) Score(time.Time, float64) float64 { return s.dice.Float64() }
