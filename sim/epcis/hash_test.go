package epcis

// This file works the event hash out once more, from the JSON of any ObjectEvent: the rule in general, where the package
// has it for one shape alone.

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// at walks down into decoded JSON by keys and places.
func at(v any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			v = v.(map[string]any)[step]
		case int:
			v = v.([]any)[step]
		}
	}
	return v
}

// The canonical order of the properties that can come here.
var (
	eventOrder    = strings.Fields("eventTime eventTimeZoneOffset epcList action bizStep readPoint sensorElementList")
	elementOrder  = strings.Fields("sensorMetadata sensorReport")
	metadataOrder = strings.Fields("time startTime endTime deviceID deviceMetadata rawData dataProcessingMethod bizRules")
	reportOrder   = strings.Fields("type exception deviceID deviceMetadata rawData dataProcessingMethod time microorganism chemicalSubstance " +
		"value component stringValue booleanValue hexBinaryValue uriValue minValue maxValue meanValue sDev percRank percValue uom coordinateReferenceSystem")
)

func idOf(event map[string]any) string {
	text := "eventType=" + event["type"].(string) + inOrder(event, eventOrder)
	var own []string
	for key, v := range event {
		if name, ours := strings.CutPrefix(key, "sealab:"); ours {
			own = append(own, "{"+Namespace+"}"+name+"="+scalar(v))
		}
	}
	slices.Sort(own)
	return fmt.Sprintf("ni:///sha-256;%x?ver=CBV2.0", sha256.Sum256([]byte(text+strings.Join(own, ""))))
}

func inOrder(object map[string]any, order []string) string {
	var text string
	for _, key := range order {
		v, there := object[key]
		if !there {
			continue
		}
		switch key {
		case "epcList":
			text += key + sorted(v, func(v any) string { return "epc=" + v.(string) })
		case "readPoint":
			text += key + inOrder(v.(map[string]any), []string{"id"})
		case "sensorElementList":
			text += key + sorted(v, func(v any) string { return "sensorElement" + inOrder(v.(map[string]any), elementOrder) })
		case "sensorMetadata":
			text += key + inOrder(v.(map[string]any), metadataOrder)
		case "sensorReport":
			text += sorted(v, func(v any) string { return key + inOrder(v.(map[string]any), reportOrder) })
		case "bizStep":
			text += key + "=https://ref.gs1.org/cbv/BizStep-" + v.(string)
		case "type", "exception":
			if word := v.(string); !strings.Contains(word, ":") {
				v = "https://gs1.org/voc/" + word
			}
			text += key + "=" + scalar(v)
		default:
			text += key + "=" + scalar(v)
		}
	}
	return text
}

func sorted(list any, each func(any) string) string {
	var parts []string
	for _, v := range list.([]any) {
		parts = append(parts, each(v))
	}
	slices.Sort(parts)
	return strings.Join(parts, "")
}

func scalar(v any) string {
	if f, ok := v.(float64); ok {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}
