package mqtt

// This file holds the published contract against the topics that the broker knows, and against real tick messages.

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"sealab/sim/contract"
)

func TestContractIsOurTree(t *testing.T) {
	published := map[string]bool{}
	for i := range contract.Channels {
		topic := contract.Channels[i].Topic()
		for name, p := range contract.Parameters {
			topic = strings.ReplaceAll(topic, "{"+name+"}", p[1])
		}
		got, err := ParseTopic(topic)
		if err != nil {
			t.Errorf("channel %s: %v", contract.Channels[i].ID, err)
			continue
		}
		if got.String() != topic {
			t.Errorf("channel %s came back as %s", contract.Channels[i].ID, got)
		}
		published[got.Branch+"/"+got.Leaf] = true
	}
	for _, leaf := range []string{LeafState, LeafTele, LeafEvent, LeafCmd, LeafAck} {
		if !published[BranchSeal+"/"+leaf] {
			t.Errorf("leaf %s is on no channel", leaf)
		}
	}
	for _, branch := range []string{BranchNotice, BranchTick, BranchAck, BranchFinding, BranchHello, BranchBye} {
		if !published[branch+"/"] {
			t.Errorf("branch %s is on no channel", branch)
		}
	}
	if contract.Base != Base {
		t.Errorf("contract begins at %s, the broker at %s", contract.Base, Base)
	}
}

func TestTickMessagesKeepTheirForm(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(contract.Tick()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("tick.json", doc); err != nil {
		t.Fatal(err)
	}
	form, err := c.Compile("tick.json")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, time.March, 2, 0, 0, 0, 0, time.UTC)
	for _, events := range []int{0, 1, 3000} { // the last comes in parts
		m := Manifest{Tick: 7, Now: start.Add(7 * time.Minute)}
		for n := range events {
			m.Events = append(m.Events, ManifestEntry{
				At: start.Add(time.Duration(n) * time.Millisecond), N: uint64(n + 1), Topic: "sealab/v1/open/run/r-1/seal/SLB-00000001/tele",
			})
		}
		parts := appendManifests(nil, m)
		if (len(parts) > 1) != (events == 3000) {
			t.Errorf("%d events come in %d parts", events, len(parts))
		}
		for _, part := range parts {
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader(part))
			if err != nil {
				t.Fatal(err)
			}
			if err := form.Validate(v); err != nil {
				t.Errorf("%d events: %v\n%.300s", events, err, part)
			}
		}
	}
}
