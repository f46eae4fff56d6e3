package fusion

import (
	"slices"

	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// This file follows the door: a contact that opens while the lock knows nothing of it bounces; an opening that the lock keeps
// is told by its length, for Customs looks longer than a thief; one that the contact did not feel was shimmed.

// door is the opening that goes on, if any.
type door struct {
	sinceMs int64 // when it was opened; 0: it is shut
	n       uint64
	long    bool // it was said that it is open for long
}

// doorway takes in what a reading says of door and lock.
func (d *detector) doorway(s *sealed, r *seal.Reading, excused bool) {
	at, opened := r.Val[seal.TS], r.Val[seal.OpenedAt]
	news := opened > r.Val[seal.ArmedAt] && opened > s.openedMs
	s.openedMs = max(s.openedMs, opened)
	if excused || !s.armed || r.Is(seal.Code, seal.CodeArmed) && r.CmdID != "" {
		s.door = door{} // whoever disarmed or armed it by a signed command may open it
		return
	}
	open := (r.Val[seal.DoorOpen] != 0 || r.Is(seal.Code, seal.CodeDoorOpen)) && !r.Is(seal.Code, seal.CodeDoorClose)
	switch {
	case news && open:
		s.door = door{sinceMs: opened, n: d.n}
		d.open = append(d.open, s)
	case news:
		d.opening(s, latchAlone, 0)
	case s.door.sinceMs == 0 && r.Is(seal.Code, seal.CodeDoorOpen):
		d.opening(s, bounce, 0)
	case s.door.sinceMs != 0 && !open && at > s.door.sinceMs:
		if at-s.door.sinceMs <= d.limits.shortMs {
			d.opening(s, openedShort, s.door.n)
		} else if !s.door.long {
			d.opening(s, openedLong, s.door.n)
		}
		s.door = door{}
	}
}

// opening notes a clue about the door; it rests on the openings that were announced for other times, too.
func (d *detector) opening(s *sealed, c clue, beside uint64) {
	d.clue(s.box, c, func() (string, []uint64) {
		return sentence(clues[c].why), parts.Basis(d.n, append(s.box.Papers.Openings(), beside)...)
	})
}

// tooLongOpen notes the doors that have stood open for longer than a thief needs.
func (d *detector) tooLongOpen() {
	d.open = slices.DeleteFunc(d.open, func(s *sealed) bool {
		if s.door.sinceMs == 0 || s.door.long {
			return true
		}
		if d.nowMs-s.door.sinceMs <= d.limits.shortMs+d.limits.slackMs {
			return false
		}
		s.door.long = true
		if p := &s.box.Papers; !p.Authorised(s.door.sinceMs, d.limits.openingMs) && !p.Ended(s.door.sinceMs) {
			d.opening(s, openedLong, s.door.n)
		}
		return true
	})
}
