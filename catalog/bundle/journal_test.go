package bundle

import (
	"testing"

	"sealab/pocs"
	"sealab/sim/event"
)

// TestJournalTakesWhatCanBeRead: what has no form as a line is not kept, and is said not to be.
func TestJournalTakesWhatCanBeRead(t *testing.T) {
	var j Journal
	if err := j.Record(pocs.Moment{Batch: event.Batch{Events: []event.Event{{N: 1, Message: oddMessage{}}}}}); err != nil {
		t.Fatal(err)
	}
	if _, ok := j.Heard(0); ok {
		t.Error("a message without a form counts as taken down")
	}
}

type oddMessage struct{ event.Message }

func (oddMessage) Kind() string { return "odd" }
