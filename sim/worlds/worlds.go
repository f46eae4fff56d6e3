// Package worlds is the scenarios: named recipes for worlds, one file each.
package worlds

import (
	"time"

	"sealab/sim"
	"sealab/sim/attacks"
)

// All lists the scenarios in the order in which they are shown.
var All = []sim.Scenario{AsiaEurope, NorthernCorridor, LandBridge, Transpacific, IntraAsia, Drayage, Mixed}

// start is when every scenario begins: a Monday at midnight, a constant, since no world knows today's date.
var start = time.Date(2026, time.March, 2, 0, 0, 0, 0, time.UTC)

// firstAttacks are those of the first three scenarios, whose worlds keep their bytes as the library grows.
var firstAttacks = []*sim.Kind{&attacks.BoltCut, &attacks.QuickOpen, &attacks.DragOff, &attacks.Clone}

// alikes are the look-alikes that every scenario holds; landDeadZones is added where boxes stay on land.
var alikes = []sim.LookAlike{
	{Kind: &attacks.Inspection, PerTrip: sim.InspectionRate, Yields: true},
	{Kind: &attacks.CraneShock, PerTrip: sim.CraneHardRate},
	{Kind: &attacks.PortStack, PerTrip: sim.PortStackRate},
	{Kind: &attacks.Reboot, PerTrip: sim.RebootRate},
}

var landAlikes = append([]sim.LookAlike{{Kind: &attacks.DeadZone, PerTrip: sim.LandDeadZoneRate}}, alikes...)

// everyAlike are all look-alikes that Sealab knows.
var everyAlike = append([]sim.LookAlike{
	{Kind: &attacks.RailHump, PerTrip: sim.RailHumpRate},
	{Kind: &attacks.StuckSensor, PerTrip: sim.StuckRate, Yields: true},
	{Kind: &attacks.LightLeak, PerTrip: sim.LightLeakRate},
	{Kind: &attacks.RestStop, PerTrip: sim.RestStopRate},
	{Kind: &attacks.FerryTunnel, PerTrip: sim.FerryTunnelRate},
	{Kind: &attacks.WeatherDiversion, PerTrip: sim.StormRate},
	{Kind: &attacks.Duplicates, PerTrip: sim.DuplicatesRate},
	{Kind: &attacks.LowBattery, PerTrip: sim.LowBatteryRate, Yields: true},
	{Kind: &attacks.RoamingChange, PerTrip: sim.RoamingRate},
	{Kind: &attacks.ClockStep, PerTrip: sim.ClockStepRate},
}, landAlikes...)

// someAttacks are those that any box can suffer, on any carriage.
var someAttacks = []*sim.Kind{&attacks.BoltCut, &attacks.QuickOpen, &attacks.DragOff, &attacks.Clone}
