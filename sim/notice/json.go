package notice

// This file writes a notice as canonical JSON (RFC 8785) and names its topic.

import "sealab/sim/event/wire"

// AppendJSON appends the notice as canonical JSON: keys sorted, no spaces. What is empty or 0 is left out, except what
// every notice has: container, id, kind and ts, and a stop's place and eta.
func (n *Notice) AppendJSON(b []byte) []byte {
	b = wire.AppendString(append(b, `{"container":`...), n.Container)
	b = wire.AppendString(append(b, `,"id":`...), n.ID)
	b = wire.AppendString(append(b, `,"kind":`...), n.What.String())
	b = appendText(b, `,"place":`, n.Place)
	b = appendText(b, `,"result":`, n.Result)
	if len(n.Route) > 0 {
		b = append(b, `,"route":`...)
		for i := range n.Route {
			b = n.Route[i].appendJSON(append(b, "[,"[min(i, 1)]))
		}
		b = append(b, ']')
	}
	b = appendText(b, `,"seal":`, n.Seal)
	b = appendText(b, `,"trip":`, n.Trip)
	b = wire.AppendTime(append(b, `,"ts":`...), n.TS)
	b = appendTime(b, `,"until":`, n.Until)
	b = append(b, `,"v":1`...)
	b = appendText(b, `,"vehicle":`, n.Vehicle)
	return append(b, '}')
}

func (s *Stop) appendJSON(b []byte) []byte {
	b = wire.AppendTime(append(b, `{"eta":`...), s.ETA)
	b = appendTime(b, `,"etd":`, s.ETD)
	b = appendText(b, `,"mode":`, s.Mode)
	b = wire.AppendString(append(b, `,"place":`...), s.Place)
	return append(b, '}')
}

func appendText(b []byte, key, text string) []byte {
	if text == "" {
		return b
	}
	return wire.AppendString(append(b, key...), text)
}

func appendTime(b []byte, key string, ms int64) []byte {
	if ms == 0 {
		return b
	}
	return wire.AppendTime(append(b, key...), ms)
}

// AppendTopic appends the topic below the run's root, such as "notice/CSQU3054383".
func (n *Notice) AppendTopic(b []byte) []byte { return append(append(b, "notice/"...), n.Container...) }
