// Sealab over MQTT: the same detector, for a program on another machine or in a live run. Run joins the run at the
// address in the variable SEALAB_MQTT, where there is one.
//
// It needs a library beyond Go's own:
//
//	go get github.com/eclipse/paho.mqtt.golang
//	go build -tags mqtt

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
)

func init() { overMQTT = join }

const connectTime = 10 * time.Second // for the broker to answer

// waiting is how many messages may wait while a step takes its time: the hub sends no more than a part of a tick.
const waiting = 1 << 16

// link is a connection to the broker, and what was heard over it.
type link struct {
	name, root string
	client     paho.Client
	heard      chan paho.Message
	lost       chan struct{}
}

// welcome is hello over MQTT.
type welcome struct {
	Client string
	Hello
	Live        bool
	Part, Parts int
	Times       map[string][]string
}

// manifest names what was heard in a tick, or in a part of it.
type manifest struct {
	Tick, Part, Parts int64
	Now               string
	Events            []entry
}

type entry struct {
	At, Topic, SHA256 string
	N                 uint64
}

// join plays in the run at an address until it is over.
func join(address string, begin func(*Hello) Detector) error {
	l, err := connect(address)
	if err != nil {
		return err
	}
	defer l.client.Disconnect(250)
	p := program{link: l, roles: map[role]*copies{}}
	return p.play(begin)
}

func connect(address string) (*link, error) {
	u, err := url.Parse(address)
	if err != nil || u.Query().Get("client") == "" || u.Query().Get("topic") == "" {
		return nil, fmt.Errorf("join run: want an address as Sealab shows it, such as mqtt://host:1883?client=mine&topic=sealab/v1/..., got: %s", address)
	}
	l := &link{name: u.Query().Get("client"), root: u.Query().Get("topic") + "/", heard: make(chan paho.Message, waiting), lost: make(chan struct{})}
	o := paho.NewClientOptions()
	password, _ := u.User.Password()
	o.SetUsername(u.User.Username()).SetPassword(password)
	u.User, u.RawQuery = nil, ""
	if u.Port() == "" && u.Scheme == "mqtt" {
		u.Host += ":1883"
	}
	o.AddBroker(u.String()).SetConnectTimeout(connectTime).SetAutoReconnect(false)
	o.SetConnectionLostHandler(func(paho.Client, error) { close(l.lost) })
	l.client = paho.NewClient(o)
	if err := done(l.client.Connect()); err != nil {
		return nil, fmt.Errorf("join run: connect to %s: %w", u, err)
	}
	filters := map[string]byte{}
	for _, branch := range []string{"hello", "tick", "bye", "seal/+/+", "notice/+"} {
		filters[l.root+branch] = 1
	}
	if err := done(l.client.SubscribeMultiple(filters, func(_ paho.Client, m paho.Message) { l.heard <- m })); err != nil {
		return nil, fmt.Errorf("join run: subscribe: %w", err)
	}
	return l, nil
}

func done(t paho.Token) error {
	if !t.WaitTimeout(connectTime) {
		return errors.New("the broker does not answer")
	}
	return t.Error()
}

// hear gives the next message, and its topic below the run's root.
func (l *link) hear() (branch string, m paho.Message, err error) {
	select {
	case m = <-l.heard:
		return strings.TrimPrefix(m.Topic(), l.root), m, nil
	case <-l.lost:
		return "", nil, errors.New("play run: the connection to the broker is lost")
	}
}

// say publishes a message of ours.
func (l *link) say(branch string, message map[string]any) error {
	message["client"] = l.name
	text, err := json.Marshal(message)
	if err != nil {
		return err
	}
	l.client.Publish(l.root+branch, 1, false, text)
	return nil
}

// program is the conversation: join, hello, ready, and then tick by tick.
type program struct {
	*link
	hello     welcome
	hears     Detector
	manifests []*manifest // that wait: in a live run the next one may come first
	roles     map[role]*copies
	missing   int
	ticks     int
	batch     Batch // the tick so far
}

// role is a message by its topic and the SHA-256 of its payload; copies are how often it was heard less how often a
// manifest asked for it.
type role struct{ topic, sum string }

type copies struct {
	balance int
	payload []byte
	last    int // tick in which it was met
}

func (p *program) play(begin func(*Hello) Detector) error {
	if err := p.say("ack", map[string]any{"protocol": Protocol}); err != nil {
		return err
	}
	if err := p.greeted(); err != nil {
		return err
	}
	if p.hello.Protocol != Protocol {
		return fmt.Errorf("read greeting: Sealab speaks version %d of the protocol, this file version %d", p.hello.Protocol, Protocol)
	}
	p.hears = begin(&p.hello.Hello)
	if err := p.say("ack", map[string]any{"protocol": Protocol, "form": p.hello.Forms[0], "fields": p.hears.Fields()}); err != nil {
		return err
	}
	return p.ticking()
}

