package seal

// This file names the fields of a reading and the values of its closed lists. Value 0 of every list is "unknown":
// what another party sends and this version does not know is shown as that and not dropped.

// Field numbers one numeric field of a Reading; its path, unit, scale and range stand in the table Fields.
type Field uint8

// The fields of a reading, in the order of the table Fields.
const (
	Boot Field = iota
	Seq
	TS         // event time on the device's clock, ms since 1970
	Sent       // time of this transmission attempt, ms since 1970
	ClkSrc     // see Clock…
	ClkErrMs   // ms
	MsgKind    // see Birth…
	Buffered   // 0/1: it waited for coverage
	Online     // 0/1
	Reason     // see Reason…
	NextReport // ms since 1970
	Status     // see Unarmed…
	ArmedAt    // ms since 1970, latched
	OpenedAt   // ms since 1970, latched
	TamperedAt // ms since 1970, latched
	SealType   // see Type…
	Source     // see Source…
	Lat        // degrees × 1e6
	Lon        // degrees × 1e6
	AccM       // metres × 10, 68 % radius
	Fix        // see Fix…
	Sats       // count
	HDOP       // × 100
	CN0        // dB-Hz × 10, mean over the used satellites
	CN0SD      // dB × 100, spread over the used satellites
	SpdKn      // knots × 10
	COG        // degrees × 10
	AgeS       // s
	Jam        // 0–255
	TC         // °C × 1000
	RH         // % × 10
	Lux        // lx × 10
	DoorOpen   // 0/1
	MagMT      // mT × 100
	Tilt       // degrees × 10
	GPeak      // g × 1000, since the last reading
	GRms       // g × 1000, since the last reading
	PHPa       // hPa × 10
	Pct        // % × 10
	MV         // mV
	MAhUsed    // mAh × 1000
	Charging   // 0/1
	RAT        // see RAT…
	RSRP       // dBm
	MCC        // mobile country code
	MNC        // mobile network code
	Cell       // cell id
	Backlog    // messages waiting
	Code       // see Code…
	Sev        // see Sev…
	NumFields  = iota
)

// Values of MsgKind.
const (
	KindUnknown = iota
	Birth
	Tele
	EventMsg
	Death
)

// Values of ClkSrc.
const (
	ClockUnknown = iota
	ClockGNSS
	ClockNet
	ClockRTC
)

// Values of Reason.
const (
	ReasonUnknown = iota
	ReasonSleep
	ReasonLWT
	ReasonOK
)

// Values of Status.
const (
	StatusUnknown = iota
	Unarmed
	Armed
	Open
	Tampered
	Fault
)

// Values of SealType.
const (
	TypeUnknown = iota
	TypeKLP
	TypeBLT
	TypeWIR
)

// Values of Source.
const (
	SourceUnknown = iota
	SourceCAR
	SourceSHI
	SourcePHY
	SourceVET
	SourceCUS
)

// Values of Fix.
const (
	FixUnknown = iota
	FixNone
	Fix2D
	Fix3D
	FixCell
	FixDR
)

// Values of RAT.
const (
	RATUnknown = iota
	RATNBIoT
	RATLTEM
	RATLTE
	RATGSM
	RATSat
)

// Values of Sev.
const (
	SevUnknown = iota
	SevInfo
	SevWarn
	SevAlarm
	SevFault
)

// Values of Code: what the device says happened.
const (
	CodeUnknown = iota
	CodeArmed
	CodeDisarmed
	CodeDoorOpen
	CodeDoorClose
	CodeRopeCut
	CodeCaseOpen
	CodeDetached
	CodeLightAlarm
	CodeShock
	CodeTilt
	CodeTempHigh
	CodeTempLow
	CodeHumHigh
	CodeBatLow
	CodeBatCrit
	CodePowerLost
	CodeMotionStart
	CodeMotionStop
	CodeGeofenceIn
	CodeGeofenceOut
	CodeGNSSJam
	CodeGNSSSpoof
	CodeCellLost
	CodeCellBack
	CodeUnlockDenied
	CodeLockFault
	CodeReboot
	CodeClockStep
	CodeRouteDeviation
	CodeLongStop
)
