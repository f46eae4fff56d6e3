package web

import (
	"context"
	"encoding/csv"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim"
)

const smallSuite = `name: small
title: Small worlds
version: "2026-01-01"
doc: Three small worlds of each recipe.
challenge: seals
seeds: 1..3
scenarios:
  - {name: northern-corridor, set: {seals: 20, span_days: 10}}
  - {name: land-bridge, set: {seals: 20, span_days: 10}}
`

// withSuite gives the hub one suite of its own, frozen from a draft.
func withSuite(tb testing.TB, draft string) func(*Config) {
	return func(c *Config) {
		s, err := experiment.ParseSuiteDraft([]byte(draft))
		if err != nil {
			tb.Fatal(err)
		}
		if s, err = s.Freeze(context.Background(), experiment.Catalogue{Challenges: c.Challenges, PoCs: c.PoCs}, experiment.Making{Workers: 2}); err != nil {
			tb.Fatal(err)
		}
		c.Suites = []experiment.Suite{s}
	}
}

// board reads a leaderboard over the API.
func (h *house) board(path string) (b boardJSON) {
	h.tb.Helper()
	h.get("/api/v1/leaderboards/"+path).want(h.tb, 200).json(h.tb, &b)
	return b
}

// runSuite runs a suite through its form and returns the experiment.
func (h *house) runSuite(suite, poc string) experimentOut {
	h.tb.Helper()
	var out experimentStarted
	h.post("/api/v1/suites/"+suite+"/run", `{"poc":"`+poc+`"}`).want(h.tb, 202).json(h.tb, &out)
	return h.played(out.ID)
}

func TestLeaderboardFromSuiteToRanks(t *testing.T) {
	t.Parallel()
	h := MustHub(t, withSuite(t, smallSuite))
	empty := h.get("/leaderboards/seals/land-bridge").want(t, 200)
	checkPage(t, "empty board", "en", empty)
	if !strings.Contains(empty.Body, `action="/suites/small/run"`) {
		t.Error("an empty board offers no way to fill it")
	}
	checkPage(t, "empty boards", "en", h.get("/leaderboards").want(t, 200))
	if out := h.runSuite("small", "rules"); out.State != stateDone || out.Runs != 2*3*5 {
		t.Fatalf("got %s, %d runs: %s", out.State, out.Runs, out.Reason)
	}
	b := h.board("seals/land-bridge")
	if len(b.Places) != 5 || b.Places[0].Arm != "oracle" || !b.Places[0].Reference || b.Measure != "score_balanced" || b.Better != "higher" ||
		b.Suite != "small" || b.Seeds != "1..3" || b.Worlds != 3 || len(b.Incomplete) != 0 || b.Drifted != 0 {
		t.Fatalf("got %+v", b)
	}
	for i, p := range b.Places {
		if p.N != 3 || p.Seeds != 3 || p.Mean == nil || len(p.Commits) != 1 || p.RankLow > i+1 || p.RankHigh < i+1 || i > 0 && p.Group < b.Places[i-1].Group {
			t.Errorf("place %d: %+v", i, p)
		}
		var runs runsOut
		h.get("/api/v1"+p.Runs).want(t, 200).json(t, &runs)
		if runs.Total != 3 {
			t.Errorf("%s: its runs are %d by %s", p.Arm, runs.Total, p.Runs)
		}
		if want := p.Reference != (p.Arm == "rules"); !want {
			t.Errorf("%s: reference %v", p.Arm, p.Reference)
		}
		if p.Compare != "" { // the suite's settings are not the defaults, which the pair's page takes
			t.Errorf("%s: compared by %s", p.Arm, p.Compare)
		}
	}
	if best := b.Best(); len(best) != 1 || best[0].Arm != "rules" {
		t.Errorf("in front: %+v", best)
	}
	page := h.get(b.URL).want(t, 200)
	checkPage(t, "board", "en", page)
	for _, want := range []string{"oracle", "higher is better", "↑", ">rules<", "0123456789"} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	overview := h.get("/leaderboards").want(t, 200).Body
	if !strings.Contains(overview, "<td>rules</td>") || strings.Contains(overview, "has played every world") {
		t.Error("the overview does not say who leads")
	}
	rows, err := csv.NewReader(strings.NewReader(h.get("/api/v1/leaderboards/seals/land-bridge/places.csv?m=recall").want(t, 200).Body)).ReadAll()
	if err != nil || len(rows) != 6 || rows[1][4] != "recall" || rows[1][8] != "oracle" {
		t.Errorf("got %v, %v", err, rows)
	}
	var all []boardJSON
	h.get("/api/v1/leaderboards").want(t, 200).json(t, &all)
	if len(all) != 2 || all[0].Scenario != "northern-corridor" || len(all[0].Places) != 5 {
		t.Errorf("got %+v", all)
	}
}

