// Messages as explanations show them: what was said, when, and the fields that matter, in words.

package web

import (
	"strings"
	"time"

	"sealab/pocs"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// toldMessage is one message of an explanation.
type toldMessage struct {
	N       uint64      `json:"n" doc:"number of the delivery in its world"`
	At      int64       `json:"at" doc:"when it was heard, ms since 1970, virtual"`
	TS      int64       `json:"ts" doc:"when it was said or happened, by the sender's clock"`
	Kind    string      `json:"kind" doc:"reading, notice, …"`
	What    string      `json:"what" doc:"tele, birth, … or the event's code; of a notice what it says"`
	Sev     string      `json:"sev,omitempty" doc:"of a device's event"`
	Detail  string      `json:"detail,omitempty"`
	Trigger bool        `json:"trigger,omitempty" doc:"it set the finding off"`
	Shows   string      `json:"shows,omitempty" doc:"id of the incident that shows in it"`
	Fields  []toldField `json:"fields"`
	Topic   string      `json:"topic"`
	Payload string      `json:"payload"`
}

// Late reports whether it was heard long after it was said: it waited for coverage.
func (m *toldMessage) Late() bool { return m.TS > 0 && m.At-m.TS > (10*time.Minute).Milliseconds() }

// toldField is one value of a message. Honest is what the honest twin would have said, where that is compared.
type toldField struct {
	Path   string  `json:"path"`
	Value  string  `json:"value"`
	Honest *string `json:"honest,omitempty"`
}

// The fields that tell of openings, places, identity, doors, cold, motion and silence.
var (
	openingFields  = []seal.Field{seal.Status, seal.ArmedAt, seal.OpenedAt, seal.TamperedAt, seal.DoorOpen, seal.Lux, seal.GPeak}
	placeFields    = []seal.Field{seal.Lat, seal.Lon, seal.AccM, seal.Fix, seal.Sats, seal.CN0SD, seal.Jam, seal.Cell, seal.GRms}
	identityFields = []seal.Field{seal.Boot, seal.Seq, seal.ArmedAt, seal.MAhUsed, seal.Lat, seal.Lon, seal.Cell, seal.ClkSrc}
	doorFields     = []seal.Field{seal.Status, seal.DoorOpen, seal.MagMT, seal.Tilt, seal.GPeak, seal.GRms, seal.Lux}
	climateFields  = []seal.Field{seal.TC, seal.RH, seal.DoorOpen}
	motionFields   = []seal.Field{seal.Lat, seal.Lon, seal.SpdKn, seal.GRms, seal.Cell, seal.Sent}
	silenceFields  = []seal.Field{seal.Status, seal.NextReport, seal.Buffered, seal.Sats, seal.CN0, seal.Backlog, seal.RSRP, seal.Pct}
)

// fieldsFor gives the fields that matter for a kind of offence; of one that nobody here knows, those of an opening.
func fieldsFor(kind string) []seal.Field {
	switch kind {
	case "drag_off", "gnss_jam", "spoof_teleport", "spoof_ring":
		return placeFields
	case "clone", "seal_swap", "replay", "clock_rollback":
		return identityFields
	case "hinge_bypass", "moved_seal":
		return doorFields
	case "temp_abuse":
		return climateFields
	case "relay", "diversion":
		return motionFields
	case "radio_wrap":
		return silenceFields
	}
	return openingFields
}

// writtenOut writes a delivery out.
func writtenOut(d *pocs.Delivery, run string, fields []seal.Field) toldMessage {
	m := toldMessage{N: d.N, At: d.At.UnixMilli(), TS: d.At.UnixMilli(), Kind: d.Kind, What: d.Kind, Fields: []toldField{},
		Topic: topicRoot(run) + d.Topic, Payload: d.JSON}
	switch {
	case d.Reading != nil:
		r := d.Reading
		m.TS, m.What, m.Detail = r.Val[seal.TS], seal.Format(seal.MsgKind, r.Val[seal.MsgKind]), r.Detail
		if code, ok := r.Get(seal.Code); ok {
			m.What = seal.Format(seal.Code, code)
			m.Sev = seal.Format(seal.Sev, r.Val[seal.Sev])
		}
		for _, f := range fields {
			if v, ok := r.Get(f); ok && !(seal.Fields[f].Type == seal.FieldTime && v == 0) {
				m.Fields = append(m.Fields, toldField{Path: seal.Fields[f].Path, Value: fieldText(f, v)})
			}
		}
	case d.Notice != nil:
		n := d.Notice
		m.TS, m.What, m.Detail = n.TS, n.What.String(), noticeDetail(n)
		m.Fields = noticeFields(n)
	}
	return m
}

// noticeFields are what a notice says beyond its kind and place.
func noticeFields(n *notice.Notice) []toldField {
	out := []toldField{}
	add := func(path, value string) {
		if value != "" {
			out = append(out, toldField{Path: path, Value: value})
		}
	}
	if n.What != notice.Booking {
		add("seal", n.Seal)
	}
	if n.Until != 0 {
		add("until", moment(n.Until))
	}
	for i, stop := range n.Route {
		switch {
		case i == 0:
			add("route.from", placeName(stop.Place)+", "+moment(stop.ETD))
		case i == len(n.Route)-1:
			add("route.to", placeName(stop.Place)+", "+moment(stop.ETA))
		default:
			add("route.by", placeName(stop.Place)+", "+moment(stop.ETA))
		}
	}
	return out
}

// fieldText is a value with its unit; times are as on the rest of the page.
func fieldText(f seal.Field, v int64) string {
	if seal.Fields[f].Type == seal.FieldTime {
		return moment(v)
	}
	return strings.ReplaceAll(withUnit(f, v), "_", " ")
}

// moment is a time to the second: what happened first is told by seconds.
func moment(ms int64) string { return time.UnixMilli(ms).UTC().Format("2 Jan 2006, 15:04:05") }

// compared sets a message against what the honest twin would have said: the fields that differ, and no others.
func compared(m *toldMessage, heard, honest *seal.Reading) {
	m.Fields = []toldField{}
	for _, f := range pocs.Differences(heard, honest) {
		value, twin := valueText(heard, f), valueText(honest, f)
		m.Fields = append(m.Fields, toldField{Path: seal.Fields[f].Path, Value: value, Honest: &twin})
	}
}

func valueText(r *seal.Reading, f seal.Field) string {
	v, ok := r.Get(f)
	if !ok || seal.Fields[f].Type == seal.FieldTime && v == 0 {
		return "–"
	}
	return fieldText(f, v)
}
