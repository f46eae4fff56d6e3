package parts

// Gate is the speed gate: a box cannot be farther off than its fastest vehicle carries it.
type Gate struct {
	MaxMps float64 // fastest plausible speed
	SkewS  float64 // how far two device times may be wrong against each other
}

// Beyond reports whether d metres within dt seconds are too far: d > v_max·(Δt + skew) + 3 (acc1 + acc2), accuracies in
// metres. Time runs either way: a later message may carry an earlier time.
func (g *Gate) Beyond(d, dt, acc1, acc2 float64) bool {
	return d > float64(g.MaxMps*(max(dt, -dt)+g.SkewS))+float64(3*(acc1+acc2))
}