// A lower-is-better measure puts the lowest first, and one that is null everywhere ranks nobody.
func TestLeaderboardMeasures(t *testing.T) {
	t.Parallel()
	h := MustHub(t, withSuite(t, smallSuite))
	h.runSuite("small", "coin")
	b := h.board("seals/northern-corridor?m=false_alarms_per_trip")
	if b.Better != "lower" || len(b.Places) != 4 || b.Places[3].Arm != "coin" || *b.Places[0].Mean > *b.Places[3].Mean {
		t.Errorf("got %+v", b.Places)
	}
	b = h.board("seals/northern-corridor?m=check_cost")
	if len(b.Places) != 0 || len(b.Unranked) != 4 {
		t.Errorf("a measure without values: %+v", b)
	}
	checkPage(t, "unranked", "en", h.get("/leaderboards/seals/northern-corridor?m=check_cost").want(t, 200))
	for path, want := range map[string]struct {
		status int
		field  string
	}{
		"seals/northern-corridor?m=unheard":  {422, "m"}, // of which neither way is better
		"seals/northern-corridor?m=x":        {422, "m"},
		"seals/northern-corridor?suite=none": {422, "suite"},
		"seals/asia-europe":                  {404, "scenario"},
		"toys/asia-europe":                   {404, "challenge"},
	} {
		if p := h.get("/api/v1/leaderboards/"+path).want(t, want.status).problem(t); p.Field != want.field || p.Allowed == "" {
			t.Errorf("%s: got %+v", path, p)
		}
		checkPage(t, path, "en", h.get("/leaderboards/"+path).want(t, want.status))
		h.get("/api/v1/leaderboards/"+strings.Replace(path+"?", "?", "/places.csv?", 1)).want(t, want.status)
	}
	h.get("/leaderboards?suite=none").want(t, 404)
}

// Arms that lack worlds are listed apart; of several runs of a world the newest counts; other settings, terms and worlds
// are no part of the board; parameters that differ from the defaults make another arm.
func TestLeaderboardTakesOnlyTheSuitesRuns(t *testing.T) {
	t.Parallel()
	h := MustHub(t, withSuite(t, smallSuite))
	su := &h.cfg.Suites[0]
	sc := su.Find("land-bridge")
	rules, err := h.findPoC("rules")
	if err != nil {
		t.Fatal(err)
	}
	params, err := sim.Resolve("parameter", rules.Params, nil)
	if err != nil {
		t.Fatal(err)
	}
	n, score := 0, 0.0
	put := func(seed int, change func(*pocs.Run)) {
		n++
		h.stored("r-"+strings.Repeat("0", 7)+string(rune('a'+n)), func(r *pocs.Run) {
			r.PoC, r.Scenario, r.Settings, r.Params, r.Seed = "rules", "land-bridge", sc.Set, params, uint64(seed)
			r.Terms, r.Started = su.Terms(sc), r.Started.AddDate(0, 0, n)
			r.WorldDigest = "sha256:" + sc.Worlds[seed-1] + strings.Repeat("0", 48)
			r.Commit, r.Verdict = "old", pocs.Pass
			score++
			value := score
			r.Score.Values = map[string]*float64{"score_balanced": &value}
			if change != nil {
				change(r)
			}
		})
	}
	put(1, nil)
	put(1, func(r *pocs.Run) { r.Commit = "new" }) // 2 counts
	put(2, nil)
	other := func(name string, v float64) func(*pocs.Run) {
		return func(r *pocs.Run) {
			set := sim.Settings{}
			for k, x := range sc.Set {
				set[k] = x
			}
			set[name] = v
			r.Settings = set
		}
	}
	put(3, other("seals", 21))
	put(3, func(r *pocs.Run) { r.Terms.BaseRate = 5 })
	put(3, func(r *pocs.Run) { r.WorldDigest = "sha256:" + strings.Repeat("1", 64) })
	put(3, func(r *pocs.Run) { r.Carrier, r.WorldDigest = "live", "sha256:"+strings.Repeat("2", 64) }) // no drift: live is real
	if b := h.board("seals/land-bridge"); len(b.Places) != 0 || len(b.Incomplete) != 1 || b.Incomplete[0].Seeds != 2 || b.Incomplete[0].Enter != "rules" || b.Drifted != 1 {
		t.Fatalf("got %+v", b)
	}
	page := h.get("/leaderboards/seals/land-bridge").want(t, 200)
	checkPage(t, "incomplete", "en", page)
	if !strings.Contains(page.Body, "has 2 of 3 worlds") || !strings.Contains(page.Body, "not those of the suite: 1") {
		t.Error("the page does not say what is missing")
	}
	put(3, func(r *pocs.Run) { r.Carrier = "mqtt" })
	widened := pocs.Params{}
	for k, v := range params {
		widened[k] = v
	}
	name := rules.Params[0].Name
	widened[name]++
	for seed := 1; seed <= 3; seed++ {
		put(seed, func(r *pocs.Run) { r.Params, r.Verdict = widened, pocs.Unknown })
		put(seed, func(r *pocs.Run) { r.PoC, r.Params = "gone-since", nil })
	}
	b := h.board("seals/land-bridge")
	var arms []string
	for _, p := range b.Places {
		arms = append(arms, p.Arm)
	}
	slices.Sort(arms)
	if want := []string{"gone-since", "rules", "rules " + name + "=" + sim.Number(widened[name])}; !slices.Equal(arms, want) {
		t.Fatalf("got %v, want %v", arms, want)
	}
	for _, p := range b.Places {
		if p.Arm == "rules" && (*p.Mean != (2+3+8)/3.0 || len(p.Commits) != 2 || p.Passed.K != 3) {
			t.Errorf("got %+v", p)
		}
		if len(p.Params) == 1 && p.Passed.N != 0 {
			t.Errorf("undecided runs count: %+v", p)
		}
		var runs runsOut
		if h.get("/api/v1"+p.Runs).want(t, 200).json(t, &runs); p.Arm != "rules" && runs.Total != 3 {
			t.Errorf("%s: %d runs by %s", p.Arm, runs.Total, p.Runs)
		}
	}
	checkPage(t, "three arms", "en", h.get("/leaderboards/seals/land-bridge").want(t, 200))
}

