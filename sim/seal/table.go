package seal

// This file is the one table of fields: protocol v1, row by row. Another unit or range means another digest.

import "sealab/sim/event/wire"

const (
	maxUint32 = 1<<32 - 1
	minTime   = wire.MinTime
	maxTime   = wire.MaxTime
)

// Version is the value of "v" in every message.
const Version = wire.Version

// versionCBOR is the key of "v" in the compact profile.
const versionCBOR = 0

// Texts are the strings of a reading, in the order of the Text constants.
var Texts = [NumTexts]TextInfo{
	TextSeal: {Path: "seal", CBOR: 1, Pattern: SealPattern, MaxLen: 24, Required: true,
		Doc: "seal id: 3-character maker, hyphen, serial"},
	TextContainer: {Path: "container", CBOR: 6, Pattern: ContainerPattern, MaxLen: 11,
		Doc: "container number, ISO 6346 with a right check digit; empty while the seal is not armed"},
	TextTrip: {Path: "trip", CBOR: 7, Pattern: TripPattern, MaxLen: 32,
		Doc: "trip id, given by the hub; empty while the seal is not armed"},
	TextDetail: {Path: "event.detail", CBOR: 51, MaxLen: 256, Doc: "what the device adds to the code, in words"},
	TextCmdID:  {Path: "event.cmdId", CBOR: 52, MaxLen: 64, Doc: "the command that the event answers"},
}

// Text numbers one string of a Reading.
type Text uint8

// The strings of a reading, in the order of the table Texts.
const (
	TextSeal Text = iota
	TextContainer
	TextTrip
	TextDetail
	TextCmdID
	NumTexts = iota
)

// Text returns the field of the reading that holds the string t.
func (r *Reading) Text(t Text) *string {
	return [NumTexts]*string{&r.Seal, &r.Container, &r.Trip, &r.Detail, &r.CmdID}[t]
}

