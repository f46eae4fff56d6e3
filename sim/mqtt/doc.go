// Package mqtt is the road that messages take outside the process: the embedded broker, the gateways that publish for
// simulated seals, and the carriers that bring a tick over real MQTT to whoever listens.
//
// It is the one room on its floor that owns sockets, goroutines and the wall clock, so that no other needs them. The
// broker is mochi-mqtt behind a listener and a hook of our own: whatever a client sends, the hub stays up, and nobody
// reads or writes beyond his rights. The broker is never the store of record: what it drops, it counts.
package mqtt
