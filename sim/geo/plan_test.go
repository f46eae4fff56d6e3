// Planning: the reference distances, connectivity, avoidance, errors and sameness.

package geo

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// mustPlan plans or ends the test.
func mustPlan(tb testing.TB, from, to string, allowed Modes, avoid ...string) Route {
	tb.Helper()
	r, err := Plan(from, to, allowed, avoid...)
	if err != nil {
		tb.Fatalf("Plan(%s, %s): %v", from, to, err)
	}
	return r
}

// TestDistances compares with the distances that were read in a source; each row names it.
func TestDistances(t *testing.T) {
	const km = 1000 / NauticalMileM
	for _, row := range []struct {
		from, to string
		allowed  Modes
		avoid    []string
		wantNM   float64
	}{
		// porteconomicsmanagement.org, routing options Shanghai-Rotterdam
		{"CNSHA", "NLRTM", Water, nil, 10600},
		{"CNSHA", "NLRTM", Water, []string{"suez_s"}, 13800},
		// World Shipping Council, as quoted by sw.wikipedia.org: 12,000 and 20,900 km
		{"AEJEA", "NLRTM", Water, nil, 12000 * km},
		{"AEJEA", "NLRTM", Water, []string{"suez_s"}, 20900 * km},
		// agretirednomads.blogspot.com, a cruise's log
		{"CNSHA", "HKHKG", Water, nil, 809},
		// www.clyx.com, an old table of the US Hydrographic Office, from San Francisco
		{"USOAK", "JPYOK", Water, nil, 4536},
		{"USOAK", "HKHKG", Water, nil, 6060},
		// macauhub.com.mo, the railway from Chongqing: 11,179 km
		{"CNCKG", "DEDUI", ByRail, nil, 11179 * km},
	} {
		got := mustPlan(t, row.from, row.to, row.allowed, row.avoid...).LengthM / NauticalMileM
		if off := got/row.wantNM - 1; off < -0.03 || off > 0.03 {
			t.Errorf("%s-%s avoiding %v: got %.0f nm, want %.0f within 3 %% (off by %.1f %%)", row.from, row.to, row.avoid, got, row.wantNM, 100*off)
		}
	}
}

// TestConnected sees that every port can be reached, and every seaport by water with both canals closed.
func TestConnected(t *testing.T) {
	for _, p := range Ports() {
		if p.ID == "SGSIN" {
			continue
		}
		mustPlan(t, "SGSIN", p.ID, Water|ByRail|ByRoad)
		if p.Kind == "seaport" || p.Kind == "river_port" {
			mustPlan(t, "SGSIN", p.ID, Water)
			mustPlan(t, "SGSIN", p.ID, Water, "suez_s", "balboa_off-colon_off")
		}
	}
}

func TestAvoid(t *testing.T) {
	suez := mustPlan(t, "CNSHA", "NLRTM", Water)
	if !slices.Contains(suez.Nodes, "suez_s") {
		t.Errorf("Shanghai-Rotterdam: got %v, want a way by Suez", suez.Nodes)
	}
	for _, avoid := range []string{"suez_s", "suez_s-portsaid_n", "portsaid_n-suez_s"} {
		if cape := mustPlan(t, "CNSHA", "NLRTM", Water, avoid); !slices.Contains(cape.Nodes, "good_hope") {
			t.Errorf("avoiding %s: got %v, want a way round the Cape", avoid, cape.Nodes)
		}
	}
	panama := mustPlan(t, "CNSHA", "USNYC", Water)
	around := mustPlan(t, "CNSHA", "USNYC", Water, "balboa_off-colon_off")
	if !slices.Contains(panama.Nodes, "colon_off") || slices.Contains(around.Nodes, "colon_off") {
		t.Errorf("Shanghai-New York: got %v, and %v without Panama", panama.Nodes, around.Nodes)
	}
}

