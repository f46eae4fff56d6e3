// The embedded files, read once and checked line by line.

package geo

import (
	_ "embed" // the graph's four files
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/ports.csv
var portsCSV string

//go:embed data/waypoints.csv
var waypointsCSV string

//go:embed data/edges.csv
var edgesCSV string

//go:embed data/offshore.csv
var offshoreCSV string

// graph is the transport graph as read: nodes with the ports first, edges in the order of edges.csv, and per node the
// numbers of its edges in that order. offshore holds, per edge, its samples as offshore.csv
// writes them; it is empty on land.
type graph struct {
	nodes    []Node
	ports    int
	index    map[string]int
	edges    []edge
	at       [][]int
	offshore []string
}

// edge joins two nodes by number; its length is in metres as travelled, with the land factor.
type edge struct {
	from, to int
	mode     Mode
	lengthM  float64
}

var loadWorld = sync.OnceValues(func() (*graph, error) {
	return load(portsCSV, waypointsCSV, edgesCSV, offshoreCSV)
})

// world is the embedded graph. A test shows that it loads, so a failure here means a broken build.
func world() *graph {
	g, err := loadWorld()
	if err != nil {
		panic(err)
	}
	return g
}

// load reads the graph from the text of its four files.
func load(ports, waypoints, edges, offshore string) (*graph, error) {
	g := &graph{index: map[string]int{}}
	err := readRows("ports.csv", ports, "locode,name,country,lat,lon,kind,typical_dwell_hours,region", func(f []string) error {
		return g.addNode(Node{ID: f[0], Name: f[1], Country: f[2], Kind: f[5], Region: f[7]}, f[3], f[4], f[6])
	})
	if err != nil {
		return nil, err
	}
	g.ports = len(g.nodes)
	err = readRows("waypoints.csv", waypoints, "id,name,lat,lon", func(f []string) error {
		return g.addNode(Node{ID: f[0], Name: f[1], Kind: "waypoint"}, f[2], f[3], "0")
	})
	if err != nil {
		return nil, err
	}
	g.at = make([][]int, len(g.nodes))
	if err := readRows("edges.csv", edges, "from,to,mode", g.addEdge); err != nil {
		return nil, err
	}
	return g, g.readOffshore(offshore)
}

// readRows hands each row of a CSV text to take, after seeing that the header is the expected one.
func readRows(file, text, header string, take func([]string) error) error {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	if len(rows) == 0 || strings.Join(rows[0], ",") != header {
		return fmt.Errorf("read %s: the first line must be %q", file, header)
	}
	for i, row := range rows[1:] {
		if err := take(row); err != nil {
			return fmt.Errorf("read %s line %d: %w", file, i+2, err)
		}
	}
	return nil
}

// addNode checks and appends one node; its numbers come as text.
func (g *graph) addNode(n Node, lat, lon, dwell string) error {
	for _, part := range []struct {
		name, text string
		into       *float64
		low, high  float64
	}{{"lat", lat, &n.Lat, -90, 90}, {"lon", lon, &n.Lon, -180, 180}, {"dwell", dwell, &n.DwellH, 0, 1000}} {
		v, err := strconv.ParseFloat(part.text, 64)
		if err != nil || math.IsNaN(v) || v < part.low || v > part.high {
			return fmt.Errorf("read %s %q: it must be a number from %g to %g", part.name, part.text, part.low, part.high)
		}
		*part.into = v
	}
	if _, twice := g.index[n.ID]; twice || n.ID == "" || strings.Contains(n.ID, "-") {
		return fmt.Errorf("read id %q: ids must be unique, not empty and without a hyphen", n.ID)
	}
	g.index[n.ID] = len(g.nodes)
	g.nodes = append(g.nodes, n)
	return nil
}

// addEdge checks and appends one edge.
func (g *graph) addEdge(f []string) error {
	from, ok1 := g.index[f[0]]
	to, ok2 := g.index[f[1]]
	mode := slices.Index(modeNames[:], f[2])
	if !ok1 || !ok2 || from == to || mode < 0 {
		return fmt.Errorf("read edge %q: it must name two different nodes and one of the modes %v", f, modeNames)
	}
	m, a, b := Mode(mode), g.nodes[from], g.nodes[to]
	if g.edgeBetween(from, to, m) >= 0 {
		return fmt.Errorf("read edge %q: it is there twice", f)
	}
	g.at[from] = append(g.at[from], len(g.edges))
	g.at[to] = append(g.at[to], len(g.edges))
	g.edges = append(g.edges, edge{from, to, m, float64(m.factor() * DistanceM(a.Lat, a.Lon, b.Lat, b.Lon))})
	return nil
}

// edgeBetween is the number of the edge of this mode between two nodes, in either direction, or -1.
func (g *graph) edgeBetween(a, b int, m Mode) int {
	for _, i := range g.at[a] {
		if e := g.edges[i]; e.mode == m && (e.from == b || e.to == b) {
			return i
		}
	}
	return -1
}
