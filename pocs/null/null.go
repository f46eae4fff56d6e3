// Package null is the detector that says nothing: the zero of the scale.
package null

import (
	"time"

	"sealab/pocs"
	"sealab/sim/event"
)

// PoC never speaks.
var PoC = pocs.PoC{
	Name:      "null",
	Challenge: "seals",
	Claim:     "score_balanced = 0",
	Baseline:  true,
	Doc: `Says nothing, whatever it hears. It stands for having no detector at all and fixes the zero of the scale:
silence scores 0 in every profile, and a method that scores below it does more harm than good. It is also a test of
the scorer: anything but 0 here is a fault of the judge, not of the method.`,
	New:    func(pocs.Setup) (pocs.Detector, error) { return detector{}, nil },
	Series: func(pocs.Setup) (pocs.Series, error) { return series{}, nil },
}

type detector struct{}

// Step hears the batch and says nothing.
func (detector) Step(event.Batch) ([]pocs.Finding, error) { return nil, nil }

type series struct{}

// Score finds nothing odd.
func (series) Score(time.Time, float64) float64 { return 0 }
