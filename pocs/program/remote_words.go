// What goes to and fro over MQTT beside events and findings, and how it is read.

package program

import (
	"encoding/json"
	"maps"
	"slices"

	"sealab/sim/notice"
	"sealab/sim/seal"
)

// The topics of the protocol over MQTT that it has beyond the pipes'.
const (
	TopicJoin    = "join"    // from the program, once: I am here
	TopicAck     = "ack"     // from the program: I have heard it, and so many findings are mine
	TopicFinding = "finding" // from the program
)

// Join is the first word of a program, on the topic ack.
type Join struct {
	Client   string `json:"client" doc:"the name under which it joins, from its address"`
	Protocol int    `json:"protocol" doc:"version of the protocol that it speaks"`
}

// Welcome is hello over MQTT: the same keys, and these.
type Welcome struct {
	Client string `json:"client" doc:"whom it is for: others ignore it"`
	Hello
	Live  bool                `json:"live" doc:"true: nobody waits for acknowledgements, and findings are judged when they come"`
	Part  int                 `json:"part,omitempty" doc:"where there are more keys than one message holds: 1; the others have client, part, parts and keys alone"`
	Parts int                 `json:"parts,omitempty" doc:"of how many"`
	Times map[string][]string `json:"times" doc:"of each kind of event, the fields that are times: RFC 3339 in the messages, ms since 1970 in the pipes' forms"`
}

// moreKeys goes on where one message cannot hold all keys.
type moreKeys struct {
	Client string               `json:"client"`
	Part   int                  `json:"part"`
	Parts  int                  `json:"parts"`
	Keys   map[string]PublicKey `json:"keys"`
}

// keysPart is how many keys go into one message: about half a MiB.
const keysPart = 4000

// welcomes are the messages by which a program is told of its run.
func welcomes(c *client, live bool) (list []any) {
	first := Welcome{Client: c.name, Hello: c.hello, Live: live, Times: times()}
	kids := slices.Sorted(maps.Keys(c.hello.Keys))
	parts := (len(kids) + keysPart - 1) / keysPart
	if parts <= 1 {
		return []any{first}
	}
	for chunk := range slices.Chunk(kids, keysPart) {
		keys := map[string]PublicKey{}
		for _, kid := range chunk {
			keys[kid] = c.hello.Keys[kid]
		}
		if len(list) == 0 {
			first.Part, first.Parts, first.Keys = 1, parts, keys
			list = append(list, first)
			continue
		}
		list = append(list, moreKeys{c.name, len(list) + 1, parts, keys})
	}
	return list
}

// RemoteReady is the program's answer to hello, on the topic ack.
type RemoteReady struct {
	Client string `json:"client" doc:"its name"`
	Ready
}

// Ack says that a tick, or a part of it, was heard in full, on the topic ack.
type Ack struct {
	Client     string `json:"client" doc:"its name"`
	Tick       int64  `json:"tick" doc:"of the manifest that is answered"`
	Part       int    `json:"part,omitempty" doc:"of a tick in parts, the part that was heard; in the answer to the last part it may be left out"`
	Findings   *int   `json:"findings,omitempty" doc:"how many findings of this tick the program has published; in the answer to the last or only part"`
	Duplicates int    `json:"duplicates,omitempty" doc:"how many copies beyond the manifest it has heard and dropped"`
}

// RemoteFinding is one finding, on the topic finding.
type RemoteFinding struct {
	Client string `json:"client" doc:"its name"`
	Tick   int64  `json:"tick" doc:"in which it was found"`
	Number int    `json:"number" doc:"its place among the findings of the tick, from 1"`
	Finding
}

// Bye is the last word of the hub, on the topic bye.
type Bye struct {
	Reason string `json:"reason" doc:"why the run failed; empty: it is whole"`
}

// times are the fields of each kind that are times.
func times() map[string][]string {
	all := map[string][]string{notice.KindNotice: {"ts", "until", "route.eta", "route.etd"}}
	for f := range seal.Fields {
		if info := &seal.Fields[f]; info.Type == seal.FieldTime {
			all[seal.KindReading] = append(all[seal.KindReading], info.Path)
		}
	}
	return all
}

// readSender reads who says something.
func readSender(payload []byte) (name string, keys map[string]json.RawMessage, fault *Fault) {
	if fault = object(payload, "", &keys); fault != nil {
		return "", nil, fault
	}
	fault = need(keys, "", "client", "the name under which the program has joined", &name)
	return name, keys, fault
}
