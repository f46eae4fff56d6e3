// Package epcis writes what seals report as GS1 EPCIS 2.0 events, for whoever's systems speak that and not ours.
//
// A reading becomes an ObjectEvent: this container was observed, here, by this device, which measured that. Words,
// measurement types and their units are those of EPCIS and CBV 2.0; what GS1 has no word for stands under a namespace of
// our own, which the document declares. Not every reading has a form here: births and deaths speak of the device alone,
// an unarmed seal knows no container, and an observation without a sensor would have no device.
package epcis

import (
	_ "embed"
	"encoding/base64"
	"time"

	"sealab/sim/event/wire"
	"sealab/sim/seal"
)

// Context is GS1's own JSON-LD context of EPCIS 2.0, Namespace that of our words, whose prefix is "sealab".
const (
	Context   = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
	Namespace = "urn:sealab:epcis:v1:"
)

//go:embed epcis.schema.json
var schema []byte

// Schema is the JSON Schema (2020-12) of the documents that this package writes: the structure that GS1's own schema
// asks for, narrowed to them.
func Schema() []byte { return schema }

// Maker writes events, and uses its memory again for the next. The zero value is ready.
type Maker struct {
	list []report
	hash preHash
}

// Append appends the ObjectEvent that a reading heard at the time rx becomes, as JSON without a line break. It appends
// nothing, and ok is false, where a reading has no such form.
func (m *Maker) Append(b []byte, rx time.Time, r *seal.Reading) (event []byte, ok bool) {
	if !r.Is(seal.MsgKind, seal.Tele) && !r.Is(seal.MsgKind, seal.EventMsg) || r.Container == "" {
		return b, false
	}
	if m.list = appendReports(m.list[:0], r); len(m.list) == 0 {
		return b, false
	}
	e := observation{
		time:      string(wire.AppendTimeText(nil, r.Val[seal.TS])),
		container: "urn:epc:id:bic:" + r.Container,
		place:     placeOf(r),
		device:    "urn:sealab:seal:" + r.Seal,
		raw:       "data:application/json;base64," + base64.StdEncoding.EncodeToString(r.AppendJSON(nil)),
		reports:   m.list,
	}
	if code, there := r.Get(seal.Code); there {
		e.code = seal.Format(seal.Code, code)
	}
	if sev, there := r.Get(seal.Sev); there {
		e.severity = seal.Format(seal.Sev, sev)
	}
	return e.append(b, m.hash.id(&e), rx), true
}

// observation is what an ObjectEvent says; all but the time of recording is in its hash.
type observation struct {
	time           string // RFC 3339, UTC, ms
	container      string // URI
	place          string // URI; empty where the seal knew none
	device, raw    string // URIs
	reports        []report
	code, severity string // of the device's event; empty where there is none
}

// placeOf is the reported place as a geo URI (RFC 5870, WGS 84).
func placeOf(r *seal.Reading) string {
	lat, there := r.Get(seal.Lat)
	lon, both := r.Get(seal.Lon)
	if !there || !both {
		return ""
	}
	b := wire.AppendDecimal([]byte("geo:"), lat, seal.Fields[seal.Lat].Scale)
	return string(wire.AppendDecimal(append(b, ','), lon, seal.Fields[seal.Lon].Scale))
}

// append writes the event as JSON.
func (e *observation) append(b []byte, id []byte, rx time.Time) []byte {
	b = append(append(b, `{"type":"ObjectEvent","eventID":"`...), id...)
	b = append(append(b, `","eventTime":"`...), e.time...)
	b = append(b, `","eventTimeZoneOffset":"+00:00","recordTime":`...)
	b = wire.AppendTime(b, rx.UnixMilli())
	b = wire.AppendString(append(b, `,"epcList":[`...), e.container)
	b = append(b, `],"action":"OBSERVE","bizStep":"sensor_reporting"`...)
	if e.place != "" {
		b = append(wire.AppendString(append(b, `,"readPoint":{"id":`...), e.place), '}')
	}
	b = wire.AppendString(append(b, `,"sensorElementList":[{"sensorMetadata":{"deviceID":`...), e.device)
	b = wire.AppendString(append(b, `,"rawData":`...), e.raw)
	b = append(b, `},"sensorReport":[`...)
	for i := range e.reports {
		b = append(e.reports[i].appendJSON(b), ',')
	}
	b = append(b[:len(b)-1], "]}]"...) // over the last comma: there is a report at least
	if e.code != "" {
		b = wire.AppendString(append(b, `,"sealab:code":`...), e.code)
	}
	if e.severity != "" {
		b = wire.AppendString(append(b, `,"sealab:severity":`...), e.severity)
	}
	return append(b, '}')
}
