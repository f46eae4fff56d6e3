package mqtt

import (
	"slices"
	"testing"
)

// TestCredentialMatrix holds every credential against every topic, to write and to read, in both versions of MQTT: what is
// not listed as allowed must be refused.
func TestCredentialMatrix(t *testing.T) {
	b := mustBroker(t, Config{})
	holders := map[string]holder{"anonymous": {sure: "sealab/v1/open/run/r7/tick"}}
	roots := map[string]string{"r7": "sealab/v1/open/run/r7/", "r8": "sealab/v1/open/run/r8/", "r9": "sealab/v1/east/run/r9/"}
	for run, room := range map[string]string{"r7": "open", "r8": "open", "r9": "east"} {
		m, err := b.Meet(room, run)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(m.Close)
		sure := roots[run] + "tick"
		holders["program "+run] = holder{hello{user: m.Programs.User, password: m.Programs.Password}, sure}
		holders["hub "+run] = holder{hello{user: m.Hub.User, password: m.Hub.Password}, sure}
	}
	branches := []string{"hello", "tick", "bye", "ack", "finding", "seal/SLB-1/tele", "seal/SLB-1/state", "notice/SLBU0000012", "truth"}
	answers := []string{"ack", "finding"}
	told := []string{"hello", "tick", "bye", "seal/SLB-1/tele", "seal/SLB-1/state", "notice/SLBU0000012"}
	for name, who := range holders {
		for run, root := range roots {
			for _, branch := range branches {
				own := name == "program "+run
				hub := name == "hub "+run
				open := name == "anonymous" && run != "r9"
				checkTopic(t, b, name, who, root+branch,
					hub || own && slices.Contains(answers, branch),
					hub || open || own && slices.Contains(told, branch))
			}
		}
		anonymous := name == "anonymous"
		checkTopic(t, b, name, who, "sealab/v1/open/seal/SLB-1/tele", anonymous, anonymous)
		checkTopic(t, b, name, who, "sealab/v1/open/notice/SLBU0000012", false, anonymous)
		checkTopic(t, b, name, who, "sealab/v1/east/seal/SLB-1/tele", false, false)
		checkTopic(t, b, name, who, "sealab/v1/east/truth", false, false)
	}
}

// holder is somebody with a credential, and a topic that he is sure to hear.
type holder struct {
	hello
	sure string
}

// checkTopic tries one topic, to write and to read, in both versions. What may be read is seen at delivery: a
// subscription alone proves nothing.
func checkTopic(t *testing.T, b *Broker, name string, who holder, topic string, write, read bool) {
	t.Helper()
	for _, version := range []byte{4, 5} {
		if got := mayPublish(t, b, who.hello, version, topic); got != write {
			t.Errorf("%s, MQTT %d, publish to %s: %v, want %v", name, version, topic, got, write)
		}
		if got := mayHear(t, b, who, version, topic); got != read {
			t.Errorf("%s, MQTT %d, hear %s: %v, want %v", name, version, topic, got, read)
		}
	}
}

// mayHear reports whether what somebody with every right publishes on a topic reaches a subscriber to it and to
// everything: then follows a message that is sure to come.
func mayHear(t *testing.T, b *Broker, who holder, version byte, topic string) bool {
	t.Helper()
	c := mustRaw(t, b)
	defer c.conn.Close()
	who.version = version
	if code := c.connect(who.hello); code != 0 {
		t.Fatalf("refused with %#x", code)
	}
	exact := c.subscribe(version, topic) < 0x80
	c.subscribe(version, "#")
	all := Grant{User: "all", Password: NewPassword(), Publish: []string{"#"}}
	revoke, err := b.Grant(all)
	if err != nil {
		t.Fatal(err)
	}
	defer revoke()
	sender := mustRaw(t, b)
	defer sender.conn.Close()
	sender.connect(hello{user: all.User, password: all.Password})
	for _, to := range []string{topic, who.sure} { // heard in this order, if at all
		sender.send(publish(4, to, []byte(to), false))
		sender.read()
	}
	heard := topic == who.sure
	for f := c.read(); f.topicOf() != who.sure; f = c.read() {
		heard = heard || f.topicOf() == topic
	}
	if heard && !exact {
		t.Errorf("%s is heard by a wide filter, and refused by its name", topic)
	}
	return heard
}
