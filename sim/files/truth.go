// The truth about a world as JSON: every field, so that what is read is what was written.

package files

import "sealab/sim"

// Truth is what a judge may know of a world.
type Truth struct {
	Start     Moment     `json:"start"` // the world's span
	End       Moment     `json:"end"`
	SealDays  float64    `json:"seal_days"`
	Incidents []Incident `json:"incidents"`
	Trips     []Trip     `json:"trips"`
}

// Incident is the truth about one attack or look-alike.
type Incident struct {
	ID        string             `json:"id"`
	Kind      string             `json:"kind"`
	Hostile   bool               `json:"hostile"`
	Seal      string             `json:"seal"`
	Container string             `json:"container"`
	Trip      string             `json:"trip"`
	Start     Moment             `json:"start"`
	End       Moment             `json:"end"`
	HeardAt   Moment             `json:"heard_at"` // null: nothing ever showed it
	Params    map[string]float64 `json:"params"`
}

// Trip is one container's journey under one seal.
type Trip struct {
	ID        string `json:"id"`
	Seal      string `json:"seal"`
	Container string `json:"container"`
	From      string `json:"from"`
	To        string `json:"to"`
	Start     Moment `json:"start"`
	End       Moment `json:"end"`
}

// TruthOf gives a truth the form in which it is written.
func TruthOf(t *sim.Truth) Truth {
	f := Truth{Start: At(t.Start), End: At(t.End), SealDays: t.SealDays, Incidents: []Incident{}, Trips: []Trip{}}
	for i := range t.Incidents {
		f.Incidents = append(f.Incidents, IncidentOf(&t.Incidents[i]))
	}
	for _, x := range t.Trips {
		f.Trips = append(f.Trips, Trip{x.ID, x.Seal, x.Container, x.From, x.To, At(x.Start), At(x.End)})
	}
	return f
}

// IncidentOf does the same for one incident.
func IncidentOf(i *sim.Incident) Incident {
	return Incident{i.ID, i.Kind, i.Hostile, i.Seal, i.Container, i.Trip, At(i.Start), At(i.End), At(i.HeardAt), i.Params}
}

// Sim gives the truth back.
func (f *Truth) Sim() sim.Truth {
	t := sim.Truth{Start: f.Start.Time, End: f.End.Time, SealDays: f.SealDays}
	for i := range f.Incidents {
		t.Incidents = append(t.Incidents, f.Incidents[i].Sim())
	}
	for _, x := range f.Trips {
		t.Trips = append(t.Trips, sim.Trip{ID: x.ID, Seal: x.Seal, Container: x.Container, From: x.From, To: x.To, Start: x.Start.Time, End: x.End.Time})
	}
	return t
}

// Sim gives one incident back.
func (i *Incident) Sim() sim.Incident {
	return sim.Incident{ID: i.ID, Kind: i.Kind, Hostile: i.Hostile, Seal: i.Seal, Container: i.Container,
		Trip: i.Trip, Start: i.Start.Time, End: i.End.Time, HeardAt: i.HeardAt.Time, Params: i.Params}
}
