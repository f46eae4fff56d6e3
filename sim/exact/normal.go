// The normal draw: the ziggurat, 256 layers of equal area, whose tables are made when the program starts.

package exact

import "math"

// The ziggurat of G. Marsaglia and W. W. Tsang, The Ziggurat Method for Generating Random Variables, Journal of
// Statistical Software 5 (2000), for exp(-x²/2) with 256 layers: where the base layer ends, and the area of each.
const (
	zigLayers = 256
	zigBase   = 3.6541528853610088
	zigArea   = 0.00492867323399
)

// zigLayer is one layer: the scale from a 53-bit signed integer to x, the integers below which x is under the curve
// whatever its height, and the curve's height at the layer's right edge and at that of the layer above.
type zigLayer struct {
	scale         float64
	inside        uint64
	height, above float64
}

var ziggurat = makeZiggurat()

// makeZiggurat stacks the layers from the base up: each has the same area, so the edge x follows from the one below.
// It uses exact functions only, so the tables are the same in every build.
func makeZiggurat() [zigLayers]zigLayer {
	var edge [zigLayers + 1]float64 // edge[0] is the base with its tail folded in; edge[zigLayers] is the top, 0
	edge[0] = zigArea / bell(zigBase)
	edge[1] = zigBase
	for i := 2; i < zigLayers; i++ {
		edge[i] = math.Sqrt(float64(-2 * Log(zigArea/edge[i-1]+bell(edge[i-1]))))
	}
	var layers [zigLayers]zigLayer
	for i := range layers {
		layers[i] = zigLayer{
			scale:  edge[i] * 0x1p-52,
			inside: uint64(float64(edge[i+1] / edge[i] * 0x1p52)),
			height: bell(edge[i]),
			above:  bell(edge[i+1]),
		}
	}
	return layers
}

// bell is exp(-x²/2).
func bell(x float64) float64 { return Exp(float64(-0.5 * float64(x*x))) }

// Normal draws from the standard normal distribution: mean 0, variance 1. Ninety-nine draws in a hundred take one
// 64-bit number, 8 bits for the layer and the other 53 for the place in it (J. Doornik 2005 on why not to share them).
func (d *Dice) Normal() float64 {
	for {
		u := d.pcg.Uint64()
		layer := &ziggurat[u&(zigLayers-1)]
		j := int64(u) >> 11
		x := float64(float64(j) * layer.scale)
		mag := uint64(j)
		if j < 0 {
			mag = -mag
		}
		if mag < layer.inside {
			return x
		}
		if u&(zigLayers-1) == 0 {
			return d.normalTail(j < 0)
		}
		y := layer.height + float64(d.Float64()*(layer.above-layer.height))
		if y < bell(x) {
			return x
		}
	}
}

// normalTail draws from beyond the base layer, after G. Marsaglia, Technometrics 6 (1964).
func (d *Dice) normalTail(negative bool) float64 {
	for {
		x := d.Exponential() / zigBase
		y := d.Exponential()
		if 2*y <= float64(x*x) {
			continue
		}
		if negative {
			return -(zigBase + x)
		}
		return zigBase + x
	}
}
