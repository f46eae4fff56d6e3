package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// Inspection: Customs opens the box lawfully and seals it again.
var Inspection = sim.Kind{
	Name: "authorised_inspection",
	Doc: "Customs opens the box in a port, terminal or yard, looks and seals it again. Mostly the opening is announced " +
		"and the seal disarmed first; sometimes the record is entered late, sometimes the seal is not disarmed.",
	Observables: "notice authorised_opening (before, or hours late); DISARMED with a cmdId where it was done properly; " +
		"DOOR_OPEN, env.doorOpen, env.lux, LIGHT_ALARM while armed; then ARMED again, and notice inspection_result clean.",
	Source: "seal model, section e row 1",
	When:   inStay(4 * time.Hour),
	Attack: mount(inspect),
}

func inspect(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	length := ms(60_000 * d.Range(20, 180))
	end := at.Add(length)
	late := d.Chance(w.Assumed(sim.InspectionLate))
	unsaid := d.Chance(w.Assumed(sim.InspectionUnsaid))
	light, early, behind := d.Float64(), d.Range(0.5, 12), d.Range(1, 6)
	told := at.Add(-ms(3600_000 * early))
	if late {
		told = end.Add(ms(3600_000 * behind))
	}
	w.Tell(s, told, notice.Notice{What: notice.AuthorisedOpening, TS: at.UnixMilli(), Until: end.UnixMilli()})
	w.Tell(s, end.Add(ms(3600_000*d.Range(0.5, 8))), notice.Notice{What: notice.InspectionResult, TS: end.UnixMilli(), Result: "clean"})
	name := "inspect-" + s.ID() + "-" + at.Format("0102T1504")
	if !unsaid {
		w.Say(s, at.Add(time.Second), sim.Saying{
			Code: seal.CodeDisarmed, Sev: seal.SevInfo, CmdID: name,
			Change: func(dev *sim.Device, _ int64) { dev.Status = seal.Unarmed },
		})
	}
	w.Around(s, at.Add(time.Minute), end.Add(-time.Minute), func(sc *sim.Scene, _ time.Time) {
		sc.DoorOpen, sc.Exposed = true, true
		sc.Lux = doorLux(sc.Night, light)
		sc.GRms += 0.1
	})
	w.Say(s, at.Add(time.Minute+time.Second), sim.Saying{Code: seal.CodeDoorOpen, Sev: seal.SevAlarm, Change: latchOpened})
	if unsaid {
		w.Say(s, at.Add(time.Minute+4*time.Second), sim.Saying{Code: seal.CodeLightAlarm, Sev: seal.SevWarn})
	}
	w.Say(s, end.Add(-time.Minute), sim.Saying{Code: seal.CodeDoorClose, Sev: seal.SevInfo})
	w.Say(s, end, sim.Saying{Code: seal.CodeArmed, Sev: seal.SevInfo, CmdID: name + "-again", Change: func(dev *sim.Device, ms int64) {
		dev.Status, dev.ArmedAt, dev.OpenedAt, dev.TamperedAt = seal.Armed, ms, 0, 0
	}})
	return &sim.Incident{End: end, Params: map[string]float64{
		"open_min": length.Minutes(), "notice_late": asNumber(late), "not_disarmed": asNumber(unsaid),
	}}
}