// greeted waits for Sealab's greeting; where seals sign and are many, their keys come in several parts.
func (p *program) greeted() error {
	keys, parts := map[string]Key{}, map[int]bool{}
	for !parts[1] || len(parts) < p.hello.Parts {
		branch, m, err := p.hear()
		if err != nil {
			return err
		}
		if branch == "bye" {
			return fmt.Errorf("play run: it was over before it began: %s", m.Payload())
		}
		if branch != "hello" {
			continue
		}
		var w welcome
		if err := json.Unmarshal(m.Payload(), &w); err != nil {
			return fmt.Errorf("read greeting: %w", err)
		}
		if w.Client != p.name {
			continue
		}
		maps.Copy(keys, w.Keys)
		if parts[max(w.Part, 1)] = true; w.Part <= 1 {
			p.hello = w
		}
	}
	p.hello.Keys = keys
	return nil
}

// ticking goes on until the hub says that the run is over.
func (p *program) ticking() error {
	for {
		branch, m, err := p.hear()
		switch {
		case err != nil:
			return err
		case branch == "bye":
			return nil
		case branch == "tick":
			next := &manifest{}
			if err := json.Unmarshal(m.Payload(), next); err != nil {
				return fmt.Errorf("read manifest: %w", err)
			}
			p.manifests = append(p.manifests, next)
			p.ask(next)
		case strings.HasPrefix(branch, "seal/"), strings.HasPrefix(branch, "notice/"):
			p.count(m)
		}
		for len(p.manifests) > 0 && (p.missing == 0 || p.hello.Live && len(p.manifests) > 1) {
			next := p.manifests[0]
			p.manifests = p.manifests[1:]
			if err := p.part(next); err != nil {
				return err
			}
		}
	}
}

func (p *program) copies(topic, sum string) *copies {
	key := role{topic, sum}
	c := p.roles[key]
	if c == nil {
		c = &copies{}
		p.roles[key] = c
	}
	c.last = p.ticks
	return c
}

// count enters a message that was heard.
func (p *program) count(m paho.Message) {
	sum := sha256.Sum256(m.Payload())
	c := p.copies(m.Topic(), hex.EncodeToString(sum[:]))
	c.payload = m.Payload()
	if c.balance++; c.balance <= 0 {
		p.missing--
	}
}

// ask enters what a manifest names.
func (p *program) ask(m *manifest) {
	for _, e := range m.Events {
		c := p.copies(e.Topic, e.SHA256)
		if c.balance--; c.balance < 0 {
			p.missing++
		}
	}
}

// clear forgets the messages of a tick, in a live run those that are old, and says how many copies there were beyond the
// manifest.
func (p *program) clear() (extra int) {
	p.ticks++
	for key, c := range p.roles {
		if !p.hello.Live || c.last < p.ticks-2 {
			extra += max(0, c.balance)
			delete(p.roles, key)
		}
	}
	return extra
}

// part takes a tick, or a part of it, that was heard in full, or in a live run as far as it came.
func (p *program) part(m *manifest) error {
	fields := p.hears.Fields()
	for _, e := range m.Events {
		c, kind := p.copies(e.Topic, e.SHA256), "reading"
		if strings.HasPrefix(e.Topic, p.root+"notice/") {
			kind = "notice"
		}
		if c.balance < 0 { // it is not waited for any more
			c.balance++
			p.missing--
		}
		if fields[kind] == nil || c.payload == nil {
			continue
		}
		event, err := p.event(kind, fields[kind], &e, c.payload)
		if err != nil {
			return err
		}
		p.batch.Events = append(p.batch.Events, event)
	}
	answer := map[string]any{"tick": m.Tick}
	if extra := p.clear(); extra > 0 {
		answer["duplicates"] = extra
	}
	if m.Part < m.Parts {
		answer["part"] = m.Part
		return p.say("ack", answer)
	}
	now, err := ms(m.Now)
	if err != nil {
		return err
	}
	p.batch.Tick, p.batch.Now = m.Tick, now
	said := p.hears.Step(&p.batch)
	p.batch = Batch{}
	for i := range said {
		f := map[string]any{"tick": m.Tick, "number": i + 1, "container": said[i].Container, "kind": said[i].Kind, "level": said[i].Level}
		if said[i].Why != "" {
			f["why"] = said[i].Why
		}
		if said[i].Basis != nil {
			f["basis"] = said[i].Basis
		}
		if err := p.say("finding", f); err != nil {
			return err
		}
	}
	answer["findings"] = len(said)
	return p.say("ack", answer)
}
