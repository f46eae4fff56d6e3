package sim

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"

	"sealab/sim/exact"
	"sealab/sim/seal"
)

// This file is a seal's waking life: it wakes when something is due, says it if there is a network, and otherwise
// waits until it is attached again and sends its backlog, oldest first.

const never = math.MaxInt64

// wake lets seal s say what is due at time now, and asks for its next wake.
func (w *World) wake(who int32, s *Seal, now int64) {
	if next := w.stir(s, now); next != never {
		w.ask(next, who, doWake)
	}
}

// stir does one wake and returns the time of the next, or never.
func (w *World) stir(s *Seal, now int64) int64 {
	if s.dead(now) {
		return never
	}
	if s.ghostOf != nil {
		used, key := s.UsedMAh, s.Key // the copy has a cell of its own, and the key it was given
		s.Device, s.ghostOf = s.ghostOf.Device, nil
		s.UsedMAh, s.Key = used, key
	}
	if free := w.coveredFrom(s, now); free > now {
		if !s.offline {
			s.offline = true
			s.add(saying{at: now, inc: -1, kind: seal.EventMsg, code: seal.CodeCellLost, sev: seal.SevInfo})
		}
		return free + w.attachMs(&s.radio)
	}
	if s.offline {
		s.offline = false
		s.add(saying{at: now, inc: -1, kind: seal.EventMsg, code: seal.CodeCellBack, sev: seal.SevInfo})
	}
	if len(s.waiting) > 0 && !s.withheld(now, now) {
		w.catchUp(s, now) // oldest first
	}
	w.speak(s, now)
	next := s.due()
	if next <= now {
		next = now + w.burstGapMs(&s.radio)
	}
	return next
}

// speak says the earliest thing that is due.
func (w *World) speak(s *Seal, now int64) {
	t := s.due()
	if t > now {
		return
	}
	var say *saying
	if len(s.todo) > 0 && s.todo[0].at == t {
		first := s.todo[0]
		s.todo = s.todo[1:]
		say = &first
	}
	if say == nil || say.anew {
		s.next = t + w.interval[s.legAt(t).pace]*s.cell.stretch()
		if s.next > s.end {
			s.next = never
		}
	}
	if w.hush(s, t, now, say) {
		return
	}
	w.utter(s, t, now, say, w.air(s, say))
}

// utter makes the message of the time t and sends it at now over the radio whose dice are given; say is nil for a
// scheduled report.
func (w *World) utter(s *Seal, t, now int64, say *saying, air *exact.Dice) {
	slot := w.voice(s, t, now, say)
	w.tap(s, slot)
	w.transmit(s, air, slot)
}

// voice makes the message of the time t, to be sent at now, in a slot of its own.
func (w *World) voice(s *Seal, t, now int64, say *saying) int32 {
	slot := w.take()
	m := w.slot(slot)
	m.made, m.sent = t, now
	if say != nil && w.byAttack(say) {
		// What only the attack makes the seal say is drawn from the attack's dice: the seal's own stay in step with
		// the honest twin's.
		inc := &w.incidents[say.inc]
		own := s.sense
		s.sense = inc.sense
		m.alike = w.compose(s, t, now, say, &m.r)
		inc.sense, s.sense = s.sense, own
	} else {
		m.alike = w.compose(s, t, now, say, &m.r)
	}
	w.mark(s, m, say, t, now)
	w.limit(s, &m.r, t)
	if w.signs != Unsigned && w.collect == nil {
		w.sign(s, &m.r)
	}
	return slot
}

// air gives the dice for the radio of what the seal says.
func (w *World) air(s *Seal, say *saying) *exact.Dice {
	if say != nil && w.byAttack(say) {
		return &w.incidents[say.inc].radio
	}
	return &s.radio
}

// byAttack reports whether it is an attack that makes the seal say this.
func (w *World) byAttack(say *saying) bool { return say.inc >= 0 && w.incidents[say.inc].Hostile }

// mark notes which incidents show in a message.
func (w *World) mark(s *Seal, m *message, say *saying, t, now int64) {
	if say != nil && say.inc >= 0 && !w.incidents[say.inc].Hostile {
		m.alike = say.inc
	}
	if m.alike < 0 && now-t >= bufferedMs {
		for i := range s.gaps {
			if g := &s.gaps[i]; g.from < t && t <= g.to {
				m.alike = g.inc
			}
		}
	}
	if s.victimOf < 0 || w.collect != nil {
		return
	}
	if s.twin == nil || w.signs != Unsigned && s.Key != OwnKey {
		m.hostile = s.victimOf // a device that should not exist, or signs as another
		return
	}
	if _, honest := s.twin[w.fingerprint(m)]; !honest {
		m.hostile = s.victimOf
	}
}

// fingerprint is the first half of the SHA-256 of a reading's record.
func (w *World) fingerprint(m *message) [2]uint64 {
	w.record = m.r.AppendRecord(w.record[:0])
	sum := sha256.Sum256(w.record)
	return [2]uint64{binary.LittleEndian.Uint64(sum[:]), binary.LittleEndian.Uint64(sum[8:])}
}

// add puts a saying in its place in time; of equal times the one asked for first comes first.
func (s *Seal) add(say saying) {
	i, _ := slices.BinarySearchFunc(s.todo, say, func(a, b saying) int {
		if a.at <= b.at {
			return -1
		}
		return 1
	})
	s.todo = slices.Insert(s.todo, i, say)
}

// playTwin plays the honest twin of a victim alone, from the world's start to its end, and keeps what it sends.
func (w *World) playTwin(s *Seal, honest Seal) {
	s.twin = make(map[[2]uint64]struct{}, 256)
	missed := int64(never)
	w.collect = func(m *message, f flight) {
		s.twin[w.fingerprint(m)] = struct{}{}
		if !f.lost && s.withheld(m.made, m.sent) {
			missed = min(missed, w.across(f.at))
		}
		if w.only != nil { // whoever rebuilds single seals wants to look closely
			w.twins[s.id] = append(w.twins[s.id], Said{w.time(m.made), m.r})
		}
	}
	for at := honest.firstWake(w); at <= w.end; {
		at = w.stir(&honest, at)
	}
	w.collect = nil
	s.twinWarned, w.warnings = w.warnings, nil
	if missed != never {
		w.ask(missed+w.overdue, s.index, doMiss)
	}
}

// firstWake is when the seal first has something to say within the world.
func (s *Seal) firstWake(w *World) int64 { return max(s.due(), w.start+1) }
