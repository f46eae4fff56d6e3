package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/seal"
)

// Reboot: a watchdog or an update starts the device anew.
var Reboot = sim.Kind{
	Name:        "reboot",
	Doc:         "A watchdog or a firmware update starts the device anew; what is latched stays.",
	Observables: "boot + 1 and seq from 1, a birth on the state topic and a REBOOT event; status and armedAt kept.",
	Source:      "seal model, section e row 8",
	When:        anyTime,
	Attack:      mount(restart),
}

func restart(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	back := ms(1000 * w.Dice().Range(10, 120))
	up := at.Add(back)
	w.Say(s, up, sim.Saying{Birth: true, Change: func(dev *sim.Device, _ int64) { dev.Reboot() }})
	w.Say(s, up.Add(time.Second), sim.Saying{Code: seal.CodeReboot, Sev: seal.SevInfo})
	return &sim.Incident{End: up, Params: map[string]float64{"down_s": back.Seconds()}}
}
