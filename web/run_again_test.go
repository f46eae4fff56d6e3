// What a run's page says of playing it again.
package web

import (
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"sealab/pocs"
)

var againCommand = regexp.MustCompile(`<code id="again-cmd">([^<]*)</code>`)

// orderFrom makes an order of the command line on a run's page: `sealab run POC SCENARIO` and flags with their values.
func orderFrom(t *testing.T, page string) (order string) {
	t.Helper()
	found := againCommand.FindStringSubmatch(page)
	if found == nil {
		t.Fatal("the page has no command")
	}
	words := strings.Fields(html.UnescapeString(found[1]))
	body := map[string]any{"poc": words[2], "scenario": words[3]}
	numbers := map[string]map[string]string{"--set": {}, "-p": {}}
	for i := 4; i < len(words); i += 2 {
		name, value, _ := strings.Cut(words[i+1], "=")
		switch words[i] {
		case "--seed":
			body["seed"] = json.Number(words[i+1])
		case "--set", "-p":
			numbers[words[i]][name] = value
		default:
			t.Fatalf("the command has the flag %s", words[i])
		}
	}
	body["settings"], body["params"] = numbers["--set"], numbers["-p"]
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestRunSaysHowToPlayItAgain: the command on the page brings the run's digest out, whatever was set, also where the
// scenario extends another one that this hub knows.
func TestRunSaysHowToPlayItAgain(t *testing.T) {
	h := MustHub(t)
	var first startedOut
	h.post("/api/v1/runs", `{"poc":"kalman","scenario":"northern-corridor","seed":7,"params":{"nis":"20"},`+
		`"settings":{"seals":"30","span_days":"6","signature":"sign+chain","radio_loss":"high","kind.clone":"off"}}`).
		want(t, http.StatusAccepted).json(t, &first)
	h.until(first.Run)
	was, err := h.cfg.Store.Run(t.Context(), first.Run)
	if err != nil {
		t.Fatal(err)
	}
	extending := *was
	extending.ID, extending.Scenario, extending.Extends = "r-winter", "winter-corridor", was.Scenario
	if err := h.cfg.Store.SaveRun(t.Context(), &extending); err != nil {
		t.Fatal(err)
	}
	for _, r := range []*pocs.Run{was, &extending} {
		page := h.get("/runs/"+r.ID).want(t, http.StatusOK)
		page.tells(t, "-p nis=20", "--set signature=sign&#43;chain", "--set kind.clone=off", "sealab export "+r.ID+" --epcis")
		if r.Extends != "" {
			page.tells(t, "This scenario extends "+r.Extends, "sealab run kalman "+r.Extends+" ")
		} else {
			page.hides(t, "This scenario extends")
		}
		var started startedOut
		h.post("/api/v1/runs", orderFrom(t, page.Body)).want(t, http.StatusAccepted).json(t, &started)
		h.until(started.Run)
		var again runJSON
		if h.get("/api/v1/runs/"+started.Run).json(t, &again); again.Digest != r.Digest {
			t.Errorf("%s: played again it has the digest %s, want %s", r.Scenario, again.Digest, r.Digest)
		}
		var told runJSON
		if h.get("/api/v1/runs/"+r.ID).json(t, &told); told.Extends != r.Extends {
			t.Errorf("the API says that %s extends %q", r.Scenario, told.Extends)
		}
	}
}

// TestProgramsAreNotRunByTheirNames: of a program a run knows the content, and not how it is called.
func TestProgramsAreNotRunByTheirNames(t *testing.T) {
	s := &Server{}
	got := s.again(&runJSON{PoC: "mine@0123456789abcdef", Scenario: "land-bridge", Seed: 7, Carrier: "direct"})
	if want := "sealab run --exec COMMAND land-bridge --seed 7"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
