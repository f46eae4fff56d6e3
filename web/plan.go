// The plan: how everything would move if nothing happened, sent once, so that the live stream carries only what differs.

package web

import (
	"encoding/json"
	"math"
	"sort"
	"time"

	"sealab/sim"
	"sealab/sim/geo"
)

// planJSON is the plan as browsers get it. Times are ms since start, places degrees × 1e4.
type planJSON struct {
	V          int             `json:"v"`
	Run        string          `json:"run"`
	Scenario   string          `json:"scenario"`
	Start      int64           `json:"start"`
	End        int64           `json:"end"`
	Vehicles   []vehicleJSON   `json:"vehicles"`
	Containers []containerJSON `json:"containers"`
	Places     []placeJSON     `json:"places"`
}

type vehicleJSON struct {
	ID    string  `json:"id"`
	Kind  string  `json:"kind"`
	Name  string  `json:"name"`
	Path  []int32 `json:"path"`
	Times []int64 `json:"times"`
}

type containerJSON struct {
	C    string     `json:"c"`
	S    string     `json:"s"`
	From string     `json:"from"`
	To   string     `json:"to"`
	On   [][3]int64 `json:"on"`
	DX   int32      `json:"dx"`
	DY   int32      `json:"dy"`
}

type placeJSON struct {
	ID   string  `json:"id"`
	Name string  `json:"name"`
	Lat  float64 `json:"lat"`
	Lon  float64 `json:"lon"`
}

// together orders a plan so that boxes which travel together stand together: what repeats packs better. Numbers in
// frames are places in this order.
func together(p *sim.Plan) {
	key := func(s *sim.PlanSeal) (int, int64) {
		if len(s.Legs) < 2 {
			return -1, 0
		}
		return s.Legs[1].Vehicle, s.Legs[1].From
	}
	sort.SliceStable(p.Seals, func(i, j int) bool {
		a, from := key(&p.Seals[i])
		b, other := key(&p.Seals[j])
		return a < b || a == b && from < other
	})
}

// encodePlan makes the bytes of a plan. Only places that a container goes to or from are named.
func encodePlan(p *sim.Plan, run, scenario string, start, end time.Time) ([]byte, error) {
	from := start.UnixMilli()
	out := planJSON{V: 1, Run: run, Scenario: scenario, Start: from, End: end.UnixMilli(),
		Vehicles: make([]vehicleJSON, len(p.Vehicles)), Containers: make([]containerJSON, len(p.Seals)), Places: []placeJSON{}}
	for i := range p.Vehicles {
		out.Vehicles[i] = encodeVehicle(&p.Vehicles[i], from)
	}
	named := map[string]bool{}
	for i := range p.Seals {
		s := &p.Seals[i]
		out.Containers[i] = encodeContainer(s, from)
		named[s.From], named[s.To] = true, true
	}
	for id := range named {
		if n, ok := geo.Find(id); ok {
			out.Places = append(out.Places, placeJSON{id, placeName(id), n.Lat, n.Lon})
		}
	}
	sort.Slice(out.Places, func(i, j int) bool { return out.Places[i].ID < out.Places[j].ID })
	return json.Marshal(out)
}

func encodeVehicle(v *sim.PlanVehicle, from int64) vehicleJSON {
	out := vehicleJSON{ID: v.ID, Kind: v.Kind, Name: v.Name}
	for _, i := range thinnedWay(v) {
		out.Path = append(out.Path, v.LonE4[i], v.LatE4[i])
		out.Times = append(out.Times, rounded(v.Times[i]-from, minute))
	}
	if v.Kind == "place" {
		out.Times = []int64{0}
	}
	return out
}

// Steps of the plan's times: a minute keeps a vessel within 300 m of its plan; an hour is near enough for when a box
// comes to stand somewhere, or goes. Together they halve the plan.
const (
	minute = 60_000
	hour   = 60 * minute
)

func rounded(ms, step int64) int64 {
	if ms < 0 {
		return -rounded(-ms, step)
	}
	return (ms + step/2) / step * step
}

// berthE4 is the grid on which boxes stand beside each other, in degrees × 1e4: 220 m.
const berthE4 = 20

// berth turns metres from the vehicle's middle into degrees × 1e4 on that grid.
func berth(m int) int32 {
	const metresPerE4 = 11.1195 // a ten-thousandth of a degree of latitude
	return int32(math.Round(float64(m)/metresPerE4/berthE4)) * berthE4
}

func encodeContainer(s *sim.PlanSeal, from int64) containerJSON {
	out := containerJSON{C: s.Container, S: s.Seal, From: s.From, To: s.To, On: make([][3]int64, len(s.Legs))}
	for i, leg := range s.Legs {
		out.On[i] = [3]int64{int64(leg.Vehicle), rounded(leg.From-from, minute), rounded(leg.To-from, minute)}
		if i == 0 || (out.DX == 0 && out.DY == 0) {
			out.DX, out.DY = berth(leg.East), berth(leg.North)
		}
	}
	if last := len(out.On) - 1; last >= 0 {
		out.On[0][1], out.On[last][2] = rounded(out.On[0][1], hour), rounded(out.On[last][2], hour)
	}
	return out
}

// planned says where a container should be at a time, and on what; ok is false before and after its way.
func planned(p *sim.Plan, s *sim.PlanSeal, at int64) (lat, lon float64, kind string, ok bool) {
	for i := range s.Legs {
		leg := &s.Legs[i]
		if at < leg.From || at > leg.To {
			continue
		}
		v := &p.Vehicles[leg.Vehicle]
		lat, lon = along(v, at)
		return lat, lon, v.Kind, true
	}
	return 0, 0, "", false
}

// along is where a vehicle is at a time, on the straight line between two points of its way.
func along(v *sim.PlanVehicle, at int64) (lat, lon float64) {
	i := sort.Search(len(v.Times), func(i int) bool { return v.Times[i] > at })
	switch {
	case i == 0:
		return float64(v.LatE4[0]) / 1e4, float64(v.LonE4[0]) / 1e4
	case i == len(v.Times):
		return float64(v.LatE4[i-1]) / 1e4, float64(v.LonE4[i-1]) / 1e4
	}
	share := float64(at-v.Times[i-1]) / float64(v.Times[i]-v.Times[i-1])
	mix := func(a, b int32) float64 { return (float64(a) + share*float64(b-a)) / 1e4 }
	return mix(v.LatE4[i-1], v.LatE4[i]), mix(v.LonE4[i-1], v.LonE4[i])
}
