package sim

// This file is the one table of the values that the reference model marks as assumptions: chosen for Sealab, free to
// change, and each a setting (`--set assumption.NAME=low|high|VALUE`). Low and high are the reference's range where it
// gives one, else half and double.

// Assume numbers one assumption-marked value.
type Assume int

// The assumption-marked values, in the order of Assumptions.
const (
	GNSSTauMovingS Assume = iota
	GNSSTauRestS
	CraneErrP50M
	CraneOutlierShare
	CraneOutlierScaleM
	StackNoFix
	HoldNoFix
	StackErrP50M
	StackHDOPMax
	CellErrMinM
	CellErrMaxM
	CellFallback
	SpoofCN0SDdB
	CoverageNoneNM
	AttachMinS
	AttachMaxS
	BurstMinPerS
	BurstMaxPerS
	LatencyP50S
	LatencyP95S
	LatencyP99S
	OutOfOrder
	Duplicate
	RadioLoss
	CatchUp
	BelowDeckShare
	BoxNoonC
	BoxLagH
	HoldDailyC
	CraneGMin
	CraneGMax
	CraneHardGMin
	CraneHardGMax
	TruckG
	SeaG
	RailG
	CutGMin
	CutGMax
	LightShutLx
	FixHotMAh
	SendGoodMAh
	SendPoorMAh
	SleepMAhPerDay
	SpuriousLight
	SpuriousShock
	SpuriousBounce
	DwellSigma
	SuezWaitMinH
	SuezWaitMaxH
	ApproachKn
	AnchorageMaxH
	TruckRestMin
	TruckNightMinH
	TruckNightMaxH
	GaugeMinH
	GaugeMaxH
	NoticeDelayMin
	CutMin
	CutMax
	QuickMin
	QuickMax
	DragPullMin
	DragPullMax
	DragAccMin
	DragAccMax
	CloneMinH
	CloneMaxH
	CloneKeyCopied
	InspectionRate
	InspectionLate
	InspectionUnsaid
	CraneHardRate
	PortStackRate
	LandDeadZoneRate
	RebootRate

	// Reefers.
	ReeferFrozen
	DefrostMinH
	DefrostMaxH
	DefrostRiseC
	ReeferLagH
	ReeferOffLagH
	ReeferRH
	ReeferOffRH
	ReeferLimitC

	// What acts on the senses, on places and on the way.
	HingeMin
	HingeMax
	HingeDark
	JamMin
	JamMax
	JamNoticed
	SpoofNoticed
	TeleportMin
	TeleportMax
	TeleportMinKm
	TeleportMaxKm
	RingMin
	RingMax
	RingMinMS
	RingMaxMS
	RollbackMinH
	RollbackMaxH
	MoveMin
	MoveMax
	MoveSensed
	DivertMin
	DivertMax
	DivertMinKm
	DivertMaxKm
	DivertComputed
	DivertOpened
	DivertJammed
	WarmMinH
	WarmMaxH
	HumpGMax
	StuckMinH
	StuckMaxH
	FerryShare
	TunnelMin
	TunnelMax
	FerryMinH
	FerryMaxH
	RailHumpRate
	StuckRate
	LightLeakRate
	RestStopRate
	FerryTunnelRate
	StormMinNM
	StormMaxNM
	StormRate

	// What acts on messages, counters and power.
	SwapMin
	SwapMax
	SwapSilent
	ReplayMinH
	ReplayMaxH
	RelayMinH
	RelayMaxH
	RelayDelayMinS
	RelayDelayMaxS
	WrapMin
	WrapMaxH
	WrapOpens
	DelayedMinH
	DelayedMaxH
	TheftMin
	TheftMax
	StutterMinH
	StutterMaxH
	StutterRepeated
	StutterHeld
	CellFadeMinD
	CellFadeMaxD
	BorderAttachMin
	BorderAttachMax
	DriftMinPPM
	DriftMaxPPM
	DriftMinH
	DriftMaxH
	DuplicatesRate
	LowBatteryRate
	RoamingRate
	ClockStepRate
	numAssume
)

// String is the value's name, as a setting has it after AssumptionPrefix.
func (a Assume) String() string { return assumptionRows[a].name }

// AssumptionPrefix stands before the name of an assumption-marked value where it is a setting.
const AssumptionPrefix = "assumption."

// FullName gives the name of an assumption-marked value its prefix, which may be left out; any other name it gives back.
func FullName(name string) string {
	for i := range assumptionRows {
		if assumptionRows[i].name == name {
			return AssumptionPrefix + name
		}
	}
	return name
}

// Assumptions lists the assumption-marked values as settings. A value may be set a little beyond its low and high:
// from a tenth of the smaller to ten times the larger, and never above 1 for a share or a chance.
func Assumptions() []Setting {
	list := make([]Setting, numAssume)
	for i, r := range assumptionRows {
		lo, hi := min(r.low, r.high)/10, max(r.low, r.high)*10
		if r.unit == "" && r.high <= 1 && r.name != "dwell_sigma" {
			lo, hi = 0, 1
		}
		list[i] = Setting{
			Name: AssumptionPrefix + r.name, Doc: r.doc, Unit: r.unit, Default: r.def, Min: lo, Max: hi,
			Mark: Assumption, Low: r.low, High: r.high, Rare: i != int(RadioLoss) && i != int(CoverageNoneNM),
		}
	}
	return list
}
