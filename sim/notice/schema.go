package notice

// This file publishes the form of a notice as a JSON Schema (2020-12).

import (
	"sealab/sim/event/wire"
	"sealab/sim/seal"
)

// Schema returns the JSON Schema of a notice. As with readings, Decode also takes names that are not in its lists yet,
// and asks for what no schema can say.
func Schema() []byte {
	props := describe(keys, docs, func(i int) map[string]any {
		switch i {
		case keyContainer:
			return map[string]any{"type": "string", "pattern": seal.ContainerPattern}
		case keySeal:
			return map[string]any{"type": "string", "pattern": "^$|" + seal.SealPattern}
		case keyTrip:
			return map[string]any{"type": "string", "pattern": "^$|" + seal.TripPattern}
		case keyID:
			return map[string]any{"type": "string", "minLength": 1, "maxLength": MaxText}
		case keyKind:
			return map[string]any{"type": "string", "enum": Kinds}
		case keyResult:
			return map[string]any{"type": "string", "enum": Results}
		case keyRoute:
			return map[string]any{"type": "array", "maxItems": MaxStops, "items": stopSchema()}
		case keyTS, keyUntil:
			return wire.TimeSchema("")
		case keyV:
			return map[string]any{"const": Version}
		}
		return map[string]any{"type": "string", "maxLength": MaxText}
	})
	return wire.PrintSchema(KindNotice, "One statement about a container from the systems of Customs or an operator, "+
		"protocol v1 (topic notice/{container}). Keys that are not named here are ignored.",
		map[string]any{"properties": props, "required": pick(keys, required)})
}

func stopSchema() map[string]any {
	props := describe(stopKeys, stopDocs, func(i int) map[string]any {
		switch i {
		case stopETA, stopETD:
			return wire.TimeSchema("")
		case stopMode:
			return map[string]any{"type": "string", "enum": Modes}
		}
		return map[string]any{"type": "string", "minLength": 1, "maxLength": MaxText}
	})
	return map[string]any{"type": "object", "properties": props, "required": pick(stopKeys, stopRequired)}
}

func describe(keys, docs []string, schema func(int) map[string]any) map[string]any {
	props := map[string]any{}
	for i, key := range keys {
		s := schema(i)
		s["description"] = docs[i]
		props[key] = s
	}
	return props
}

func pick(names []string, places []int) (picked []string) {
	for _, i := range places {
		picked = append(picked, names[i])
	}
	return picked
}
