package mqtt

// This file is where a run and the programs that listen to it meet: a broker, and a credential for each side.

import (
	"context"
	"net"
	"net/url"
	"os"
	"strings"
	"time"
)

// Meeting is a broker at which one run is played.
type Meeting struct {
	Room, Run string
	Hub       DialConfig // for whoever plays the run: may read and write all of it
	Programs  DialConfig // for those who listen: ProgramGrant
	left      func(context.Context)
	end       func()
}

// Meet grants the credentials of a run at this broker; the meeting's Close revokes them.
func (b *Broker) Meet(room, run string) (*Meeting, error) {
	ours, err := RunGrant(room, run)
	if err != nil {
		return nil, err
	}
	theirs, err := ProgramGrant(room, run)
	if err != nil {
		return nil, err
	}
	revokeOurs, err := b.Grant(ours)
	if err != nil {
		return nil, err
	}
	revokeTheirs, err := b.Grant(theirs)
	if err != nil {
		revokeOurs()
		return nil, err
	}
	return &Meeting{Room: room, Run: run, Hub: DialConfig{URL: b.URL(), User: ours.User, Password: ours.Password},
		Programs: DialConfig{URL: b.reach(), User: theirs.User, Password: theirs.Password},
		left:     func(ctx context.Context) { b.left(ctx, theirs.User) },
		end:      func() { revokeOurs(); revokeTheirs() }}, nil
}

// reach is the broker's URL for clients that may be on other machines: where it listens on all addresses, by this
// machine's name.
func (b *Broker) reach() string {
	host, port, err := net.SplitHostPort(b.Addr())
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		if name, err := os.Hostname(); err == nil {
			return "tcp://" + net.JoinHostPort(name, port)
		}
	}
	return b.URL()
}

// meetingPatience is how long a run's own broker may take to end.
const meetingPatience = 3 * time.Second

// OpenMeeting starts a broker for one run alone, at addr, such as "127.0.0.1:0" for a free port that only this machine
// reaches. The meeting's Close stops it.
func OpenMeeting(addr, room, run string) (*Meeting, error) {
	b, err := Start(Config{Addr: addr})
	if err != nil {
		return nil, err
	}
	stop := func() {
		ctx, cancel := context.WithTimeout(context.Background(), meetingPatience)
		defer cancel()
		_ = b.Close(ctx) // the run is over either way
	}
	m, err := b.Meet(room, run)
	if err != nil {
		stop()
		return nil, err
	}
	m.end = stop
	return m, nil
}

// MeetAt meets at somebody else's broker. Who may do what there is up to that broker: both sides come as its URL says.
func MeetAt(broker, room, run string) (*Meeting, error) {
	if _, err := runRoot(room, run); err != nil {
		return nil, err
	}
	d := DialConfig{URL: broker}
	return &Meeting{Room: room, Run: run, Hub: d, Programs: d, left: func(context.Context) {}, end: func() {}}, nil
}

// Lend gives the meeting to somebody whose Close does not end it.
func (m *Meeting) Lend() *Meeting {
	lent := *m
	lent.end = func() {}
	return &lent
}

// Left returns when all programs have gone, or ctx is done: a broker that is closed at once would keep the last word from
// them. At somebody else's broker it returns at once, since that goes on.
func (m *Meeting) Left(ctx context.Context) { m.left(ctx) }

// leaving is how often it is looked for those who are still there.
const leaving = 5 * time.Millisecond

// left returns when no client of a user is connected any more, or ctx is done.
func (b *Broker) left(ctx context.Context, user string) {
	tick := time.NewTicker(leaving)
	defer tick.Stop()
	for b.connected(user) {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (b *Broker) connected(user string) bool {
	for _, cl := range b.server.Clients.GetAll() {
		if string(cl.Properties.Username) == user && !cl.Closed() {
			return true
		}
	}
	return false
}

// Close ends the meeting.
func (m *Meeting) Close() { m.end() }

// Address is all that a program needs to join under a name, as one URL: broker, credential, the run's root without its
// last slash, and the name: mqtt://user:password@host:1883?client=mine&topic=sealab/v1/open/run/…
func (m *Meeting) Address(client string) string {
	u, err := url.Parse(m.Programs.URL)
	if err != nil {
		return m.Programs.URL // it is no URL; Dial says so too
	}
	switch u.Scheme {
	case "tcp":
		u.Scheme = "mqtt"
	case "tls", "ssl":
		u.Scheme = "mqtts"
	}
	if m.Programs.User != "" {
		u.User = url.UserPassword(m.Programs.User, m.Programs.Password)
	}
	u.RawQuery = "client=" + client + "&topic=" + strings.TrimSuffix(Topic{Room: m.Room, Run: m.Run}.String(), "/")
	return u.String()
}
