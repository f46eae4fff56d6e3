package web

import (
	"encoding/json"
	"strings"
	"testing"

	"sealab/sim/contract"
	"sealab/sim/seal"
)

func TestContractIsServed(t *testing.T) {
	h := MustHub(t)
	if got := h.get("/api/v1/asyncapi.json"); got.Body != string(contract.AsyncAPI()) {
		t.Error("the AsyncAPI document is not what the command prints")
	}
	var list formsJSON
	if err := json.Unmarshal([]byte(h.get("/api/v1/schemas").Body), &list); err != nil || len(list.Forms) != len(contract.Forms) {
		t.Fatalf("%v: %d forms", err, len(list.Forms))
	}
	for i, f := range list.Forms {
		if got := h.get(f.URL); got.Body != string(contract.Forms[i].Schema()) {
			t.Errorf("%s is not the form %s", f.URL, f.Name)
		}
	}
}

func TestContractPageShowsEveryFieldAndTopic(t *testing.T) {
	page := MustHub(t).get("/lab/contract").Body
	want := []string{`href="/api/v1/asyncapi.json"`, "−90 … 90", "SLB-00000007"}
	for f := range seal.Fields {
		want = append(want, seal.Fields[f].Path)
	}
	for i := range contract.Channels {
		want = append(want, contract.Channels[i].Topic())
	}
	for _, text := range want {
		if !strings.Contains(page, text) {
			t.Errorf("the page does not show %q", text)
		}
	}
}

// TestProtocolPage: the page on the protocol of programs is served, and the contract's page leads to it.
func TestProtocolPage(t *testing.T) {
	h := MustHub(t)
	if res := h.get("/lab/contract").want(t, 200); !strings.Contains(res.Body, `href="/api/v1/protocol.md"`) {
		t.Error("the page of the contract does not lead to the protocol")
	}
	if res := h.get("/api/v1/protocol.md").want(t, 200); !strings.HasPrefix(res.Body, "# The Sealab protocol, version 1\n") {
		t.Errorf("got %.60q, want the protocol", res.Body)
	}
}
