package program

import (
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strconv"

	"sealab/sim/event"
	"sealab/sim/event/wire"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// Field is one thing that a program may ask of a kind of event.
type Field struct {
	Name string
	Type string // of the value, in words
	Unit string // of a number; empty: none
	Doc  string
	// append writes the value as JSON, and reports whether there is one: without, it writes null.
	append func([]byte, event.Message) ([]byte, bool)
}

// Kind is a kind of event with its fields.
type Kind struct {
	Name, Doc string
	Fields    []Field
}

// Kinds are the kinds of events that a program can hear. `n` and `type` are not among their fields: every event has them.
var Kinds = []Kind{
	{seal.KindReading, "one message of a smart seal", readingFields()},
	{notice.KindNotice, "one statement about a container from the systems of Customs or an operator", noticeFields()},
}

// fieldAt is the field that is not in the message: when it was heard.
const fieldAt = "at"

const typeTime = "time in ms since 1970, UTC"

func atField() Field {
	return Field{Name: fieldAt, Type: typeTime, Doc: "when it was heard"}
}

func findKind(name string) *Kind {
	for i := range Kinds {
		if Kinds[i].Name == name {
			return &Kinds[i]
		}
	}
	return nil
}

func kindNames() (names []string) {
	for i := range Kinds {
		names = append(names, Kinds[i].Name)
	}
	return names
}

func (k *Kind) find(name string) *Field {
	if i := slices.IndexFunc(k.Fields, func(f Field) bool { return f.Name == name }); i >= 0 {
		return &k.Fields[i]
	}
	return nil
}

// readingFields are the table of fields in sim/seal. The names are the paths of a reading's JSON.
func readingFields() []Field {
	list := []Field{atField()}
	for t := range seal.Texts {
		info := &seal.Texts[t]
		list = append(list, Field{Name: info.Path, Type: "text", Doc: info.Doc, append: func(b []byte, m event.Message) ([]byte, bool) {
			return appendText(b, *m.(*seal.Reading).Text(seal.Text(t)))
		}})
	}
	for f := range seal.Fields {
		list = append(list, readingField(seal.Field(f)))
	}
	return append(list, proofFields()...)
}

// FieldSigned is the field with the bytes that a signature is over. In a message over MQTT it is what is left of the
// payload without sig.
const FieldSigned = "signed"

// proofFields are those that say who made a message.
func proofFields() []Field {
	proof := func(path, doc string, value func(*seal.Reading, *seal.Proof) string) Field {
		return Field{Name: path, Type: "text", Doc: doc, append: func(b []byte, m event.Message) ([]byte, bool) {
			if r := m.(*seal.Reading); r.Proof != nil {
				return appendText(b, value(r, r.Proof))
			}
			return append(b, "null"...), false
		}}
	}
	where := func(there bool, text func() string) string {
		if there {
			return text()
		}
		return ""
	}
	info := func(p seal.ProofText) (string, string) { return seal.Proofs[p].Path, seal.Proofs[p].Doc }
	prevPath, prevDoc := info(seal.ProofPrev)
	kidPath, kidDoc := info(seal.ProofKid)
	valuePath, valueDoc := info(seal.ProofB64)
	return []Field{
		proof(prevPath, prevDoc, func(_ *seal.Reading, p *seal.Proof) string {
			return where(p.Linked, func() string { return hex.EncodeToString(p.Prev[:]) })
		}),
		proof(kidPath, kidDoc, func(_ *seal.Reading, p *seal.Proof) string {
			return where(p.Signed, func() string { return p.Kid })
		}),
		proof(valuePath, valueDoc, func(_ *seal.Reading, p *seal.Proof) string {
			return where(p.Signed, func() string { return base64.RawURLEncoding.EncodeToString(p.Value[:]) })
		}),
		proof(FieldSigned, "the text that the signature is over, and of which the next message's prev is the SHA-256: the message "+
			"without sig, as canonical JSON (RFC 8785) in UTF-8", func(r *seal.Reading, p *seal.Proof) string {
			return where(p.Signed || p.Linked, func() string { return string(r.AppendSigned(nil)) })
		}),
	}
}

func readingField(f seal.Field) Field {
	info := &seal.Fields[f]
	out := Field{Name: info.Path, Unit: info.Unit, Doc: info.Doc}
	write := func(b []byte, v int64) []byte { return wire.AppendDecimal(b, v, info.Scale) }
	switch {
	case info.Type == seal.FieldTime:
		out.Type, write = typeTime, func(b []byte, v int64) []byte { return strconv.AppendInt(b, v, 10) }
	case info.Type == seal.FieldBool:
		out.Type, write = "true or false", func(b []byte, v int64) []byte { return strconv.AppendBool(b, v != 0) }
	case info.Type == seal.FieldEnum:
		out.Type, write = oneOf(info.Enum), func(b []byte, v int64) []byte { return wire.AppendString(b, seal.Format(f, v)) }
	case info.Scale == 0:
		out.Type = "whole number"
	default:
		out.Type = "number, decimals kept: " + strconv.Itoa(info.Scale)
	}
	bit := seal.Mask(1) << f
	out.append = func(b []byte, m event.Message) ([]byte, bool) {
		r := m.(*seal.Reading)
		if r.Has&bit == 0 {
			return append(b, "null"...), false
		}
		return write(b, r.Val[f]), true
	}
	return out
}

// noticeFields are those of a notice's JSON.
func noticeFields() []Field {
	type get = func(*notice.Notice) string
	text := func(name string, of get) Field {
		return Field{Name: name, Type: "text", Doc: notice.Doc(name), append: func(b []byte, m event.Message) ([]byte, bool) {
			return appendText(b, of(m.(*notice.Notice)))
		}}
	}
	moment := func(name string, of func(*notice.Notice) int64) Field {
		return Field{Name: name, Type: typeTime, Doc: notice.Doc(name), append: func(b []byte, m event.Message) ([]byte, bool) {
			return appendTime(b, of(m.(*notice.Notice)))
		}}
	}
	kind := text("kind", func(n *notice.Notice) string { return n.What.String() })
	kind.Type = oneOf(notice.Kinds)
	result := text("result", func(n *notice.Notice) string { return n.Result })
	result.Type = oneOf(notice.Results)
	return []Field{
		atField(), kind,
		text("container", func(n *notice.Notice) string { return n.Container }),
		moment("ts", func(n *notice.Notice) int64 { return n.TS }),
		moment("until", func(n *notice.Notice) int64 { return n.Until }),
		text("place", func(n *notice.Notice) string { return n.Place }),
		{Name: "route", Doc: notice.Doc("route"), append: appendRoute,
			Type: "list of objects {place, mode, eta, etd}; mode is one of sea, rail, road and left out at the first call, the times are in ms since 1970"},
		text("seal", func(n *notice.Notice) string { return n.Seal }),
		text("trip", func(n *notice.Notice) string { return n.Trip }),
		text("vehicle", func(n *notice.Notice) string { return n.Vehicle }),
		result,
		text("id", func(n *notice.Notice) string { return n.ID }),
	}
}

func oneOf(names []string) string {
	text := "one of"
	for i, name := range names {
		if text += " "; i > 0 {
			text = text[:len(text)-1] + ", "
		}
		text += name
	}
	return text
}

func appendText(b []byte, text string) ([]byte, bool) {
	if text == "" {
		return append(b, "null"...), false
	}
	return wire.AppendString(b, text), true
}

func appendTime(b []byte, ms int64) ([]byte, bool) {
	if ms == 0 {
		return append(b, "null"...), false
	}
	return strconv.AppendInt(b, ms, 10), true
}

func appendRoute(b []byte, m event.Message) ([]byte, bool) {
	n := m.(*notice.Notice)
	if len(n.Route) == 0 {
		return append(b, "null"...), false
	}
	for i := range n.Route {
		s := &n.Route[i]
		b = wire.AppendString(append(append(b, "[,"[min(i, 1)]), `{"place":`...), s.Place)
		if s.Mode != "" {
			b = wire.AppendString(append(b, `,"mode":`...), s.Mode)
		}
		b = strconv.AppendInt(append(b, `,"eta":`...), s.ETA, 10)
		if s.ETD != 0 {
			b = strconv.AppendInt(append(b, `,"etd":`...), s.ETD, 10)
		}
		b = append(b, '}')
	}
	return append(b, ']'), true
}
