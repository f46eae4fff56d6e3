package fusion

import (
	"sealab/pocs/parts"
	"sealab/sim/exact"
)

// This file keeps the books of a box: which clues were heard when, and what they come to together.

// box is what is known of one container.
type box struct {
	parts.Box
	heard     [numClues]entry
	accusedMs int64    // when anything was said of it last; 0: never
	said      []saying // of each kind, by its place in the learnt table
}

// saying is when there was last cause to say a kind, and the surest that was said of it since it was quiet.
type saying struct {
	ms    int64 // 0: never
	level int
}

// entry is the last time that a clue was heard of a box.
type entry struct {
	ms int64  // 0: never
	n  uint64 // of the delivery that it was first heard with since it was quiet
}

// scales weighs clues.
type scales struct {
	weight                       [numClues]float64 // dB
	alarmDB, halfLifeH, memoryMs float64
}

// note takes a clue down, and reports whether it is news: what goes on is heard once.
func (b *box) note(c clue, n uint64, nowMs int64, s *scales) (news bool) {
	e := &b.heard[c]
	news = !e.fresh(nowMs, s)
	if news {
		e.n = n
	}
	e.ms = nowMs
	return news
}

// fresh reports whether the clue is remembered.
func (e *entry) fresh(nowMs int64, s *scales) bool {
	return e.ms != 0 && float64(nowMs-e.ms) < s.memoryMs
}

// beside gives what speaks against the box besides clue c: in words, and by deliveries.
func (b *box) beside(c clue, nowMs int64, s *scales) (words []string, n []uint64) {
	for o := range clue(numClues) {
		if e := &b.heard[o]; o != c && e.fresh(nowMs, s) && s.weight[o] > 0 {
			words, n = append(words, clues[o].why), append(n, e.n)
		}
	}
	return words, n
}

// sum adds the weights of the clues that are remembered, in dB, each halved by its half-life. Clues of one group are not
// independent of each other, so of each group only the strongest counts, for or against.
func (b *box) sum(nowMs int64, s *scales) (db float64) {
	var most [numGroups]float64
	for c := range clue(numClues) {
		e := &b.heard[c]
		if !e.fresh(nowMs, s) {
			continue
		}
		age := float64(nowMs-e.ms) / float64(parts.HourMs)
		w := float64(s.weight[c] * exact.Exp(-ln2*age/s.halfLifeH))
		g := clues[c].group
		if w > max(most[g], 0) || most[g] <= 0 && w < most[g] {
			most[g] = w
		}
	}
	for _, w := range most {
		db += w
	}
	return db
}

// kind is the kind of attack that the remembered clues tell of most: argmax over the kinds of Σ log P(clue | kind), as a
// naive Bayes classifier has it, all kinds being equally likely beforehand.
func (b *box) kind(nowMs int64, s *scales) int {
	best, most := 0, 0.0
	for k := range table.kinds {
		sum := 0.0
		for c := range clue(numClues) {
			if b.heard[c].fresh(nowMs, s) {
				sum += table.logs[c][k]
			}
		}
		if k == 0 || sum > most {
			best, most = k, sum
		}
	}
	return best
}

// accused reports whether anything was said of the box of late: that it then falls silent, or comes in late, follows from that
// and is no news.
func (b *box) accused(nowMs, aftermathMs int64) bool {
	return b.accusedMs != 0 && nowMs-b.accusedMs < aftermathMs
}

// surer is by how much a level must rise before the same kind is said again: 5 dB, odds three times as long.
const surer = 50

// says reports whether a kind is to be said at this level: what goes on is said once, and again only where it has become surer
// or has been quiet for so long.
func (b *box) says(kind, level int, nowMs, cooldownMs int64) bool {
	s := &b.said[kind]
	if s.ms == 0 || nowMs-s.ms >= cooldownMs {
		s.level = -surer
	}
	s.ms = nowMs
	if level < s.level+surer {
		return false
	}
	s.level = level
	return true
}

// ln2 is the natural logarithm of 2.
const ln2 = 0.693147180559945309417
