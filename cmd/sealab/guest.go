//go:build !js

// Programs that a run is played with over MQTT: started for it, or by somebody elsewhere who joins.

package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"sealab/pocs"
	"sealab/pocs/program"
	"sealab/sim/mqtt"
)

// formMQTT is the form of a program that is talked with over MQTT.
const formMQTT = "mqtt"

// guestFlags name a program in place of a proof of concept of ours, or those that will join.
type guestFlags struct {
	execFlags
	Join []string      `placeholder:"NAME" help:"Wait for programs that you start elsewhere, under these names: they join over MQTT at an address that is printed. Findings are taken in this order."`
	Wait time.Duration `default:"5m" help:"With --join: how long to wait until all have joined."`
	MQTT string        `name:"mqtt" placeholder:"HOST:PORT" help:"With --join: where the run's own broker listens, such as 0.0.0.0:1884 for programs on other machines (default: a free port for this machine alone)."`
}

// given reports whether the run is played with a program.
func (f guestFlags) given() bool { return f.Exec != "" || len(f.Join) > 0 }

// pick makes a proof of concept of the programs, and says how their run is opened where it is not as any other.
func (f guestFlags) pick(s *session, c *carrierFlags, challenge string, params map[string]string) (*pocs.PoC, opener, error) {
	overMQTT := len(f.Join) > 0 || f.Form == formMQTT
	switch {
	case f.Exec != "" && len(f.Join) > 0:
		return nil, nil, badInputf("play with --exec and --join: want one of them; programs that join are started by you")
	case len(f.Join) > 0 && f.Form != "" && f.Form != formMQTT:
		return nil, nil, badInputf("let programs join with --form %s: over MQTT there is one form, mqtt", f.Form)
	case !overMQTT && f.MQTT != "":
		return nil, nil, badInputf("listen on %s: --mqtt goes with --join or --form mqtt", f.MQTT)
	case f.MQTT != "" && c.Broker != "":
		return nil, nil, badInputf("listen on %s and meet at %s: want one of --mqtt and --broker", f.MQTT, c.Broker)
	case f.Wait <= 0 || f.Wait > maxWait:
		return nil, nil, badInputf("set --wait to %s: allowed is a time above 0 up to %s, such as 5m", f.Wait, maxWait)
	case !overMQTT:
		p, err := f.poc(s, challenge, params)
		return p, nil, err
	}
	if c.Carrier == carrierDirect {
		c.Carrier = carrierMQTT // that is how they are told
	}
	g := &guests{flags: f, carry: c, link: &program.Link{Live: c.Carrier == carrierLive, Joining: f.Wait, Waits: waits(s.stderr, f.Wait)}}
	p, err := f.pocWith(s, challenge, params, g.link)
	return p, g.open, err
}

// maxWait is the longest that a run waits for those who are to join it.
const maxWait = 24 * time.Hour

// pocWith makes the proof of concept of programs that are met over a link.
func (f guestFlags) pocWith(s *session, challenge string, params map[string]string, link *program.Link) (*pocs.PoC, error) {
	if f.Exec != "" {
		return f.linked(s, challenge, params, link)
	}
	cfg, err := f.config(challenge, s.stderr)
	if err != nil {
		return nil, err
	}
	cfg.Link = link
	p, err := program.Joined(s.ctx, f.Join, cfg)
	if err != nil {
		return nil, badInput{err}
	}
	p.Params = freeParams(params)
	return &p, nil
}

// guests are the programs of one run, and where they are met.
type guests struct {
	flags guestFlags
	carry *carrierFlags
	link  *program.Link
}

// open opens the meeting of a run. In lockstep the detector itself publishes what its programs hear; live the carrier
// does, by the clock.
func (g *guests) open(ctx context.Context, run string, start time.Time) (pocs.Carrier, func(), error) {
	m, err := g.meeting(run)
	if err != nil {
		return nil, nil, err
	}
	g.link.Open = func() (*mqtt.Meeting, error) { return m.Lend(), nil }
	if !g.link.Live {
		return pocs.Direct, m.Close, nil
	}
	carry, hangUp, err := g.carry.connect(ctx, m.Hub, run, start)
	if err != nil {
		m.Close()
		return nil, nil, err
	}
	return carry, func() { hangUp(); m.Close() }, nil
}

func (g *guests) meeting(run string) (*mqtt.Meeting, error) {
	if g.carry.Broker != "" {
		return mqtt.MeetAt(g.carry.Broker, openRoom, run)
	}
	at := g.flags.MQTT
	if at == "" {
		at = "127.0.0.1:0"
	}
	return mqtt.OpenMeeting(at, openRoom, run)
}

// privately meets at a broker for each run alone.
func privately() (*mqtt.Meeting, error) {
	return mqtt.OpenMeeting("127.0.0.1:0", openRoom, mqtt.NewID())
}

// waits tells the user whom the run waits for, and what each of them needs.
func waits(to io.Writer, within time.Duration) func(*mqtt.Meeting, []string) {
	return func(m *mqtt.Meeting, names []string) {
		var b strings.Builder
		fmt.Fprintf(&b, "Waiting for %s to join run %s, at most %s. The address of each goes into its environment:\n", strings.Join(names, ", "), m.Run, within)
		for _, name := range names {
			fmt.Fprintf(&b, "  %s='%s'\n", program.AddressVariable, m.Address(name))
		}
		fmt.Fprint(to, b.String()) // whoever does not read it waits in vain, and is told so
	}
}
