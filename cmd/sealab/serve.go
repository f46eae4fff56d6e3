//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"

	"sealab/pocs/all"
	"sealab/sim/mqtt"
	"sealab/web"
)

// serveCmd starts the hub and stays until it is told to stop.
type serveCmd struct {
	Addr            string   `default:"127.0.0.1:8080" help:"Where the dashboard listens."`
	MQTT            string   `name:"mqtt" default:"127.0.0.1:1883" help:"Where the MQTT broker listens."`
	Demo            string   `default:"on" help:"Play a live demo world: on or off."`
	Watch           string   `default:"kalman" placeholder:"POC" help:"Whose findings are the live page's alarms."`
	MaxTrials       int      `default:"2000" placeholder:"N" help:"How many trials one experiment of a visitor may have (arms x scenarios x seeds; default: ${default})."`
	TwoPersons      bool     `help:"Ask for two curators: whoever approves a use case does not publish it."`
	MQTTConformance bool     `name:"mqtt-conformance" help:"Lift the broker's rights so that public test suites can run: loopback only, with data of its own that are thrown away."`
	Program         []string `sep:"none" placeholder:"COMMAND" help:"Offer this program, such as 'python3 mine.py', as a proof of concept to whoever visits; may be given several times. It runs with your rights, in an empty folder: that is no jail (sealab schema protocol)."`
	programFlags
	dataFlags
}

// stopPatience is how long open pages, runs and clients have to end after the first signal; a second one ends all.
const stopPatience = 5 * time.Second

// Run starts the hub.
func (c *serveCmd) Run(s *session) error {
	if err := c.check(); err != nil {
		return err
	}
	h := &hub{log: slog.New(slog.NewTextHandler(s.stderr, nil))}
	defer h.close()
	if err := h.open(s.ctx, c, s.stderr); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(s.stdout, "Sealab is at http://%s, its MQTT broker at %s. Ctrl+C stops both.\n", h.listener.Addr(), h.broker.Addr()); err != nil {
		return err
	}
	return h.serve(s.ctx)
}

func (c *serveCmd) check() error {
	if c.Demo != "on" && c.Demo != "off" {
		return badInputf("set --demo to %q: allowed are on and off", c.Demo)
	}
	if c.MaxTrials < 1 {
		return badInputf("set --max-trials to %d: want a whole number above 0", c.MaxTrials)
	}
	if _, err := all.FindPoC(c.Watch); err != nil {
		return unknownName("proof of concept", c.Watch, pocNames())
	}
	for flag, addr := range map[string]string{"--addr": c.Addr, "--mqtt": c.MQTT} {
		if _, _, err := net.SplitHostPort(addr); err != nil {
			return badInputf("set %s to %q: want host:port, such as 127.0.0.1:8080", flag, addr)
		}
	}
	return nil
}

// hub is what serve has opened, to be closed in the opposite order.
type hub struct {
	log      *slog.Logger
	listener net.Listener
	broker   *mqtt.Broker
	web      *web.Server
	server   *http.Server
	closers  []func(context.Context) error
}

// open opens the store, the ports and the pages, and sets the demo going.
func (h *hub) open(ctx context.Context, c *serveCmd, stderr io.Writer) error {
	data, err := c.data()
	if err != nil {
		return err
	}
	h.later(data.discard)
	store, err := data.openShelf(ctx)
	if err != nil {
		return err
	}
	h.later(func(context.Context) error { return store.Close() })
	if h.listener, err = listen(c.Addr); err != nil {
		return err
	}
	h.later(func(context.Context) error { return closeOnce(h.listener) })
	if h.broker, err = mqtt.Start(mqtt.Config{
		Addr: c.MQTT, Logger: h.log, Conformance: c.MQTTConformance, OnReading: newForeign(h.log).read,
	}); err != nil {
		return err
	}
	h.later(h.broker.Close)
	offered, err := c.programs(ctx, h, stderr)
	if err != nil {
		return err
	}
	h.web, err = web.New(web.Config{
		Store: store, Broker: h.broker, PoCs: offered, Challenges: all.Challenges, SeesTruth: all.SeesTruth, Suites: all.Suites(),
		Watch: c.Watch, Demo: c.Demo == "on", Commit: whoAmI().Commit, MaxTrials: c.MaxTrials, TwoPersons: c.TwoPersons, Logger: h.log,
	})
	if err != nil {
		return fmt.Errorf("start hub: %w", err)
	}
	h.server = h.web.HTTP()
	h.server.Handler = h.handler(h.server.Handler)
	h.later(h.server.Shutdown)
	h.later(h.web.Close) // before Shutdown, which waits for the streams that this ends
	if err := h.web.Start(ctx); err != nil {
		return fmt.Errorf("start hub: %w", err)
	}
	return nil
}

// handler puts MQTT over WebSocket beside the pages, on the same port.
func (h *hub) handler(pages http.Handler) http.Handler {
	sockets := h.broker.WebSocket()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/mqtt" {
			sockets.ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	})
}

// serve answers until ctx ends or the server cannot go on.
func (h *hub) serve(ctx context.Context) error {
	failed := make(chan error, 1)
	go func() { failed <- h.server.Serve(h.listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve pages: %w", err)
	case <-ctx.Done():
		h.log.Info("stopping")
		return nil
	}
}

func (h *hub) later(f func(context.Context) error) { h.closers = append(h.closers, f) }

// close ends everything, last opened first.
func (h *hub) close() {
	ctx, cancel := context.WithTimeout(context.Background(), stopPatience)
	defer cancel()
	for i := len(h.closers) - 1; i >= 0; i-- {
		if err := h.closers[i](ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			h.log.Warn("stop hub", "error", err)
		}
	}
}

// listen opens the dashboard's port, or says what to do about it.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("listen on %s: %w: stop the other program or choose another port with --addr", addr, syscall.EADDRINUSE)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("listen on %s: %w: choose a port above 1023 with --addr", addr, syscall.EACCES)
	}
	return nil, fmt.Errorf("listen: %w: give host:port with --addr", err)
}

// closeOnce closes a listener that the server may have closed already.
func closeOnce(l net.Listener) error {
	if err := l.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("close port: %w", err)
	}
	return nil
}
