// Package seal is what a seal says on the wire: the reading of protocol v1, flat and in whole numbers.
//
// One table of fields (table.go) drives quantising, JSON, schema, columns and docs, so that a unit or a range is
// written once. A reading holds no float: physics is rounded when the reading is made and travels exactly from there.
package seal

// KindReading is the event kind of a Reading.
const KindReading = "reading"

// Mask says which fields of a Reading are present: bit f for Field f.
type Mask uint64

// Reading is one message of a seal: numbers in the fixed unit of their field, and a presence mask.
// A field that is absent holds 0.
type Reading struct {
	Seal, Container, Trip string // container and trip are empty while the seal is not armed
	Detail, CmdID         string // of the event, where there is one
	Has                   Mask
	Val                   [NumFields]int64
	Proof                 *Proof // of a signed message, never changed once it is there; nil: it is not signed
}

// Set gives field f the value v, in the field's unit.
func (r *Reading) Set(f Field, v int64) {
	r.Has |= 1 << f
	r.Val[f] = v
}

// SetBool gives a yes/no field its value.
func (r *Reading) SetBool(f Field, v bool) {
	r.Has |= 1 << f
	r.Val[f] = 0
	if v {
		r.Val[f] = 1
	}
}

// Clear takes field f out of the reading.
func (r *Reading) Clear(f Field) {
	r.Has &^= 1 << f
	r.Val[f] = 0
}

// Get returns the value of field f, and whether it is present.
func (r *Reading) Get(f Field) (int64, bool) { return r.Val[f], r.Has&(1<<f) != 0 }

// Is reports whether field f is present with the value v.
func (r *Reading) Is(f Field, v int64) bool { return r.Has&(1<<f) != 0 && r.Val[f] == v }

// Kind returns "reading".
func (r *Reading) Kind() string { return KindReading }

// Subject returns the container number; for a seal that is not armed, the seal's id.
func (r *Reading) Subject() string {
	if r.Container == "" {
		return r.Seal
	}
	return r.Container
}
