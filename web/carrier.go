// Carriers for runs that were ordered here: how a batch reaches the detector.

package web

import (
	"context"
	"fmt"

	"sealab/pocs"
	"sealab/sim/mqtt"
)

// carrierOf makes the carrier of a job. What programs hear in lockstep their detector publishes; live the carrier does.
func (s *Server) carrierOf(j *job) (pocs.Carrier, func(), error) {
	switch {
	case j.meeting == nil:
		return s.carrier(j.ctx, &j.trial, j.id)
	case j.trial.CarrierName != "live":
		return pocs.Direct, func() {}, nil
	}
	return live(j.ctx, &j.trial, j.id, j.speed, j.meeting.Hub, func() {})
}

// live makes a live carrier; revoke is called at its end.
func live(ctx context.Context, t *pocs.Trial, run string, speed float64, dial mqtt.DialConfig, revoke func()) (pocs.Carrier, func(), error) {
	l, err := mqtt.NewLive(ctx, mqtt.LiveConfig{Publisher: dial, Room: openRoom, Run: run, Speed: speed, Start: t.Scenario.Start})
	if err != nil {
		revoke()
		return nil, nil, fmt.Errorf("carry run: %w", err)
	}
	return l.Carry, func() { l.Close(); revoke() }, nil
}

// carrier makes the carrier that a trial asks for, with rights for this run alone, and a function that ends both.
func (s *Server) carrier(ctx context.Context, t *pocs.Trial, run string) (pocs.Carrier, func(), error) {
	if t.CarrierName == "direct" {
		return pocs.Direct, func() {}, nil
	}
	dial, revoke, err := s.credential(run)
	if err != nil {
		return nil, nil, err
	}
	if t.CarrierName == "live" {
		return live(ctx, t, run, liveRunSpeed, dial, revoke)
	}
	lock, err := mqtt.NewLockstep(ctx, mqtt.LockstepConfig{Publisher: dial, Room: openRoom, Run: run})
	if err != nil {
		revoke()
		return nil, nil, fmt.Errorf("carry run: %w", err)
	}
	return lock.Carry, func() { lock.Close(); revoke() }, nil
}

// liveRunSpeed plays a month in two minutes: slow enough for arrival times to mean something, and soon over.
const liveRunSpeed = 21600

// openRoom is the room that everybody shares.
const openRoom = "open"

// credential asks the hub's own broker for a user who may write one run and nothing else.
func (s *Server) credential(run string) (mqtt.DialConfig, func(), error) {
	grant, err := mqtt.RunGrant(openRoom, run)
	if err != nil {
		return mqtt.DialConfig{}, nil, err
	}
	revoke, err := s.cfg.Broker.Grant(grant)
	if err != nil {
		return mqtt.DialConfig{}, nil, fmt.Errorf("grant run: %w", err)
	}
	return mqtt.DialConfig{URL: s.cfg.Broker.URL(), User: grant.User, Password: grant.Password}, revoke, nil
}
