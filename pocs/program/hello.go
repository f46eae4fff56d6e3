package program

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"sealab/pocs"
	"sealab/sim/geo"
)

// Hello is the first line that a program hears.
type Hello struct {
	Protocol  int                  `json:"protocol" doc:"version of the protocol"`
	Challenge string               `json:"challenge" doc:"family of scenarios, such as seals"`
	Params    map[string]float64   `json:"params" doc:"parameters that the user gave (-p NAME=NUMBER)"`
	DiceSeed  uint64               `json:"dice_seed" doc:"for whatever the program draws: the same run has the same one. It tells nothing of the world's seed"`
	Forms     []string             `json:"forms" doc:"forms of a batch that the program may choose from"`
	Kinds     map[string][]string  `json:"kinds" doc:"kinds of events, with the fields that each of them has"`
	Context   PublicContext        `json:"context" doc:"what everybody knows"`
	Keys      map[string]PublicKey `json:"keys" doc:"registered keys by their id (sig.kid); empty where seals do not sign (setting signature)"`
}

// PublicKey is what the signatures of a seal are checked with.
type PublicKey struct {
	Seal string `json:"seal" doc:"whose it is: a message of another seal under this key is forged"`
	Key  string `json:"key" doc:"32 bytes of Ed25519 (RFC 8032), base64url without padding"`
}

// PublicContext is what everybody knows of the world: where ports are and how they are connected.
type PublicContext struct {
	Places []Place `json:"places" doc:"ports, terminals, borders and waypoints"`
	Routes []Leg   `json:"routes" doc:"ways between two of them, to be travelled in both directions"`
}

// Place is a node of the transport graph.
type Place struct {
	ID      string  `json:"id" doc:"UN/LOCODE, or a code of our own"`
	Name    string  `json:"name" doc:"for people"`
	Country string  `json:"country,omitempty" doc:"ISO 3166; a waypoint has none"`
	Lat     float64 `json:"lat" doc:"degrees, WGS 84"`
	Lon     float64 `json:"lon" doc:"degrees, WGS 84"`
	Kind    string  `json:"kind" doc:"seaport, river_port, rail_terminal, border, dry_port, yard or waypoint"`
	DwellH  float64 `json:"dwell_h,omitempty" doc:"median stay of a box in hours: an assumption"`
}

// Leg is an edge of the transport graph.
type Leg struct {
	From string  `json:"from" doc:"id of a place"`
	To   string  `json:"to" doc:"id of a place"`
	Mode string  `json:"mode" doc:"sea, channel, canal, rail or road"`
	M    float64 `json:"length_m" doc:"metres as travelled"`
}

// Ready is the program's answer to Hello.
type Ready struct {
	Protocol int                 `json:"protocol" doc:"version of the protocol that it speaks"`
	Form     string              `json:"form" doc:"one of the forms that were offered"`
	Fields   map[string][]string `json:"fields" doc:"the kinds of events that it wants to hear, with the fields that it wants of each. Kinds that are not named are not sent"`
}

// hello is what a program is told of its run.
func hello(cfg *Config, s *pocs.Setup) Hello {
	dice := s.Dice
	h := Hello{Protocol: Version, Challenge: cfg.Challenge, Params: s.Params, DiceSeed: dice.Uint64() >> 11, // below 2^53
		Forms: cfg.Forms, Kinds: map[string][]string{}, Context: publicContext()}
	h.Keys = map[string]PublicKey{}
	if s.Registered != nil {
		for key := range s.Registered {
			h.Keys[key.Kid] = PublicKey{key.Seal, base64.RawURLEncoding.EncodeToString(key.Public)}
		}
	}
	if h.Params == nil {
		h.Params = map[string]float64{}
	}
	for i := range Kinds {
		for _, f := range Kinds[i].Fields {
			h.Kinds[Kinds[i].Name] = append(h.Kinds[Kinds[i].Name], f.Name)
		}
	}
	return h
}

