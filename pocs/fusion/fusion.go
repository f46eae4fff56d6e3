// Package fusion weighs everything that is heard of a box, and says what it comes to.
package fusion

import (
	"slices"
	"strings"

	"sealab/pocs"
	"sealab/pocs/parts"
	"sealab/pocs/parts/senses"
	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// PoC adds up the log-likelihood ratios of all clues.
var PoC = pocs.PoC{
	Name:      "fusion",
	Challenge: "seals",
	UseCase:   "fusion",
	Claim:     "score_balanced > 90",
	Doc:       doc,
	Params:    declare(),
	New:       func(s pocs.Setup) (pocs.Detector, error) { return newDetector(s, false), nil },
	Clues:     func(s pocs.Setup) (pocs.Detector, error) { return newDetector(s, true), nil },
}

type detector struct {
	limits limits
	scales scales
	trust  parts.Trust
	watch  *senses.Watch
	seals  parts.Register[sealed]
	boxes  parts.Register[box]
	open   []*sealed // whose door is open
	deaf   deafness
	spell  bool // each clue is said by itself

	nowMs int64
	order int    // of the message in its batch
	n     uint64 // of its delivery
	said  []ordered
}

// ordered is a finding and the message that gave rise to it, by its place in the batch.
type ordered struct {
	pocs.Finding
	order int
}

func newDetector(s pocs.Setup, spell bool) *detector {
	d := &detector{
		limits: newLimits(s.Params), trust: parts.NewTrust(s.Keys), watch: senses.NewWatch(s.Params),
		seals: parts.NewRegister[sealed](), boxes: parts.NewRegister[box](), spell: spell,
	}
	d.scales = scales{alarmDB: s.Params["alarm_db"], halfLifeH: s.Params["half_life_h"], memoryMs: s.Params["memory_h"] * float64(parts.HourMs)}
	for c := range clue(numClues) {
		d.scales.weight[c] = s.Params[weightName(c)] // 0 of what is no clue
	}
	return d
}

// Step notes what each message, and each silence, says of its box.
func (d *detector) Step(b event.Batch) ([]pocs.Finding, error) {
	d.nowMs, d.said = b.Now.UnixMilli(), d.said[:0]
	for i := range b.Events {
		d.order, d.n = i, b.Events[i].N
		switch m := b.Events[i].Message.(type) {
		case *seal.Reading:
			if d.believe(m) {
				s := d.sealOf(m)
				d.reading(s, m)
				d.watch.Queue(s.slot, s.papersBox(), m, i, d.nowMs)
			}
		case *notice.Notice:
			d.notice(m)
		}
	}
	d.watch.Try(b, func(order, slot int, _ *parts.Box, v *senses.Verdict) {
		e := &b.Events[order]
		d.order, d.n = order, e.N
		r := e.Message.(*seal.Reading)
		d.clue(d.seals.All()[slot].box, clueOf(v.Sense), func() (string, []uint64) { return v.Why(r), v.Basis(e.N) })
	})
	d.order, d.n = len(b.Events), 0
	d.tooLongOpen()
	if d.nowMs%parts.HourMs == 0 {
		d.silences()
	}
	return d.take(), nil
}

// notice files a notice, and hears whether the box comes in late.
func (d *detector) notice(n *notice.Notice) {
	b := d.boxOf(n.Container)
	late := b.Papers.LateMs(n)
	b.Papers.Add(n, d.n)
	if late > d.limits.lateMs && !b.accused(d.nowMs, d.limits.aftermathMs) {
		d.plain(b, lateArrival)
	}
}

// believe asks whether a message is what it claims to be; what is not signed with its seal's key is not.
func (d *detector) believe(r *seal.Reading) bool {
	var c clue
	answer := d.trust.Hear(r)
	switch answer {
	case seal.BadSig:
		c = forged
	case seal.UnknownKey:
		c = unknownKey
	case seal.ChainBreak:
		c = chainBreak
	default:
		return true
	}
	if s := d.seals.Find(r.Seal); s != nil && s.box != nil {
		d.plain(s.box, c)
	} else if r.Container != "" {
		d.plain(d.boxOf(r.Container), c)
	}
	return answer == seal.ChainBreak
}

// plain notes a clue that rests on the present message alone.
func (d *detector) plain(b *box, c clue) {
	d.clue(b, c, func() (string, []uint64) { return sentence(clues[c].why), parts.Basis(d.n) })
}

// clue notes a clue of a box and, if it is news and all clues together pass the alarm, says so. tell is asked for words and
// deliveries only then.
func (d *detector) clue(b *box, c clue, tell func() (why string, basis []uint64)) {
	if b == nil || !b.note(c, d.n, d.nowMs, &d.scales) {
		return
	}
	if d.spell {
		_, basis := tell()
		d.say(b, clues[c].name, 0, "", basis)
		return
	}
	db := b.sum(d.nowMs, &d.scales)
	if db < d.scales.alarmDB {
		return
	}
	kind, level := b.kind(d.nowMs, &d.scales), int(min(1000, max(0, 10*db)))
	if !b.says(kind, level, d.nowMs, d.limits.cooldownMs) {
		return
	}
	b.accusedMs = d.nowMs
	why, basis := tell()
	words, with := b.beside(c, d.nowMs, &d.scales)
	if len(words) > 0 {
		why += " Besides: " + strings.Join(words, "; ") + "."
	}
	d.say(b, table.kinds[kind], level, why, merge(basis, with))
}

// merge puts the deliveries behind the clues beside it after those of the newest clue.
func merge(basis, with []uint64) []uint64 {
	if len(basis) == 0 {
		return parts.Basis(0, with...)
	}
	return parts.Basis(basis[0], append(slices.Clone(basis[1:]), with...)...)
}

// say adds a finding.
func (d *detector) say(b *box, kind string, level int, why string, basis []uint64) {
	d.said = append(d.said, ordered{pocs.Finding{Container: b.Container, Kind: kind, Level: level, Why: why, Basis: basis}, d.order})
}

// take gives the findings of this batch in the order of the messages that gave rise to them.
func (d *detector) take() []pocs.Finding {
	slices.SortStableFunc(d.said, func(a, b ordered) int { return a.order - b.order })
	var out []pocs.Finding
	for i := range d.said {
		out = append(out, d.said[i].Finding)
	}
	return out
}

// sentence makes a sentence of a clue's words.
func sentence(why string) string { return strings.ToUpper(why[:1]) + why[1:] + "." }
