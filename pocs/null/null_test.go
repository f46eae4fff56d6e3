package null_test

import (
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/null"
	"sealab/pocs/parts/play"
	"sealab/sim/event"
	"sealab/sim/seal"
)

func TestNullSaysNothing(t *testing.T) {
	d, err := null.PoC.New(pocs.Setup{})
	if err != nil {
		t.Fatal(err)
	}
	stage := play.New(func(b event.Batch) {
		if said, err := d.Step(b); len(said) != 0 || err != nil {
			t.Errorf("got %v, %v", said, err)
		}
	})
	stage.Say(play.Code(seal.CodeRopeCut), play.With(seal.Status, seal.Tampered)).Wait(48 * time.Hour)
}
