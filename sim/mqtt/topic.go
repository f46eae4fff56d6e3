package mqtt

// This file builds and parses the topics of the Sealab tree. Nobody else puts one together by hand.

import (
	"errors"
	"fmt"
	"strings"
)

// Base is the beginning of every Sealab topic. Its version changes only when a reader of v1 would misread.
const Base = "sealab/v1/"

// OpenRoom is the room that anonymous clients on loopback may read.
const OpenRoom = "open"

// The branches below a room, or below a run in it. All but Seal and Notice exist in runs only.
const (
	BranchSeal    = "seal"
	BranchNotice  = "notice"
	BranchTick    = "tick"
	BranchAck     = "ack"
	BranchFinding = "finding"
	BranchHello   = "hello" // what a program is told of its run
	BranchBye     = "bye"   // the run is over
)

// What a seal's topic can end in.
const (
	LeafState = "state"
	LeafTele  = "tele"
	LeafEvent = "event"
	LeafCmd   = "cmd"
	LeafAck   = "ack"
)

// Longest names in a topic: a room and a trip share 32, a seal id has 24 (both in the seal model), a run id may be a
// digest in hexadecimal digits.
const (
	maxRoom = 32
	maxRun  = 64
	maxID   = 24
)

// Topic is one topic of the tree, taken apart.
type Topic struct {
	Room   string
	Run    string // empty for real seals and systems
	Branch string // one of Branch…
	ID     string // of BranchSeal the seal, of BranchNotice the container; else empty
	Leaf   string // of BranchSeal one of Leaf…, or the compact tele.cose and event.cose; else empty
}

var (
	errForeign = errors.New("not below " + Base)
	errBranch  = errors.New("no such branch: want seal/{id}/{leaf} or notice/{container}, in a run also tick, ack, finding, hello, bye")
	errLeaf    = errors.New("no such leaf: want state, tele, event, cmd, ack, tele.cose or event.cose")
	errID      = errors.New("an id is 1 to 24 of A-Z, 0-9 and -")
)

// CheckRoom returns an error unless name can be a room: 1 to 32 of a-z, 0-9 and -.
func CheckRoom(name string) error {
	if !made(name, maxRoom, func(c byte) bool { return lower(c) || digit(c) || c == '-' }) {
		return fmt.Errorf("check room %q: a room is 1 to %d of a-z, 0-9 and -", name, maxRoom)
	}
	return nil
}

// CheckRun returns an error unless id can be a run's id: 1 to 64 of a-z, A-Z, 0-9, - and _.
func CheckRun(id string) error {
	if !made(id, maxRun, func(c byte) bool { return lower(c) || upper(c) || digit(c) || c == '-' || c == '_' }) {
		return fmt.Errorf("check run %q: a run id is 1 to %d of a-z, A-Z, 0-9, - and _", id, maxRun)
	}
	return nil
}

// Root returns the beginning of all topics of a room, or of one run in it: "sealab/v1/{room}/" and
// "sealab/v1/{room}/run/{run}/". The rest of a message's topic comes from its AppendTopic.
func Root(room, run string) (string, error) {
	if err := CheckRoom(room); err != nil {
		return "", err
	}
	if run == "" {
		return Base + room + "/", nil
	}
	if err := CheckRun(run); err != nil {
		return "", err
	}
	return Base + room + "/run/" + run + "/", nil
}

// String puts the topic together. It does not check the parts; ParseTopic does.
func (t Topic) String() string {
	s := Base + t.Room + "/"
	if t.Run != "" {
		s += "run/" + t.Run + "/"
	}
	s += t.Branch
	if t.ID != "" {
		s += "/" + t.ID
	}
	if t.Leaf != "" {
		s += "/" + t.Leaf
	}
	return s
}

// ParseTopic takes a topic apart. It returns an error for whatever is not exactly one of the tree.
func ParseTopic(s string) (Topic, error) {
	t, err := parseTopic(s)
	if err != nil {
		return Topic{}, fmt.Errorf("parse topic %.200q: %w", s, err)
	}
	return t, nil
}

func parseTopic(s string) (t Topic, err error) {
	rest, ok := strings.CutPrefix(s, Base)
	if !ok {
		return t, errForeign
	}
	t.Room, rest, _ = strings.Cut(rest, "/")
	if err := CheckRoom(t.Room); err != nil {
		return t, err
	}
	if below, ok := strings.CutPrefix(rest, "run/"); ok {
		t.Run, rest, _ = strings.Cut(below, "/")
		if err := CheckRun(t.Run); err != nil {
			return t, err
		}
	}
	t.Branch, rest, ok = strings.Cut(rest, "/")
	switch t.Branch {
	case BranchSeal:
		t.ID, t.Leaf, _ = strings.Cut(rest, "/")
		return t, errors.Join(checkID(t.ID), checkLeaf(t.Leaf))
	case BranchNotice:
		t.ID = rest
		return t, checkID(t.ID)
	case BranchTick, BranchAck, BranchFinding, BranchHello, BranchBye:
		if t.Run != "" && !ok {
			return t, nil
		}
	}
	return t, errBranch
}

func checkID(id string) error {
	if !made(id, maxID, func(c byte) bool { return upper(c) || digit(c) || c == '-' }) {
		return errID
	}
	return nil
}

func checkLeaf(leaf string) error {
	switch leaf {
	case LeafState, LeafTele, LeafEvent, LeafCmd, LeafAck, "tele.cose", "event.cose":
		return nil
	}
	return errLeaf
}

// made reports whether s has 1 to most bytes, all of them allowed.
func made(s string, most int, allowed func(byte) bool) bool {
	for i := 0; i < len(s); i++ {
		if !allowed(s[i]) {
			return false
		}
	}
	return s != "" && len(s) <= most
}

func lower(c byte) bool { return 'a' <= c && c <= 'z' }
func upper(c byte) bool { return 'A' <= c && c <= 'Z' }
func digit(c byte) bool { return '0' <= c && c <= '9' }
