package program

// This file checks what a program needs to check signatures: the keys in hello, and the signed text of a message.

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sealab/pocs"
	"sealab/pocs/kits"
	"sealab/sim"
	"sealab/sim/exact"
)

var signedSet = map[string]string{"seals": "10", "span_days": "5", "attacks": "0", "signature": "sign+chain"}

// TestProgramsCanCheckSignatures does what a program would, with nothing but what it is told.
func TestProgramsCanCheckSignatures(t *testing.T) {
	trial := small(t, &pocs.PoC{}, "northern-corridor", signedSet)
	w, err := sim.New(*trial.Scenario, trial.Settings, 7)
	if err != nil {
		t.Fatal(err)
	}
	h := hello(&Config{}, &pocs.Setup{Dice: exact.NewDice(1, "test"), Registered: w.Registered()})
	if len(h.Keys) != 10 {
		t.Fatalf("hello has %d keys, want 10", len(h.Keys))
	}
	coder := newEncoder(&Ready{Form: Rows, Fields: map[string][]string{"reading": {"seal", "prev", "sig.kid", "sig.b64", FieldSigned}}})
	checked, chained, last := 0, 0, map[string]string{}
	for b := range w.Batches() {
		var line struct{ Events []map[string]any }
		if err := json.Unmarshal(coder.batch(nil, b), &line); err != nil {
			t.Fatal(err)
		}
		for _, e := range line.Events {
			text := func(name string) string { s, _ := e[name].(string); return s }
			key := h.Keys[text("sig.kid")]
			public, err := base64.RawURLEncoding.DecodeString(key.Key)
			if text("sig.kid") == "" || key.Seal != text("seal") {
				continue // a last will, or another's key
			}
			signature, err2 := base64.RawURLEncoding.DecodeString(text("sig.b64"))
			if err != nil || err2 != nil || !ed25519.Verify(public, []byte(text(FieldSigned)), signature) {
				t.Fatalf("the signature does not hold: %v", e)
			}
			checked++
			sum := sha256.Sum256([]byte(text(FieldSigned)))
			if text("prev") == last[key.Seal] {
				chained++
			}
			last[key.Seal] = hex.EncodeToString(sum[:])
		}
	}
	if checked < 1000 || chained < checked/2 {
		t.Errorf("%d signatures hold, and %d messages follow the one heard before", checked, chained)
	}
}

// TestUnsignedWorldsHaveNoKeys: hello says so with an empty object.
func TestUnsignedWorldsHaveNoKeys(t *testing.T) {
	text, err := json.Marshal(hello(&Config{}, &pocs.Setup{Dice: exact.NewDice(1, "test")}))
	if err != nil || !strings.Contains(string(text), `"keys":{}`) {
		t.Errorf("%v: %.200s", err, text)
	}
}

// witness says of each signed message a number that is made of its signed text, its chain and its key.
const witness = `
import hashlib
import sealab

class Detector:
    FIELDS = {"reading": ["container", "at", "prev", "sig.kid", "sig.b64", "signed"]}

    def __init__(self, hello):
        self.keys = hello["keys"]

    def step(self, batch):
        for e in batch.events():
            if "container" in e:
                text = "|".join(str(e.get(name)) for name in ("at", "prev", "sig.kid", "sig.b64", "signed"))
                text += str(sorted(self.keys.get(e.get("sig.kid"), {}).items()))
                yield sealab.finding(e["container"], "witness", int(hashlib.sha256(text.encode()).hexdigest(), 16) % 1001)

sealab.run(Detector)
`

// TestSignedTextIsTheSameOverMQTT: what a program hears of signatures over pipes and over MQTT is the same, to the byte.
func TestSignedTextIsTheSameOverMQTT(t *testing.T) {
	python := pythonWithMQTT(t)
	if python == "" {
		return
	}
	dir := t.TempDir()
	for _, f := range kits.Kits[0].Files("witness", "starter") {
		if strings.HasPrefix(f.Name, "sealab") {
			if err := os.WriteFile(filepath.Join(dir, f.Name), []byte(f.Text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	file := filepath.Join(dir, "witness.py")
	if err := os.WriteFile(file, []byte(witness), 0o644); err != nil {
		t.Fatal(err)
	}
	c, err := NewCommand([]string{python, "-B", file})
	if err != nil {
		t.Fatal(err)
	}
	var digests []string
	for _, cfg := range []Config{{Forms: []string{Rows}}, {Forms: []string{Columns}}, {Link: private(false)}} {
		cfg.Challenge, cfg.Limits, cfg.Log = "seals", strict(), os.Stderr
		p := PoC(context.Background(), c, cfg)
		r, err := small(t, &p, "northern-corridor", signedSet).Play(context.Background())
		if err != nil || r.Reason != "" || len(r.Findings) < 1000 {
			t.Fatalf("%v, %+v", err, r.Reason)
		}
		digests = append(digests, r.Digest)
	}
	if digests[0] != digests[1] || digests[1] != digests[2] {
		t.Errorf("rows, columns and MQTT: %v", digests)
	}
}
