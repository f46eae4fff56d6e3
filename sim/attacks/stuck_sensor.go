package attacks

import (
	"strconv"
	"time"

	"sealab/sim"
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// StuckSensor: one channel of the sensors inside the box is broken.
var StuckSensor = sim.Kind{
	Name: "stuck_sensor",
	Doc: "One sensor sticks at what it showed last, or a bad contact makes it spike now and then; all others go on. It " +
		"stays so until the device is replaced or warms up.",
	Observables: "One of env.tC, env.rh, env.lux, env.magMT and env.tilt without any change for hours, or with single " +
		"values far from its neighbours; the other channels agree with each other. A spike of a reefer's " +
		"temperature can bring TEMP_HIGH.",
	Source: "seal model, section e row 10 (stuck or noisy sensor)",
	When:   anyTime,
	Hides:  8 * 24 * time.Hour,
	Attack: mount(breakSensor),
}

// spikes is how far each channel jumps, in the field's integers.
var spikes = []struct {
	channel seal.Field
	by      float64
}{{seal.TC, 15_000}, {seal.RH, 300}, {seal.Lux, 600}, {seal.MagMT, 600}, {seal.Tilt, 350}}

func breakSensor(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	length := ms(3600_000 * d.Range(w.Assumed(sim.StuckMinH), w.Assumed(sim.StuckMaxH)))
	end := at.Add(length)
	which, sticks, key := d.IntN(len(spikes)), d.Chance(0.5), d.Uint64()
	broken := spikes[which]
	fault := &sim.SensorFault{Channel: broken.channel, Sticks: true}
	w.Around(s, at, end, func(sc *sim.Scene, t time.Time) {
		if sticks {
			sc.Fault = fault
			return
		}
		now := exact.NewDice(key, strconv.FormatInt(t.UnixMilli(), 10))
		if now.Chance(spikeShare) {
			by := broken.by * now.Range(0.4, 1)
			if now.Chance(0.5) && broken.channel != seal.Lux {
				by = -by
			}
			sc.Fault = &sim.SensorFault{Channel: broken.channel, SpikeBy: exact.Round(by)}
		}
	})
	return &sim.Incident{End: end, Params: map[string]float64{
		"hours": length.Hours(), "channel": float64(which), "sticks": asNumber(sticks),
	}}
}

// spikeShare is how many of the readings of a channel with a bad contact spike.
const spikeShare = 0.15
