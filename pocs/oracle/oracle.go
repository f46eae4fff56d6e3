// Package oracle is the detector that is told the truth: the top of the scale.
package oracle

import (
	"errors"

	"sealab/pocs"
	"sealab/sim/event"
)

// PoC says every hostile incident by its right name, in the very tick in which it is first heard.
var PoC = pocs.PoC{
	Name:      "oracle",
	Challenge: "seals",
	Claim:     "score_balanced = 100",
	Baseline:  true,
	Doc: `Is told the truth and repeats it: every hostile incident, with its right kind, in the tick in which the first
sign of it is delivered, and no look-alike. It fixes the top of the scale, 100 in every profile. Nobody can build it:
it shows what a perfect reader of the same messages would have said, no earlier than the first of them arrived. What
no message ever shows, it does not say either. It is also a test of the scorer.`,
	New: newDetector,
}

// surest is the level of what is known for certain.
const surest = 1000

func newDetector(s pocs.Setup) (pocs.Detector, error) {
	if s.Truth == nil {
		return nil, errors.New("start oracle: it is not given the truth; only the list in pocs/all can mark it so")
	}
	return &detector{setup: s}, nil
}

type detector struct {
	setup pocs.Setup
	told  int // incidents of the list that were looked at before
}

// Step says the hostile incidents that were first heard in this tick. The list grows in the order of hearing.
func (d *detector) Step(event.Batch) ([]pocs.Finding, error) {
	heard := d.setup.Truth()
	var said []pocs.Finding
	for ; d.told < len(heard); d.told++ {
		if i := &heard[d.told]; i.Hostile {
			said = append(said, pocs.Finding{
				Container: i.Container, Kind: i.Kind, Level: surest, Why: "It is in the truth: incident " + i.ID + ".", Basis: []uint64{},
			})
		}
	}
	return said, nil
}
