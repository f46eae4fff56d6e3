//go:build e2e

package e2e

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// proving is a hub with one small experiment, receiving an empty one.
var (
	proving   = sync.OnceValues(func() (*hub, error) { return startHub(false, nil) })
	receiving = sync.OnceValues(func() (*hub, error) { return startHub(false, nil) })
)

// TestProofFromHubToHub: a visitor has an experiment verified, takes the bundle, and brings it to another hub.
func TestProofFromHubToHub(t *testing.T) {
	t.Parallel()
	h, other := mustHub(t, proving), mustHub(t, receiving)
	id := h.mustExperiment(t, "question: Which one?\nscenarios: [{name: land-bridge, set: {seals: 20}}]\nseeds: 1..2\narms: [rules, kalman]\n")
	path := "/experiments/" + id + "/proof"
	p := mustTab(t, h, desk).open(path)
	p.click("#check button[type=submit]")
	p.until(`() => document.querySelectorAll("#runs .an-reproduced").length === 4`)
	p.calm()
	p.leave()
	file := filepath.Join(t.TempDir(), "x.zip")
	res, err := http.Get(h.URL + "/experiments/" + id + "/bundle")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	whole, err := io.ReadAll(res.Body)
	if err != nil || !bytes.HasPrefix(whole, []byte("PK")) {
		t.Fatalf("%v: %.100s", err, whole)
	}
	if err := os.WriteFile(file, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	p = mustTab(t, other, desk).open("/experiments")
	input, err := p.Element("#i-bundle")
	if err != nil {
		t.Fatal(err)
	}
	if err := input.SetFiles([]string{file}); err != nil {
		t.Fatal(err)
	}
	p.click("#import button[type=submit]")
	p.until(`() => document.querySelectorAll("#runs .an-reproduced").length === 4 && document.querySelector("#origin")`)
	if text := p.text("#check"); !strings.Contains(text, "conclusion is the one that was published") {
		t.Errorf("the check says %q", text)
	}
	p.calm()
	p.leave()
	for _, v := range []view{
		{name: "proof", path: path, hub: proving, want: "#runs tbody tr"},
		{name: "proof-imported", path: path, hub: receiving, want: "#origin"},
	} {
		for _, l := range looks() {
			v.check(t, l)
		}
	}
}
