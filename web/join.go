// Runs that programs elsewhere join over MQTT: an order brings the address at which each of them does, with a credential
// for this run alone.

package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"time"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/program"
	"sealab/sim/mqtt"
)

// mostJoining is how many runs may wait for programs or play with them: they take no core of their own.
const mostJoining = 8

// joinIn is an order of a run that programs join.
type joinIn struct {
	Body struct {
		Join     []string                   `json:"join" minItems:"1" maxItems:"16" doc:"names under which programs will join; findings are taken in this order" example:"[\"mine\"]"`
		Scenario string                     `json:"scenario" minLength:"1" maxLength:"80" example:"asia-europe"`
		Seed     seedNumber                 `json:"seed"`
		Params   map[string]json.RawMessage `json:"params,omitempty" doc:"parameter of the programs → number"`
		Settings map[string]json.RawMessage `json:"settings,omitempty" doc:"setting → number, or \"low\" or \"high\""`
		Carrier  string                     `json:"carrier,omitempty" default:"live" doc:"live, by the clock, or mqtt, in lockstep"`
		Speed    float64                    `json:"speed,omitempty" minimum:"1" maximum:"86400" default:"21600" doc:"of a live run: virtual seconds a second"`
		WaitS    int                        `json:"wait_s,omitempty" minimum:"1" maximum:"600" default:"120" doc:"seconds to wait until all have joined"`
	}
}

// joinedOut is a run that waits for programs.
type joinedOut struct {
	startedOut
	Join []joinAddress `json:"join"`
}

type joinAddress struct {
	Client  string `json:"client"`
	Address string `json:"address" doc:"for the program's environment variable SEALAB_MQTT; it holds a password that opens this run alone"`
}

func (s *Server) apiJoin(ctx context.Context, in *joinIn) (*answerOf[joinedOut], error) {
	b := &in.Body
	o := order{Scenario: b.Scenario, Seed: string(b.Seed), Carrier: orText(b.Carrier, "live")}
	var err error
	if o.Params, err = valuesOf("params.", b.Params); err != nil {
		return nil, err
	}
	if o.Settings, err = valuesOf("settings.", b.Settings); err != nil {
		return nil, err
	}
	switch {
	case s.cfg.Broker == nil:
		return nil, invalid("no_broker", "carrier", o.Carrier, "this hub has no MQTT broker, and nobody can join a run")
	case o.Carrier != "live" && o.Carrier != "mqtt":
		return nil, invalid("bad_carrier", "carrier", o.Carrier, "allowed are live and mqtt")
	}
	if err := program.CheckJoined(b.Join); err != nil {
		return nil, invalid("bad_join", "join", fmt.Sprint(b.Join), err.Error())
	}
	j, err := s.desk.expect(ctx, o, invitation{b.Join, time.Duration(b.WaitS) * time.Second, b.Speed})
	if err != nil {
		return nil, err
	}
	out := joinedOut{startedOut: startedOut{j.id, j.id, stateQueued, "/runs/" + j.id}}
	for _, name := range b.Join {
		out.Join = append(out.Join, joinAddress{name, j.meeting.Address(name)})
	}
	return &answerOf[joinedOut]{Status: http.StatusAccepted, Body: out}, nil
}

// invitation says who may join a run, how long it waits for them, and how fast it goes if it is live.
type invitation struct {
	names []string
	wait  time.Duration
	speed float64
}

// expect begins a run that waits for programs, and returns when it listens to them.
func (d *desk) expect(ctx context.Context, o order, to invitation) (*job, error) {
	if d.joining() >= mostJoining {
		return nil, &Problem{Status: http.StatusTooManyRequests, Code: "too_many_runs",
			Message: fmt.Sprintf("%d runs are played with programs already. Wait for them.", mostJoining)}
	}
	now := d.server.cfg.Now()
	id, err := catalog.NewRunID(now, rand.Reader)
	if err != nil {
		return nil, err
	}
	m, err := d.server.cfg.Broker.Meet(openRoom, id)
	if err != nil {
		return nil, fmt.Errorf("meet programs: %w", err)
	}
	j := &job{id: id, began: now, moved: make(chan struct{}), at: progress{State: stateQueued}, meeting: m, speed: to.speed}
	j.ctx, j.cancel = context.WithCancel(d.ctx)
	listens := make(chan struct{})
	if err := d.invite(ctx, j, o, to, func() { close(listens) }); err != nil {
		j.cancel()
		m.Close()
		return nil, err
	}
	select {
	case <-listens:
	case <-j.ctx.Done(): // it is over already: its progress says why
	case <-ctx.Done():
	}
	return j, nil
}

// invite makes the trial of a job that waits for programs, and puts it in the queue.
func (d *desk) invite(ctx context.Context, j *job, o order, to invitation, listens func()) error {
	link := &program.Link{Open: func() (*mqtt.Meeting, error) { return j.meeting.Lend(), nil }, Live: o.Carrier == "live",
		Joining: to.wait, Waits: func(*mqtt.Meeting, []string) { listens() }}
	poc, err := program.Joined(j.ctx, to.names, program.Config{Link: link, Limits: program.DefaultLimits(), Log: &programLog{d.server.log, j.id}})
	if err != nil {
		return invalid("bad_join", "join", fmt.Sprint(to.names), err.Error())
	}
	for name := range o.Params { // what there is only the program knows
		poc.Params = append(poc.Params, pocs.Param{Name: name, Min: -math.MaxFloat64, Max: math.MaxFloat64})
	}
	if j.trial, err = d.server.trialOf(o, &poc); err != nil {
		return err
	}
	poc.Challenge = j.trial.Challenge.Name
	if j.trial.DiceSeed, err = d.server.diceSeed(ctx, &j.trial); err != nil {
		return err
	}
	if err := d.add(j); err != nil {
		return err
	}
	d.wg.Add(1)
	go d.work(j)
	return nil
}

// joining counts the runs that programs join.
func (d *desk) joining() (n int) {
	for _, j := range d.open() {
		if j.meeting != nil {
			n++
		}
	}
	return n
}

// programLog writes what is wrong with a program's messages into the hub's log, line by line.
type programLog struct {
	log *slog.Logger
	run string
}

// Write logs whole lines.
func (w *programLog) Write(text []byte) (int, error) {
	for line := range bytes.Lines(text) {
		w.log.Warn("program in run", "run", w.run, "said", string(bytes.TrimSpace(line)))
	}
	return len(text), nil
}
