//go:build e2e

// The off-shore table made anew from the land itself, and compared with the committed one.

package geo

import (
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sealab/sim/exact"
)

var (
	landFile   = flag.String("land", filepath.Join("..", "..", "web", "ui", "node_modules", "world-atlas", "land-50m.json"), "TopoJSON of the land")
	writeTable = flag.Bool("write", false, "write data/offshore.csv instead of comparing with it")
)

func TestOffshoreIsCurrent(t *testing.T) {
	file := filepath.Join("data", "offshore.csv")
	want := offshoreTable(mustReadCoast(t, *landFile))
	if *writeTable {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatalf("write table: %v", err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("read table: %v", err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the land gives; run go generate in sim/geo", file)
	}
}

func TestCoastKnowsPlaces(t *testing.T) {
	c := mustReadCoast(t, *landFile)
	for _, p := range []struct {
		name             string
		lat, lon         float64
		lowestNM, mostNM float64
	}{
		{"Paris", 48.85, 2.35, 0, 0},
		{"Bern", 46.95, 7.45, 0, 0},
		{"Chukotka, beyond 180", 66.5, -178, 0, 0},
		{"Antarctica", -80, 100, 0, 0},
		{"middle of the Atlantic", 40, -40, 40, 40},
		{"North Pacific at 180", 50.2, 180, 40, 40},
		{"Arctic Ocean", 88, 0, 40, 40},
		{"Dover Strait", 51.0, 1.45, 5, 10},
		{"ten miles south of Cape Agulhas", -35.0, 20.0, 8, 14},
		{"Yangshan, on islands too small for 1:50m", 30.61, 122.10, 0, 0},
	} {
		got := c.offshoreNM(p.lat, p.lon)
		if got < p.lowestNM || got > p.mostNM {
			t.Errorf("%s: got %.2f nm off shore, want %g to %g", p.name, got, p.lowestNM, p.mostNM)
		}
	}
}

// portNodes are the ports, also where the table is outdated and world would refuse.
func portNodes() []Node {
	g, _ := load(portsCSV, waypointsCSV, edgesCSV, offshoreCSV)
	return g.nodes[:g.ports]
}

// offshoreTable is the text of data/offshore.csv.
func offshoreTable(c *coast) string {
	g, _ := load(portsCSV, waypointsCSV, edgesCSV, offshoreCSV) // an outdated table is no obstacle to making the new one
	var b strings.Builder
	b.WriteString(offshoreHeader + "\n")
	for i := g.waterFrom(0); i < len(g.edges); i = g.waterFrom(i + 1) {
		e := g.edges[i]
		from, to := g.nodes[e.from], g.nodes[e.to]
		b.WriteString(from.ID + "," + to.ID + "," + e.mode.String() + ",")
		for _, p := range greatCircle(from.Lat, from.Lon, to.Lat, to.Lon, pieces(e.mode, e.lengthM)) {
			b.WriteByte(offshoreZero + byte(exact.Round(c.offshoreNM(p[0], p[1])/offshoreStepNM)))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// coast is the outline of the land in short straight pieces, sorted into bands of one degree of latitude to find the
// near ones and into strips of one degree of longitude to find those due north.
type coast struct {
	pieces []coastPiece
	bands  [180][]int
	strips [360][]int
}

type coastPiece struct {
	lat1, lon1, lat2, lon2 float64
	from, to               vector
}

// offshoreNM is the distance to the nearest land, at most MaxOffshoreNM; 0 on land.
func (c *coast) offshoreNM(lat, lon float64) float64 {
	if c.onLand(lat, lon) {
		return 0
	}
	at, nearest := vectorAt(lat, lon), math.Inf(1)
	const reach = MaxOffshoreNM/60 + 0.01
	for band := bandOf(lat - reach); band <= bandOf(lat+reach); band++ {
		for _, i := range c.bands[band] {
			nearest = min(nearest, chordTo(at, c.pieces[i]))
		}
	}
	return min(MaxOffshoreNM, 2*exact.Asin(min(1, nearest/2))*EarthRadiusM/NauticalMileM)
}

// onLand counts the coasts between the place and the North Pole, which lies in open water.
func (c *coast) onLand(lat, lon float64) bool {
	land := false
	for _, i := range c.strips[stripOf(lon)] {
		p := c.pieces[i]
		a, b := unwrap(p.lon1-lon, 0), unwrap(p.lon2-lon, 0)
		if (a < 0) == (b < 0) || math.Abs(a-b) > 180 {
			continue
		}
		if p.lat1+(p.lat2-p.lat1)*(-a/(b-a)) > lat {
			land = !land
		}
	}
	return land
}

// chordTo is the straight distance, in Earth radii, from a place to the nearest point of a piece of coast. The pieces
// are short: the chord lies less than a hundred metres below the ground.
func chordTo(at vector, p coastPiece) float64 {
	along := mix(1, p.to, -1, p.from)
	rel := mix(1, at, -1, p.from)
	share := 0.0
	if square := dot(along, along); square > 0 {
		share = max(0, min(1, dot(rel, along)/square))
	}
	left := mix(1, rel, -share, along)
	return math.Sqrt(dot(left, left))
}

func dot(v, w vector) float64 {
	return float64(v.x*w.x) + float64(v.y*w.y) + float64(v.z*w.z)
}

func bandOf(lat float64) int  { return max(0, min(179, int(math.Floor(lat))+90)) }
func stripOf(lon float64) int { return ((int(math.Floor(lon)) % 360) + 360) % 360 }

// add puts one piece of coast into every band and strip that it touches.
func (c *coast) add(a, b [2]float64) {
	p := coastPiece{a[1], a[0], b[1], b[0], vectorAt(a[1], a[0]), vectorAt(b[1], b[0])}
	c.pieces = append(c.pieces, p)
	i := len(c.pieces) - 1
	for band := bandOf(min(p.lat1, p.lat2)); band <= bandOf(max(p.lat1, p.lat2)); band++ {
		c.bands[band] = append(c.bands[band], i)
	}
	lon2 := unwrap(p.lon2, p.lon1)
	for lon := math.Floor(min(p.lon1, lon2)); lon <= max(p.lon1, lon2); lon++ {
		c.strips[stripOf(lon)] = append(c.strips[stripOf(lon)], i)
	}
}

// mustReadCoast decodes a TopoJSON file (specification 1.0): arcs of whole-number steps, scaled and moved by its transform.
// Each arc is a coast once: where two polygons share one, it would be no coast, and the land's polygons share none.
func mustReadCoast(tb testing.TB, file string) *coast {
	tb.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		tb.Fatalf("read land: %v; npm puts it there (npm ci in web/ui), or name it with -args -land FILE", err)
	}
	var topology struct {
		Arcs      [][][2]float64
		Transform struct{ Scale, Translate [2]float64 }
		Objects   map[string]struct {
			Geometries []struct{ Arcs [][][]int }
		}
	}
	if err := json.Unmarshal(text, &topology); err != nil {
		tb.Fatalf("decode land: %v", err)
	}
	c := &coast{}
	for _, geometry := range topology.Objects["land"].Geometries {
		for _, polygon := range geometry.Arcs {
			for _, ring := range polygon {
				for _, arc := range ring {
					c.addArc(topology.Arcs[max(arc, ^arc)], topology.Transform.Scale, topology.Transform.Translate)
				}
			}
		}
	}
	if len(c.pieces) < 10000 {
		tb.Fatalf("decode land: got %d pieces of coast, want the 1:50m land's many thousands", len(c.pieces))
	}
	for _, port := range portNodes() {
		c.add([2]float64{port.Lon, port.Lat}, [2]float64{port.Lon, port.Lat}) // a port is land: see offshore.go
	}
	return c
}

func (c *coast) addArc(arc [][2]float64, scale, translate [2]float64) {
	var x, y float64
	var before [2]float64
	for i, step := range arc {
		x, y = x+step[0], y+step[1]
		now := [2]float64{float64(x*scale[0]) + translate[0], float64(y*scale[1]) + translate[1]}
		if i > 0 {
			c.add(before, now)
		}
		before = now
	}
}
