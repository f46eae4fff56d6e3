package experiment

import "testing"

// By hand: 0.005·4, 0.01·3, 0.03·2, and 0.04·1 raised to the 0.06 before it; R's p.adjust gives the same.
func TestHolm(t *testing.T) {
	for _, c := range []struct{ p, want []float64 }{
		{[]float64{0.01, 0.04, 0.03, 0.005}, []float64{0.03, 0.06, 0.06, 0.02}},
		{[]float64{0.5, 0.9, 0.02}, []float64{1, 1, 0.06}},
		{[]float64{0.04, 0.04}, []float64{0.08, 0.08}},
		{[]float64{0.03}, []float64{0.03}},
		{nil, nil},
	} {
		got := Holm(c.p)
		for i := range c.want {
			if !near(got[i], c.want[i]) {
				t.Errorf("%v: got %v, want %v", c.p, got, c.want)
				break
			}
		}
	}
}
