// The interval for a ratio of two means, such as cost over what was caught for it.

package experiment

import "math"

// ratio is the mean of one function of the rates over the mean of another, with Fieller's interval.
func (q *question) ratio(arm int, f func(x, ref rates) (over, under float64)) Figure {
	over := q.over(arm, func(x, ref rates) float64 { v, _ := f(x, ref); return v })
	under := q.over(arm, func(x, ref rates) float64 { _, v := f(x, ref); return v })
	if len(under.values) == 0 {
		return Figure{}
	}
	return Ratio(over.strata(), under.strata())
}

// Ratio gives mean(over) / mean(under) with the 95 % interval of Fieller (Journal of the Royal Statistical Society B 16,
// 1954, 175–185): those ratios ρ for which mean(over) − ρ·mean(under) cannot be told from 0, which are the roots of
// (ū² − q²·s_uu)·ρ² − 2·(ō·ū − q²·s_ou)·ρ + (ō² − q²·s_oo) = 0. The quantile q is the one that StratifiedInterval takes
// for over − ratio·under, so that both err alike; s are the variances of stratified means.
//
// Where the mean of under is not above 0 there is no ratio: Note is "no_gain". Where it cannot be told from 0 the
// interval has no end: Note is "open".
func Ratio(over, under [][]float64) Figure {
	over, under = asPooled(over), asPooled(under)
	o, u := meanOf(over), meanOf(under)
	if !(u > 0) {
		return Figure{Note: "no_gain"}
	}
	rho := o / u
	f := Figure{Value: defined(rho)}
	rest := make([][]float64, len(over))
	for h := range over {
		for i := range over[h] {
			rest[h] = append(rest[h], over[h][i]-float64(rho*under[h][i]))
		}
	}
	low, high, ok := StratifiedInterval(rest)
	if !ok {
		return f
	}
	scale := math.Abs(o) + math.Abs(float64(rho*u))
	se := math.Sqrt(covariance(rest, rest))
	if se <= float64(rounding*scale) { // every world has this ratio
		f.Low, f.High = defined(rho), defined(rho)
		return f
	}
	q2 := float64((high - low) / (2 * se))
	q2 = float64(q2 * q2)
	a := float64(u*u) - float64(q2*covariance(under, under))
	b := float64(o*u) - float64(q2*covariance(over, under))
	c := float64(o*o) - float64(q2*covariance(over, over))
	root := float64(b*b) - float64(a*c)
	if !(a > 0) || !(root >= 0) {
		f.Note = "open"
		return f
	}
	root = math.Sqrt(root)
	f.Low, f.High = defined((b-root)/a), defined((b+root)/a)
	return f
}

// asPooled makes one stratum of all where StratifiedInterval would.
func asPooled(strata [][]float64) [][]float64 {
	for _, h := range strata {
		if len(h) < leastInStratum {
			var all []float64
			for _, h := range strata {
				all = append(all, h...)
			}
			return [][]float64{all}
		}
	}
	return strata
}

func meanOf(strata [][]float64) float64 {
	var all []float64
	for _, h := range strata {
		all = append(all, h...)
	}
	return Mean(all)
}

// covariance of two stratified means: Σ n_h²·s_h/n_h / n² = Σ n_h·s_h / n², s_h the covariance within a stratum.
func covariance(x, y [][]float64) float64 {
	var sum, n float64
	for h := range x {
		m := float64(len(x[h]))
		n += m
		if m < 2 {
			continue
		}
		mx, my := Mean(x[h]), Mean(y[h])
		var s float64
		for i := range x[h] {
			s += float64((x[h][i] - mx) * (y[h][i] - my))
		}
		sum += float64(m * s / (m - 1))
	}
	return sum / float64(n*n)
}