// TestChangesAtPortsOnly plans over all modes: a change between water, rail and road must happen at a port.
func TestChangesAtPortsOnly(t *testing.T) {
	for _, ends := range [][2]string{{"CNCKG", "SGSIN"}, {"KHPNH", "USCHI"}, {"LAVTE", "RWKGL"}, {"KZALA", "UGKLA"}} {
		r := mustPlan(t, ends[0], ends[1], Water|ByRail|ByRoad)
		for i := 1; i < len(r.Edges); i++ {
			node, _ := Find(r.Nodes[i])
			if r.Edges[i].Mode.group() != r.Edges[i-1].Mode.group() && node.Kind == "waypoint" {
				t.Errorf("%v: got a change of mode at the waypoint %s", ends, node.ID)
			}
		}
	}
	road := mustPlan(t, "KEMBA", "KE0NV", ByRoad)
	rail := mustPlan(t, "KEMBA", "KE0NV", ByRail)
	if got, want := rail.LengthM/road.LengthM, 1.24/1.17; math.Abs(got-want) > 1e-9 {
		t.Errorf("Mombasa-Naivasha, rail to road: got %v, want the factors' %v", got, want)
	}
}

func TestPlanRefuses(t *testing.T) {
	for _, row := range []struct {
		from, to string
		allowed  Modes
		avoid    []string
		want     string
	}{
		{"SGSINN", "NLRTM", Water, nil, `plan route: find node "SGSINN": no port or waypoint has this id; the nearest is "SGSIN"`},
		{"SGSIN", "rotterdam", Water, nil, `the nearest is "NLRTM"`},
		{"SGSIN", "", Water, nil, `find node ""`},
		{"SGSIN", "NLRTM", Water, []string{"suez"}, `avoid "suez": find node "suez": no port or waypoint has this id; the nearest is "suez_s"`},
		{"SGSIN", "NLRTM", Water, []string{"suez_s-dover"}, "no edge joins these two"},
		{"SGSIN", "SGSIN", Water, nil, "the ends must be two different nodes"},
		{"SGSIN", "DEDUI", Water, nil, "there is no way by water; allow another mode"},
		{"SGSIN", "NLRTM", 0, nil, "there is no way by no mode"},
		{"SGSIN", "NLRTM", Water | ByRail, []string{"SGSIN"}, "there is no way by water, rail without SGSIN"},
	} {
		_, err := Plan(row.from, row.to, row.allowed, row.avoid...)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("Plan(%q, %q, %v, %v): got %v, want %q", row.from, row.to, row.allowed, row.avoid, err, row.want)
		}
	}
}

// TestRoutesAreShortest compares with the lengths of Floyd and Warshall's algorithm, which shares no code with Plan.
func TestRoutesAreShortest(t *testing.T) {
	g := world()
	n := len(g.nodes)
	best := make([]float64, n*n)
	for i := range best {
		best[i] = math.Inf(1)
	}
	for i := range n {
		best[i*n+i] = 0
	}
	for _, e := range g.edges {
		if Water.Has(e.mode) {
			best[e.from*n+e.to], best[e.to*n+e.from] = e.lengthM, e.lengthM
		}
	}
	for k := range n {
		for i := range n {
			if via := best[i*n+k]; !math.IsInf(via, 1) {
				for j := range n {
					best[i*n+j] = min(best[i*n+j], via+best[k*n+j])
				}
			}
		}
	}
	for i := range g.nodes {
		from, to := g.nodes[i], g.nodes[(i*7+3)%n]
		r, err := Plan(from.ID, to.ID, Water)
		want := best[i*n+g.index[to.ID]]
		if (err == nil) == (from.ID == to.ID || math.IsInf(want, 1)) || err == nil && math.Abs(r.LengthM-want) > 1e-3 {
			t.Errorf("%s-%s: got %.3f m and error %v, want %.3f m", from.ID, to.ID, r.LengthM, err, want)
		}
	}
}

func TestPlanIsTheSameTwice(t *testing.T) {
	for _, to := range []string{"NLRTM", "USNYC", "GRPIR", "UGKLA"} {
		first := mustPlan(t, "CNSHA", to, Water|ByRail|ByRoad)
		for range 5 {
			if again := mustPlan(t, "CNSHA", to, Water|ByRail|ByRoad); !reflect.DeepEqual(first, again) {
				t.Errorf("CNSHA-%s: got %v, then %v", to, first.Nodes, again.Nodes)
			}
		}
	}
}
