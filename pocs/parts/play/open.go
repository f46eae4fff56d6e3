package play

import (
	"testing"

	"sealab/pocs"
	"sealab/sim/event"
	"sealab/sim/seal"
)

// Open starts a detector with the default parameters of its PoC and puts it before a stage: what it says is added to the list.
// keys are nil where seals do not sign.
func Open(tb testing.TB, poc *pocs.PoC, start func(pocs.Setup) (pocs.Detector, error), keys seal.Keyring) (*Stage, *[]pocs.Finding) {
	tb.Helper()
	params := pocs.Params{}
	for _, p := range poc.Params {
		params[p.Name] = p.Default
	}
	d, err := start(pocs.Setup{Params: params, Keys: keys})
	if err != nil {
		tb.Fatal(err)
	}
	var said []pocs.Finding
	return New(func(b event.Batch) {
		list, err := d.Step(b)
		if err != nil {
			tb.Fatal(err)
		}
		said = append(said, list...)
	}), &said
}
