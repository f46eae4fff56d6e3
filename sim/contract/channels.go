package contract

// This file is the table of topics: what travels on each, who says it, and how the broker treats it.

// Party says who publishes on a channel, or whom it is for.
type Party string

// The parties. Seals, operators and detectors are clients of the hub.
const (
	Seal     Party = "seal"
	Operator Party = "operator"
	Detector Party = "detector"
	Hub      Party = "hub"
)

// Channel is one family of topics.
type Channel struct {
	ID       string
	Path     string // below the root, with parameters in braces
	Run      bool   // below one run, whose seals and operators the hub itself plays; else below the room
	From, To Party
	QoS      int
	Retained bool
	Messages []string // names in Messages
	Doc      string
}

// Topic is the channel's address with its parameters in braces.
func (c *Channel) Topic() string {
	if c.Run {
		return Base + "{room}/run/{run}/" + c.Path
	}
	return Base + "{room}/" + c.Path
}

// Channels are all topics of the contract: first those of real seals and systems, then those of a run.
//
// Within a run nothing is retained: a run is over one day, and its broker would keep the states of its seals for ever.
var Channels = []Channel{
	{ID: "state", Path: "seal/{seal}/state", From: Seal, To: Hub, QoS: 1, Retained: true, Messages: []string{"status", "will"},
		Doc: "The seal's last status: birth, planned sleep, and the last will that the broker publishes when a link dies. " +
			"Off line is the normal state of a seal, never an alarm by itself."},
	{ID: "tele", Path: "seal/{seal}/tele", From: Seal, To: Hub, QoS: 1, Messages: []string{"telemetry"},
		Doc: "Readings: one object, or an array of at most 50 from a backlog. A repeated (room, seal, boot, seq) with the same " +
			"content is a duplicate of the transport; with other content it is a clone or a replay."},
	{ID: "event", Path: "seal/{seal}/event", From: Seal, To: Hub, QoS: 1, Messages: []string{"event"},
		Doc: "What happened, sent at once, and again from the backlog if it could not be sent."},
	{ID: "cmd", Path: "seal/{seal}/cmd", From: Hub, To: Seal, QoS: 1, Messages: []string{"command"},
		Doc: "What the hub asks of a real seal. Simulated seals take no commands: their arming and disarming is part of their world."},
	{ID: "ack", Path: "seal/{seal}/ack", From: Seal, To: Hub, QoS: 1, Messages: []string{"ack"},
		Doc: "The answer to one command."},
	{ID: "notice", Path: "notice/{container}", From: Operator, To: Hub, QoS: 1, Messages: []string{"notice"},
		Doc: "What Customs or an operator knows from its own systems. Needs a credential."},
	{ID: "runState", Path: "seal/{seal}/state", Run: true, From: Hub, To: Detector, QoS: 1, Messages: []string{"status"},
		Doc: "As state, of a simulated seal."},
	{ID: "runTele", Path: "seal/{seal}/tele", Run: true, From: Hub, To: Detector, QoS: 1, Messages: []string{"telemetry"},
		Doc: "As tele, of a simulated seal: one reading a message."},
	{ID: "runEvent", Path: "seal/{seal}/event", Run: true, From: Hub, To: Detector, QoS: 1, Messages: []string{"event"},
		Doc: "As event, of a simulated seal."},
	{ID: "runNotice", Path: "notice/{container}", Run: true, From: Hub, To: Detector, QoS: 1, Messages: []string{"notice"},
		Doc: "As notice, of a simulated operator."},
	{ID: "runTick", Path: "tick", Run: true, From: Hub, To: Detector, QoS: 1, Messages: []string{"tick"},
		Doc: "Ends a tick with the list of everything that was heard in it."},
	{ID: "runAck", Path: "ack", Run: true, From: Detector, To: Hub, QoS: 1, Messages: []string{"join", "ready", "heard"},
		Doc: "Where a program that plays along joins, answers hello, and says what it has heard. Needs the run's own credential."},
	{ID: "runFinding", Path: "finding", Run: true, From: Detector, To: Hub, QoS: 1, Messages: []string{"finding"},
		Doc: "Where a program that plays along says what it has found. Needs the run's own credential."},
	{ID: "runHello", Path: "hello", Run: true, From: Hub, To: Detector, QoS: 1, Messages: []string{"hello"},
		Doc: "What a program that has joined is told of its run."},
	{ID: "runBye", Path: "bye", Run: true, From: Hub, To: Detector, QoS: 1, Messages: []string{"bye"},
		Doc: "The run is over, and why it failed if it did."},
}

// Parameters says what stands in the braces of a topic, with an example.
var Parameters = map[string][2]string{
	"room":      {"One workshop room, 1 to 32 of a-z, 0-9 and -; nothing crosses rooms. The default room is open.", "open"},
	"run":       {"Id of a run, 1 to 64 of a-z, A-Z, 0-9, - and _; new at every start.", "r-20260302-1"},
	"seal":      {"Seal id: 3-character maker, hyphen, serial.", exampleSeal},
	"container": {"Container number (ISO 6346).", exampleBox},
}
