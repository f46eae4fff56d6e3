package notice

// This file reads what Customs or an operator has sent, as strictly as sim/seal reads a seal.

import (
	"fmt"
	"strconv"

	"sealab/sim/event/wire"
	"sealab/sim/seal"
)

// Decoded is a notice as it was understood.
type Decoded struct {
	Notice  Notice
	Rounded int      // times that had digits below the millisecond; rounded half up
	Unknown []string // names of a closed list that this version does not know, as path=name; their value is "unknown"
}

// Decode reads one notice. What it refuses and what it bears is as in seal.Decode.
func Decode(b []byte) (Decoded, error) {
	var d decoder
	d.scan.Start(b)
	d.notice()
	if err := d.scan.End(); err != nil {
		return Decoded{}, fmt.Errorf("decode notice: %w", err)
	}
	return d.out, nil
}

type decoder struct {
	scan wire.Scanner
	out  Decoded
}

func (d *decoder) notice() {
	o := wire.Object{Keys: keys}
	for ok := d.scan.Enter(&o); ok; ok = d.scan.Next('}') {
		if i := d.scan.Known(&o); i >= 0 {
			d.value(i)
		}
	}
	d.demand(&o, required, keys, "")
}

func (d *decoder) value(key int) {
	n, path := &d.out.Notice, keys[key]
	switch key {
	case keyContainer:
		n.Container = d.id(path, seal.ValidContainer)
	case keyID:
		n.ID = d.text(path)
	case keyKind:
		n.What = What(d.name(path, Kinds))
	case keyPlace:
		n.Place = d.scan.Text(path, MaxText)
	case keyResult:
		n.Result = d.optional(path, Results)
	case keyRoute:
		d.route()
	case keySeal:
		n.Seal = d.id(path, seal.ValidSeal)
	case keyTrip:
		n.Trip = d.id(path, seal.ValidTrip)
	case keyTS:
		n.TS = d.time(path)
	case keyUntil:
		n.Until = d.time(path)
	case keyV:
		d.scan.Version(path)
	case keyVehicle:
		n.Vehicle = d.scan.Text(path, MaxText)
	}
}

func (d *decoder) route() {
	path := keys[keyRoute]
	n := &d.out.Notice
	for ok := d.scan.Open(path, '['); ok; ok = d.scan.Next(']') {
		if len(n.Route) == MaxStops {
			d.scan.Fail(path, "has more than %d stops", MaxStops)
			return
		}
		n.Route = append(n.Route, d.stop(path+"["+strconv.Itoa(len(n.Route))+"]"))
	}
}

func (d *decoder) stop(path string) (s Stop) {
	o := wire.Object{Path: path, Keys: stopKeys}
	for ok := d.scan.Enter(&o); ok; ok = d.scan.Next('}') {
		i := d.scan.Known(&o)
		if i < 0 {
			continue
		}
		switch at := path + "." + stopKeys[i]; i {
		case stopETA:
			s.ETA = d.time(at)
		case stopETD:
			s.ETD = d.time(at)
		case stopMode:
			s.Mode = d.optional(at, Modes)
		case stopPlace:
			s.Place = d.text(at)
		}
	}
	d.demand(&o, stopRequired, stopKeys, path+".")
	return s
}

// demand fails when one of the keys that must be there was not.
func (d *decoder) demand(o *wire.Object, must []int, names []string, before string) {
	if d.scan.Failed() {
		return
	}
	for _, i := range must {
		if !o.Has(i) {
			d.scan.Fail(before+names[i], "is missing")
			return
		}
	}
}

// text reads a string that must not be empty.
func (d *decoder) text(path string) string {
	s := d.scan.Text(path, MaxText)
	if s == "" {
		d.scan.Fail(path, "is empty")
	}
	return s
}

// id reads a string of a form that valid knows; only the container must not be empty.
func (d *decoder) id(path string, valid func(string) error) string {
	s := d.scan.Text(path, MaxText)
	if d.scan.Failed() || s == "" && path != keys[keyContainer] {
		return ""
	}
	if err := valid(s); err != nil {
		d.scan.Fail(path, "%v", err)
		return ""
	}
	return s
}

func (d *decoder) time(path string) int64 {
	ms, rounded := d.scan.Time(path)
	if rounded {
		d.out.Rounded++
	}
	return ms
}

// name reads a name of a closed list and returns its place there.
func (d *decoder) name(path string, names []string) int {
	place, unknown := d.scan.Name(path, names)
	if unknown != "" {
		d.out.Unknown = append(d.out.Unknown, unknown)
	}
	return place
}

// optional reads a name that may be left out, and returns it as this version knows it.
func (d *decoder) optional(path string, names []string) string {
	return names[d.name(path, names)]
}
