package program

import (
	"strconv"

	"sealab/sim/event"
)

// encoder writes batches in the form and with the fields that a program asked for.
type encoder struct {
	columns bool
	kinds   []wantedKind
	picked  []*event.Event // of one kind, in columns
}

// wantedKind is a kind of event that the program wants to hear.
type wantedKind struct {
	name   string
	begin  string // of a row: `{"type":"reading","n":`
	fields []wantedField
}

type wantedField struct {
	*Field
	key string // `,"env.lux":`
}

func newEncoder(r *Ready) *encoder {
	e := &encoder{columns: r.Form == Columns}
	for i := range Kinds { // in our order: that of a JSON object is nobody's
		names, wanted := r.Fields[Kinds[i].Name]
		if !wanted {
			continue
		}
		k := wantedKind{name: Kinds[i].Name, begin: `{"type":"` + Kinds[i].Name + `","n":`}
		for _, name := range names {
			k.fields = append(k.fields, wantedField{Kinds[i].find(name), `,"` + name + `":`})
		}
		e.kinds = append(e.kinds, k)
	}
	return e
}

// batch appends a batch as one line, its end included.
func (e *encoder) batch(b []byte, of event.Batch) []byte {
	b = strconv.AppendInt(append(b, `{"tick":`...), of.Tick, 10)
	b = strconv.AppendInt(append(b, `,"now":`...), of.Now.UnixMilli(), 10)
	if e.columns {
		b = e.appendColumns(b, of)
	} else {
		b = e.appendRows(b, of)
	}
	return append(b, "}\n"...)
}

// appendRows writes an object for each event, with the fields that it has.
func (e *encoder) appendRows(b []byte, of event.Batch) []byte {
	b = append(b, `,"events":[`...)
	first := true
	for i := range of.Events {
		k := e.kind(of.Events[i].Message.Kind())
		if k == nil {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = k.appendRow(b, &of.Events[i])
	}
	return append(b, ']')
}

func (k *wantedKind) appendRow(b []byte, e *event.Event) []byte {
	b = strconv.AppendUint(append(b, k.begin...), e.N, 10)
	for i := range k.fields {
		from := len(b)
		var there bool
		if b, there = k.fields[i].value(append(b, k.fields[i].key...), e); !there {
			b = b[:from]
		}
	}
	return append(b, '}')
}

// value appends a field's value of one event.
func (f *wantedField) value(b []byte, e *event.Event) ([]byte, bool) {
	if f.append == nil {
		return strconv.AppendInt(b, e.At.UnixMilli(), 10), true
	}
	return f.append(b, e.Message)
}

// appendColumns writes, for each kind that there is something of, an array for each field that any of it has.
func (e *encoder) appendColumns(b []byte, of event.Batch) []byte {
	for i := range e.kinds {
		k := &e.kinds[i]
		e.picked = e.picked[:0]
		for j := range of.Events {
			if of.Events[j].Message.Kind() == k.name {
				e.picked = append(e.picked, &of.Events[j])
			}
		}
		if len(e.picked) > 0 {
			b = k.appendColumns(b, e.picked)
		}
	}
	return b
}

func (k *wantedKind) appendColumns(b []byte, list []*event.Event) []byte {
	b = append(append(append(b, `,"`...), k.name...), `":{"n":[`...)
	for i, e := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendUint(b, e.N, 10)
	}
	b = append(b, ']')
	for i := range k.fields {
		b = k.fields[i].appendColumn(b, list)
	}
	return append(b, '}')
}

// appendColumn writes one array, or nothing where no event has the field.
func (f *wantedField) appendColumn(b []byte, list []*event.Event) []byte {
	from, any := len(b), false
	b = append(append(b, f.key...), '[')
	for i, e := range list {
		if i > 0 {
			b = append(b, ',')
		}
		var there bool
		b, there = f.value(b, e)
		any = any || there
	}
	if !any {
		return b[:from]
	}
	return append(b, ']')
}

// form is the name of the form.
func (e *encoder) form() string {
	if e.columns {
		return Columns
	}
	return Rows
}

func (e *encoder) kind(name string) *wantedKind {
	for i := range e.kinds {
		if e.kinds[i].name == name {
			return &e.kinds[i]
		}
	}
	return nil
}
