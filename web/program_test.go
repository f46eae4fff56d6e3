package web

// This file offers a program as its host does: it stands wherever a proof of concept may be chosen.

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"sealab/pocs/program"
	"sealab/pocs/rules"
)

// offered is how a program is called that the hub offers.
const offered = "mine@37de06b6715a738d"

// withProgram offers a program; what it says is what the rules say.
func withProgram(tb testing.TB) func(*Config) {
	command, err := program.ParseCommand("sh -c exit")
	if err != nil {
		tb.Fatal(err)
	}
	return func(c *Config) {
		p := program.PoC(tb.Context(), command, program.Config{Challenge: "seals", Scratch: true, Limits: program.DefaultLimits()})
		p.Name, p.New = offered, rules.PoC.New
		p.Params = rules.PoC.Params
		c.PoCs = append(slices.Clone(c.PoCs), p)
	}
}

func TestProgramsStandWherePoCsDo(t *testing.T) {
	t.Parallel()
	now := callDay
	h := MustHub(t, withProgram(t), withSuite(t, smallSuite), withClock(&now))
	curator, _ := h.entered("Desk 1", "A hub")
	c := h.posted(curator)
	for _, page := range []string{"/runs", "/experiments", "/pocs", "/calls/" + c.ID} {
		if body := h.get(page).want(t, 200).Body; !strings.Contains(body, offered) {
			t.Errorf("%s does not offer it", page)
		}
	}
	if body := h.get("/pocs/"+offered).want(t, 200).Body; !strings.Contains(body, "is no jail") {
		t.Error("its page does not say what isolation is not")
	}
	id := h.MustRun(offered, "")
	var fork startedOut
	h.post("/api/v1/runs/"+id+"/fork", `{"settings":{"report_interval_s":3600}}`).want(t, http.StatusAccepted).json(t, &fork)
	if last := h.until(fork.Run); last.State != stateDone {
		t.Errorf("its fork ended as %s: %s", last.State, last.Reason)
	}
	h.get("/api/v1/runs/"+id+"/findings/1/explanation").want(t, 200)
	answer := h.answeredCall(c.ID, `"poc":"`+offered+`"`)
	out := h.call(c.ID)
	if len(out.Answers) != 1 || out.Answers[0].Judgement.State != stateJudged || answer.Experiment == "" {
		t.Errorf("its answer to a call was not judged: %+v", out.Answers)
	}
}
