// Package passive is the ordinary bolt seal: what Customs learns without any smart seal.
package passive

import (
	"sealab/pocs"
	"sealab/sim/event"
	"sealab/sim/notice"
)

// PoC sees notices only.
var PoC = pocs.PoC{
	Name:      "passive",
	Challenge: "seals",
	Claim:     "score_balanced < 10",
	Baseline:  true,
	Doc:       `Reads no seal.`,
	New:       func(pocs.Setup) (pocs.Detector, error) { return &detector{}, nil },
}

type detector struct{}

// Step reads the notices of the batch and skips everything else.
func (d *detector) Step(b event.Batch) ([]pocs.Finding, error) {
	var said []pocs.Finding
	for i := range b.Events {
		if n, ok := b.Events[i].Message.(*notice.Notice); ok && n.What == notice.InspectionResult && n.Result == "found" {
			said = append(said, pocs.Finding{Container: n.Container, Kind: "bolt_cut", Level: 900, Why: "The inspection found something."})
		}
	}
	return said, nil
}
