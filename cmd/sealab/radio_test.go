// TestRadioLoss sets the radio's loss from the command line: so much is lost, the same each time, and no act changes.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
)

// mustPrint runs a command line that is to succeed and reads the JSON that it prints.
func mustPrint(t *testing.T, into any, args ...string) {
	t.Helper()
	var out, problems bytes.Buffer
	if code := run(append(args, "--json"), strings.NewReader(""), &out, &problems); code != exitDone {
		t.Fatalf("%v: exit code %d\n%s", args, code, &problems)
	}
	if err := json.Unmarshal(out.Bytes(), into); err != nil {
		t.Fatalf("%v: %v", args, err)
	}
}

// actsOf plays a world from the command line and gives its acts by id, and its digest.
func actsOf(t *testing.T, set ...string) (map[string]string, string) {
	t.Helper()
	args := []string{"run", "null", "northern-corridor", "--seed", "3", "--no-store", "--full"}
	for _, s := range set {
		args = append(args, "--set", s)
	}
	var r struct {
		WorldDigest string         `json:"world_digest"`
		Incidents   []incidentJSON `json:"incident_list"`
	}
	mustPrint(t, &r, args...)
	acts := map[string]string{}
	for _, in := range r.Incidents {
		if in.Hostile {
			acts[in.ID] = fmt.Sprint(in.Seal, in.Container, in.Start, in.End, in.Params)
		}
	}
	return acts, r.WorldDigest
}

func TestRadioLoss(t *testing.T) {
	const most = "radio_loss=0.1" // an assumption: its prefix may be left out
	var audit struct {
		Rows []struct {
			What string
			From float64
			N    int
		}
	}
	mustPrint(t, &audit, "world", "northern-corridor", "--audit", "--seeds", "3", "--set", most)
	found := false
	for _, r := range audit.Rows {
		if r.What != "radio attempts lost" {
			continue
		}
		if found = true; r.N < 10_000 || r.From < 0.09 || r.From > 0.11 {
			t.Errorf("%.4f of %d attempts were lost, want 10 %% ± 1 %% of 10,000 or more", r.From, r.N)
		}
	}
	if !found {
		t.Error("the audit does not say how much was lost")
	}
	calm, calmDigest := actsOf(t)
	lossy, digest := actsOf(t, most)
	if _, again := actsOf(t, "assumption."+most); again != digest || digest == calmDigest {
		t.Errorf("the same seed and loss gave %s, then %s; with the default %s", digest, again, calmDigest)
	}
	if len(calm) == 0 || !maps.Equal(calm, lossy) {
		t.Errorf("the loss changed the acts: %v\nwant %v", lossy, calm)
	}
}
