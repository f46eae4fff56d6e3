package program

// This file plays the kits' example over MQTT in lockstep: what it finds there is what the built-in rules find.

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"sealab/pocs/rules"
	"sealab/sim/mqtt"
)

// private meets at a broker for each run alone.
func private(live bool) *Link {
	return &Link{Live: live, Joining: time.Minute, Open: func() (*mqtt.Meeting, error) {
		return mqtt.OpenMeeting("127.0.0.1:0", mqtt.OpenRoom, mqtt.NewID())
	}}
}

// pythonWithMQTT is a Python that has paho-mqtt: Debian's package comes with Debian's own.
func pythonWithMQTT(t *testing.T) string {
	t.Helper()
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import paho.mqtt.client").Run() == nil {
			return python
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("paho-mqtt is missing: install python3-paho-mqtt")
	}
	t.Log("left out, since this machine has no paho-mqtt: the twin in Python")
	return ""
}

func TestTwinsSayTheSameOverMQTT(t *testing.T) {
	set := map[string]string{"seals": "24", "span_days": "12", "attacks": "1"}
	want, err := small(t, &rules.PoC, "mixed", set).Play(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	all := twins(t)
	delete(all, "javascript") // its client knows pipes alone
	if all["python"] != nil {
		all["python"][0] = pythonWithMQTT(t)
	}
	for name, words := range all {
		if words[0] == "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := NewCommand(words)
			if err != nil {
				t.Fatal(err)
			}
			p := PoC(context.Background(), c, Config{Challenge: "seals", Link: private(false), Limits: strict(), Log: os.Stderr})
			got, err := small(t, &p, "mixed", set).Play(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if got.Reason != "" || got.Digest != want.Digest {
				t.Errorf("%s\ngot %d findings, %s, want %d, %s; first difference: %s", got.Reason, len(got.Findings), got.FindingsDigest,
					len(want.Findings), want.FindingsDigest, firstDifference(got.Findings, want.Findings))
			}
		})
	}
}
