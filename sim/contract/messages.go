package contract

// This file is the table of messages: a form as it is used on a channel, with an example made by the code that sends it.

import (
	"encoding/json"

	"sealab/sim/notice"
	"sealab/sim/seal"
)

// Message is what can come on a channel.
type Message struct {
	Name, Doc string
	Form      string         // name in Forms
	Narrow    map[string]any // what holds here beyond the form; nil: nothing
	Example   func() []byte  // a payload
}

// Messages are all messages, in the order of the channels.
var Messages = []Message{
	{Name: "status", Form: "reading", Narrow: kinds(seal.Birth, seal.Death), Example: status,
		Doc: "Birth, or planned sleep with the time of the next report."},
	{Name: "will", Form: "reading", Narrow: kinds(seal.Death), Example: will,
		Doc: "The last will. It was fixed when the link began: no number, no time, unsigned and outside the chain."},
	{Name: "telemetry", Form: "batch", Example: telemetry,
		Doc: "A scheduled report, or up to 50 of them."},
	{Name: "event", Form: "reading", Narrow: kinds(seal.EventMsg), Example: alarm,
		Doc: "What the device says happened: armed, door opened, rope cut … with all its sensors at that moment."},
	{Name: "command", Form: "command", Example: command, Doc: "A command of the hub."},
	{Name: "ack", Form: "ack", Example: ack, Doc: "What became of a command."},
	{Name: "notice", Form: "notice", Example: booking, Doc: "One statement about a container."},
	{Name: "tick", Form: "tick", Example: tick, Doc: "The end of a tick and its manifest."},
	{Name: "join", Form: "join", Example: join, Doc: "A program is there."},
	{Name: "ready", Form: "ready", Example: ready, Doc: "A program says what it wants to hear."},
	{Name: "heard", Form: "heard", Example: heard, Doc: "A program has heard a tick, and has published what it found."},
	{Name: "finding", Form: "finding", Example: finding, Doc: "A program's finding."},
	{Name: "hello", Form: "hello", Example: hello, Doc: "What a program is told, here cut short."},
	{Name: "bye", Form: "bye", Example: bye, Doc: "The end."},
}

// kinds holds a reading to some kinds of message.
func kinds(list ...int) map[string]any {
	var names []string
	for _, kind := range list {
		names = append(names, seal.Fields[seal.MsgKind].Enum[kind])
	}
	path := seal.Fields[seal.MsgKind].Path
	return map[string]any{"properties": map[string]any{path: map[string]any{"enum": names}}, "required": []string{path}}
}

// The examples speak of one seal on one box, on its way in March 2026.
const (
	exampleSeal = "SLB-00000007"
	exampleBox  = "SLBU0000074"
	exampleTrip = "T-000007"
	exampleTime = 1772438400000 // 2026-03-02T08:00:00Z
	exampleSum  = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
)

func reading(kind, seq, at int64) *seal.Reading {
	r := &seal.Reading{Seal: exampleSeal, Container: exampleBox, Trip: exampleTrip}
	for _, v := range [][2]int64{
		{int64(seal.Boot), 1}, {int64(seal.Seq), seq}, {int64(seal.TS), at}, {int64(seal.Sent), at + 1781},
		{int64(seal.ClkSrc), seal.ClockGNSS}, {int64(seal.ClkErrMs), 50}, {int64(seal.MsgKind), kind},
		{int64(seal.Status), seal.Armed}, {int64(seal.ArmedAt), exampleTime - 3600_000},
		{int64(seal.SealType), seal.TypeBLT}, {int64(seal.Source), seal.SourceSHI},
		{int64(seal.Lat), 51_950_123}, {int64(seal.Lon), 4_142_870}, {int64(seal.AccM), 38}, {int64(seal.Fix), seal.Fix3D},
		{int64(seal.Sats), 11}, {int64(seal.HDOP), 95}, {int64(seal.CN0), 421}, {int64(seal.CN0SD), 380},
		{int64(seal.SpdKn), 143}, {int64(seal.COG), 2781}, {int64(seal.AgeS), 0}, {int64(seal.Jam), 3},
		{int64(seal.TC), 18_437}, {int64(seal.RH), 643}, {int64(seal.Lux), 4}, {int64(seal.MagMT), 1204},
		{int64(seal.Tilt), 8}, {int64(seal.GPeak), 412}, {int64(seal.GRms), 84}, {int64(seal.Pct), 871},
		{int64(seal.MV), 3600}, {int64(seal.MAhUsed), 812_345}, {int64(seal.RAT), seal.RATNBIoT}, {int64(seal.RSRP), -97},
		{int64(seal.MCC), 204}, {int64(seal.MNC), 8}, {int64(seal.Cell), 21_345_678}, {int64(seal.Backlog), 0},
	} {
		r.Set(seal.Field(v[0]), v[1])
	}
	r.SetBool(seal.Buffered, false)
	r.SetBool(seal.DoorOpen, false)
	r.SetBool(seal.Charging, false)
	return r
}

