// An EPCISDocument as it is written: event by event, so that its length costs no memory.

package epcis

import (
	"fmt"
	"io"
	"time"

	"sealab/sim/event/wire"
	"sealab/sim/seal"
)

// Document writes one EPCISDocument in JSON-LD, an event a line. Its first error stays and is told by Close.
type Document struct {
	to    io.Writer
	maker Maker
	line  []byte
	rows  int
	err   error
}

// NewDocument begins a document. An export has no clock of its own: created stands for the time of its creation, and the
// same messages with the same time give the same bytes.
func NewDocument(to io.Writer, created time.Time) *Document {
	d := &Document{to: to}
	b := append([]byte(nil), `{"@context":["`+Context+`",{"sealab":"`+Namespace+`"}],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":`...)
	b = wire.AppendTime(b, created.UnixMilli())
	d.put(append(b, `,"epcisBody":{"eventList":[`...))
	return d
}

// Add writes the event of a reading that was heard at the time rx, if it has such a form.
func (d *Document) Add(rx time.Time, r *seal.Reading) error {
	between := ",\n"
	if d.rows == 0 {
		between = "\n"
	}
	var ok bool
	if d.line, ok = d.maker.Append(append(d.line[:0], between...), rx, r); ok {
		d.rows++
		d.put(d.line)
	}
	return d.err
}

// Rows is how many events were written.
func (d *Document) Rows() int { return d.rows }

// Close ends the document, not what it is written to.
func (d *Document) Close() error {
	d.put([]byte("\n]}}\n"))
	return d.err
}

func (d *Document) put(b []byte) {
	if d.err != nil {
		return
	}
	if _, err := d.to.Write(b); err != nil {
		d.err = fmt.Errorf("write EPCIS document: %w", err)
	}
}
