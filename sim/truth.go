package sim

import "time"

// Incident is the truth about one attack or look-alike: its act, and when it was first heard.
type Incident struct {
	ID        string // unique in its world, "bolt_cut/1/SLB-00000007"
	Kind      string // such as "bolt_cut" or "crane_shock"
	Hostile   bool
	Seal      string
	Container string
	Trip      string
	Start     time.Time          // the act
	End       time.Time          // the act; equal to Start for an instant
	HeardAt   time.Time          // `now` of the first tick that shows it; zero: unheard so far
	Params    map[string]float64 // how it was done, units in the names
}

// Heard reports whether anything has shown the incident yet.
func (i *Incident) Heard() bool { return !i.HeardAt.IsZero() }

// Opened reports whether the door was opened in the act, by its parameters open_min or opened (package attacks). A seal that was
// swapped or stolen, and a box that was led astray, need not have been.
func (i *Incident) Opened() bool { return i.Params["open_min"] > 0 || i.Params["opened"] > 0 }

// Trip is the journey of one container under one seal, as far as it lay within the world's span.
type Trip struct {
	ID, Seal, Container string
	From, To            string    // node ids
	Start, End          time.Time // clipped to the world's span
}

// Truth is what a judge may know of a world and no detector may.
type Truth struct {
	Start, End time.Time // the world's span
	Incidents  []Incident
	Trips      []Trip
	SealDays   float64 // armed days of all seals within the span
}
