package sim

import "time"

// Scenario is a named recipe for worlds.
type Scenario struct {
	Name, Doc string
	Settings  []Setting     // all that may be set, the assumptions included
	Start     time.Time     // a constant: no world knows today's date
	Span      time.Duration // the default length; the setting span_days overrides it
	Tick      time.Duration // divides an hour
	Build     func(*World)
}

// MaxSeed is the first seed that is refused: larger ones do not survive JavaScript.
const MaxSeed = 1 << 53

// Find returns the scenario of that name, or nil.
func Find(list []Scenario, name string) *Scenario {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return nil
}