func publicContext() PublicContext {
	var c PublicContext
	for _, n := range geo.Nodes() {
		c.Places = append(c.Places, Place{n.ID, n.Name, n.Country, n.Lat, n.Lon, n.Kind, n.DwellH})
	}
	for _, e := range geo.Edges() {
		c.Routes = append(c.Routes, Leg{e.From, e.To, e.Mode.String(), e.LengthM})
	}
	return c
}

// readReady parses the answer to hello; offered are the forms that it may choose from.
func readReady(line []byte, offered []string) (*Ready, *Fault) {
	var keys map[string]json.RawMessage
	if fault := object(line, "", &keys); fault != nil {
		return nil, fault
	}
	var r Ready
	if fault := need(keys, "", "protocol", "a whole number", &r.Protocol); fault != nil {
		return nil, fault
	}
	if r.Protocol != Version {
		return nil, wrong("protocol", "is %d, must be %d", r.Protocol, Version)
	}
	if fault := need(keys, "", "form", "a text", &r.Form); fault != nil {
		return nil, fault
	}
	if !slices.Contains(offered, r.Form) {
		return nil, wrong("form", "is %q, must be one of those offered: %q", r.Form, offered)
	}
	if fault := need(keys, "", "fields", "an object with a list of names for each kind of event", &r.Fields); fault != nil {
		return nil, fault
	}
	return &r, knownFields(r.Fields)
}

// knownFields looks for kinds and fields that do not exist.
func knownFields(wanted map[string][]string) *Fault {
	for kind, names := range wanted {
		k := findKind(kind)
		if k == nil {
			return wrong("fields", "names the kind %q; known are %q", kind, kindNames())
		}
		for i, name := range names {
			where := fmt.Sprintf("fields.%s[%d]", kind, i)
			if k.find(name) == nil {
				return wrong(where, "is %q, which no %s has; hello lists those that there are", name, kind)
			}
			if slices.Contains(names[:i], name) {
				return wrong(where, "names %q a second time", name)
			}
		}
	}
	return nil
}

// object parses a JSON object into its keys.
func object(text []byte, field string, into *map[string]json.RawMessage) *Fault {
	if i := invalidFrom(text); i < len(text) {
		return wrong(field, "is not UTF-8, from byte %d on: %s", i+1, near(text, i))
	}
	err := json.Unmarshal(text, into)
	var syntax *json.SyntaxError
	switch {
	case err == nil && *into != nil:
		return nil
	case errors.As(err, &syntax) && bytes.HasPrefix(text, []byte("{")):
		return wrong(field, "goes wrong as JSON at byte %d (%s): %s", syntax.Offset, syntax, near(text, int(syntax.Offset)-1))
	}
	return wrong(field, "must be a JSON object: got %s", shown(text))
}

// invalidFrom is where a text stops to be UTF-8; its length: nowhere.
func invalidFrom(text []byte) int {
	i := 0
	for i < len(text) {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		i += size
	}
	return i
}

// near shows what stands around a place in a text.
func near(text []byte, at int) string {
	const before = 8
	return shown(text[min(max(0, at-before), len(text)):])
}

// need reads a key that must be there.
func need(keys map[string]json.RawMessage, base, key, want string, into any) *Fault {
	text, ok := keys[key]
	if !ok {
		return wrong(base+key, "is missing: want %s", want)
	}
	return read(text, base+key, want, into)
}

// read parses the value of a field; null is no value.
func read(text []byte, field, want string, into any) *Fault {
	if err := json.Unmarshal(text, into); err != nil || string(text) == "null" {
		return wrong(field, "is %s, must be %s", shown(text), want)
	}
	return nil
}

// shown is the beginning of a text for a message.
func shown(text []byte) string {
	const most = 60
	if len(text) == 0 {
		return "an empty line"
	}
	if len(text) > most {
		return fmt.Sprintf("%.*q…", most, text)
	}
	return fmt.Sprintf("%q", text)
}
