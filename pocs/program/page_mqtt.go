// The part of the protocol page on MQTT, in lockstep and live, and on signatures.

package program

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"sealab/sim/contract"
	"sealab/sim/mqtt"
)

// overMQTT are the sections on MQTT.
func overMQTT() string {
	var b strings.Builder
	for _, part := range []string{"\n## Over MQTT\n\n", mqttText, topicsTable(), mqttSteps,
		"\n### join\n\n", joinText, fieldsOf(Join{}), "\n### hello over MQTT\n\n", helloMQTTText, fieldsOf(Welcome{}),
		"\n### ready over MQTT\n\n", readyMQTTText, "\n### tick\n\n", tickText, schemaTable(contract.Tick(), ""),
		"\nAn entry of `events` has these keys:\n\n", schemaTable(contract.Tick(), "events"), tickRules(),
		"\n### ack\n\n", ackText, fieldsOf(Ack{}), "\n### finding\n\n", findingText, fieldsOf(RemoteFinding{}), "\nand those of a finding over pipes: `container`, `kind`, `level`, and `why` and `basis` where you want.\n",
		"\n### bye\n\n", "The run is over. The program disconnects.\n\n", fieldsOf(Bye{}),
		"\n### An example over MQTT\n\n", exampleMQTT(), "\n## Live\n\n", liveText, "\n## Signatures\n\n", signatureText, fieldsOf(PublicKey{}), signatureRules} {
		b.WriteString(part)
	}
	return b.String()
}

const mqttText = `The same conversation, carried by a broker, for a program on another machine, in a notebook, or in another process: what is
found is the same, to the digest. ` + "`sealab run --exec COMMAND --form mqtt`" + ` starts the program with the address where to join in the
environment variable ` + "`" + AddressVariable + "`" + `; ` + "`sealab run --join NAME`" + ` prints the address, and waits for whoever joins there:

    mqtt://USER:PASSWORD@HOST:PORT?client=NAME&topic=sealab/v1/ROOM/run/RUN

The scheme is mqtt, mqtts (TLS), ws or wss (over WebSocket, at the URL's path). ` + "`client`" + ` is the name under which the program joins,
` + "`topic`" + ` the beginning of all topics of the run. User and password may be missing at a broker that lets everybody in. The
credential is the run's alone: with it a program hears what the run says and publishes on ack and finding, and nothing else;
what is true is on no topic.

| topic below that | who | what it holds |
|---|---|---|
`

// topicsTable says what travels on the topics of a run, from the published contract.
func topicsTable() string {
	var b strings.Builder
	for i := range contract.Channels {
		if c := &contract.Channels[i]; c.Run {
			who := "Sealab"
			if c.From == contract.Detector {
				who = "the program"
			}
			row(&b, "`"+c.Path+"`", who, c.Doc)
		}
	}
	return b.String()
}

const mqttSteps = `
1. Connect (MQTT 3.1.1 or 5, a clean session, any client id of your own), subscribe with QoS 1 to hello, tick, bye, ` + "`seal/+/+`" + ` and ` + "`notice/+`" + ` below the run's topic, and
   wait for the broker's word. Everything is published with QoS 1, and nothing is retained.
2. Publish *join* on ack, and wait for *hello* with your name. Answer with *ready* on ack.
3. For each tick: take in the messages and the tick's manifest, in whatever order they come. When all that the manifest names is
   here, publish your findings on finding, and an *ack*.
4. At *bye* you are done.

Send small packets at once (TCP_NODELAY): else every tick waits some 80 ms for the network. Payloads are JSON; a message of yours
has at most 1 MiB.
`

const joinText = "The program's first word, on ack.\n\n"

const helloMQTTText = `On hello, once for each program: what hello holds over pipes, with the one form ` + "`messages`" + `, and these keys beside. Ignore those for
others. A world with very many registered keys sends it in parts, in any order: put their ` + "`keys`" + ` together.

`

const readyMQTTText = `On ack: what ready holds over pipes, with ` + "`client`" + ` beside and ` + "`\"form\":\"messages\"`" + `. All messages come to everybody; ` + "`fields`" + ` says which ones and
what of them you use.
`

const tickText = `On tick: the manifest of a tick, everything that was heard in it. Its events are one message each, on ` + "`seal/…`" + ` (a reading) or
` + "`notice/…`" + `: the JSON that seals and systems send (` + "`sealab schema reading`" + `, ` + "`sealab schema notice`" + `).

`

// tickRules say how messages become the events of a batch.
func tickRules() string {
	return fmt.Sprintf(`
- A message is the one that an entry names if it came on that topic and its payload has that SHA-256. Two equal ones may both be
  named: the simulated radio delivers copies. Any more are the transport's: drop them, and say how many in the ack.
- Of an entry and its message comes the event that the pipes would tell: its kind from the topic, `+"`n`"+` and `+"`at`"+` from the entry, a field
  from its path in the message (`+"`pos.lat`"+` is lat in pos). Null, an empty text and an empty list are as good as absent. The fields
  that hello names in `+"`times`"+` are RFC 3339 here (those of a list, such as route.eta, in each of its objects), and ms since 1970 over pipes.
- A tick of more than %d events comes in parts. Acknowledge each as soon as all of it is here; the next one comes then. Batch and
  findings are of the whole tick.
- An empty tick has a manifest too: at every whole hour.
`, mqtt.TickPart)
}

