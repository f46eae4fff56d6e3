package mqtt

// This file is a client connection: paho, set up the way Sealab wants it, with errors that say what to do.

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
)

// dialTimeout bounds connecting, if the caller does not: a broker on this continent answers within one second.
const dialTimeout = 5 * time.Second

// DialConfig says which broker to connect to, and as whom.
type DialConfig struct {
	URL            string // tcp://host:port, tls://, ws:// or wss://; user and password may stand in it
	User, Password string
	ClientID       string        // empty: a new one
	Timeout        time.Duration // for connecting; 0: 5 s
	Reconnect      bool          // connect and subscribe again after a loss; else a loss ends the client

	onLost func() // called when the connection is lost for good
}

// Client is a connection to a broker.
type Client struct {
	name string // the URL without its password
	paho paho.Client

	mu     sync.Mutex
	subs   map[string]paho.MessageHandler // made again after a reconnect
	reason error                          // why the connection was lost
	lost   chan struct{}
}

// Token is the answer to a publish: Done is closed when the broker has acknowledged it, or Error says why it cannot.
type Token interface {
	Done() <-chan struct{}
	Error() error
}

// NewID returns a name that nobody else has, of 16 characters that may stand in a room, a run and a client id.
func NewID() string { return strings.ToLower(rand.Text()[:16]) }

// Dial connects to a broker. It returns within ctx and the timeout; the error names the broker and what to do.
func Dial(ctx context.Context, cfg DialConfig) (*Client, error) {
	if cfg.Timeout <= 0 {
		cfg.Timeout = dialTimeout
	}
	u, err := url.Parse(cfg.URL)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("connect to MQTT broker %q: not a URL: write it like tcp://127.0.0.1:1883", cfg.URL)
	}
	if cfg.User == "" && u.User != nil {
		cfg.User = u.User.Username()
		cfg.Password, _ = u.User.Password()
	}
	u.User = nil
	c := &Client{name: u.String(), subs: map[string]paho.MessageHandler{}, lost: make(chan struct{})}
	ctx, cancel := context.WithTimeout(ctx, cfg.Timeout)
	defer cancel()
	c.paho = paho.NewClient(c.options(ctx, cfg, u))
	token := c.paho.Connect()
	select {
	case <-token.Done():
		err = token.Error()
	case <-ctx.Done():
		c.paho.Disconnect(0)
		err = ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("connect to MQTT broker %s: %w", c.name, explain(err))
	}
	return c, nil
}

func (c *Client) options(ctx context.Context, cfg DialConfig, u *url.URL) *paho.ClientOptions {
	o := paho.NewClientOptions()
	o.Servers = []*url.URL{u}
	o.SetClientID(cfg.ClientID)
	if cfg.ClientID == "" {
		o.SetClientID("sealab-" + NewID())
	}
	o.SetUsername(cfg.User)
	o.SetPassword(cfg.Password)
	o.SetProtocolVersion(4) // else a refusal would be tried again with MQTT 3.1
	o.SetConnectTimeout(cfg.Timeout)
	o.SetAutoReconnect(cfg.Reconnect)
	o.SetMaxReconnectInterval(2 * time.Second) // a broker's restart takes seconds, not minutes
	o.SetKeepAlive(keepAlive * time.Second)
	o.SetOrderMatters(true) // handlers run one after the other, in the order of hearing
	o.SetConnectionLostHandler(func(_ paho.Client, err error) { c.lose(err, cfg) })
	o.SetOnConnectHandler(func(paho.Client) { c.resubscribe() })
	first := true
	o.SetCustomOpenConnectionFn(openWith(func() (context.Context, context.CancelFunc) {
		if first {
			first = false
			return ctx, func() {}
		}
		return context.WithTimeout(context.Background(), cfg.Timeout)
	}))
	return o
}

// explain says what to do about a failed connection.
func explain(err error) error {
	switch text := err.Error(); {
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Errorf("%w: start one with sealab serve, or name another with --broker", syscall.ECONNREFUSED)
	case errors.Is(err, context.DeadlineExceeded) || strings.Contains(text, "i/o timeout"):
		return fmt.Errorf("%w: no answer: check host and port, or name another with --broker", context.DeadlineExceeded)
	case strings.Contains(text, "not Authorized") || strings.Contains(text, "bad user name or password"):
		return fmt.Errorf("%w: give user and password, as in tcp://user:password@host:1883", err)
	}
	return err
}

// Publish sends one message. It waits only while the connection is full.
func (c *Client) Publish(topic string, qos byte, payload []byte) Token {
	return c.paho.Publish(topic, qos, false, payload)
}

// Subscribe asks for what filter takes in, at QoS 1. The handler must be quick; it may keep the payload.
func (c *Client) Subscribe(ctx context.Context, filter string, heard func(topic string, payload []byte)) error {
	handler := func(_ paho.Client, m paho.Message) { heard(m.Topic(), m.Payload()) }
	c.mu.Lock()
	c.subs[filter] = handler
	c.mu.Unlock()
	token := c.paho.Subscribe(filter, 1, handler).(*paho.SubscribeToken)
	select {
	case <-token.Done():
	case <-ctx.Done():
		return fmt.Errorf("subscribe to %s at %s: %w", filter, c.name, ctx.Err())
	}
	if err := token.Error(); err != nil {
		return fmt.Errorf("subscribe to %s at %s: %w", filter, c.name, err)
	}
	if token.Result()[filter] > 2 {
		return fmt.Errorf("subscribe to %s at %s: refused: use a credential that may read it", filter, c.name)
	}
	return nil
}

// resubscribe makes the subscriptions again after a reconnect; the session is a clean one.
func (c *Client) resubscribe() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for filter, handler := range c.subs {
		go c.paho.Subscribe(filter, 1, handler)
	}
}

// lose notes that the connection is lost, unless the library makes it again.
func (c *Client) lose(err error, cfg DialConfig) {
	if cfg.Reconnect {
		return
	}
	c.mu.Lock()
	c.reason = fmt.Errorf("connection to MQTT broker %s lost: %w", c.name, err)
	c.mu.Unlock()
	close(c.lost) // the library calls us once, since it does not reconnect
	if cfg.onLost != nil {
		cfg.onLost()
	}
}

// Lost is closed when the connection is lost for good; Err then says why.
func (c *Client) Lost() <-chan struct{} { return c.lost }

// Err returns why the connection was lost, or nil.
func (c *Client) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reason
}

// closeQuiet is how long Close lets the library finish, in ms.
const closeQuiet = 250

// Close disconnects.
func (c *Client) Close() { c.paho.Disconnect(closeQuiet) }