// Fields are the numeric fields of a reading, in the order of the Field constants.
//
// Ranges are those of protocol v1. Where it names none they are assumptions: as wide as the number can honestly get
// (a mobile country code has three digits, a cell id of 5G 36 bits, no seal's battery holds 1,000 Ah), so that what is
// outside is damage or an attack.
var Fields = [NumFields]FieldInfo{
	Boot: {Path: "boot", CBOR: 2, Type: FieldInt, Whole: true, Min: 1, Max: maxUint32, Required: true,
		Doc: "starts of the device, kept over power loss"},
	Seq: {Path: "seq", CBOR: 3, Type: FieldInt, Whole: true, Min: 1, Max: maxUint32, Required: true, Nullable: true,
		Doc: "number of the message within its boot; null in a last will only"},
	TS: {Path: "ts", CBOR: 4, Type: FieldTime, Min: minTime, Max: maxTime, Required: true,
		Doc: "when it happened, on the device's clock"},
	Sent: {Path: "sent", CBOR: 8, Type: FieldTime, Min: minTime, Max: maxTime,
		Doc: "when it was first sent, on the device's clock"},
	ClkSrc: {Path: "clk.src", CBOR: 9, Type: FieldEnum, Enum: clockNames, Max: ClockRTC,
		Doc: "what the device's clock goes by"},
	ClkErrMs: {Path: "clk.errMs", CBOR: 10, Type: FieldInt, Unit: "ms", Max: 600_000,
		Doc: "the device's own estimate of its clock's error"},
	MsgKind: {Path: "kind", CBOR: 5, Type: FieldEnum, Enum: kindNames, Max: Death, Required: true,
		Doc: "what sort of message this is"},
	Buffered: {Path: "buffered", CBOR: 30, Type: FieldBool, Max: 1, Doc: "it waited for coverage"},
	Online:   {Path: "online", CBOR: 31, Type: FieldBool, Max: 1, Doc: "state only: the seal stays connected"},
	Reason: {Path: "reason", CBOR: 32, Type: FieldEnum, Enum: reasonNames, Max: ReasonOK,
		Doc: "state only: why; lwt is the last will that the broker sends for a seal whose link died"},
	NextReport: {Path: "nextReport", CBOR: 33, Type: FieldTime, Min: minTime, Max: maxTime,
		Doc: "state only: when the seal means to wake; silence until then is no alarm"},
	Status: {Path: "seal_state.status", CBOR: 11, Type: FieldEnum, Enum: statusNames, Max: Fault,
		Doc: "the lock, latched until disarmed by a signed command"},
	ArmedAt: {Path: "seal_state.armedAt", CBOR: 12, Type: FieldTime, Min: minTime, Max: maxTime, Nullable: true,
		Doc: "when it was armed, latched; null when never"},
	OpenedAt: {Path: "seal_state.openedAt", CBOR: 34, Type: FieldTime, Min: minTime, Max: maxTime, Nullable: true,
		Doc: "when it was first opened since, latched; null when never"},
	TamperedAt: {Path: "seal_state.tamperedAt", CBOR: 35, Type: FieldTime, Min: minTime, Max: maxTime, Nullable: true,
		Doc: "when it was first tampered with since, latched; null when never"},
	SealType: {Path: "seal_state.sealType", CBOR: 36, Type: FieldEnum, Enum: typeNames, Max: TypeWIR,
		Doc: "mechanical type: keyless padlock, bolt, wire"},
	Source: {Path: "seal_state.source", CBOR: 37, Type: FieldEnum, Enum: sourceNames, Max: SourceCUS,
		Doc: "who affixed it: carrier, shipper, phytosanitary, veterinary, customs"},
	Lat: {Path: "pos.lat", CBOR: 13, Type: FieldInt, Unit: "°", Scale: 6, Min: -90e6, Max: 90e6, Nullable: true,
		Doc: "latitude, WGS 84; null without a fix"},
	Lon: {Path: "pos.lon", CBOR: 14, Type: FieldInt, Unit: "°", Scale: 6, Min: -180e6, Max: 180e6, Nullable: true,
		Doc: "longitude, WGS 84; null without a fix"},
	AccM: {Path: "pos.accM", CBOR: 15, Type: FieldInt, Unit: "m", Scale: 1, Max: 200_000,
		Doc: "radius that holds the true place with 68 %"},
	Fix: {Path: "pos.fix", CBOR: 16, Type: FieldEnum, Enum: fixNames, Max: FixDR,
		Doc: "how the place was found; cell is the network's, dr is held or dead reckoned"},
	Sats: {Path: "pos.sats", CBOR: 17, Type: FieldInt, Whole: true, Max: 40, Doc: "satellites used"},
	HDOP: {Path: "pos.hdop", CBOR: 18, Type: FieldInt, Scale: 2, Min: 50, Max: 5000,
		Doc: "horizontal dilution of precision"},
	CN0: {Path: "pos.cn0", CBOR: 19, Type: FieldInt, Unit: "dB-Hz", Scale: 1, Max: 600,
		Doc: "carrier to noise density, mean over the used satellites"},
	CN0SD: {Path: "pos.cn0sd", CBOR: 20, Type: FieldInt, Unit: "dB", Scale: 2, Max: 1500,
		Doc: "its spread over the used satellites"},
	SpdKn: {Path: "pos.spdKn", CBOR: 21, Type: FieldInt, Unit: "kn", Scale: 1, Max: 2000,
		Doc: "speed over ground, as reported even when impossible"},
	COG:  {Path: "pos.cog", CBOR: 22, Type: FieldInt, Unit: "°", Scale: 1, Max: 3600, Doc: "course over ground"},
	AgeS: {Path: "pos.ageS", CBOR: 23, Type: FieldInt, Unit: "s", Max: 86_400, Doc: "age of the place"},
	Jam: {Path: "pos.jam", CBOR: 38, Type: FieldInt, Whole: true, Max: 255,
		Doc: "the receiver's interference indicator; 255 is certain"},
	TC: {Path: "env.tC", CBOR: 24, Type: FieldInt, Unit: "°C", Scale: 3, Min: -40_000, Max: 85_000,
		Doc: "temperature in the box"},
	RH: {Path: "env.rh", CBOR: 25, Type: FieldInt, Unit: "%", Scale: 1, Max: 1000,
		Doc: "relative humidity in the box"},
	Lux: {Path: "env.lux", CBOR: 26, Type: FieldInt, Unit: "lx", Scale: 1, Max: 1_200_000, Doc: "light in the box"},
	DoorOpen: {Path: "env.doorOpen", CBOR: 27, Type: FieldBool, Max: 1,
		Doc: "door contact, separate from the seal's lock"},
	MagMT: {Path: "env.magMT", CBOR: 39, Type: FieldInt, Unit: "mT", Scale: 2, Max: 5000, Doc: "door magnet"},
	Tilt: {Path: "env.tilt", CBOR: 40, Type: FieldInt, Unit: "°", Scale: 1, Max: 1800,
		Doc: "angle to the attitude in which it was armed"},
	GPeak: {Path: "env.gPeak", CBOR: 28, Type: FieldInt, Unit: "g", Scale: 3, Max: 16_000,
		Doc: "largest acceleration since the last reading"},
	GRms: {Path: "env.gRms", CBOR: 29, Type: FieldInt, Unit: "g", Scale: 3, Max: 4000,
		Doc: "root mean square of the acceleration since the last reading"},
	PHPa: {Path: "env.pHPa", CBOR: 41, Type: FieldInt, Unit: "hPa", Scale: 1, Min: 3000, Max: 11_000,
		Doc: "air pressure"},
	Pct: {Path: "pwr.pct", CBOR: 42, Type: FieldInt, Unit: "%", Scale: 1, Max: 1000, Doc: "charge left"},
	MV:  {Path: "pwr.mV", CBOR: 43, Type: FieldInt, Unit: "mV", Max: 4500, Doc: "battery voltage"},
	MAhUsed: {Path: "pwr.mAhUsed", CBOR: 44, Type: FieldInt, Unit: "mAh", Scale: 3, Max: 1_000_000_000,
		Doc: "charge taken from the battery since it was new"},
	Charging: {Path: "pwr.charging", CBOR: 45, Type: FieldBool, Max: 1, Doc: "it is being charged"},
	RAT: {Path: "net.rat", CBOR: 46, Type: FieldEnum, Enum: ratNames, Max: RATSat,
		Doc: "radio access technology"},
	RSRP: {Path: "net.rsrp", CBOR: 47, Type: FieldInt, Unit: "dBm", Min: -140, Max: -44,
		Doc: "power of the serving cell's reference signal"},
	MCC: {Path: "net.mcc", CBOR: 48, Type: FieldInt, Whole: true, Max: 999, Doc: "mobile country code"},
	MNC: {Path: "net.mnc", CBOR: 49, Type: FieldInt, Whole: true, Max: 999, Doc: "mobile network code"},
	Cell: {Path: "net.cell", CBOR: 50, Type: FieldInt, Whole: true, Max: 1<<36 - 1,
		Doc: "serving cell, a hint of the place that GNSS cannot falsify"},
	Backlog: {Path: "net.backlog", CBOR: 53, Type: FieldInt, Whole: true, Max: maxUint32,
		Doc: "messages waiting for coverage"},
	Code: {Path: "event.code", CBOR: 54, Type: FieldEnum, Enum: codeNames, Max: CodeLongStop,
		Doc: "what the device says happened"},
	Sev: {Path: "event.sev", CBOR: 55, Type: FieldEnum, Enum: sevNames, Max: SevFault, Doc: "how grave it holds it to be"},
}
