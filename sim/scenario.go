package sim

import "time"

// Scenario is a named recipe for worlds.
type Scenario struct {
	Name, Doc string
	Extends   string        // the scenario whose recipe it is, under a new name (As); empty: it is its own
	Settings  []Setting     // all that may be set, the assumptions included
	Start     time.Time     // a constant: no world knows today's date
	Span      time.Duration // the default length; the setting span_days overrides it
	Tick      time.Duration // divides an hour
	Build     func(*World)  // makes vehicles, seals and their trips

	Attacks    []*Kind     // hostile kinds, each with `attacks` victims
	LookAlikes []LookAlike // innocent kinds
}

// LookAlike is an innocent kind and how often it falls on a trip.
type LookAlike struct {
	Kind    *Kind
	PerTrip Assume
	Yields  bool // it does not happen around an attack on the same seal: Customs and a thief do not meet at the door
}

// MaxSeed is the first seed that is refused: larger ones do not survive JavaScript.
const MaxSeed = 1 << 53

// CommonSettings are the settings that every scenario has, with its own default of seals, span and report interval,
// followed by the assumptions and by what more it has.
func CommonSettings(spanDays, reportIntervalS float64, more ...Setting) []Setting {
	list := []Setting{
		{Name: "seals", Doc: "seals in the world, one trip each", Default: 100, Min: 10, Max: 100000, Whole: true},
		{Name: "span_days", Doc: "length of the world", Unit: "d", Default: spanDays, Min: 5, Max: 365},
		{Name: "report_interval_s", Doc: "time between two reports on the lane's main leg; the other legs' intervals change in proportion", Unit: "s", Default: reportIntervalS, Min: 60, Max: 86400, Whole: true},
		{Name: "attacks", Doc: "victims of each hostile kind, the same for any number of seals", Default: 2, Min: 0, Max: 10000, Whole: true},
		{Name: "attack_rate", Doc: "further attacks, on each trip's own dice", Unit: "per 10,000 trips", Default: 0, Min: 0, Max: 10000},
		{Name: "lookalikes", Doc: "factor on the rates of all look-alikes", Default: 1, Min: 0, Max: 10},
		{Name: "overdue_min", Doc: "time after which a report that an attacker held back is missed: from then on an attack that silences is heard", Unit: "min", Default: 30, Min: 1, Max: 1440},
		{Name: "grace_h", Doc: "time after an act or its hearing in which a finding still hits", Unit: "h", Default: 6, Min: 0.1, Max: 168},
		{Name: "base_rate", Doc: "how many of 10,000 trips are attacked in the user's trade, for the measures at a base rate; the world's own attacks are as many as ever", Unit: "per 10,000 trips", Default: 1, Min: 0, Max: 10000},
		{Name: SignatureSetting, Doc: "what seals prove: nothing; each message signed (Ed25519); or signed, with the hash of the message before", Min: Unsigned, Max: Chained, Whole: true, Words: []string{Unsigned: "none", Signed: "sign", Chained: "sign+chain"}},
		{Name: SkewSetting, Doc: "by how much a seal's clock may be off at all times, also after a fix, and without knowing it; each seal's error is its own and constant", Unit: "s", Min: 0, Max: 3600},
		{Name: PartitionSetting, Doc: "how long, from the middle of the world's span on, nothing that seals send reaches the hub; then it comes in order", Unit: "h", Min: 0, Max: 720},
	}
	for i := range list {
		list[i].Mark = Known
		switch list[i].Name {
		case "seals", "attacks", "base_rate", SkewSetting, PartitionSetting:
			list[i].Mark = Assumption
		}
	}
	return append(append(list, Assumptions()...), more...)
}

// As is the scenario under a new name. It is the same recipe by the same chance: with equal settings its worlds are the
// same, byte for byte, and with others they are paired with the old name's.
func (sc *Scenario) As(name, doc string) *Scenario {
	out := *sc
	out.Name, out.Doc, out.Extends = name, doc, sc.Root()
	return &out
}

// Root is the name of the recipe.
func (sc *Scenario) Root() string {
	if sc.Extends != "" {
		return sc.Extends
	}
	return sc.Name
}

// Recipe returns what a run names: the scenario of that name, or the one that it extends under that name; nil where the
// list has none.
func Recipe(list []Scenario, name, extends string) *Scenario {
	if extends == "" {
		return Find(list, name)
	}
	base := Find(list, extends)
	if base == nil {
		return nil
	}
	return base.As(name, base.Doc)
}

// Find returns the scenario of that name, or nil.
func Find(list []Scenario, name string) *Scenario {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return nil
}
