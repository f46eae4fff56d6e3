package mqtt

// This file turns payloads back into messages. Every payload is hostile until it has been read.

import (
	"errors"
	"strings"

	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

var errNoMessage = errors.New("nothing that is heard comes on this topic")

// branchOf returns the branch of a topic below root, without taking all of it apart.
func branchOf(root, topic string) string {
	rest, ok := strings.CutPrefix(topic, root)
	if !ok {
		return ""
	}
	branch, _, _ := strings.Cut(rest, "/")
	return branch
}

// messages holds decoded messages in memory that is used again for the next tick.
type messages struct {
	root     string
	readings []seal.Reading
	notices  []notice.Notice
}

// reset forgets the messages decoded so far, and makes room for most of each kind: events point into that room, so it
// must not move.
func (m *messages) reset(most int) {
	m.readings, m.notices = m.readings[:0], m.notices[:0]
	if cap(m.readings) < most {
		m.readings = make([]seal.Reading, 0, most+most/4)
	}
	if cap(m.notices) < most {
		m.notices = make([]notice.Notice, 0, most+most/4)
	}
}

// one decodes a payload that holds exactly one message.
func (m *messages) one(topic string, payload []byte) (event.Message, error) {
	switch branchOf(m.root, topic) {
	case BranchSeal:
		d, err := seal.Decode(payload)
		if err != nil {
			return nil, err
		}
		m.readings = append(m.readings, d.Reading)
		return &m.readings[len(m.readings)-1], nil
	case BranchNotice:
		d, err := notice.Decode(payload)
		if err != nil {
			return nil, err
		}
		m.notices = append(m.notices, d.Notice)
		return &m.notices[len(m.notices)-1], nil
	}
	return nil, errNoMessage
}
