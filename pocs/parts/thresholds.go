package parts

// Threshold declares one number that a detector rests on, in a form of this floor: a PoC makes a parameter of it, so
// that two PoCs with the same rules have the same thresholds by construction.
type Threshold struct {
	Name, Doc, Unit   string
	Default, Min, Max float64
	Source            string // where the value comes from; empty: an assumption
}

// Values are resolved thresholds by name.
type Values = map[string]float64

// DeskThresholds are the numbers behind the rules of the duty desk.
var DeskThresholds = []Threshold{
	{Name: "cooldown_h", Unit: "h", Default: 24, Min: 0, Max: 720,
		Doc: "after an alarm, the same kind is not said again of the same container for so long"},
	{Name: "opening_slack_h", Unit: "h", Default: 2, Min: 0, Max: 48,
		Doc: "an announced opening covers what happens so long before and after it"},
	{Name: "lux_lx", Unit: "lx", Default: 10, Min: 0, Max: 10000,
		Source: "seal model, c3: door shut 0–1 lx, worn gasket 1–8 lx, door open from 5 lx",
		Doc:    "light inside an armed box above this is an alarm"},
	{Name: "light_alarm_lx", Unit: "lx", Default: 0, Min: 0, Max: 10000,
		Doc: "a light alarm of the device counts only if the message that brings it shows so much light; 0: always"},
	{Name: "shock_g", Unit: "g", Default: 4, Min: 0, Max: 16,
		Source: "seal model, c3: bolt cutter or drill 1–6 g, truck 0.2–0.7 g, set-down 0.5–2 g",
		Doc:    "a shock above this is an alarm, away from ports and terminals"},
	{Name: "shock_port_g", Unit: "g", Default: 4.5, Min: 0, Max: 16,
		Source: "seal model, c3: a hard set-down is 3–5 g",
		Doc:    "the same where boxes are lifted and set down, or where the place is not known"},
	{Name: "handling_km", Unit: "km", Default: 10, Min: 0, Max: 100,
		Doc: "within this distance of a port or terminal boxes are lifted and set down"},
	{Name: "gnss_lost_h", Unit: "h", Default: 24, Min: 1, Max: 720,
		Doc: "no position of its own for so long, off the sea, while the radio works, is an alarm"},
	{Name: "gnss_lost_reports", Default: 3, Min: 1, Max: 100,
		Doc: "and at least so many reports in a row were without one: a seal that reports once a day may miss a fix"},
	{Name: "silence_h", Unit: "h", Default: 24, Min: 1, Max: 720,
		Doc: "nothing heard for so long after the next report was due, at the fleet's slowest pace, off the sea, is an alarm"},
	{Name: "sea_slack_h", Unit: "h", Default: 24, Min: 0, Max: 240,
		Doc: "a booked sea leg is taken to begin earlier and end later by so much"},
}
