package sim

import (
	"time"

	"sealab/sim/seal"
)

// This file is for whoever explains a world after the fact: which incidents show in which message. It is the truth, and
// nothing that a detector can reach.

// Shows gives the ids of the attack and of the look-alike that show in event i of the present batch; empty where none
// does. Ask while the batch is valid.
func (w *World) Shows(i int) (attack, alike string) {
	return w.shownIn(w.slot(w.spent[i]))
}

func (w *World) shownIn(m *message) (attack, alike string) {
	if m.hostile >= 0 {
		attack = w.incidents[m.hostile].ID
	}
	if m.alike >= 0 {
		alike = w.incidents[m.alike].ID
	}
	return attack, alike
}

// Said is one message of an honest twin.
type Said struct {
	Made    time.Time // true time: when it was made
	Reading seal.Reading
}

// Twin gives what a victim's honest twin would have sent, in the order of sending, with what its radio would have lost;
// nil for a seal that is no victim, and in a world that was not rebuilt for some seals alone (New).
func (w *World) Twin(sealID string) []Said { return w.twins[sealID] }
