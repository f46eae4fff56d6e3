package seal

// This file reads what a seal, or whoever claims to be one, has sent: strictly, since a message that two readers
// understand differently is a way past one of them.

import (
	"fmt"
	"strconv"

	"sealab/sim/event/wire"
)

// MaxArray is the most readings in one message: a backlog comes in arrays.
const MaxArray = 50

// usualSize is a guess at the bytes of a reading, on the low side, for making room.
const usualSize = 400

// Decoded is a reading as it was understood.
type Decoded struct {
	Reading Reading
	Rounded int      // values that had digits beyond their scale; rounded half away from zero
	Unknown []string // names of a closed list that this version does not know, as path=name; their value is 0
}

// Decode reads one reading.
//
// It refuses what is not JSON in UTF-8 of at most 64 KiB, text after the object, doubled keys, wrong types, and values
// that are out of range. It ignores keys that it does not know, so that v1 can grow, and takes names that it does not
// know as 0, "unknown": a seal of next year is shown, not dropped.
func Decode(b []byte) (Decoded, error) {
	var d decoder
	d.scan.Start(b)
	d.reading()
	if err := d.scan.End(); err != nil {
		return Decoded{}, fmt.Errorf("decode reading: %w", err)
	}
	return d.out, nil
}

// DecodeArray reads a message of the tele leaf: one reading, or an array of at most 50. One bad reading refuses the
// whole message, and the error names it by its place, from [0].
func DecodeArray(b []byte) ([]Decoded, error) {
	var d decoder
	d.scan.Start(b)
	if !d.scan.Array() {
		one, err := Decode(b)
		if err != nil {
			return nil, err
		}
		return []Decoded{one}, nil
	}
	all := make([]Decoded, 0, min(MaxArray, len(b)/usualSize+1))
	for ok := d.scan.Open("", '['); ok; ok = d.scan.Next(']') {
		if len(all) == MaxArray {
			d.scan.Fail("array", "has more than %d readings", MaxArray)
			break
		}
		d.scan.Base("[" + strconv.Itoa(len(all)) + "].")
		d.out = Decoded{}
		d.reading()
		all = append(all, d.out)
	}
	if err := d.scan.End(); err != nil {
		return nil, fmt.Errorf("decode readings: %w", err)
	}
	return all, nil
}

type decoder struct {
	scan    wire.Scanner
	out     Decoded
	version bool // "v" was there
	noSeq   bool // "seq" was null
}

func (d *decoder) reading() {
	d.version, d.noSeq = false, false
	from := d.scan.Place()
	d.object(layout)
	if d.scan.Failed() {
		return
	}
	if p := d.out.Reading.Proof; p != nil && p.Signed {
		d.foreign(p, d.scan.Since(from))
	}
	r := &d.out.Reading
	if !d.version {
		d.scan.Fail("v", "is missing")
	}
	if r.Seal == "" {
		d.scan.Fail(Texts[TextSeal].Path, "is missing")
	}
	if d.noSeq && !r.Will() {
		d.scan.Fail(Fields[Seq].Path, "is null, must be a number but in a last will (kind death, reason lwt)")
	}
	if d.noSeq {
		return // a last will has neither counters nor times; kind is there, or it were none
	}
	for _, f := range mandatory {
		if r.Has&(1<<f) == 0 {
			d.scan.Fail(Fields[f].Path, "is missing")
		}
	}
}

// mandatory lists the fields that every reading but a last will has.
var mandatory = func() (list []Field) {
	for f := range Fields {
		if Fields[f].Required {
			list = append(list, Field(f))
		}
	}
	return list
}()

func (d *decoder) object(p *plan) {
	o := wire.Object{Path: p.path, Keys: p.keys}
	for ok := d.scan.Enter(&o); ok; ok = d.scan.Next('}') {
		if i := d.scan.Known(&o); i >= 0 {
			d.value(&p.rows[i])
		}
	}
}

func (d *decoder) value(row *row) {
	switch row.kind {
	case rowField:
		d.field(row)
	case rowText:
		d.text(row)
	case rowGroup:
		d.object(row.group)
	case rowVersion:
		d.scan.Version(row.path)
		d.version = true
	case rowPrev:
		d.prev()
	case rowSig:
		d.sig()
	}
}

func (d *decoder) field(row *row) {
	info := &Fields[row.field]
	if info.Nullable && d.scan.Null() {
		d.noSeq = d.noSeq || row.field == Seq
		return
	}
	var v int64
	var rounded bool
	switch info.Type {
	case FieldInt:
		v, rounded = d.number(info)
	case FieldBool:
		if d.scan.Bool(info.Path) {
			v = 1
		}
	case FieldTime:
		v, rounded = d.scan.Time(info.Path)
	case FieldEnum:
		place, unknown := d.scan.Name(info.Path, info.Enum)
		if v = int64(place); unknown != "" {
			d.out.Unknown = append(d.out.Unknown, unknown)
		}
	}
	if rounded {
		d.out.Rounded++
	}
	d.out.Reading.Set(row.field, v)
}

func (d *decoder) number(info *FieldInfo) (int64, bool) {
	v, rounded, text := d.scan.Number(info.Path, info.Scale)
	switch {
	case d.scan.Failed():
	case v < info.Min || v > info.Max:
		d.scan.Fail(info.Path, "%s is out of range: %s", wire.Clip(text), info.limits())
	case rounded && info.Whole:
		d.scan.Fail(info.Path, "%s is not a whole number", wire.Clip(text))
	}
	return v, rounded
}

// limits prints the range of a number, such as "-90 to 90 °".
func (i *FieldInfo) limits() string {
	b := append(wire.AppendDecimal(nil, i.Min, i.Scale), " to "...)
	b = wire.AppendDecimal(b, i.Max, i.Scale)
	if i.Unit != "" {
		b = append(append(b, ' '), i.Unit...)
	}
	return string(b)
}

func (d *decoder) text(row *row) {
	info := &Texts[row.text]
	text := d.scan.Text(info.Path, info.MaxLen)
	if d.scan.Failed() || text == "" && !info.Required {
		return
	}
	var err error
	switch row.text {
	case TextSeal:
		err = ValidSeal(text)
	case TextContainer:
		err = ValidContainer(text)
	case TextTrip:
		err = ValidTrip(text)
	}
	if err != nil {
		d.scan.Fail(info.Path, "%v", err)
		return
	}
	*d.out.Reading.Text(row.text) = text
}
