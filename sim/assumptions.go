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

// assumption rows: name, unit, value, low, high, doc. The reference's section stands at the end of each doc.
var assumptionRows = [numAssume]struct {
	name, unit     string
	def, low, high float64
	doc            string
}{
	GNSSTauMovingS:     {"gnss_tau_moving_s", "s", 60, 30, 120, "correlation time of the position error while moving (c1)"},
	GNSSTauRestS:       {"gnss_tau_rest_s", "s", 600, 300, 1200, "correlation time of the position error at rest (c1)"},
	CraneErrP50M:       {"crane_err_p50_m", "m", 8, 4, 16, "median position error under cranes (c1)"},
	CraneOutlierShare:  {"crane_outlier_share", "", 0.05, 0.025, 0.1, "share of outliers under cranes (c1)"},
	CraneOutlierScaleM: {"crane_outlier_scale_m", "m", 25, 12.5, 50, "scale of the Student-t(3) outliers under cranes (c1)"},
	StackNoFix:         {"stack_no_fix", "", 0.7, 0.35, 0.95, "chance of no fix in a stack (c1)"},
	HoldNoFix:          {"hold_no_fix", "", 0.98, 0.49, 0.999, "chance of no fix in a hold (c1)"},
	StackErrP50M:       {"stack_err_p50_m", "m", 45, 30, 60, "median position error in a stack where there is a fix (c1)"},
	StackHDOPMax:       {"stack_hdop_max", "", 12, 6, 24, "largest HDOP in a stack; the least is 4 (c1)"},
	CellErrMinM:        {"cell_err_min_m", "m", 500, 250, 1000, "least error of a cell position (c1)"},
	CellErrMaxM:        {"cell_err_max_m", "m", 3000, 1500, 6000, "largest error of a cell position (c1)"},
	CellFallback:       {"cell_fallback", "", 0.5, 0.25, 1, "chance that a cell position stands in where there is no fix (c1)"},
	SpoofCN0SDdB:       {"spoof_cn0sd_db", "dB", 0.6, 0.3, 1, "spread of C/N0 under a spoofer, below 1 dB (c1)"},
	CoverageNoneNM:     {"coverage_none_nm", "nm", 20, 15, 25, "distance off shore at which the network is gone; whole below 10 nm (c2)"},
	AttachMinS:         {"attach_min_s", "s", 60, 30, 120, "least time in coverage before a seal is attached again (c2)"},
	AttachMaxS:         {"attach_max_s", "s", 1800, 900, 3600, "largest time in coverage before a seal is attached again (c2)"},
	BurstMinPerS:       {"burst_min_per_s", "1/s", 5, 2.5, 10, "slowest rate of a backlog burst (c2)"},
	BurstMaxPerS:       {"burst_max_per_s", "1/s", 20, 10, 40, "fastest rate of a backlog burst (c2)"},
	LatencyP50S:        {"latency_p50_s", "s", 2.5, 0.84, 5, "median latency in coverage (c2)"},
	LatencyP95S:        {"latency_p95_s", "s", 15, 7.5, 30, "95 % point of the latency in coverage (c2)"},
	LatencyP99S:        {"latency_p99_s", "s", 90, 45, 180, "99 % point of the latency in coverage (c2)"},
	OutOfOrder:         {"out_of_order", "", 0.01, 0.005, 0.02, "share of messages held up by a minute or two (c2)"},
	Duplicate:          {"duplicate", "", 0.01, 0.005, 0.02, "share of messages repeated after a lost acknowledgement (c2)"},
	RadioLoss:          {"radio_loss", "", 0.035, 0.02, 0.05, "loss per radio attempt (c2); a reading is tried twice, an event until it is through"},
	BelowDeckShare:     {"below_deck_share", "", 0.5, 0.25, 0.75, "share of boxes that travel below deck (c3)"},
	BoxNoonC:           {"box_noon_c", "°C", 14, 8, 25, "how much warmer than the air a box in the sun is at noon (c3)"},
	BoxLagH:            {"box_lag_h", "h", 2.5, 2, 3, "first-order lag of the temperature in the box (c3)"},
	HoldDailyC:         {"hold_daily_c", "°C", 2, 1, 4, "daily swing below deck (c3)"},
	CraneGMin:          {"crane_g_min", "g", 0.5, 0.25, 1, "least shock of a crane set-down (c3)"},
	CraneGMax:          {"crane_g_max", "g", 2, 1, 3, "largest shock of a common crane set-down (c3)"},
	CraneHardGMin:      {"crane_hard_g_min", "g", 3, 2, 4, "least shock of a hard set-down (c3)"},
	CraneHardGMax:      {"crane_hard_g_max", "g", 5, 4, 8, "largest shock of a hard set-down (c3)"},
	TruckG:             {"truck_g", "g", 0.45, 0.2, 0.7, "middle of the truck's shocks (c3)"},
	SeaG:               {"sea_g", "g", 0.5, 0.3, 0.8, "middle of the sea roll (c3)"},
	RailG:              {"rail_g", "g", 0.5, 0.25, 1, "middle of the train's shocks on the run (c3)"},
	CutGMin:            {"cut_g_min", "g", 1, 0.5, 2, "least peak of cutter or drill at the hasp (c3)"},
	CutGMax:            {"cut_g_max", "g", 6, 3, 12, "largest peak of cutter or drill at the hasp (c3)"},
	LightShutLx:        {"light_shut_lx", "lx", 0.5, 0.25, 1, "middle of the light behind a shut door (c3)"},
	FixHotMAh:          {"fix_hot_mah", "mAh", 0.035, 0.0175, 0.07, "charge of a hot fix (c3)"},
	SendGoodMAh:        {"send_good_mah", "mAh", 0.6, 0.3, 1, "charge of sending in good cover (c3)"},
	SendPoorMAh:        {"send_poor_mah", "mAh", 3, 1.5, 6, "charge of sending in poor cover (c3)"},
	SleepMAhPerDay:     {"sleep_mah_per_day", "mAh/d", 0.6, 0.3, 1.2, "charge of a day asleep (c3)"},
	SpuriousLight:      {"spurious_light", "/30 d", 0.2, 0.1, 0.4, "light alarms from nothing, per seal (c3)"},
	SpuriousShock:      {"spurious_shock", "/30 d", 0.5, 0.25, 1, "shock alarms from nothing, per seal (c3)"},
	SpuriousBounce:     {"spurious_bounce", "/30 d", 0.05, 0.025, 0.1, "bounces of the door contact, per seal (c3)"},
	DwellSigma:         {"dwell_sigma", "", 0.5, 0.25, 1, "σ of the log-normal dwell in a port or terminal (c4)"},
	SuezWaitMinH:       {"suez_wait_min_h", "h", 6, 3, 12, "least wait for the convoy (c4)"},
	SuezWaitMaxH:       {"suez_wait_max_h", "h", 18, 9, 36, "largest wait for the convoy (c4)"},
	ApproachKn:         {"approach_kn", "kn", 9, 8, 10, "speed in port approaches (c4)"},
	AnchorageMaxH:      {"anchorage_max_h", "h", 24, 12, 48, "largest wait at anchor; the least is 0 (c4)"},
	TruckRestMin:       {"truck_rest_min", "min", 45, 30, 90, "a driver's pause after 4.5 h (c4)"},
	TruckNightMinH:     {"truck_night_min_h", "h", 9, 4.5, 10, "least night rest (c4)"},
	TruckNightMaxH:     {"truck_night_max_h", "h", 11, 10, 22, "largest night rest (c4)"},
	GaugeMinH:          {"gauge_min_h", "h", 12, 6, 24, "least time for a gauge change (c4)"},
	GaugeMaxH:          {"gauge_max_h", "h", 48, 24, 96, "largest time for a gauge change (c4)"},
	NoticeDelayMin:     {"notice_delay_min", "min", 15, 7.5, 30, "median time from what happened to the operator's notice of it (not in the reference)"},
	CutMin:             {"cut_min_min", "min", 15, 7.5, 30, "shortest cut (d1)"},
	CutMax:             {"cut_max_min", "min", 60, 30, 120, "longest cut (d1)"},
	QuickMin:           {"quick_min_min", "min", 2, 1, 4, "shortest quick opening (d2)"},
	QuickMax:           {"quick_max_min", "min", 15, 7.5, 30, "longest quick opening (d2)"},
	DragPullMin:        {"drag_pull_min_min", "min", 5, 2.5, 10, "shortest pull of a drag-off (d11)"},
	DragPullMax:        {"drag_pull_max_min", "min", 60, 30, 120, "longest pull of a drag-off (d11)"},
	DragAccMin:         {"drag_acc_min", "m/s²", 0.1, 0.05, 0.2, "weakest pull of a drag-off (d11)"},
	DragAccMax:         {"drag_acc_max", "m/s²", 1, 0.5, 2, "strongest pull of a drag-off (d11)"},
	CloneMinH:          {"clone_min_h", "h", 6, 3, 12, "shortest life of a clone (d5: hours to days)"},
	CloneMaxH:          {"clone_max_h", "h", 48, 24, 96, "longest life of a clone (d5: hours to days)"},
	CloneKeyCopied:     {"clone_key_copied", "", 0.1, 0, 1, "share of clones whose maker has the seal's signing key too (d5: BAD_SIG if the key was not copied)"},
	InspectionRate:     {"inspection_rate", "/trip", 0.12, 0.06, 0.24, "authorised inspections per trip (e)"},
	InspectionLate:     {"inspection_late", "", 0.3, 0.15, 0.6, "share of inspections whose notice comes late (e)"},
	InspectionUnsaid:   {"inspection_unsaid", "", 0.15, 0.075, 0.3, "share of inspections where the seal is not disarmed first (e)"},
	CraneHardRate:      {"crane_hard_rate", "/trip", 0.25, 0.125, 0.5, "hard set-downs per trip (e)"},
	PortStackRate:      {"port_stack_rate", "/trip", 0.3, 0.15, 0.6, "stays deep in a stack per trip (e)"},
	LandDeadZoneRate:   {"land_dead_zone_rate", "/trip", 0.4, 0.2, 0.8, "dead zones of an hour and more per trip on land (e)"},
	RebootRate:         {"reboot_rate", "/trip", 0.15, 0.075, 0.3, "firmware reboots per trip (e)"},

	ReeferFrozen:  {"reefer_frozen", "", 0.4, 0.2, 0.8, "share of frozen goods among reefers, −25…−18 °C; the rest is chilled, 0…14 °C (not in the reference)"},
	DefrostMinH:   {"defrost_min_h", "h", 6, 3, 8, "shortest time between two defrostings of a reefer (not in the reference)"},
	DefrostMaxH:   {"defrost_max_h", "h", 12, 10, 24, "longest time between two defrostings of a reefer (not in the reference)"},
	DefrostRiseC:  {"defrost_rise_c", "°C", 3, 1.5, 6, "how much a defrosting warms the air at the sensor (not in the reference)"},
	ReeferLagH:    {"reefer_lag_h", "h", 1.5, 0.75, 3, "first-order lag with which a running reefer reaches its set point (not in the reference)"},
	ReeferOffLagH: {"reefer_off_lag_h", "h", 16, 8, 32, "first-order lag with which a reefer without power follows the air outside (not in the reference)"},
	ReeferRH:      {"reefer_rh", "%", 85, 75, 92, "humidity in a running reefer (not in the reference)"},
	ReeferOffRH:   {"reefer_off_rh", "%", 8, 4, 12, "how much the humidity rises when the reefer stands still (d18: humidity step)"},
	ReeferLimitC:  {"reefer_limit_c", "°C", 5, 3, 8, "how far above the set point a reefer's seal says TEMP_HIGH (b3: limits from the trip)"},

	HingeMin:        {"hinge_min_min", "min", 20, 10, 40, "shortest opening at the hinges (d3)"},
	HingeMax:        {"hinge_max_min", "min", 90, 45, 180, "longest opening at the hinges (d3)"},
	HingeDark:       {"hinge_dark", "", 0.5, 0.25, 1, "share of openings at the hinges in the dark, below the light alarm (not in the reference)"},
	JamMin:          {"jam_min_min", "min", 10, 5, 20, "shortest jamming (d8)"},
	JamMax:          {"jam_max_min", "min", 480, 240, 960, "longest jamming (d8: hours)"},
	JamNoticed:      {"jam_noticed", "", 0.6, 0.3, 0.9, "share of devices that say GNSS_JAM (not in the reference)"},
	SpoofNoticed:    {"spoof_noticed", "", 0.25, 0.12, 0.5, "share of devices that say GNSS_SPOOF at a jump (not in the reference)"},
	TeleportMin:     {"teleport_min_min", "min", 20, 10, 40, "shortest jump to a false place (d9: minutes to days)"},
	TeleportMax:     {"teleport_max_min", "min", 2880, 1440, 5760, "longest jump to a false place (d9: minutes to days)"},
	TeleportMinKm:   {"teleport_min_km", "km", 60, 30, 120, "nearest false place (d9: beyond leg speed)"},
	TeleportMaxKm:   {"teleport_max_km", "km", 1500, 750, 3000, "farthest false place (not in the reference)"},
	RingMin:         {"ring_min_min", "min", 10, 5, 20, "shortest ring (d10)"},
	RingMax:         {"ring_max_min", "min", 360, 180, 720, "longest ring (d10: hours)"},
	RingMinMS:       {"ring_min_ms", "m/s", 5, 2.5, 8, "slowest ring (not in the reference)"},
	RingMaxMS:       {"ring_max_ms", "m/s", 11, 8, 15, "fastest ring (c1 tells of 20 kn)"},
	RollbackMinH:    {"rollback_min_h", "h", 2, 1, 4, "least time before the arming to which the clock is set back (d14)"},
	RollbackMaxH:    {"rollback_max_h", "h", 72, 36, 144, "most time before the arming to which the clock is set back (d14)"},
	MoveMin:         {"move_min_min", "min", 5, 2.5, 10, "shortest moving of a seal (d15)"},
	MoveMax:         {"move_max_min", "min", 30, 15, 60, "longest moving of a seal (d15)"},
	MoveSensed:      {"move_sensed", "", 0.4, 0.2, 0.8, "share of devices with a sensor on their mount (not in the reference)"},
	DivertMin:       {"divert_min_min", "min", 30, 15, 60, "shortest stop at a strange yard (d17)"},
	DivertMax:       {"divert_max_min", "min", 360, 180, 720, "longest stop at a strange yard (d17)"},
	DivertMinKm:     {"divert_min_km", "km", 5, 3, 10, "nearest strange yard (not in the reference)"},
	DivertMaxKm:     {"divert_max_km", "km", 40, 20, 80, "farthest strange yard (not in the reference)"},
	DivertComputed:  {"divert_computed", "", 0.4, 0.2, 0.8, "share of devices that compute ROUTE_DEVIATION and LONG_STOP (b3: optional)"},
	DivertOpened:    {"divert_opened", "", 0.6, 0.3, 0.9, "share of diversions in which the box is opened (d17: often)"},
	WarmMinH:        {"warm_min_h", "h", 2, 1, 4, "shortest temperature abuse (d18)"},
	WarmMaxH:        {"warm_max_h", "h", 24, 12, 48, "longest temperature abuse (d18)"},
	HumpGMax:        {"hump_g_max", "g", 4, 2, 4.5, "hardest shock of shunting; conventional wagons, intermodal ones take less (c3)"},
	StuckMinH:       {"stuck_min_h", "h", 8, 4, 16, "shortest fault of a sensor (e: hours)"},
	StuckMaxH:       {"stuck_max_h", "h", 96, 48, 192, "longest fault of a sensor (e: until replaced)"},
	FerryShare:      {"ferry_share", "", 0.3, 0.15, 0.6, "share of ferries among ferries and tunnels (not in the reference)"},
	TunnelMin:       {"tunnel_min_min", "min", 10, 5, 20, "shortest tunnel (e)"},
	TunnelMax:       {"tunnel_max_min", "min", 40, 20, 80, "longest tunnel (e)"},
	FerryMinH:       {"ferry_min_h", "h", 1, 0.5, 2, "shortest ferry (e)"},
	FerryMaxH:       {"ferry_max_h", "h", 6, 3, 24, "longest ferry (e: up to 24 h)"},
	RailHumpRate:    {"rail_hump_rate", "/trip", 1, 0.5, 2, "humps per trip by rail (e)"},
	StuckRate:       {"stuck_rate", "/trip", 0.1, 0.05, 0.2, "faults of a sensor per trip (e)"},
	LightLeakRate:   {"light_leak_rate", "/trip", 0.1, 0.05, 0.2, "worn gaskets per trip (e)"},
	RestStopRate:    {"rest_stop_rate", "/trip", 1, 0.5, 2, "stops per trip by road that are told apart as look-alikes (e)"},
	FerryTunnelRate: {"ferry_tunnel_rate", "/trip", 0.3, 0.15, 0.6, "ferries and tunnels per trip by road (e)"},
	StormMinNM:      {"storm_min_nm", "nm", 10, 5, 12, "least way aside round a storm (not in the reference)"},
	StormMaxNM:      {"storm_max_nm", "nm", 24, 15, 30, "largest way aside round a storm; the chart knows of land up to 40 nm off (not in the reference)"},
	StormRate:       {"storm_rate", "/voyage", 0.25, 0.12, 0.5, "storms per voyage (e)"},

	SwapMin:         {"swap_min_min", "min", 5, 2.5, 10, "shortest time between the old seal and the new in a swap (d4)"},
	SwapMax:         {"swap_max_min", "min", 20, 10, 40, "longest time between the old seal and the new in a swap (d4)"},
	SwapSilent:      {"swap_silent", "", 0.5, 0.25, 1, "share of swaps in which the old seal says nothing (d4: silence or DETACHED)"},
	ReplayMinH:      {"replay_min_h", "h", 2, 1, 4, "shortest stretch of messages that is recorded and sent again (d6: minutes to days)"},
	ReplayMaxH:      {"replay_max_h", "h", 8, 4, 16, "longest stretch of messages that is recorded and sent again (d6: minutes to days)"},
	RelayMinH:       {"relay_min_h", "h", 2, 1, 4, "shortest relay (d7: hours)"},
	RelayMaxH:       {"relay_max_h", "h", 8, 4, 16, "longest relay (d7: hours)"},
	RelayDelayMinS:  {"relay_delay_min_s", "s", 6, 3, 12, "least latency of relayed messages (d7: up and steadier)"},
	RelayDelayMaxS:  {"relay_delay_max_s", "s", 20, 10, 40, "largest latency of relayed messages (d7: up and steadier)"},
	WrapMin:         {"wrap_min_min", "min", 20, 10, 40, "shortest time in the bag (d12)"},
	WrapMaxH:        {"wrap_max_h", "h", 36, 18, 72, "longest time in the bag (d12: 20 min to days)"},
	WrapOpens:       {"wrap_opens", "", 0.5, 0.25, 1, "share of wraps that hide an opening (d12)"},
	DelayedMinH:     {"delayed_min_h", "h", 3, 1.5, 6, "shortest time for which an alarm is held back (d13: hours)"},
	DelayedMaxH:     {"delayed_max_h", "h", 14, 7, 28, "longest time for which an alarm is held back (d13: hours)"},
	TheftMin:        {"theft_min_min", "min", 1, 0.5, 2, "shortest theft of a seal (d16)"},
	TheftMax:        {"theft_max_min", "min", 5, 2.5, 10, "longest theft of a seal (d16)"},
	StutterMinH:     {"stutter_min_h", "h", 3, 1.5, 6, "shortest while of lost acknowledgements (not in the reference)"},
	StutterMaxH:     {"stutter_max_h", "h", 12, 6, 24, "longest while of lost acknowledgements (not in the reference)"},
	StutterRepeated: {"stutter_repeated", "", 0.6, 0.3, 1, "share of messages that are repeated meanwhile (not in the reference)"},
	StutterHeld:     {"stutter_held", "", 0.25, 0.125, 0.5, "share of messages that are held up and overtaken meanwhile (not in the reference)"},
	CellFadeMinD:    {"cell_fade_min_d", "d", 3, 1.5, 6, "shortest time in which an old or cold cell fails (e: days)"},
	CellFadeMaxD:    {"cell_fade_max_d", "d", 8, 4, 16, "longest time in which an old or cold cell fails (e: days)"},
	BorderAttachMin: {"border_attach_min_min", "min", 1, 0.5, 2, "shortest search for a network behind a border (e)"},
	BorderAttachMax: {"border_attach_max_min", "min", 30, 15, 60, "longest search for a network behind a border (e)"},
	DriftMinPPM:     {"drift_min_ppm", "ppm", 20, 10, 40, "least drift of a clock that no fix sets (c2: 58 ppm at most)"},
	DriftMaxPPM:     {"drift_max_ppm", "ppm", 50, 29, 55, "largest drift of a clock that no fix sets (c2: 58 ppm at most, its own drift included)"},
	DriftMinH:       {"drift_min_h", "h", 18, 9, 36, "shortest time without a fix before a clock step (e: seconds, at most 5 s a day)"},
	DriftMaxH:       {"drift_max_h", "h", 60, 30, 120, "longest time without a fix before a clock step (e: seconds, at most 5 s a day)"},
	DuplicatesRate:  {"duplicates_rate", "/trip", 0.2, 0.1, 0.4, "whiles of lost acknowledgements per trip (e)"},
	LowBatteryRate:  {"low_battery_rate", "/trip", 0.1, 0.05, 0.2, "failing cells per trip (e)"},
	RoamingRate:     {"roaming_rate", "/trip", 0.5, 0.25, 1, "changes of operator with a long search per trip by road or rail (e)"},
	ClockStepRate:   {"clock_step_rate", "/trip", 0.1, 0.05, 0.2, "clock steps of seconds per trip (e)"},
}

// String is the value's name, as a setting has it after AssumptionPrefix.
func (a Assume) String() string { return assumptionRows[a].name }

// AssumptionPrefix stands before the name of an assumption-marked value where it is a setting.
const AssumptionPrefix = "assumption."

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
			Mark: Assumption, Low: r.low, High: r.high,
		}
	}
	return list
}
