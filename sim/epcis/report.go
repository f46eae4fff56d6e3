// What a reading measured, as sensor reports: a type of GS1's with a unit of UN/ECE Recommendation 20, or a type of ours.

package epcis

import (
	"strconv"

	"sealab/sim/event/wire"
	"sealab/sim/seal"
)

// report is one sensorReport.
type report struct {
	typ       string // as JSON says it: a bare word of GS1's, or a URI of ours
	exception string // empty: none
	key       string // where the value stands
	value     string // as JSON has it
	uom       string // empty: it has no unit
}

// measure maps one field to a measurement type of GS1's.
type measure struct {
	field seal.Field
	typ   string
	uom   string
	key   string // value, or where the field holds the largest of some, maxValue
	times int64  // the field's integer times this, with scale decimal places, is the value in the unit
	scale int
}

// measures are the fields that GS1 has a type for. A knot is 1.852 km/h exactly, so that a speed stays exact too.
var measures = []measure{
	{seal.TC, "Temperature", "CEL", "value", 1, 3},
	{seal.RH, "RelativeHumidity", "P1", "value", 1, 1},
	{seal.Lux, "Illuminance", "LUX", "value", 1, 1},
	{seal.GPeak, "Acceleration", "K40", "maxValue", 1, 3},
	{seal.MV, "Voltage", "VLT", "value", 1, 3},
	{seal.SpdKn, "Speed", "KMH", "value", 1852, 4},
}

// appendReports lists what a reading measured: first what GS1 has types for, then the seal's own senses, its lock and
// the door's contact, and last an alarm or fault of the device as the exception it is.
func appendReports(list []report, r *seal.Reading) []report {
	for i := range measures {
		x := &measures[i]
		if v, there := r.Get(x.field); there {
			list = append(list, report{typ: x.typ, key: x.key, value: string(wire.AppendDecimal(nil, v*x.times, x.scale)), uom: x.uom})
		}
	}
	if v, there := r.Get(seal.Status); there {
		list = append(list, report{typ: Namespace + "status", key: "stringValue", value: string(wire.AppendString(nil, seal.Format(seal.Status, v)))})
	}
	if v, there := r.Get(seal.DoorOpen); there {
		list = append(list, report{typ: Namespace + "doorOpen", key: "booleanValue", value: strconv.FormatBool(v != 0)})
	}
	if exception := exceptionOf(r); exception != "" {
		list = append(list, report{typ: Namespace + seal.Format(seal.Code, r.Val[seal.Code]), exception: exception, key: "booleanValue", value: "true"})
	}
	return list
}

// exceptionOf is GS1's word for how grave the device holds its event to be; empty where that is no alarm and no fault.
func exceptionOf(r *seal.Reading) string {
	switch {
	case r.Is(seal.Sev, seal.SevAlarm):
		return "ALARM_CONDITION"
	case r.Is(seal.Sev, seal.SevFault):
		return "ERROR_CONDITION"
	}
	return ""
}

func (x *report) appendJSON(b []byte) []byte {
	b = append(append(b, `{"type":"`...), x.typ...)
	if x.exception != "" {
		b = append(append(b, `","exception":"`...), x.exception...)
	}
	b = append(append(append(b, `","`...), x.key...), `":`...)
	b = append(b, x.value...)
	if x.uom != "" {
		b = append(append(append(b, `,"uom":"`...), x.uom...), '"')
	}
	return append(b, '}')
}
