package program

import (
	"bytes"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"sealab/pocs"
	"sealab/sim/contract"
	"sealab/sim/exact"
	"sealab/sim/mqtt"
)

// form compiles a published form.
func form(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(contract.FormOf(name).Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name+".json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestExampleOverMQTTHolds reads the example as the two sides would, and holds it against the published contract.
func TestExampleOverMQTTHolds(t *testing.T) {
	c := &client{name: "mine"}
	forms := []string{"join", "", "ready", "reading", "tick", "finding", "heard", "bye"}
	var sums [][32]byte
	n := 0
	for _, line := range strings.Split(exampleMQTT(), "\n") {
		mark, rest, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || mark != "→" && mark != "←" {
			continue
		}
		topic, payload, _ := strings.Cut(rest, " ")
		if forms[n] != "" {
			v, err := jsonschema.UnmarshalJSON(strings.NewReader(payload))
			if err == nil {
				err = form(t, forms[n]).Validate(v)
			}
			if err != nil {
				t.Errorf("%s: %v", line, err)
			}
		}
		switch {
		case topic == "hello":
			c.welcomed = true
		case topic == "tick":
			m, err := mqtt.DecodeManifest([]byte(payload))
			if err != nil || len(m.Events) != 1 || m.Events[0].Sum != sums[0] {
				t.Errorf("%v: the manifest does not name the message before it", err)
			}
			c.begin(m.Tick)
		case strings.HasPrefix(topic, "seal/"):
			sums = append(sums, mqtt.NewEntry(oddNow, 1, topic, []byte(payload)).Sum)
		case mark == "→":
			_, keys, fault := readSender([]byte(payload))
			if fault == nil {
				_, fault = c.take(mqtt.Said{Branch: topic, Payload: []byte(payload)}, keys)
			}
			if fault != nil {
				t.Error(fault)
			}
		}
		n++
	}
	said, fault := c.findings()
	if n != len(forms) || !c.joined || !c.ready || !c.done() || fault != nil || len(said) != 1 {
		t.Errorf("%d lines, %+v, %v, %v", n, c, said, fault)
	}
}

// TestHelloKeepsTheContract: hello as it is sent has the published form.
func TestHelloKeepsTheContract(t *testing.T) {
	setup := pocs.Setup{Dice: exact.NewDice(1, "test"), Params: pocs.Params{"near": 3}}
	c := &client{name: "mine", hello: hello(&Config{Challenge: "seals", Forms: []string{Messages}}, &setup)}
	c.hello.Keys["SLB-00000001.1"] = PublicKey{"SLB-00000001", strings.Repeat("A", 43)}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(compact(welcomes(c, true)[0])))
	if err == nil {
		err = form(t, "hello").Validate(v)
	}
	if err != nil {
		t.Error(err)
	}
}

// TestPageNamesEveryTopic: whatever the broker carries in a run stands on the page.
func TestPageNamesEveryTopic(t *testing.T) {
	page := string(Page())
	for _, branch := range []string{mqtt.BranchHello, mqtt.BranchTick, mqtt.BranchBye, mqtt.BranchAck, mqtt.BranchFinding} {
		if !strings.Contains(page, "| `"+branch+"` |") {
			t.Errorf("the page does not name the topic %s", branch)
		}
	}
	for _, word := range []string{AddressVariable, "`signed`", "\"live\":true", "TCP_NODELAY"} {
		if !strings.Contains(page, word) {
			t.Errorf("the page does not speak of %s", word)
		}
	}
}
