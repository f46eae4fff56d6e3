package attacks

import "sealab/sim/seal"

// This file says in which fields two readings differ for a person who looks at them: an act changes the counters and the
// charge of all that comes after it, and that is not worth a word each time.

// slack is by how much of its unit a field may differ without a word: about what noise brings from one message to the
// next of a box at rest. An act that cannot be told from that is not seen in that field.
var slack = [seal.NumFields]int64{
	seal.Seq: 30, // what an act adds moves all that follow
	seal.TS:  2000, seal.Sent: 5000, seal.NextReport: 2000, seal.ClkErrMs: 2000,
	seal.Lat: 300, seal.Lon: 300, seal.AccM: 50, seal.Sats: 4, seal.HDOP: 200, seal.CN0: 40, seal.CN0SD: 200, seal.SpdKn: 5,
	seal.AgeS: 60, seal.Jam: 25, seal.COG: 50,
	seal.TC: 700, seal.RH: 70, seal.Lux: 15, seal.MagMT: 60, seal.Tilt: 10, seal.GPeak: 120, seal.GRms: 35,
	seal.Pct: 10, seal.MV: 40, seal.MAhUsed: 50_000, seal.RSRP: 18, seal.Backlog: 1,
}

// Differences are the fields in which two readings differ by more than an aftermath.
func Differences(a, b *seal.Reading) []seal.Field {
	var out []seal.Field
	for f := range seal.Field(seal.NumFields) {
		va, hasA := a.Get(f)
		vb, hasB := b.Get(f)
		if hasA != hasB || max(va-vb, vb-va) > slack[f] {
			out = append(out, f)
		}
	}
	return out
}
