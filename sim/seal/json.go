package seal

// This file writes a reading as canonical JSON (RFC 8785) and names its topic.

import "sealab/sim/event/wire"

const (
	latLon  Mask = 1<<Lat | 1<<Lon
	latched Mask = 1<<ArmedAt | 1<<OpenedAt | 1<<TamperedAt
)

// AppendJSON appends the reading as canonical JSON: keys sorted, decimals in their shortest form, no spaces.
//
// Absent fields are left out, but for the few whose absence says something: no place with a fix, never armed, opened or
// tampered with, no number in a last will. Those are null. Container and trip are always there, if only as "".
func (r *Reading) AppendJSON(b []byte) []byte { return r.appendObject(b, layout, r.nulls()) }

// nulls returns the absent fields that are printed as null.
func (r *Reading) nulls() (m Mask) {
	if r.Has&(1<<Fix) != 0 {
		m |= latLon
	}
	if r.Has&(1<<Status) != 0 {
		m |= latched
	}
	if r.Will() {
		m |= 1 << Seq
	}
	return m &^ r.Has
}

// Will reports whether this is a last will: what the broker sends for a seal whose link died. It was fixed when the
// link began, so it has no number and no time, and only online and reason mean anything.
func (r *Reading) Will() bool {
	return r.Is(MsgKind, Death) && r.Is(Reason, ReasonLWT) && r.Has&(1<<Seq) == 0
}

func (r *Reading) appendObject(b []byte, p *plan, nulls Mask) []byte {
	b = append(b, '{')
	for i := range p.rows {
		row := &p.rows[i]
		switch row.kind {
		case rowField:
			switch bit := Mask(1) << row.field; {
			case r.Has&bit != 0:
				b = append(b, row.lit...)
				b = append(row.appendValue(b, r.Val[row.field]), ',')
			case nulls&bit != 0:
				b = append(append(b, row.lit...), "null,"...)
			}
		case rowText:
			if s := *r.Text(row.text); s != "" || row.text <= TextTrip {
				b = append(b, row.lit...)
				b = append(wire.AppendString(b, s), ',')
			}
		case rowGroup:
			if g := row.group; (r.Has|nulls)&g.holds != 0 || g.texts && r.Detail+r.CmdID != "" {
				b = append(b, row.lit...)
				b = append(r.appendObject(b, g, nulls), ',')
			}
		case rowVersion:
			b = append(b, `"v":1,`...)
		case rowPrev:
			if r.Proof != nil && r.Proof.Linked {
				b = append(r.Proof.appendPrev(append(b, row.lit...)), ',')
			}
		case rowSig:
			if r.Proof != nil && r.Proof.Signed {
				b = append(r.Proof.appendSig(append(b, row.lit...)), ',')
			}
		}
	}
	b[len(b)-1] = '}' // over the last comma: no object is written empty
	return b
}

func (row *row) appendValue(b []byte, v int64) []byte {
	switch row.typ {
	case FieldTime:
		return wire.AppendTime(b, v)
	case FieldEnum:
		return wire.AppendString(b, Fields[row.field].name(v))
	case FieldBool:
		if v != 0 {
			return append(b, "true"...)
		}
		return append(b, "false"...)
	}
	return wire.AppendDecimal(b, v, row.scale)
}

// AppendTopic appends the topic below the run's root: birth and death go to state, which is retained; events have a
// leaf of their own; all else is tele.
func (r *Reading) AppendTopic(b []byte) []byte {
	b = append(append(b, "seal/"...), r.Seal...)
	switch {
	case r.Is(MsgKind, Birth), r.Is(MsgKind, Death):
		return append(b, "/state"...)
	case r.Is(MsgKind, EventMsg):
		return append(b, "/event"...)
	}
	return append(b, "/tele"...)
}
