// The score: what hits, false episodes and misses are worth under the three profiles.

package pocs

// Profile weighs what a detector does wrong, after the Numenta Anomaly Benchmark's profiles (Lavin and Ahmad 2015).
type Profile struct {
	Name  string
	False float64 // a: cost of a false episode, in hits
	Miss  float64 // b: cost of a missed incident, in hits
}

// Profiles are the three under which every run is scored at once, the default first.
var Profiles = []Profile{
	{"balanced", 0.11, 1},
	{"few_false_alarms", 0.22, 1},
	{"few_misses", 0.11, 2},
}

// Score is 100 × (value − a·episodes − b·misses + b·incidents) / ((1 + b)·incidents), where value is the sum of the
// hits' values: silence is 0, every incident hit at once without a false word is 100, and worse than silence is below
// 0, for nothing is clipped. It is nil where nothing hostile was heard.
func (p Profile) Score(value float64, c Counts) *float64 {
	if c.Incidents == 0 {
		return nil
	}
	all := float64(c.Incidents)
	sum := value - float64(p.False*float64(c.Episodes))
	sum -= float64(p.Miss * float64(c.Misses))
	sum += float64(p.Miss * all)
	score := 100 * sum / float64((1+p.Miss)*all)
	return &score
}
