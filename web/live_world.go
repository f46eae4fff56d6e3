// The demo world: which scenario is played, in what settings, and what of it the hub knows before it begins.

package web

import (
	"fmt"
	"time"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/exact"
	"sealab/sim/mqtt"
	"sealab/sim/seal"
)

// demoSettings make a world that is worth watching: enough seals to draw the lanes, and a few incidents of each kind a
// day of playing. Names that a scenario does not have are left out.
var demoSettings = map[string]string{"seals": "300", "attacks": "6"}

// demoSpeed is virtual seconds a second. 300 seals that report hourly to four-hourly then give well over the 5 messages a
// second that are promised.
const demoSpeed = 900

// opening is the share of the span that is played at once at the start, so that the first visitor finds vessels on
// their way and alarms on the list.
const opening = 0.25

// liveWorld is one play of the demo.
type liveWorld struct {
	run       string
	challenge *pocs.Challenge
	scenario  *sim.Scenario
	settings  sim.Settings
	seed      uint64
	world     *sim.World
	start     time.Time
	end       time.Time
	plan      sim.Plan
	planBytes []byte
	index     map[string]int // container → its place in plan.Seals
	bySeal    map[string]int
	detector  pocs.Detector
	watch     string
}

// newLiveWorld makes the next world of the demo. Its seed is the time, so that no two starts are alike.
func (s *Server) newLiveWorld(now time.Time) (*liveWorld, error) {
	if len(s.cfg.Challenges) == 0 || len(s.cfg.Challenges[0].Scenarios) == 0 {
		return nil, fmt.Errorf("make demo world: there is no scenario")
	}
	w := &liveWorld{run: mqtt.NewID(), challenge: &s.cfg.Challenges[0], seed: uint64(now.UnixMilli()) % sim.MaxSeed, watch: s.cfg.Watch}
	w.scenario = &w.challenge.Scenarios[0]
	if sc := sim.Find(w.challenge.Scenarios, "asia-europe"); sc != nil {
		w.scenario = sc
	}
	given := map[string]string{}
	for _, x := range w.scenario.Settings {
		if v, ok := demoSettings[x.Name]; ok {
			given[x.Name] = v
		}
	}
	var err error
	if w.settings, err = sim.Resolve("setting", w.scenario.Settings, given); err != nil {
		return nil, err
	}
	if w.world, err = sim.New(*w.scenario, w.settings, w.seed); err != nil {
		return nil, fmt.Errorf("make demo world: %w", err)
	}
	if err := w.know(); err != nil {
		return nil, err
	}
	w.detector, err = s.watcher(w.seed, w.world.Keyring())
	return w, err
}

// opensAt is the moment from which the world goes by the clock.
func (w *liveWorld) opensAt() time.Time {
	return w.start.Add(time.Duration(float64(w.end.Sub(w.start)) * opening))
}

// know takes down the plan.
func (w *liveWorld) know() (err error) {
	w.start, w.end = w.world.Span()
	w.plan = w.world.Plan()
	together(&w.plan)
	w.index, w.bySeal = map[string]int{}, map[string]int{}
	for i := range w.plan.Seals {
		w.index[w.plan.Seals[i].Container] = i
		w.bySeal[w.plan.Seals[i].Seal] = i
	}
	w.planBytes, err = encodePlan(&w.plan, w.run, w.scenario.Name, w.start, w.end)
	return err
}

// watcher starts the detector whose findings are the live page's alarms. It is never shown the truth.
func (s *Server) watcher(seed uint64, keys seal.Keyring) (pocs.Detector, error) {
	p, err := s.findPoC(s.cfg.Watch)
	if err != nil {
		return nil, fmt.Errorf("watch: %w", err)
	}
	if s.cfg.SeesTruth[p.Name] {
		return nil, fmt.Errorf("watch: %s is shown the truth and cannot watch the live page", p.Name)
	}
	params, err := sim.Resolve("parameter", p.Params, nil)
	if err != nil {
		return nil, err
	}
	d, err := p.New(pocs.Setup{Params: params, Dice: exact.NewDice(seed^0x5ea1ab, "watch/"+p.Name), Keys: keys})
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", p.Name, err)
	}
	return d, nil
}
