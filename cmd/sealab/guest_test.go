package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// pahoPython is a Python that has paho-mqtt, or empty: Debian's package comes with Debian's own.
func pahoPython() string {
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if path, err := exec.LookPath(python); err == nil && exec.Command(path, "-c", "import paho.mqtt.client").Run() == nil {
			return path
		}
	}
	return ""
}

// TestJoin starts programs by hand at the addresses that run --join prints, as a person would: the run is that of the
// built-in rules.
func TestJoin(t *testing.T) {
	python := pahoPython()
	if python == "" && os.Getenv("CI") != "true" {
		t.Log("left out, since this machine has no paho-mqtt")
		return
	}
	world := []string{"northern-corridor", "--set", "seals=10", "--set", "span_days=5", "--json", "--no-store"}
	digest := func(args []string, stderr io.Writer) string {
		var out bytes.Buffer
		if code := run(append(args, world...), nil, &out, stderr); code != exitDone {
			t.Fatalf("%v: exit code %d, %s", args, code, &out)
		}
		var got struct{ PoC, Carrier, Digest string }
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if args[1] == "--join" && (got.PoC != "mine@mqtt" || got.Carrier != "mqtt") {
			t.Errorf("the run is of %s by %s", got.PoC, got.Carrier)
		}
		return got.Digest
	}
	read, write := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		text := make([]byte, 4096)
		n, _ := read.Read(text) // the whole word to the user is one write
		_, address, _ := strings.Cut(string(text[:n]), "SEALAB_MQTT='")
		address, _, found := strings.Cut(address, "'")
		if !found {
			t.Errorf("no address in %q", text[:n])
		}
		go func() { _, _ = io.Copy(io.Discard, read) }()
		c := exec.Command(python, "-B", "../../pocs/kits/python/rules.py")
		c.Env = append(os.Environ(), "SEALAB_MQTT="+address)
		ended <- c.Run()
	}()
	joined := digest([]string{"run", "--join", "mine"}, write)
	if err := <-ended; err != nil {
		t.Errorf("the program ended badly: %v", err)
	}
	if want := digest([]string{"run", "rules"}, io.Discard); joined != want {
		t.Errorf("got %s, want %s", joined, want)
	}
}
