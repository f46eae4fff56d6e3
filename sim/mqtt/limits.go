package mqtt

// This file is what the broker allows anyone, with the reason of each number.

import (
	"math"
	"time"

	mochi "github.com/mochi-mqtt/server/v2"
)

// Limits bound what clients can cost. Zero values take the default.
type Limits struct {
	Connections int           // open at once; 5,000 (an idle one costs about 30 KiB)
	PerIP       int           // open at once from one address; 1,000: a whole workshop may sit behind one
	Connect     time.Duration // from accepting a connection to its CONNECT; 5 s
	Write       time.Duration // for the socket to take 64 KiB; 5 s, then the subscriber is cut
	Silence     time.Duration // longest time between two packets of a client; 90 s, one and a half keep-alives of 60 s
	Buffer      int           // bytes that may wait for one subscriber; 4 MiB, then it is cut
	Retained    int           // topics with a retained message; 10,000
}

// maxPacket bounds one packet in bytes. Without a bound eight headers that claim 256 MB took 3.8 GB; a message of a
// seal has at most 64 KiB, a tick message 256 KiB.
const maxPacket = 1 << 20

// maxSubscriptions bounds the filters of one client; each costs memory in the broker's index.
const maxSubscriptions = 500

// keepAlive is what MQTT 5 clients are told to use when they ask for more, or for none, in seconds.
const keepAlive = 60

func (l Limits) withDefaults() Limits {
	or := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	orTime := func(v *time.Duration, d time.Duration) {
		if *v <= 0 {
			*v = d
		}
	}
	or(&l.Connections, 5000)
	or(&l.PerIP, 1000)
	or(&l.Buffer, 4<<20)
	or(&l.Retained, 10_000)
	orTime(&l.Connect, 5*time.Second)
	orTime(&l.Write, 5*time.Second)
	orTime(&l.Silence, (keepAlive+keepAlive/2)*time.Second)
	return l
}

// capabilities are what the broker grants by protocol. In conformance mode they are the library's own, with the three
// settings under which it passes the public suites.
func (l Limits) capabilities(conformance bool) *mochi.Capabilities {
	c := mochi.NewDefaultServerCapabilities()
	c.MaximumPacketSize = maxPacket
	c.Compatibilities.NoInheritedPropertiesOnAck = true
	if conformance {
		c.Compatibilities.ObscureNotAuthorized = true
		c.Compatibilities.PassiveClientDisconnect = true
		return c
	}
	c.MaximumClients = int64(l.Connections)
	c.MaximumSessionExpiryInterval = 3600 // s; a workshop's coffee break
	c.MaximumMessageExpiryInterval = 3600 // s
	c.MaximumClientWritesPending = 1024   // packets; each slot is memory of every client
	c.MaximumInflight = 4096              // packets unacknowledged by a subscriber; MQTT 5 clients cost a scan of them each time
	c.ReceiveMaximum = 256                // packets a client may send unacknowledged
	c.TopicAliasMaximum = 16
	return c
}

// never is how often the broker's $SYS topics are refreshed: nobody may read them, and each refresh stops the world.
const never = math.MaxInt32 // s
