package contract

// This file writes the contract as an AsyncAPI 3 document, from the hub's point of view: it receives what seals and
// operators say, and sends what it plays.

import (
	"bytes"
	"encoding/json"
	"regexp"
)

// mqttBinding is the version of AsyncAPI's MQTT bindings that the document uses.
const mqttBinding = "0.2.0"

// AsyncAPI returns the document as JSON: the same bytes every time.
//
// Payloads are AsyncAPI's own schema objects, a superset of JSON Schema draft 7, so that every tool can read them: the
// published forms use no keyword that the two drafts read differently.
func AsyncAPI() []byte {
	doc := map[string]any{
		"asyncapi":           "3.0.0",
		"defaultContentType": "application/json",
		"info": map[string]any{
			"title": "Sealab message contract", "version": "1.0.0",
			"description": "Smart container seals over MQTT 3.1.1, protocol v1. Real seals and systems speak below " + Base +
				"{room}/; everything simulated lives below " + Base + "{room}/run/{run}/, which repeats that tree. Messages are " +
				"at most 64 KiB. Unknown keys are ignored, unknown names of closed lists are shown as unknown; another version " +
				"(v) is refused. A seal numbers its messages by (boot, seq); order of arrival means nothing. Truth about attacks is " +
				"on no topic. The same forms are published as JSON Schema 2020-12 by `sealab schema`.",
			"license": map[string]any{"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
		},
		"servers":    map[string]any{"hub": server()},
		"channels":   channels(),
		"operations": operations(),
		"components": map[string]any{"messages": messages(), "schemas": schemas(), "securitySchemes": map[string]any{
			"credential": map[string]any{"type": "userPassword", "description": "Anonymous clients on loopback may read the room " +
				"open, and publish state, tele, event and ack of a real seal there. All else needs a credential; a run's own opens that run."},
		}},
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(doc); err != nil {
		panic("print AsyncAPI document: " + err.Error()) // maps, strings and numbers only: cannot happen
	}
	return b.Bytes()
}

func server() map[string]any {
	return map[string]any{
		"host": "127.0.0.1:1883", "protocol": "mqtt", "protocolVersion": "3.1.1",
		"description": "The hub's broker, at its default address (sealab serve --mqtt). Browsers reach it over WebSocket at /mqtt of the dashboard.",
		"bindings": map[string]any{"mqtt": map[string]any{
			"bindingVersion": mqttBinding, "cleanSession": false, "keepAlive": 60,
			"lastWill": map[string]any{"topic": Channels[0].Topic(), "qos": 1, "retain": true, "message": string(will())},
		}},
	}
}

var parameter = regexp.MustCompile(`\{([a-z]+)\}`)

func channels() map[string]any {
	all := map[string]any{}
	for i := range Channels {
		c := &Channels[i]
		parameters, list := map[string]any{}, map[string]any{}
		for _, m := range parameter.FindAllStringSubmatch(c.Topic(), -1) {
			p := map[string]any{"description": Parameters[m[1]][0], "examples": []string{Parameters[m[1]][1]}}
			if m[1] == "room" {
				p["default"] = Parameters[m[1]][1]
			}
			parameters[m[1]] = p
		}
		for _, name := range c.Messages {
			list[name] = ref("components", "messages", name)
		}
		all[c.ID] = map[string]any{"address": c.Topic(), "description": c.Doc, "parameters": parameters, "messages": list}
	}
	return all
}

func operations() map[string]any {
	all := map[string]any{}
	for i := range Channels {
		c := &Channels[i]
		action, name := "receive", "hear"
		if c.From == Hub {
			action, name = "send", "say"
		}
		var list []any
		for _, m := range c.Messages {
			list = append(list, ref("channels", c.ID, "messages", m))
		}
		op := map[string]any{
			"action": action, "channel": ref("channels", c.ID), "messages": list,
			"summary":  string(c.From) + " to " + string(c.To),
			"bindings": map[string]any{"mqtt": map[string]any{"qos": c.QoS, "retain": c.Retained, "bindingVersion": mqttBinding}},
		}
		if c.From == Operator || c.From == Detector {
			op["security"] = []any{ref("components", "securitySchemes", "credential")}
		}
		all[name+string(c.ID[0]-'a'+'A')+c.ID[1:]] = op
	}
	return all
}

func messages() map[string]any {
	all := map[string]any{}
	for i := range Messages {
		m := &Messages[i]
		payload := any(ref("components", "schemas", m.Form))
		if m.Narrow != nil {
			payload = map[string]any{"allOf": []any{payload, m.Narrow}}
		}
		all[m.Name] = map[string]any{
			"name": m.Name, "title": m.Doc, "contentType": "application/json", "payload": payload,
			"examples": []any{map[string]any{"name": m.Name, "payload": value(m.Example())}},
		}
	}
	return all
}

func schemas() map[string]any {
	all := map[string]any{}
	for i := range Forms {
		all[Forms[i].Name] = parsed(Forms[i].Schema())
	}
	// A form's own definitions are its neighbours here.
	reading := ref("components", "schemas", "reading")
	batch := all["batch"].(map[string]any)
	delete(batch, "$defs")
	batch["oneOf"].([]any)[0] = reading
	batch["oneOf"].([]any)[1].(map[string]any)["items"] = reading
	return all
}

func ref(path ...string) map[string]any {
	to := "#"
	for _, p := range path {
		to += "/" + p
	}
	return map[string]any{"$ref": to}
}
