// Paths: spacing, continuity across 180°, cursors, and the cost of a look.

package geo

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"testing"

	"pgregory.net/rapid"

	"sealab/sim/exact"
)

// trips are routes of every kind: both canals, the Cape, the Pacific, rail, road, and all modes together.
func trips(tb testing.TB) []Route {
	return []Route{
		mustPlan(tb, "CNSHA", "NLRTM", Water),
		mustPlan(tb, "CNSHA", "NLRTM", Water, "suez_s"),
		mustPlan(tb, "USNYC", "CNSHA", Water),
		mustPlan(tb, "JPYOK", "USOAK", Water),
		mustPlan(tb, "USSEA", "KRPUS", Water),
		mustPlan(tb, "CNCKG", "DEDUI", ByRail),
		mustPlan(tb, "KEMBA", "RWKGL", ByRoad),
		mustPlan(tb, "LAVTE", "USCHI", Water|ByRail|ByRoad),
		mustPlan(tb, "KE0ML", "UG0ML", ByRoad),
	}
}

func TestPathFollowsRoute(t *testing.T) {
	for _, r := range trips(t) {
		p := r.Path()
		name := r.Nodes[0] + "-" + r.Nodes[len(r.Nodes)-1]
		if got := p.LengthM(); math.Abs(got-r.LengthM) > 1e-3 {
			t.Errorf("%s: got a path of %.3f m, want the route's %.3f", name, got, r.LengthM)
		}
		cursor := 0
		for i, id := range r.Nodes {
			node, _ := Find(id)
			lat, lon := p.At(p.NodeDistM(i), &cursor)
			if d := DistanceM(lat, lon, node.Lat, node.Lon); d > 0.01 {
				t.Errorf("%s at node %s: got %.5f %.5f, %.2f m off", name, id, lat, lon, d)
			}
			if i < len(r.Edges) {
				if got := p.ModeAt(p.NodeDistM(i), &cursor); got != r.Edges[i].Mode {
					t.Errorf("%s at node %s: got mode %v, want %v", name, id, got, r.Edges[i].Mode)
				}
			}
		}
	}
}

func TestPathSpacing(t *testing.T) {
	for _, r := range trips(t) {
		points := r.Path().Points()
		for i := 1; i < len(points); i++ {
			a, b := points[i-1], points[i]
			most := 10 * NauticalMileM
			if !Water.Has(a.Mode) {
				most = 5000
			}
			step, ground := b.DistM-a.DistM, DistanceM(a.Lat, a.Lon, b.Lat, b.Lon)
			if step <= 0 || step > most || math.Abs(step-float64(ground*a.Mode.factor())) > 0.01 {
				t.Errorf("%s point %d: got a step of %.3f m over %.3f m of ground by %v", r.Nodes[0], i, step, ground, a.Mode)
			}
			if turn := math.Abs(b.Lon - a.Lon); turn > 1 {
				t.Errorf("%s point %d: got longitudes %.3f and %.3f, want them to run on", r.Nodes[0], i, a.Lon, b.Lon)
			}
			if a.OffshoreNM < 0 || a.OffshoreNM > MaxOffshoreNM || !Water.Has(a.Mode) && a.OffshoreNM != 0 {
				t.Errorf("%s point %d: got %v nm off shore by %v", r.Nodes[0], i, a.OffshoreNM, a.Mode)
			}
		}
	}
}

// TestLongitudeRunsOn crosses the Pacific both ways: east beyond 180, and west below -180.
func TestLongitudeRunsOn(t *testing.T) {
	for _, row := range []struct {
		from, to  string
		low, high float64
	}{{"JPYOK", "USOAK", 139, 238}, {"USOAK", "JPYOK", -221, -122}} {
		p := mustPlan(t, row.from, row.to, Water).Path()
		cursor := 0
		for d := 0.0; d < p.LengthM(); d += 7000 {
			if _, lon := p.At(d, &cursor); lon < row.low || lon > row.high {
				t.Fatalf("%s-%s at %.0f m: got longitude %.2f, want %g to %g", row.from, row.to, d, lon, row.low, row.high)
			}
		}
	}
}

// TestAnyCursor compares every answer with that of a fresh cursor.
func TestAnyCursor(t *testing.T) {
	paths := []*Path{}
	for _, r := range trips(t) {
		paths = append(paths, r.Path())
	}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(paths).Draw(t, "path")
		d := rapid.Float64Range(-1e5, p.LengthM()+1e5).Draw(t, "distance")
		if rapid.Bool().Draw(t, "on a point") {
			d = p.points[rapid.IntRange(0, len(p.points)-1).Draw(t, "point")].DistM
		}
		wild, fresh := rapid.IntRange(-10, len(p.points)+10).Draw(t, "cursor"), 0
		lat, lon := p.At(d, &wild)
		wantLat, wantLon := p.At(d, &fresh)
		if lat != wantLat || lon != wantLon || wild != fresh || p.ModeAt(d, &wild) != p.ModeAt(d, &fresh) {
			t.Errorf("At(%v): got %v %v with cursor %d, want %v %v with cursor %d", d, lat, lon, wild, wantLat, wantLon, fresh)
		}
		a := p.points[wild]
		if wild > 0 && a.DistM > d || wild < len(p.points)-2 && p.points[wild+1].DistM <= d {
			t.Errorf("At(%v): got piece %d, which begins at %v", d, wild, a.DistM)
		}
	})
	var cursor int
	if lat, lon := paths[0].At(math.NaN(), &cursor); lat != paths[0].points[0].Lat || lon != paths[0].points[0].Lon {
		t.Errorf("At(NaN): got %v %v, want the start", lat, lon)
	}
}