func TestSuitePages(t *testing.T) {
	h := MustHub(t)
	su := &h.cfg.Suites[0]
	checkPage(t, "suites", "en", h.get("/suites").want(t, 200))
	page := h.get("/suites/"+su.Name).want(t, 200)
	checkPage(t, "suite", "en", page)
	for _, want := range []string{su.Hash(), "@misc{sealab-", "2001..2040", "/leaderboards/seals/asia-europe?suite=" + su.Name, su.Scenarios[2].Worlds[39], "assumption."} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	read, err := experiment.ParseSuite([]byte(h.get("/api/v1/suites/"+su.Name).want(t, 200).Body))
	if err != nil || read.Hash() != su.Hash() {
		t.Errorf("the API's suite is not the suite: %v", err)
	}
	var list []suiteJSON
	if h.get("/api/v1/suites").want(t, 200).json(t, &list); len(list) != len(h.cfg.Suites) || list[0].Hash != su.Hash() || list[0].Worlds != 40*len(su.Scenarios) {
		t.Errorf("got %+v", list)
	}
	h.get("/suites/none").want(t, 404)
	h.get("/api/v1/suites/none").want(t, 404)
	h.post("/api/v1/suites/none/run", `{"poc":"rules"}`).want(t, 404)
	if p := h.post("/api/v1/suites/"+su.Name+"/run", `{"poc":"rulez"}`).want(t, 422).problem(t); p.Field != "poc" || !strings.Contains(p.Allowed, "rules") {
		t.Errorf("got %+v", p)
	}
	h.form("/suites/"+su.Name+"/run", url.Values{"poc": {"rulez"}}).want(t, 422)
	write := h.form("/suites/"+su.Name+"/run", url.Values{"poc": {"rules"}, "step": {"write"}}).want(t, 200)
	checkPage(t, "written", "en", write)
	if !strings.Contains(write.Body, "assumption.radio_loss") || !strings.Contains(write.Body, su.Name) {
		t.Error("the form does not hold the suite's file")
	}
	none := MustHub(t, func(c *Config) { c.Suites = nil })
	for _, path := range []string{"/suites", "/leaderboards"} {
		checkPage(t, "no suite", "en", none.get(path).want(t, 200))
	}
	none.get("/leaderboards/seals/asia-europe").want(t, 404)
}

// The pair's page takes defaults: it is offered where the suite holds them.
func TestLeaderboardOffersPairs(t *testing.T) {
	t.Parallel()
	h := MustHub(t, withSuite(t, "name: plain\ntitle: t\nversion: '1'\nchallenge: seals\nseeds: 1..2\nscenarios: [land-bridge]\n"))
	h.runSuite("plain", "rules")
	for _, p := range h.board("seals/land-bridge").Places {
		if (p.Compare == "") != (p.Arm == "rules") {
			t.Errorf("%s: compared by %q", p.Arm, p.Compare)
		}
		if p.Compare != "" {
			checkPage(t, p.Compare, "en", h.get(p.Compare).want(t, 200))
		}
	}
}
