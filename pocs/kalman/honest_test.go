package kalman_test

import (
	"math"
	"testing"
	"time"

	"sealab/pocs/parts/play"
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// honest is a box on the road or in a yard for a month, with the position errors of the seal model's section c1.
type honest struct {
	stage      *play.Stage
	dice       exact.Dice
	lat, lon   float64 // degrees, true
	errE, errN float64 // correlated error, m
	heading    float64 // radians
	speed      float64 // m/s
	warm       int64   // m°C by which a defrosting warms the air
}

// TestHonestMonth plays thirty days of driving, resting, stacks, cranes, cell positions, lost, late and repeated
// messages and reboots of a box that is held cold, sixty times by dice of its own: neither the filter nor the senses may
// say a word. The dice are fixed, since a CUSUM may err: of some thousand such months about one in nine hundred is accused
// by chance.
func TestHonestMonth(t *testing.T) {
	for seed := range uint64(60) {
		stage, said := opened(t)
		h := honest{stage: stage, dice: exact.NewDice(seed, "honest")}
		h.lat, h.lon = h.dice.Range(-55, 65), h.dice.Range(-179, 179)
		for end := play.Opening.Add(30 * 24 * time.Hour); stage.Now.Before(end); {
			switch h.dice.IntN(4) {
			case 0, 1:
				h.drive(h.dice.Range(0.5, 5))
			case 2:
				h.rest(h.dice.Range(1, 12), 2.1)
			default:
				h.rest(h.dice.Range(6, 60), 40) // in a stack
			}
		}
		if len(*said) != 0 {
			t.Errorf("month %d: an honest box was accused: %+v", seed, (*said)[0])
		}
	}
}

// drive goes on for some hours at 45–60 km/h with a report every five minutes, then stops at once.
func (h *honest) drive(hours float64) {
	speed := h.dice.Range(45, 60) / 3.6
	h.heading = h.dice.Range(0, 2*math.Pi)
	for range int(hours * 12) {
		h.heading += h.dice.Range(-0.3, 0.3)
		h.lat += speed * 300 * exact.Cos(h.heading) / 111_195
		h.lon += speed * 300 * exact.Sin(h.heading) / (111_195 * exact.Cos(h.lat*math.Pi/180))
		h.lat = max(-70, min(70, h.lat))
		h.lon -= 360 * math.Floor((h.lon+180)/360)
		h.speed = speed
		h.report(5*time.Minute, 60, 2.1, play.With(seal.GRms, int64(h.dice.Range(50, 350))))
	}
	h.speed = 0
}

// rest stands for some hours with a report every thirty minutes.
func (h *honest) rest(hours, sigma float64) {
	for range int(hours * 2) {
		h.report(30*time.Minute, 600, sigma, play.With(seal.GRms, int64(h.dice.Range(5, 20))))
	}
}

// report says the next reading: a Gauss-Markov error of this correlation time and σ, sometimes an outlier, a cell
// position or none; now and then it is lost, repeated, late, or the first after a reboot.
func (h *honest) report(pause time.Duration, tau, sigma float64, edits ...play.Edit) {
	s, d := h.stage, &h.dice
	s.Wait(pause)
	phi := exact.Exp(-pause.Seconds() / tau)
	keep := math.Sqrt(1 - phi*phi)
	h.errE, h.errN = phi*h.errE+keep*d.Normal(), phi*h.errN+keep*d.Normal()
	east, north, acc := sigma*h.errE, sigma*h.errN, sigma*1.51
	fix := int64(seal.Fix3D)
	switch {
	case d.Chance(0.02):
		east, north = 25*d.StudentT3(), 25*d.StudentT3()
	case d.Chance(0.05):
		fix, east, north, acc = seal.FixCell, d.Range(-3000, 3000), d.Range(-3000, 3000), 3000
	case d.Chance(0.05):
		fix = seal.FixNone
	}
	if d.Chance(0.002) {
		s.Boot, s.Seq = s.Boot+1, 0
	}
	if h.warm = h.warm / 3; h.warm < 300 && d.Chance(0.05) { // a reefer's defrosting
		h.warm = int64(d.Range(1000, 4500))
	}
	edits = append(edits, play.With(seal.SpdKn, exact.Round(10*(h.speed*1.944+0.3*d.Float64()))),
		play.With(seal.MagMT, exact.Round(1200+10*d.Normal())), play.With(seal.Tilt, exact.Round(8+2*d.Float64())),
		play.With(seal.TC, exact.Round(-18_000+150*d.Normal())+h.warm), play.With(seal.RH, exact.Round(850+20*d.Normal())),
		play.With(seal.MAhUsed, s.Now.Sub(play.Opening).Milliseconds()/400), play.With(seal.Jam, int64(d.IntN(20))))
	s.Seq++
	lat, lon := h.lat+north/111_195, h.lon+east/(111_195*exact.Cos(h.lat*math.Pi/180))
	r := s.Draw(append(edits,
		play.With(seal.Lat, exact.Round(lat*1e6)), play.With(seal.Lon, exact.Round(lon*1e6)),
		play.With(seal.AccM, exact.Round(acc*10)), play.With(seal.Fix, fix), play.With(seal.CN0SD, exact.Round(400+40*d.Normal())),
		play.With(seal.Cell, 1+int64(math.Floor((h.lat+90)*7))*10000+int64(math.Floor((h.lon+180)*7))))...)
	switch {
	case d.Chance(0.01): // lost
	case d.Chance(0.02):
		s.Send(&r)
		s.Send(&r)
	default:
		s.Send(&r)
	}
}