// TestStraightPiecesAreTrue compares a straight piece's middle with the great circle's, everywhere on the Pacific's.
func TestStraightPiecesAreTrue(t *testing.T) {
	points := mustPlan(t, "JPYOK", "USSEA", Water).Path().Points()
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		lat, lon := mix(1, vectorAt(a.Lat, a.Lon), 1, vectorAt(b.Lat, b.Lon)).place()
		if off := DistanceM((a.Lat+b.Lat)/2, (a.Lon+b.Lon)/2, lat, lon); off > 50 {
			t.Errorf("between points %d and %d: got %.0f m beside the great circle, want at most 50", i-1, i, off)
		}
	}
}

func TestOffshore(t *testing.T) {
	for _, row := range []struct {
		from, to, node string
		low, high      float64
	}{
		{"CNSHA", "NLRTM", "dover", 5, 10},
		{"CNSHA", "NLRTM", "arabian_w", 40, 40},
		{"CNSHA", "NLRTM", "CNSHA", 0, 0},
		{"NLRTM", "CNSHA", "singapore_m", 0, 5},
		{"CNCKG", "NLRTM", "cr_lanzhou", 0, 0},
	} {
		r := mustPlan(t, row.from, row.to, Water|ByRail)
		if row.from != "CNCKG" {
			r = mustPlan(t, row.from, row.to, Water)
		}
		p := r.Path()
		for i, id := range r.Nodes {
			var cursor int
			if got := p.OffshoreNM(p.NodeDistM(i), &cursor); id == row.node && (got < row.low || got > row.high) {
				t.Errorf("%s: got %v nm off shore, want %g to %g", id, got, row.low, row.high)
			}
		}
	}
}

// TestThereAndBack sees that a route and its way back find the same land at the same place.
func TestThereAndBack(t *testing.T) {
	there, back := mustPlan(t, "CNSHA", "NLRTM", Water).Path(), mustPlan(t, "NLRTM", "CNSHA", Water).Path()
	var a, b int
	for d := 0.0; d < there.LengthM(); d += 10007 {
		got, want := back.OffshoreNM(back.LengthM()-d, &a), there.OffshoreNM(d, &b)
		if math.Abs(got-want) > 1e-3 {
			t.Errorf("at %.0f m: got %v nm on the way back, want %v", d, got, want)
		}
	}
}

// goldenPaths is the digest of every point of the trips: the same with GOAMD64=v1 and v3 and under wasm.
const goldenPaths = "65dc6c48fe564638d8f5047ae1edc2af6875df5fbd868f20b5f83194489869a2"

func TestGoldenPaths(t *testing.T) {
	h := sha256.New()
	for _, r := range trips(t) {
		p := r.Path()
		for _, q := range p.Points() {
			for _, v := range []float64{q.Lat, q.Lon, q.DistM, q.OffshoreNM, float64(q.Mode)} {
				h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(v)))
			}
		}
		dice, cursor := exact.NewDice(1, "paths"), 0
		for range 1000 {
			lat, lon := p.At(dice.Range(0, p.LengthM()), &cursor)
			h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(lat)))
			h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(lon)))
		}
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != goldenPaths {
		t.Errorf("digest: got %s, want %s", got, goldenPaths)
	}
}

func TestLooksAllocateNothing(t *testing.T) {
	p, cursor, d := mustPlan(t, "CNSHA", "NLRTM", Water).Path(), 0, 0.0
	if got := testing.AllocsPerRun(1000, func() {
		d += 5000
		p.At(d, &cursor)
		p.OffshoreNM(d, &cursor)
		p.ModeAt(d, &cursor)
	}); got != 0 {
		t.Errorf("got %v allocations a look, want 0", got)
	}
}

func BenchmarkPath(b *testing.B) {
	r := mustPlan(b, "CNSHA", "NLRTM", Water)
	p := r.Path()
	walk := func(name string, step float64, look func(d float64, cursor *int)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			cursor, d := 0, 0.0
			for b.Loop() {
				if d += step; d > p.LengthM() {
					d -= p.LengthM()
				}
				look(d, &cursor)
			}
		})
	}
	walk("At", 1000, func(d float64, cursor *int) { p.At(d, cursor) })
	walk("AtNextPoint", 9000, func(d float64, cursor *int) { p.At(d, cursor) })
	walk("AtAnywhere", 7654321, func(d float64, cursor *int) { p.At(d, cursor) })
	walk("OffshoreNM", 1000, func(d float64, cursor *int) { p.OffshoreNM(d, cursor) })
	b.Run("Plan", func(b *testing.B) {
		for b.Loop() {
			mustPlan(b, "CNSHA", "NLRTM", Water)
		}
	})
	b.Run("Draw", func(b *testing.B) {
		for b.Loop() {
			r.Path()
		}
	})
	b.Run("DistanceM", func(b *testing.B) {
		for b.Loop() {
			DistanceM(30.61, 122.10, 51.96, 4.03)
		}
	})
}
