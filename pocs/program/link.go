// Where programs are met over MQTT, and who they are.

package program

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"sealab/pocs"
	"sealab/sim/mqtt"
)

// Messages is the form of what a program hears over MQTT: one message an event, and the tick's manifest.
const Messages = "messages"

// AddressVariable is the environment variable in which a program that is started for a run over MQTT finds where to join
// it (mqtt.Meeting.Address).
const AddressVariable = "SEALAB_MQTT"

// Link says that programs are talked with over MQTT, and where.
type Link struct {
	Open func() (*mqtt.Meeting, error) // the meeting of the next run; it is closed at the run's end
	// Live: the run is not in lockstep. Somebody else publishes its events by the clock; what programs say is taken when
	// it comes, and what is wrong with it goes to the log.
	Live bool
	// Joining is how long programs that somebody else starts may take until all of them are there.
	Joining time.Duration
	// Waits, if there is one, is told before the hub waits for them, to tell whoever is to start them.
	Waits func(m *mqtt.Meeting, names []string)
}

// joinedName is how a program that joins a run may be called.
var joinedName = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,39}$`)

// mostJoined is how many programs may join a run.
const mostJoined = 16

// CheckJoined returns an error unless programs of these names can join a run together.
func CheckJoined(names []string) error {
	if len(names) == 0 || len(names) > mostJoined {
		return fmt.Errorf("let %d programs join: want 1 to %d names", len(names), mostJoined)
	}
	for i, name := range names {
		if !joinedName.MatchString(name) {
			return fmt.Errorf("let program %q join: want a letter from a to z, then at most 39 letters, digits, _ and -", name)
		}
		if slices.Contains(names[:i], name) {
			return fmt.Errorf("let program %q join: it is named twice", name)
		}
	}
	return nil
}

// Joined makes a proof of concept of programs that somebody else starts, and that join a run over MQTT under these names.
// What they find is taken in the order of the names. What is in them nobody here knows: a run is known by their names.
func Joined(ctx context.Context, names []string, cfg Config) (pocs.PoC, error) {
	if err := CheckJoined(names); err != nil {
		return pocs.PoC{}, err
	}
	if cfg.Link == nil {
		return pocs.PoC{}, errors.New("let programs join: there is no link to join by")
	}
	return pocs.PoC{
		Name: strings.Join(names, ".") + "@mqtt", Challenge: cfg.Challenge,
		Doc: "Started elsewhere, and joined over MQTT under this name. What is in it is not known here.",
		New: func(s pocs.Setup) (pocs.Detector, error) { return meet(ctx, nil, names, &s, cfg) },
	}, nil
}

// meet makes the detector of a run whose programs join it.
func meet(ctx context.Context, c *Command, names []string, s *pocs.Setup, cfg Config) (pocs.Detector, error) {
	d, err := invite(ctx, c, names, s, cfg, nil)
	if err != nil {
		return nil, err
	}
	if cfg.Link.Live {
		return &live{remote: d}, nil
	}
	return d, nil
}

// invite opens the meeting of a run, starts the program if there is one to start, and greets. That somebody does not come
// or greets wrongly is told at the first step: the run has begun by then. dress may change hello before it is sent.
func invite(ctx context.Context, c *Command, names []string, s *pocs.Setup, cfg Config, dress func([]byte) []byte) (*remote, error) {
	m, err := cfg.Link.Open()
	if err != nil {
		return nil, err
	}
	if cfg.Log != nil {
		cfg.Log = &inTurn{to: cfg.Log}
	}
	d := &remote{ctx: ctx, meeting: m, cfg: cfg, limits: cfg.Limits, heard: containers{}, dress: dress, log: &complaints{to: cfg.Log}}
	if d.exchange, err = mqtt.NewExchange(ctx, m); err != nil {
		m.Close()
		return nil, err
	}
	cfg.Forms = []string{Messages}
	for _, name := range names {
		d.clients = append(d.clients, &client{name: name, hello: hello(&cfg, s)})
		s.Dice.Uint64() // the next one has other dice
	}
	d.joining = cfg.Link.Joining
	if c != nil {
		d.joining = cfg.Limits.Deadline
		if d.proc, err = start(ctx, c, &cfg, m.Address(names[0])); err != nil {
			d.exchange.Close()
			m.Close()
			return nil, fmt.Errorf("start program %s: %w", c.Line, err)
		}
	} else if cfg.Link.Waits != nil {
		cfg.Link.Waits(m, names)
	}
	if err := d.greet(); err != nil {
		d.fail(err)
	}
	return d, nil
}
