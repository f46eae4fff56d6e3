// How a message that came over MQTT becomes an event, as it is over pipes.

package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// event reads the fields that were asked for.
func (p *program) event(kind string, names []string, e *entry, payload []byte) (Event, error) {
	out := Event{Type: kind, N: e.N, fields: make(map[string]any, len(names))}
	var message map[string]any
	if err := json.Unmarshal(payload, &message); err != nil {
		return out, fmt.Errorf("read message on %s: %w", e.Topic, err)
	}
	isTime := map[string]bool{"at": true}
	for _, name := range p.hello.Times[kind] {
		isTime[name] = true
	}
	for _, name := range names {
		value := any(message)
		switch name {
		case "at":
			value = e.At
		case "signed":
			value = signed(message, payload)
		default:
			for _, key := range strings.Split(name, ".") {
				object, _ := value.(map[string]any)
				value = object[key]
			}
		}
		value, err := inMs(value, name, isTime)
		if err != nil {
			return out, err
		}
		if value != nil && value != "" {
			out.fields[name] = value
		}
	}
	return out, nil
}

// signature is what the signed text lacks. No text in a message holds this: its quotation marks would be escaped.
var signature = regexp.MustCompile(`,"sig":\{[^{}]*\}`)

// signed is the text that a signature is over: the message without sig.
func signed(message map[string]any, payload []byte) any {
	if message["sig"] == nil && message["prev"] == nil {
		return nil
	}
	return string(signature.ReplaceAll(payload, nil))
}

// inMs turns the times of a value into ms since 1970: itself, or those in a list of objects.
func inMs(value any, name string, isTime map[string]bool) (any, error) {
	switch v := value.(type) {
	case string:
		if isTime[name] && v != "" {
			at, err := ms(v)
			return float64(at), err
		}
	case []any:
		for _, item := range v {
			object, _ := item.(map[string]any)
			for key := range object {
				var err error
				if object[key], err = inMs(object[key], name+"."+key, isTime); err != nil {
					return nil, err
				}
			}
		}
		return nonEmpty(v), nil
	}
	return value, nil
}

func nonEmpty(list []any) any {
	if len(list) == 0 {
		return nil
	}
	return list
}

// ms is a time in RFC 3339, in ms since 1970.
func ms(text string) (int64, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return 0, fmt.Errorf("read time: %w", err)
	}
	return t.UnixMilli(), nil
}
