package seal

// This file holds the names that the closed lists of enums.go have on the wire, by value.

import "sealab/sim/event/wire"

// Unknown is the name of value 0 of every closed list.
const Unknown = wire.Unknown

var (
	kindNames   = []string{Unknown, "birth", "tele", "event", "death"}
	clockNames  = []string{Unknown, "gnss", "net", "rtc"}
	reasonNames = []string{Unknown, "sleep", "lwt", "ok"}
	statusNames = []string{Unknown, "unarmed", "armed", "open", "tampered", "fault"}
	typeNames   = []string{Unknown, "KLP", "BLT", "WIR"}
	sourceNames = []string{Unknown, "CAR", "SHI", "PHY", "VET", "CUS"}
	fixNames    = []string{Unknown, "none", "2d", "3d", "cell", "dr"}
	ratNames    = []string{Unknown, "nbiot", "ltem", "lte", "gsm", "sat"}
	sevNames    = []string{Unknown, "info", "warn", "alarm", "fault"}
	codeNames   = []string{Unknown, "ARMED", "DISARMED", "DOOR_OPEN", "DOOR_CLOSE", "ROPE_CUT", "CASE_OPEN", "DETACHED",
		"LIGHT_ALARM", "SHOCK", "TILT", "TEMP_HIGH", "TEMP_LOW", "HUM_HIGH", "BAT_LOW", "BAT_CRIT", "POWER_LOST",
		"MOTION_START", "MOTION_STOP", "GEOFENCE_IN", "GEOFENCE_OUT", "GNSS_JAM", "GNSS_SPOOF", "CELL_LOST", "CELL_BACK",
		"UNLOCK_DENIED", "LOCK_FAULT", "REBOOT", "CLOCK_STEP", "ROUTE_DEVIATION", "LONG_STOP"}
)
