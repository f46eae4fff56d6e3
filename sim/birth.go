package sim

import (
	"fmt"

	"sealab/sim/exact"
	"sealab/sim/seal"
)

// This file brings a seal to life: its trip, its device as it is when the world begins, and the noises of its life.

// newSeal makes the j-th seal with its trip on a lane.
func (w *World) newSeal(j int, id string, l *Lane, trip *exact.Dice) *Seal {
	s := &Seal{
		id: id, container: containerNumber(j), trip: tripID(j), index: int32(len(w.seals)), lane: *l, victimOf: -1,
		sense: exact.NewDice(w.seed, "seal/"+id+"/sense"),
		radio: exact.NewDice(w.seed, "seal/"+id+"/radio"),
		life:  exact.NewDice(w.seed, "seal/"+id+"/life"),
		cargo: w.loadCargo(id, l),
	}
	s.deep = trip.Chance(w.a[BelowDeckShare])
	s.coverClass = uint8(trip.IntN(coverClasses))
	switch {
	case l.Via != nil:
		w.hopTrip(s, l, trip)
	case l.By == BySea:
		w.shipTrip(s, l, trip)
	case l.By == ByRail:
		w.trainTrip(s, l, trip)
	default:
		w.truckTrip(s, l, trip)
	}
	s.start, s.end = s.legs[0].from, s.legs[len(s.legs)-1].to
	s.skewMs = w.skewMs("seal/" + id)
	w.wakeUp(s)
	w.noises(s)
	from, to := max(s.start, w.start), min(s.end, w.end)
	w.trips = append(w.trips, Trip{
		ID: s.trip, Seal: s.id, Container: s.container, From: l.From, To: l.To, Start: w.time(from), End: w.time(to),
	})
	w.sealDays += float64(to-from) / 86400_000
	return s
}

// wakeUp sets the device as it is at the trip's start, or as it has become by the world's start.
func (w *World) wakeUp(s *Seal) {
	now := max(s.start, w.start)
	l := s.legAt(now)
	s.Boot, s.Status, s.ArmedAt = 1, seal.Armed, s.start+s.skewMs
	s.UsedMAh, s.usedAt = s.life.Range(50, 2500), now
	s.clockPPM, s.clockAt = clampF(2*s.life.Normal(), -20, 20), now
	s.fixAt, s.errAt, s.tempAt = now, now-86400_000, now
	lat, _, _, _ := w.place(s, l, now)
	s.tempC = ambientC(lat) + float64(3*s.life.Float64())
	if s.cargo.reefer {
		s.tempC = s.cargo.setC
	}
	s.errE, s.errN = s.life.Normal(), s.life.Normal()
	s.seenLeg = int32(s.leg)
	phase := s.life.Float64()
	s.next = now + 1000 + exact.Round(phase*float64(w.interval[l.pace]))
	if s.start >= w.start {
		s.Status, s.ArmedAt = seal.Unarmed, 0
		s.add(saying{at: s.start + 1, inc: -1, kind: seal.Birth})
		s.add(saying{
			at: s.start + 2000, inc: -1, kind: seal.EventMsg, code: seal.CodeArmed, sev: seal.SevInfo,
			cmdID: "arm-" + s.trip, change: arm,
		})
	} else {
		s.Seq = (now - s.start) / paceIntervalMs[l.pace]
	}
	w.enrol(s)
	s.add(saying{
		at: s.end - 60_000, inc: -1, kind: seal.EventMsg, code: seal.CodeDisarmed, sev: seal.SevInfo,
		cmdID: "disarm-" + s.trip, change: disarm,
	})
	s.add(saying{at: s.end, inc: -1, kind: seal.Death})
}

// noises strews the alarms that come from nothing over the trip (reference c3: per seal per 30 days).
func (w *World) noises(s *Seal) {
	const month = 30 * 86400_000
	from, to := max(s.start, w.start)+3600_000, s.end-3600_000
	strew := func(rate Assume, at func(int64)) {
		for t := from; ; {
			t += exact.Round(s.life.Exponential() * month / w.a[rate])
			if t >= to {
				return
			}
			at(t)
		}
	}
	event := func(t, code, sev int64, g float64) {
		s.add(saying{at: t, inc: -1, kind: seal.EventMsg, code: code, sev: sev, gPeak: g})
	}
	strew(SpuriousLight, func(t int64) { event(t, seal.CodeLightAlarm, seal.SevWarn, 0) })
	strew(SpuriousShock, func(t int64) { event(t, seal.CodeShock, seal.SevWarn, s.life.Range(2.5, 4)) })
	strew(SpuriousBounce, func(t int64) {
		event(t, seal.CodeDoorOpen, seal.SevAlarm, 0)
		event(t+exact.Round(s.life.Range(200, 1500)), seal.CodeDoorClose, seal.SevInfo, 0)
	})
}

// begin mounts what the scenario declares and sets the agenda going.
func (w *World) begin() error {
	assaults, err := w.assaults(w.hostileKinds())
	if err != nil {
		return err
	}
	for _, l := range w.sc.LookAlikes {
		w.lookAlikes(l)
	}
	for _, s := range w.seals {
		w.shadows(s)
	}
	for _, a := range assaults {
		w.attack(a)
	}
	for i, s := range w.seals {
		if first := s.firstWake(w); first <= w.end {
			w.ask(first, int32(i), doWake)
		}
		w.sortPapers(s)
		if len(s.papers) > 0 {
			w.ask(s.papers[0].at, int32(i), doTell)
		}
	}
	return nil
}

// shadows records the stretches of sea without network, a day and more, as what they are: look-alikes of a
// silenced seal. Their act is geography, the same whatever the seal's settings.
func (w *World) shadows(s *Seal) {
	const worth = 24 * hourMs
	n := 0
	for i := range s.legs {
		l := &s.legs[i]
		if l.pace != atSea {
			continue
		}
		for t := l.from; t < l.to; {
			lit := w.vesselCovered(s, l, t)
			if lit-t >= worth && lit > w.start && t < w.end {
				n++
				w.zone(s, t, lit, n)
			}
			t = w.darkFrom(s, l, lit)
		}
	}
}

func (w *World) zone(s *Seal, from, to int64, n int) {
	w.incidents = append(w.incidents, incident{Incident: Incident{
		ID: fmt.Sprintf("dead_zone/sea-%d/%s", n, s.id), Kind: DeadZone,
		Seal: s.id, Container: s.container, Trip: s.trip,
		Start: w.time(max(from, w.start)), End: w.time(min(to, w.end)),
	}})
	s.gaps = append(s.gaps, gap{span{from, to}, int32(len(w.incidents) - 1)})
}

// DeadZone names the look-alike that both geography at sea and a kind of its own on land can bring.
const DeadZone = "dead_zone"