func status() []byte {
	r := reading(seal.Birth, 1, exampleTime)
	r.SetBool(seal.Online, true)
	r.Set(seal.Reason, seal.ReasonOK)
	r.Set(seal.NextReport, exampleTime+3600_000)
	return r.AppendJSON(nil)
}

func will() []byte {
	r := &seal.Reading{Seal: exampleSeal}
	r.Set(seal.MsgKind, seal.Death)
	r.SetBool(seal.Online, false)
	r.Set(seal.Reason, seal.ReasonLWT)
	return r.AppendJSON(nil)
}

func telemetry() []byte {
	b := append(reading(seal.Tele, 2, exampleTime+3600_000).AppendJSON([]byte("[")), ',')
	return append(reading(seal.Tele, 3, exampleTime+7200_000).AppendJSON(b), ']')
}

func alarm() []byte {
	r := reading(seal.EventMsg, 4, exampleTime+9000_000)
	r.Set(seal.Status, seal.Tampered)
	r.Set(seal.TamperedAt, exampleTime+9000_000)
	r.Set(seal.Code, seal.CodeRopeCut)
	r.Set(seal.Sev, seal.SevAlarm)
	r.Detail = "loop open"
	return r.AppendJSON(nil)
}

func booking() []byte {
	n := notice.Notice{ID: "N-000007-1", What: notice.Booking, TS: exampleTime, Container: exampleBox, Seal: exampleSeal, Trip: exampleTrip,
		Route: []notice.Stop{
			{Place: "CNSHA", ETA: exampleTime, ETD: exampleTime + 86400_000},
			{Place: "NLRTM", Mode: "sea", ETA: exampleTime + 28*86400_000},
		}}
	return n.AppendJSON(nil)
}

func command() []byte {
	return []byte(`{"args":{"seconds":900},"by":"duty desk","cmd":"interval","cmdId":"c-000017","exp":"2026-03-02T09:00:00Z",` +
		`"issued":"2026-03-02T08:00:00Z","v":1}`)
}

func ack() []byte {
	return []byte(`{"boot":1,"cmdId":"c-000017","result":"ok","seal":"` + exampleSeal + `","seq":5,"ts":"2026-03-02T08:05:00Z","v":1}`)
}

func tick() []byte {
	return []byte(`{"events":[{"at":"2026-03-02T08:00:01.781Z","n":1,"sha256":"` + exampleSum + `","topic":"` +
		Base + "open/run/" + Parameters["run"][1] + "/seal/" + exampleSeal + `/state"}],"now":"2026-03-02T08:01:00.000Z","tick":481}`)
}

func join() []byte { return []byte(`{"client":"mine","protocol":1}`) }

func ready() []byte {
	return []byte(`{"client":"mine","fields":{"reading":["container","event.code"]},"form":"messages","protocol":1}`)
}

func heard() []byte { return []byte(`{"client":"mine","findings":1,"tick":481}`) }

func finding() []byte {
	return []byte(`{"client":"mine","container":"` + exampleBox + `","kind":"bolt_cut","level":950,"number":1,"tick":481,` +
		`"why":"The seal reports its bolt or cable cut at 2026-03-02 10:30 UTC, and no opening was announced."}`)
}

func hello() []byte {
	return []byte(`{"challenge":"seals","client":"mine","context":{"places":[],"routes":[]},"dice_seed":42,"forms":["messages"],` +
		`"keys":{},"kinds":{"reading":["at","container","event.code"]},"live":false,"params":{},"protocol":1,"times":{"reading":["ts"]}}`)
}

func bye() []byte { return []byte(`{"reason":""}`) }

// value is an example as a value, with its numbers as they are written.
func value(payload []byte) any {
	return json.RawMessage(payload)
}