const ackText = "On ack: the tick, or a part of it, was heard in full.\n\n"

const findingText = `On finding, one message each, before or after the ack. Sealab takes those of a tick in the order of their numbers; where several
programs play in one run (` + "`--join a,b`" + `), first those of the first name. Whether a copy comes twice makes no difference.

`

const liveText = `In a live run (` + "`sealab run --join NAME --carrier live --speed 3600`" + `) events are published when their time has come, by a clock that goes
so many times faster than ours. hello says ` + "`\"live\":true`" + `: nobody waits for acks, and a finding, whose ` + "`tick`" + ` and ` + "`number`" + ` may then be left
out, is judged when it comes: it is stamped with the end of the tick, in virtual time, in which it reached Sealab. A manifest ends
each tick there too; a message that it names and that is not here when the next manifest comes can be left out. A finding that
is none, or is about a container of which nobody has heard, is named in the log and dropped; it does not end the run. No two
live runs have the same digest.
`

const signatureText = `In worlds whose seals sign (` + "`--set signature=sign`" + ` or ` + "`sign+chain`" + `) hello has the registered keys under ` + "`keys`" + `:

`

const signatureRules = `
A reading then has the fields ` + "`sig.kid`, `sig.b64`" + ` (the signature, base64url without padding), in chained worlds ` + "`prev`" + `, and ` + "`signed`" + `: the text that was
signed. A message is what it claims to be if ` + "`keys[sig.kid].seal`" + ` is its seal, and Ed25519 verifies the signature over the UTF-8 bytes of
` + "`signed`" + ` with that key. ` + "`prev`" + ` is the SHA-256 of the ` + "`signed`" + ` of the message that the seal made before, in hexadecimal digits. A last will
(` + "`reason`" + ` is lwt) is never signed. Over MQTT no message has a key ` + "`signed`" + `: it is the payload without ` + "`,\"sig\":{…}`" + `.
`

// schemaTable is the table of an object's keys from its JSON Schema: of the whole, or of the items of a list in it.
func schemaTable(schema []byte, list string) string {
	type object struct {
		Properties map[string]struct {
			Type, Description string
			Items             json.RawMessage
		}
		Required []string
	}
	var o object
	if err := json.Unmarshal(schema, &o); err != nil {
		panic("read our own schema: " + err.Error()) // it was printed by us
	}
	if list != "" {
		items := o.Properties[list].Items
		o = object{}
		if err := json.Unmarshal(items, &o); err != nil {
			panic("read our own schema: " + err.Error())
		}
	}
	words := map[string]string{"integer": "whole number", "string": "text", "array": "list of: object"}
	var b strings.Builder
	b.WriteString("| key | value | what it is |\n|---|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(o.Properties)) {
		p, kind := o.Properties[name], words[o.Properties[name].Type]
		if !slices.Contains(o.Required, name) {
			kind += ", may be left out"
		}
		row(&b, "`"+name+"`", kind, p.Description)
	}
	return b.String()
}

// exampleMQTT is a conversation as it goes over the topics of a run.
func exampleMQTT() string {
	root := "sealab/v1/open/run/r-1/"
	at := time.UnixMilli(1_772_000_000_000).UTC()
	cut := exampleCut()
	topic, payload := string(cut.AppendTopic(nil)), cut.AppendJSON(nil)
	m := mqtt.Manifest{Tick: 29, Now: at.Add(time.Minute), Events: []mqtt.ManifestEntry{mqtt.NewEntry(at.Add(time.Second), 412, root+topic, payload)}}
	one := 1
	said := RemoteFinding{Client: "mine", Tick: 29, Number: 1, Finding: Finding{Container: "SLBU1000633", Kind: "bolt_cut", Level: 950}}
	var b strings.Builder
	line := func(mark, topic string, payload []byte) { fmt.Fprintf(&b, "    %s %s %s\n", mark, topic, payload) }
	b.WriteString("With ← for what the program hears, → for what it publishes, and the topic below `" + strings.TrimSuffix(root, "/") + "` before each payload:\n\n")
	line("→", "ack", compact(Join{"mine", Version}))
	line("←", "hello", []byte(`{"client":"mine","protocol":1,"challenge":"seals","params":{},"dice_seed":42,"forms":["messages"],"kinds":{…},"context":{…},"keys":{},"live":false,"times":{…}}`))
	line("→", "ack", compact(RemoteReady{"mine", Ready{Version, Messages, map[string][]string{"reading": {"container", "event.code"}}}}))
	line("←", topic, payload)
	line("←", "tick", m.Encode())
	line("→", "finding", compact(said))
	line("→", "ack", compact(Ack{Client: "mine", Tick: 29, Findings: &one}))
	line("←", "bye", compact(Bye{}))
	return b.String()
}

func compact(message any) []byte {
	text, err := json.Marshal(message)
	if err != nil {
		panic("write example: " + err.Error()) // it holds texts and numbers
	}
	return text
}
