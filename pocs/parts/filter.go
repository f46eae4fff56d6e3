package parts

// Filter is a constant-velocity Kalman filter (R. E. Kalman 1960) in a local plane: metres east and north of an
// anchor. Both axes have the same noise, so they share one 2×2 covariance; white acceleration noise drives it.
type Filter struct {
	East, North   float64 // m
	VEast, VNorth float64 // m/s
	pp, pv, vv    float64 // covariance of place and speed, of one axis
}

// Start puts the filter at a place, at rest, with the variances of place (m²) and speed (m²/s²).
func (f *Filter) Start(east, north, placeVar, speedVar float64) {
	*f = Filter{East: east, North: north, pp: placeVar, vv: speedVar}
}

// Predict goes on by dt seconds under acceleration noise of spectral density q, in m²/s³.
func (f *Filter) Predict(dt, q float64) {
	f.East += float64(f.VEast * dt)
	f.North += float64(f.VNorth * dt)
	spread := float64(dt * f.vv)
	noise := float64(q * dt)
	f.pp += float64(dt*(float64(2*f.pv)+spread)) + float64(noise*float64(dt*dt))/3
	f.pv += spread + float64(0.5*float64(noise*dt))
	f.vv += noise
}

// Halt says that the box has been at rest: no speed is left, and the place may have wandered by this variance in m².
func (f *Filter) Halt(wanderVar float64) {
	f.VEast, f.VNorth, f.pv, f.vv = 0, 0, 0, 0
	f.pp += wanderVar
}

// Innovation is how far a measured place lies from the predicted one.
type Innovation struct {
	East, North float64 // m
	Var         float64 // of one axis, m²: predicted plus measured
}

// Innovate compares a measured place of this variance (m², one axis) with the prediction.
func (f *Filter) Innovate(east, north, measuredVar float64) Innovation {
	return Innovation{east - f.East, north - f.North, f.pp + measuredVar}
}

// NIS is the normalised innovation squared, νᵀS⁻¹ν: χ² with 2 degrees of freedom while the box moves as assumed.
func (n *Innovation) NIS() float64 {
	return (float64(n.East*n.East) + float64(n.North*n.North)) / n.Var
}

// Update takes in the measured place that gave this innovation.
func (f *Filter) Update(n Innovation) {
	place, speed := f.pp/n.Var, f.pv/n.Var
	f.East += float64(place * n.East)
	f.North += float64(place * n.North)
	f.VEast += float64(speed * n.East)
	f.VNorth += float64(speed * n.North)
	f.vv -= float64(speed * f.pv)
	f.pv -= float64(place * f.pv)
	f.pp -= float64(place * f.pp)
}
