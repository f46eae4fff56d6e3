package contract

// This file holds the forms of what programs and hub say to each other in a run. `sealab schema protocol` says when.

import (
	"sealab/sim/event/wire"
	"sealab/sim/seal"
)

const (
	maxFindings = 1_000_000
	clientForm  = `^[a-z][a-z0-9_-]{0,39}$`
)

func client() map[string]any {
	return text("the name under which the program has joined", 40, clientForm)
}

func protocol() map[string]any {
	return map[string]any{"const": 1, "description": "version of the protocol"}
}

// Join is the form of a program's first word on a run's ack.
func Join() []byte {
	return wire.PrintSchema("join", "A program's word that it is there (topic ack of a run).",
		object(map[string]any{"client": client(), "protocol": protocol()}, "client", "protocol"))
}

// lists describes an object that has a list of names under each kind of event.
func lists(doc string) map[string]any {
	return map[string]any{"type": "object", "description": doc,
		"additionalProperties": map[string]any{"type": "array", "items": map[string]any{"type": "string"}}}
}

// Ready is the form of a program's answer to hello.
func Ready() []byte {
	return wire.PrintSchema("ready", "A program's answer to hello (topic ack of a run).",
		object(map[string]any{"client": client(), "protocol": protocol(), "form": oneOf("over MQTT there is one", "messages"),
			"fields": lists("the kinds of events that it listens to, with the fields that it uses")},
			"client", "protocol", "form", "fields"))
}

// Heard is the form of a program's acknowledgement of a tick.
func Heard() []byte {
	return wire.PrintSchema("heard", "A program's word that it has heard a tick, or a part of it (topic ack of a run). Of the "+
		"only or last part it says how many findings there are; it may publish them before or after.",
		object(map[string]any{
			"client":     client(),
			"tick":       whole("of the manifest", 0, maxTick),
			"part":       whole("which part was heard, where there are several", 1, maxParts),
			"findings":   whole("how many findings of this tick there are", 0, maxFindings),
			"duplicates": whole("copies beyond the manifest that it has heard and dropped", 0, maxTick),
		}, "client", "tick"))
}

// Finding is the form of what a detector says.
func Finding() []byte {
	return wire.PrintSchema("finding", "What a detector says about a container: in finding_list of run --json --full, where "+
		"at and why are always there, and on the topic finding of a run, where client is, and in lockstep tick and number.",
		object(map[string]any{
			"at": map[string]any{"type": "string", "format": "date-time",
				"description": "the end of the tick in which it was said, virtual time; stamped by the runner, whatever a detector writes"},
			"container": map[string]any{"type": "string", "minLength": 1, "description": "container number (ISO 6346)"},
			"kind":      map[string]any{"type": "string", "description": "the offence it names, such as bolt_cut"},
			"level":     whole("the higher the surer", 0, 1000),
			"why":       map[string]any{"type": "string", "description": "prose for an officer; in no digest"},
			"sort": map[string]any{"enum": []string{"hit", "repeat", "neither", "false"},
				"description": "the judge's word; absent in a failed run, and on the topic"},
			"incident": map[string]any{"type": "string", "description": "id of the incident or look-alike concerned; the judge's word too"},
			"delay_s":  map[string]any{"type": "number", "minimum": 0, "description": "of a hit: seconds since heard_at; the judge's word too"},
			"client":   client(),
			"tick":     whole("on the topic: the tick in which it was found", 0, maxTick),
			"number":   whole("on the topic: its place among the findings of the tick", 1, maxFindings),
			"basis": map[string]any{"type": "array", "items": whole("number of an event", 1, maxTick),
				"description": "on the topic: the events that it rests on"},
		}, "container", "kind", "level"))
}

// Hello is the form of what a program is told of its run.
func Hello() []byte {
	key := object(map[string]any{"seal": text("whose it is", 24, seal.SealPattern),
		"key": text("public key of Ed25519, base64url without padding", 43, `^[A-Za-z0-9_-]{43}$`)}, "seal", "key")
	return wire.PrintSchema("hello", "What a program is told of its run (topic hello of a run). Where there are more keys than "+
		"one message holds it comes in parts; all but the first have client, part, parts and keys alone.",
		object(map[string]any{
			"client": client(), "protocol": protocol(),
			"challenge": map[string]any{"type": "string", "description": "family of scenarios"},
			"params": map[string]any{"type": "object", "additionalProperties": map[string]any{"type": "number"},
				"description": "parameters that the user gave"},
			"dice_seed": whole("for whatever the program draws", 0, maxTick),
			"forms":     map[string]any{"type": "array", "items": map[string]any{"const": "messages"}},
			"kinds":     lists("kinds of events, with the fields that each of them has"),
			"times":     lists("of each kind, the fields that are times"),
			"context":   map[string]any{"type": "object", "description": "places and routes, which everybody knows"},
			"keys":      map[string]any{"type": "object", "additionalProperties": key, "description": "registered keys by their id"},
			"live":      map[string]any{"type": "boolean", "description": "whether findings are judged when they come"},
			"part":      whole("which part this is", 1, maxParts),
			"parts":     whole("of how many", 2, maxParts),
		}, "client", "keys"))
}

// Bye is the form of a run's last word.
func Bye() []byte {
	return wire.PrintSchema("bye", "A run is over (topic bye of a run).",
		object(map[string]any{"reason": map[string]any{"type": "string", "description": "why it failed; empty: it is whole"}}, "reason"))
}
