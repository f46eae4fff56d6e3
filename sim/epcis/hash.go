// The event hash of CBV 2.0: the same observation has the same eventID whoever captures it, and however
// often, so that a message that was sent twice is recognised.

package epcis

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// preHash makes event hashes. It is the standard's rule for the one shape of event that this package writes: keys and
// values in canonical order, without separators, the words of GS1 as full URIs, lists sorted, our own properties under
// their namespace in braces at the end. recordTime and eventID are not in it.
type preHash struct {
	text  []byte
	parts []string
}

// id is the eventID: an ni URI (RFC 6920) with the digest in hexadecimal digits, as CBV has it.
func (h *preHash) id(e *observation) []byte {
	sum := sha256.Sum256(h.of(e))
	return append(hex.AppendEncode([]byte("ni:///sha-256;"), sum[:]), "?ver=CBV2.0"...)
}

// of is the text that is hashed, valid until the next call.
func (h *preHash) of(e *observation) []byte {
	b := append(append(h.text[:0], "eventType=ObjectEventeventTime="...), e.time...)
	b = append(append(b, "eventTimeZoneOffset=+00:00epcListepc="...), e.container...)
	b = append(b, "action=OBSERVEbizStep=https://ref.gs1.org/cbv/BizStep-sensor_reporting"...)
	if e.place != "" {
		b = append(append(b, "readPointid="...), e.place...)
	}
	b = append(append(b, "sensorElementListsensorElementsensorMetadatadeviceID="...), e.device...)
	b = append(append(b, "rawData="...), e.raw...)
	h.parts = h.parts[:0]
	for i := range e.reports {
		h.parts = append(h.parts, e.reports[i].canonical())
	}
	slices.Sort(h.parts)
	for _, part := range h.parts {
		b = append(b, part...)
	}
	if e.code != "" {
		b = append(append(b, "{"+Namespace+"}code="...), e.code...)
	}
	if e.severity != "" {
		b = append(append(b, "{"+Namespace+"}severity="...), e.severity...)
	}
	h.text = b
	return b
}

// vocabulary is where GS1's measurement types and alert types have their URIs.
const vocabulary = "https://gs1.org/voc/"

// canonical is the report's part of the text.
func (x *report) canonical() string {
	typ := x.typ
	if !strings.HasPrefix(typ, Namespace) {
		typ = vocabulary + typ
	}
	text := "sensorReporttype=" + typ
	if x.exception != "" {
		text += "exception=" + vocabulary + x.exception
	}
	text += x.key + "=" + strings.Trim(x.value, `"`)
	if x.uom != "" {
		text += "uom=" + x.uom
	}
	return text
}
