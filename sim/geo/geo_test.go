// Distances, nodes and the reading of the embedded files.

package geo

import (
	"maps"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDistanceM(t *testing.T) {
	quarter := math.Pi / 2 * EarthRadiusM
	for _, row := range []struct {
		name                   string
		lat1, lon1, lat2, lon2 float64
		want, within           float64
	}{
		{"nowhere", 12, 34, 12, 34, 0, 0},
		{"a quarter of the equator", 0, 0, 0, 90, quarter, 1e-6},
		{"pole to equator", 90, 17, 0, -60, quarter, 1e-6},
		{"antipodes", 10, 20, -10, -160, 2 * quarter, 1e-6},
		{"pole to pole", 90, 0, -90, 0, 2 * quarter, 1e-6},
		{"across 180", 0, 179.5, 0, -179.5, quarter / 90, 1e-6},
		{"one minute of latitude", 51, 4, 51 + 1.0/60, 4, quarter / 5400, 1e-6},
		{"a metre", 0, 0, 0, 360 / (4 * quarter), 1, 1e-9},
	} {
		if got := DistanceM(row.lat1, row.lon1, row.lat2, row.lon2); !(math.Abs(got-row.want) <= row.within) {
			t.Errorf("%s: got %v m, want %v within %v", row.name, got, row.want, row.within)
		}
	}
}

func TestDistanceIsAMetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lat, lon := rapid.Float64Range(-90, 90), rapid.Float64Range(-180, 180)
		a, b := [2]float64{lat.Draw(t, "a"), lon.Draw(t, "a")}, [2]float64{lat.Draw(t, "b"), lon.Draw(t, "b")}
		c := [2]float64{lat.Draw(t, "c"), lon.Draw(t, "c")}
		ab, ba := DistanceM(a[0], a[1], b[0], b[1]), DistanceM(b[0], b[1], a[0], a[1])
		ac, cb := DistanceM(a[0], a[1], c[0], c[1]), DistanceM(c[0], c[1], b[0], b[1])
		if ab != ba || ab < 0 || ab > ac+cb+1 {
			t.Errorf("%v %v %v: got %v there, %v back, %v and %v by way of the third", a, b, c, ab, ba, ac, cb)
		}
	})
}

func TestNodes(t *testing.T) {
	ports := Ports()
	if len(ports) != 115 || len(world().nodes) != 115+326 || len(world().edges) != 587 {
		t.Errorf("got %d ports, %d nodes and %d edges, want 115, 441 and 587", len(ports), len(world().nodes), len(world().edges))
	}
	want := Node{"SGSIN", "Singapore", "SG", 1.27, 103.76, "seaport", 72, "South-East Asia"}
	if got, ok := Find("SGSIN"); !ok || got != want {
		t.Errorf("Find(SGSIN): got %+v, want %+v", got, want)
	}
	if got, ok := Find("suez_s"); !ok || got.Kind != "waypoint" || got.DwellH != 0 {
		t.Errorf("Find(suez_s): got %+v, want a waypoint", got)
	}
	if got, ok := Find("XXXXX"); ok {
		t.Errorf("Find(XXXXX): got %+v, want nothing", got)
	}
	ports[0].ID = "scribbled"
	if Ports()[0].ID == "scribbled" {
		t.Error("Ports: got a slice that writes into the graph, want one of the caller's own")
	}
}

func TestModeNames(t *testing.T) {
	for m, want := range map[Mode]string{Sea: "sea", Channel: "channel", Canal: "canal", Rail: "rail", Road: "road", 9: "mode(9)"} {
		if got := m.String(); got != want {
			t.Errorf("mode %d: got %q, want %q", m, got, want)
		}
	}
	if got, want := (Water | ByRoad).String(), "water, road"; got != want {
		t.Errorf("modes: got %q, want %q", got, want)
	}
}

// TestLoadRefuses changes one thing in a small graph at a time, and reads what the error says.
func TestLoadRefuses(t *testing.T) {
	files := map[string]string{
		"ports":     "locode,name,country,lat,lon,kind,typical_dwell_hours,region\nAAAAA,A,AA,0,0,seaport,10,R\nBBBBB,B,BB,0,0.1,seaport,10,R\n",
		"waypoints": "id,name,lat,lon\nmid,Middle,0,0.05\n",
		"edges":     "from,to,mode\nAAAAA,mid,sea\nmid,BBBBB,sea\n",
		"offshore":  "from,to,mode,samples\nAAAAA,mid,sea,-.\nmid,BBBBB,sea,.}\n",
	}
	if _, err := load(files["ports"], files["waypoints"], files["edges"], files["offshore"]); err != nil {
		t.Fatalf("load the small graph: %v", err)
	}
	for _, row := range []struct{ file, old, new, want string }{
		{"ports", "locode", "id", "read ports.csv: the first line must be"},
		{"ports", "BBBBB", "AAAAA", `read ports.csv line 3: read id "AAAAA": ids must be unique`},
		{"ports", "A,AA,0", "A,AA,91", `read lat "91": it must be a number from -90 to 90`},
		{"ports", "seaport,10", "seaport,long", `read dwell "long"`},
		{"waypoints", "0.05", "NaN", `read lon "NaN": it must be a number from -180 to 180`},
		{"waypoints", "mid,Middle", "mid", "read waypoints.csv: record on line 2: wrong number of fields"},
		{"waypoints", "mid", "mid-way", "without a hyphen"},
		{"edges", "mid,BBBBB", "CCCCC,BBBBB", "it must name two different nodes"},
		{"edges", "sea", "air", "one of the modes [sea channel canal rail road]"},
		{"edges", "mid,BBBBB", "mid,AAAAA", "it is there twice"},
		{"offshore", "-.", "-", "read 1 samples: this edge must have 2"},
		{"offshore", "-.", "-~", `read sample '~': it must be from '-' to '}'`},
		{"offshore", "mid,BBBBB,sea,.}\n", "", "the last are missing"},
		{"offshore", "mid,BBBBB,sea,.}\n", "mid,BBBBB,sea,.}\nmid,BBBBB,sea,.}\n", "more rows than water edges"},
		{"offshore", "mid,BBBBB", "BBBBB,mid", "rows must follow edges.csv"},
	} {
		changed := maps.Clone(files)
		changed[row.file] = strings.Replace(changed[row.file], row.old, row.new, 1)
		_, err := load(changed["ports"], changed["waypoints"], changed["edges"], changed["offshore"])
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s with %q for %q: got %v, want %q", row.file, row.new, row.old, err, row.want)
		}
	}
}
