// Distance off shore, from land polygons: the table that the coast made.
//
// data/offshore.csv holds, for every water edge, the distance to the nearest land of Natural Earth 1:50m (public domain,
// as packed in world-atlas 2.0.2) at the ends of the pieces a path cuts the edge into: one character a sample, from the
// edge's first end to its second. The ports themselves count as land too: at 1:50m the islands of Yangshan are left out,
// and a ship at its berth there would lie 22 nm off shore. The test with build tag e2e recomputes the file from the land
// and compares; with -write it makes it:
//
//go:generate go test -tags e2e -run TestOffshoreIsCurrent . -args -write

package geo

import "fmt"

// MaxOffshoreNM is where the table stops counting: 40 nautical miles, beyond any radio on the coast.
const MaxOffshoreNM = 40.0

// Samples are in half miles, written as the character that many places after the hyphen: "-" is 0, "}" is 40 nm.
const (
	offshoreStepNM = 0.5
	offshoreZero   = '-'
	offshoreHeader = "from,to,mode,samples"
	offshoreMost   = offshoreZero + MaxOffshoreNM/offshoreStepNM
)

// readOffshore checks and keeps the samples: one row per water edge, in the order of edges.csv.
func (g *graph) readOffshore(text string) error {
	g.offshore = make([]string, len(g.edges))
	next := g.waterFrom(0)
	err := readRows("offshore.csv", text, offshoreHeader, func(f []string) error {
		if next == len(g.edges) {
			return fmt.Errorf("read edge %q: there are more rows than water edges", f[:3])
		}
		e := g.edges[next]
		if f[0] != g.nodes[e.from].ID || f[1] != g.nodes[e.to].ID || f[2] != e.mode.String() {
			return fmt.Errorf("read edge %q: rows must follow edges.csv; run go generate", f[:3])
		}
		if len(f[3]) != pieces(e.mode, e.lengthM)+1 {
			return fmt.Errorf("read %d samples: this edge must have %d; run go generate", len(f[3]), pieces(e.mode, e.lengthM)+1)
		}
		for _, c := range []byte(f[3]) {
			if c < offshoreZero || c > offshoreMost {
				return fmt.Errorf("read sample %q: it must be from %q to %q", c, offshoreZero, rune(offshoreMost))
			}
		}
		g.offshore[next] = f[3]
		next = g.waterFrom(next + 1)
		return nil
	})
	if err == nil && next < len(g.edges) {
		err = fmt.Errorf("read offshore.csv: rows must follow edges.csv, and the last are missing; run go generate")
	}
	return err
}

// waterFrom is the number of the first water edge from i on, or the number of edges.
func (g *graph) waterFrom(i int) int {
	for i < len(g.edges) && !Water.Has(g.edges[i].mode) {
		i++
	}
	return i
}

// offshoreAlong gives the distance off shore in nautical miles at the i-th point of an edge in its direction of travel.
func (g *graph) offshoreAlong(e Edge) func(i int) float64 {
	from, to := g.index[e.From], g.index[e.To]
	k := g.edgeBetween(from, to, e.Mode)
	if k < 0 || g.offshore[k] == "" {
		return func(int) float64 { return 0 }
	}
	samples, back := g.offshore[k], g.edges[k].from != from
	return func(i int) float64 {
		if back {
			i = len(samples) - 1 - i
		}
		return float64(float64(samples[i]-offshoreZero) * offshoreStepNM)
	}
}
