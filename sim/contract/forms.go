package contract

// This file holds the forms that no room of floor 0 owns: several readings in one message, commands with their
// acknowledgement, and what is said in a run besides readings and notices.

import (
	"sealab/sim/event/wire"
	"sealab/sim/seal"
)

const (
	maxTick   = 1<<53 - 1 // what JSON's readers hold exactly
	maxParts  = 4096      // messages that one tick may be spread over
	maxUint32 = 1<<32 - 1
	sumForm   = `^[0-9a-f]{64}$`
	tickTime  = `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$`
)

// Batch is the form of a message on tele: one reading, or an array of at most seal.MaxArray.
func Batch() []byte {
	reading := map[string]any{"$ref": "#/$defs/reading"}
	return wire.PrintSchema("batch", "What comes in one message on the topic tele: one reading, or an array of them "+
		"where a seal sends its backlog. One bad reading refuses the whole message.", map[string]any{
		"type":  []string{"object", "array"},
		"$defs": map[string]any{"reading": parsed(seal.Schema())},
		"oneOf": []any{reading, map[string]any{"type": "array", "minItems": 1, "maxItems": seal.MaxArray, "items": reading}},
	})
}

// Commands are the names of what the hub can ask of a seal, and Results those of how a seal answers.
var (
	Commands = []string{"arm", "disarm", "interval", "ping", "fence"}
	Results  = []string{"ok", "rejected", "expired", "unknown"}
)

// Command is the form of a message on cmd.
func Command() []byte {
	return wire.PrintSchema("command", "What the hub asks of a seal (topic cmd). A seal ignores a command that has "+
		"expired or whose cmdId it has executed already. Keys that are not named here are ignored.",
		object(map[string]any{
			"v":      version(),
			"cmdId":  text("id of the command, unique in its room", 64, `^.{1,64}$`),
			"cmd":    oneOf("what is asked: interval sets the time between reports, fence sends a list of places", Commands...),
			"args":   map[string]any{"type": "object", "description": "what the command needs, such as {\"seconds\": 900} for interval"},
			"issued": wire.TimeSchema("when it was given"),
			"exp":    wire.TimeSchema("from when on it is void"),
			"by":     text("who gave it", 64, ""),
			"sig":    seal.SignatureSchema(),
		}, "v", "cmdId", "cmd", "issued", "exp", "by"))
}

// Ack is the form of a message on a seal's ack.
func Ack() []byte {
	return wire.PrintSchema("ack", "A seal's answer to one command (topic ack). It takes a number of the seal's own "+
		"count, and a link of its chain. Keys that are not named here are ignored.",
		object(map[string]any{
			"v":      version(),
			"seal":   text("seal id", 24, seal.SealPattern),
			"boot":   whole("as in a reading", 1, maxUint32),
			"seq":    whole("as in a reading", 1, maxUint32),
			"ts":     wire.TimeSchema("when it was executed or refused, on the device's clock"),
			"cmdId":  text("the command that is answered", 64, `^.{1,64}$`),
			"result": oneOf("what became of it", Results...),
			"detail": text("why, in words", 256, ""),
			"prev":   seal.PrevSchema(),
			"sig":    seal.SignatureSchema(),
		}, "v", "seal", "boot", "seq", "ts", "cmdId", "result"))
}

// Tick is the form of a message on a run's tick.
func Tick() []byte {
	moment := func(doc string) map[string]any {
		return map[string]any{"type": "string", "format": "date-time", "pattern": tickTime, "description": doc}
	}
	entry := object(map[string]any{
		"at":     moment("virtual time of the delivery"),
		"n":      whole("delivery number, running through the world from 1", 1, maxTick),
		"topic":  text("the topic in full", 512, "^"+Base),
		"sha256": text("of the payload's bytes, in hexadecimal digits", 64, sumForm),
	}, "at", "n", "topic", "sha256")
	return wire.PrintSchema("tick", "The end of a tick of a run (topic tick): everything that was heard in the interval "+
		"up to now, in order of (at, n), so that a listener can tell whether it has all of it. A tick too large for one "+
		"message comes in parts.",
		object(map[string]any{
			"tick":   whole("number of tick lengths from the world's start to now", 0, maxTick),
			"now":    moment("the tick's end, virtual time"),
			"part":   whole("which part this is, from 1; absent where one message is enough", 1, maxParts),
			"parts":  whole("of how many", 2, maxParts),
			"events": map[string]any{"type": "array", "items": entry, "description": "what was heard, in order of (at, n)"},
		}, "tick", "now", "events"))
}
