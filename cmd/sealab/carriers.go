//go:build !js

// Carriers by name: how a run's batches reach its detector, with the broker that it takes.

package main

import (
	"context"
	"time"

	"sealab/pocs"
	"sealab/sim/mqtt"
)

// carrierFlags say how batches travel.
type carrierFlags struct {
	Carrier string  `default:"direct" help:"How batches reach the detector: direct, mqtt (lockstep) or live."`
	Broker  string  `placeholder:"URL" help:"Broker for mqtt and live, such as tcp://127.0.0.1:1883 (default: one of its own on a free loopback port)."`
	Speed   float64 `default:"3600" help:"With live: virtual seconds a second."`
}

// check refuses what cannot be meant.
func (c carrierFlags) check() error {
	switch c.Carrier {
	case carrierDirect:
		if c.Broker != "" {
			return badInputf("carry %s through %s: --broker goes with --carrier mqtt or live", c.Carrier, c.Broker)
		}
	case carrierMQTT:
	case carrierLive:
		if !(c.Speed > 0 && c.Speed <= maxSpeed) {
			return badInputf("play live at speed %v: allowed is a number above 0 up to %d virtual seconds a second", c.Speed, maxSpeed)
		}
	default:
		return unknownName("carrier", c.Carrier, []string{carrierDirect, carrierMQTT, carrierLive})
	}
	return nil
}

// maxSpeed is a virtual day a second: beyond it a tick is shorter than a broker's answer.
const maxSpeed = 86400

// open gives the carrier of one run, and what ends it. Virtual time begins at start, for a live one.
func (c carrierFlags) open(ctx context.Context, run string, start time.Time) (pocs.Carrier, func(), error) {
	if c.Carrier == carrierDirect {
		return pocs.Direct, func() {}, nil
	}
	dial, end, err := c.dial(run)
	if err != nil {
		return nil, nil, err
	}
	carry, hangUp, err := c.connect(ctx, dial, run, start)
	if err != nil {
		end()
		return nil, nil, err
	}
	return carry, func() { hangUp(); end() }, nil
}

// connect makes the carrier: lockstep waits for every message, so that the digest is that of the direct run; live
// plays by the clock, and what is heard when is real.
func (c carrierFlags) connect(ctx context.Context, dial mqtt.DialConfig, run string, start time.Time) (pocs.Carrier, func(), error) {
	if c.Carrier == carrierMQTT {
		l, err := mqtt.NewLockstep(ctx, mqtt.LockstepConfig{Publisher: dial, Room: openRoom, Run: run})
		if err != nil {
			return nil, nil, err
		}
		return l.Carry, l.Close, nil
	}
	l, err := mqtt.NewLive(ctx, mqtt.LiveConfig{Publisher: dial, Room: openRoom, Run: run, Speed: c.Speed, Start: start})
	if err != nil {
		return nil, nil, err
	}
	return l.Carry, l.Close, nil
}

// dial says where the broker is: the user's, or one that is started for this run alone.
func (c carrierFlags) dial(run string) (mqtt.DialConfig, func(), error) {
	if c.Broker != "" {
		return mqtt.DialConfig{URL: c.Broker}, func() {}, nil
	}
	m, err := mqtt.OpenMeeting("127.0.0.1:0", openRoom, run)
	if err != nil {
		return mqtt.DialConfig{}, nil, err
	}
	return m.Hub, m.Close, nil
}
