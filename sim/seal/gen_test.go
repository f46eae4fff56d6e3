package seal

// This file makes readings for the tests: every field within its range, any of them absent.

import "pgregory.net/rapid"

// anyReading draws a reading that a seal could send.
func anyReading(t *rapid.T) *Reading {
	r := &Reading{
		Seal:   rapid.StringMatching(`[A-Z0-9]{3}-[A-Z0-9-]{1,20}`).Draw(t, "seal"),
		Trip:   rapid.SampledFrom([]string{"", "T-1", "trip-00017-b"}).Draw(t, "trip"),
		Detail: rapid.OneOf(rapid.Just(""), rapid.StringN(0, 64, -1)).Draw(t, "detail"),
		CmdID:  rapid.OneOf(rapid.Just(""), rapid.StringN(0, 64, -1)).Draw(t, "cmdId"),
	}
	if rapid.Bool().Draw(t, "bound") {
		r.Container = MakeContainer(SimPrefix, rapid.IntRange(0, 999_999).Draw(t, "serial"))
	}
	for f := range Fields {
		info := &Fields[f]
		if info.Required || rapid.Bool().Draw(t, info.Path+"?") {
			r.Set(Field(f), rapid.Int64Range(info.Min, info.Max).Draw(t, info.Path))
		}
	}
	if r.Is(MsgKind, Death) && rapid.Bool().Draw(t, "will") {
		r.Set(Reason, ReasonLWT)
		r.Clear(Seq)
	}
	if rapid.Bool().Draw(t, "proven") {
		r.Proof = &Proof{Linked: rapid.Bool().Draw(t, "linked"), Signed: rapid.Bool().Draw(t, "signed")}
		if r.Proof.Linked {
			r.Proof.Prev[3] = rapid.Byte().Draw(t, "prev")
		}
		if r.Proof.Signed {
			r.Proof.Kid = rapid.StringMatching(`[A-Za-z0-9._-]{1,64}`).Draw(t, "kid")
			r.Proof.Value[7] = rapid.Byte().Draw(t, "value")
		}
		if !r.Proof.Linked && !r.Proof.Signed {
			r.Proof = nil
		}
	}
	return r
}

// sample is a usual reading: what a seal at sea says every hour.
func sample() *Reading {
	r := &Reading{Seal: "SLB-00000007", Container: "SLBU0000079", Trip: "T-000017"}
	r.Container = MakeContainer(SimPrefix, 7)
	for f, v := range map[Field]int64{
		Boot: 1, Seq: 517, TS: 1772352900250, Sent: 1772352902031, ClkSrc: ClockGNSS, ClkErrMs: 12, MsgKind: Tele,
		Buffered: 0, Status: Armed, ArmedAt: 1771352900000, SealType: TypeBLT, Source: SourceCUS,
		Lat: 51_950_123, Lon: 4_142_870, AccM: 38, Fix: Fix3D, Sats: 14, HDOP: 85, CN0: 421, CN0SD: 312, SpdKn: 143,
		COG: 2781, AgeS: 1, Jam: 3, TC: 18_437, RH: 643, Lux: 0, DoorOpen: 0, MagMT: 1204, Tilt: 11, GPeak: 1312,
		GRms: 1004, PHPa: 10132, Pct: 871, MV: 3712, MAhUsed: 812_345, Charging: 0, RAT: RATLTEM, RSRP: -97, MCC: 204,
		MNC: 8, Cell: 21_345_678, Backlog: 0,
	} {
		r.Set(f, v)
	}
	return r
}
