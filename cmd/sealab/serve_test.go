// TestServe starts the hub as a user does, on free ports, hears its demo world, and stops it.
package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"sealab/sim/mqtt"
)

// running is a hub under test.
type running struct {
	http, mqtt string
	stop       func() error
}

// MustServe starts a hub and waits for the line that says where it is.
func MustServe(t *testing.T) running {
	t.Helper()
	c := serveCmd{Addr: "127.0.0.1:0", MQTT: "127.0.0.1:0", Demo: "on", Watch: "kalman", dataFlags: dataFlags{t.TempDir()}, MaxTrials: 10}
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- c.Run(&session{ctx, strings.NewReader(""), in, io.Discard})
		in.Close()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		cancel()
		t.Fatalf("start hub: %v, %v", err, <-ended)
	}
	m := regexp.MustCompile(`^Sealab is at (http://\S+), its MQTT broker at (\S+)\. `).FindStringSubmatch(line)
	if m == nil {
		cancel()
		t.Fatalf("the hub said %q", line)
	}
	r := running{http: m[1], mqtt: m[2]}
	r.stop = func() error { cancel(); return <-ended }
	t.Cleanup(cancel)
	return r
}

func TestServe(t *testing.T) {
	hub := MustServe(t)
	for _, page := range []string{"/healthz", "/", "/runs", "/lab/mqtt"} {
		answer, err := http.Get(hub.http + page)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("GET %s: %s", page, answer.Status)
		}
	}
	hearTen(t, "tcp://"+hub.mqtt)
	hearTen(t, strings.Replace(hub.http, "http://", "ws://", 1)+"/mqtt")

	stream, err := http.Get(hub.http + "/api/v1/live/frames")
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	began := time.Now()
	if err := hub.stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
	if took := time.Since(began); took >= stopPatience {
		t.Errorf("stopping took %v: an open page held it up", took)
	}
}

// hearTen listens as anybody on this machine may, until ten messages of the demo world have come.
func hearTen(t *testing.T, url string) {
	t.Helper()
	client, err := mqtt.Dial(t.Context(), mqtt.DialConfig{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	heard := make(chan string, 10)
	err = client.Subscribe(t.Context(), "sealab/v1/#", func(topic string, _ []byte) {
		select {
		case heard <- topic:
		default:
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		select {
		case topic := <-heard:
			if !strings.HasPrefix(topic, "sealab/v1/open/") {
				t.Errorf("%s: heard topic %s", url, topic)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s: no ten messages in 20 s", url)
		}
	}
}

func TestServeRefuses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	full := t.TempDir()
	MustWrite(t, filepath.Join(full, "something"), "precious")
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"--addr", taken.Addr().String(), "--mqtt", "127.0.0.1:0"}, exitFailed, "address already in use: stop the other program or choose another port with --addr"},
		{[]string{"--addr", "127.0.0.1:0", "--mqtt", taken.Addr().String()}, exitFailed, "address already in use: stop the other broker or choose another port with --mqtt"},
		{[]string{"--addr", "8080"}, exitUsage, `set --addr to "8080": want host:port`},
		{[]string{"--demo", "maybe"}, exitUsage, `set --demo to "maybe": allowed are on and off`},
		{[]string{"--watch", "kalmn"}, exitUsage, `unknown proof of concept "kalmn": did you mean kalman?`},
		{[]string{"--mqtt-conformance", "--data", full}, exitUsage, "with --mqtt-conformance it must be empty"},
		{[]string{"--mqtt-conformance", "--addr", "127.0.0.1:0", "--mqtt", "0.0.0.0:0"}, exitFailed, "it may stand on loopback only"},
	} {
		var out, problems bytes.Buffer
		args := append([]string{"serve"}, c.args...)
		if !strings.Contains(fmt.Sprint(c.args), "--data") && !strings.Contains(fmt.Sprint(c.args), "conformance") {
			args = append(args, "--data", t.TempDir())
		}
		code := run(args, strings.NewReader(""), &out, &problems)
		if code != c.code || !strings.Contains(problems.String(), c.want) || strings.Count(problems.String(), "\n") != 1 {
			t.Errorf("%v: exit code %d, said %q; want %d, one line with %q", c.args, code, &problems, c.code, c.want)
		}
	}
}

// TestConformanceDataPass proves that a broker without rights never stands before data that matter.
func TestConformanceDataPass(t *testing.T) {
	data, err := (&serveCmd{MQTTConformance: true}).data()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(data.Data); err != nil || !data.passing {
		t.Errorf("data in %s, passing %v, %v", data.Data, data.passing, err)
	}
	if err := data.discard(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(data.Data); !os.IsNotExist(err) {
		t.Errorf("data are still there: %v", err)
	}
}
