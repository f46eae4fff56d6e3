package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/pocs/visitor"
	"sealab/sim"
	"sealab/sim/attacks"
)

// wallClock is a clock that a test moves.
type wallClock struct {
	mu sync.Mutex
	at time.Time
}

func newWallClock() *wallClock { return &wallClock{at: time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)} }

func (c *wallClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *wallClock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func (c *wallClock) in(cfg *Config) { cfg.Now = c.now }

// readGame reads a game from an answer.
func readGame(tb testing.TB, a answered) gameJSON {
	tb.Helper()
	var g gameJSON
	if err := json.Unmarshal([]byte(a.Body), &g); err != nil {
		tb.Fatalf("%v: %s", err, a.Body)
	}
	return g
}

// tells fails unless the answer holds every text; hides where it holds one.
func (a answered) tells(tb testing.TB, list ...string) answered {
	tb.Helper()
	for _, text := range list {
		if !strings.Contains(a.Body, text) {
			tb.Errorf("the answer lacks %q: %.600s", text, a.Body)
		}
	}
	return a
}

func (a answered) hides(tb testing.TB, list ...string) {
	tb.Helper()
	for _, text := range list {
		if strings.Contains(a.Body, text) {
			tb.Errorf("the answer holds %q", text)
		}
	}
}

// cutOut is what stands between two texts.
func cutOut(tb testing.TB, body, from, to string) string {
	tb.Helper()
	_, rest, ok := strings.Cut(body, from)
	out, _, end := strings.Cut(rest, to)
	if !ok || !end {
		tb.Fatalf("nothing between %q and %q: %.600s", from, to, body)
	}
	return out
}

// TestWholeGame plays a game from the form to the reveal: what is told on the way holds no truth, and the flags become
// an ordinary run.
func TestWholeGame(t *testing.T) {
	t.Parallel()
	clock := newWallClock()
	h := MustHub(t, clock.in)
	h.get("/play").want(t, http.StatusOK).tells(t, "Beat the detector", `name="guess"`)
	started := h.form("/play", url.Values{"seed": {"7"}, "guess": {"5"}}).want(t, http.StatusOK)
	id := cutOut(t, started.Body, `data-game="/api/v1/play/`, `"`)
	api := "/api/v1/play/" + id

	g := readGame(t, h.get(api).want(t, http.StatusOK))
	w := worldOfGame(t, h, id)
	seen := watchGame(t, h, clock, api, g, w)
	if len(seen) < 100 {
		t.Errorf("only %d news in a whole game", len(seen))
	}
	if g := readGame(t, h.get(api)); g.State != stateOver || len(g.Flags) != 2 {
		t.Fatalf("at its end the game is %s with %d flags", g.State, len(g.Flags))
	}
	h.post(api+"/flags", `{"container":"`+seen[0].C+`"}`).want(t, http.StatusConflict).tells(t, "game_over")
	h.get("/runs/"+id).want(t, http.StatusNotFound)
	page := h.form("/play/"+id, url.Values{"step": {"end"}}).want(t, http.StatusOK)
	page.tells(t, "You had guessed 5 of 10", "kalman", "1 in 10,000", `class="dots"`, "seed 7")
	if left := readGame(t, h.get(api).want(t, http.StatusOK)); left.State != stateEnded || left.URL != "/play/"+id+"?guess=5" {
		t.Errorf("another browser is told %s, %s", left.State, left.URL)
	}
	h.post(api+"/flags", `{"container":"`+seen[0].C+`"}`).want(t, http.StatusConflict)
	h.post(api+"/end", ``).want(t, http.StatusOK).tells(t, "guess=5")
	clock.pass(2 * gameLeft)
	h.get(api).want(t, http.StatusNotFound)
	h.post(api+"/end", ``).want(t, http.StatusOK).tells(t, id)
	checkKept(t, h, id)
}

// worldOfGame makes the world of a game again, with its truth.
func worldOfGame(t *testing.T, h *house, id string) *sim.World {
	t.Helper()
	tr := h.games.find(id, h.cfg.Now()).trial
	w, err := sim.New(*tr.Scenario, tr.Settings, tr.Seed)
	if err != nil {
		t.Fatal(err)
	}
	for range w.Batches() {
		continue
	}
	return w
}

// watchGame polls a game to its end, flags an attacked container when the attack shows and an honest one some time, and
// fails where an answer tells what it must not.
func watchGame(t *testing.T, h *house, clock *wallClock, api string, g gameJSON, w *sim.World) []news {
	t.Helper()
	truth := w.Truth()
	var forbidden []string
	for i := range truth.Incidents {
		forbidden = append(forbidden, truth.Incidents[i].ID)
	}
	for _, k := range attacks.All {
		if k.Name == "reboot" { // which a seal says of itself
			continue
		}
		forbidden = append(forbidden, `"`+k.Name+`"`)
	}
	forbidden = append(forbidden, `"seed"`, `"hostile"`, `"incident`)
	plan := h.get(api+"/plan").want(t, http.StatusOK).Body
	victim := slices.IndexFunc(truth.Incidents, func(in sim.Incident) bool { return in.Kind == "bolt_cut" && in.Heard() })
	honest := truth.Trips[slices.IndexFunc(truth.Trips, func(tr sim.Trip) bool {
		return !slices.ContainsFunc(truth.Incidents, func(in sim.Incident) bool { return in.Container == tr.Container })
	})].Container
	var seen []news
	flagged := map[string]bool{}
	for g.State == "playing" {
		clock.pass(500 * time.Millisecond)
		answer := h.get(fmt.Sprintf("%s?after=%d", api, len(seen))).want(t, http.StatusOK)
		for _, word := range forbidden {
			if strings.Contains(answer.Body, word) || strings.Contains(plan, word) {
				t.Fatalf("the game tells %s", word)
			}
		}
		g = readGame(t, answer)
		for _, n := range g.News {
			if n.At > g.T || n.N != len(seen)+1 {
				t.Fatalf("news %d of %d at %d", n.N, n.At, g.T)
			}
			if k := len(seen) - 1; k >= 0 && (n.At < seen[k].At || n.At == seen[k].At && n.When < seen[k].When) {
				t.Fatalf("news %d is told out of order", n.N)
			}
			seen = append(seen, n)
		}
		for c, due := range map[string]bool{truth.Incidents[victim].Container: g.T > truth.Incidents[victim].HeardAt.UnixMilli(),
			honest: g.T > (g.Start+g.End)/2} {
			if due && !flagged[c] && g.State == "playing" {
				flagged[c] = true
				h.post(api+"/flags", `{"container":"`+c+`"}`).want(t, http.StatusOK)
			}
		}
	}
	return seen
}

// checkKept says whether the kept run of a game is whole, judged as any other, and comes out again from its flags.
func checkKept(t *testing.T, h *house, id string) {
	t.Helper()
	run, err := h.cfg.Store.Run(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if run.PoC != visitor.Name || run.Seed != 7 || len(run.Findings) != 2 || run.Score.Counts.Hits != 1 || run.Score.Counts.Episodes != 1 {
		t.Errorf("the run is %s seed %d with %d findings, counts %+v", run.PoC, run.Seed, len(run.Findings), run.Score.Counts)
	}
	if list, err := h.cfg.Store.VerifyStored(t.Context(), id); err != nil || len(list) > 0 {
		t.Errorf("the record: %v, %v", list, err)
	}
	want := pocs.JudgeSeals(run.Truth, run.Findings, run.Terms)
	if !maps.EqualFunc(want.Values, run.Score.Values, func(a, b *float64) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }) {
		t.Error("the score is not that of the judge")
	}
	sc, challenge, _ := all.FindScenario(run.Scenario)
	again, err := visitor.Again(run.Findings, sc.Start, sc.Tick)
	if err != nil {
		t.Fatal(err)
	}
	twin, err := pocs.Trial{Challenge: challenge, PoC: again, Scenario: sc, Settings: run.Settings, Seed: run.Seed, Terms: run.Terms}.Play(t.Context())
	if err != nil || twin.Digest != run.Digest {
		t.Errorf("played again: %v, digest %s, was %s", err, twin.Digest, run.Digest)
	}
	rows, err := h.cfg.Store.Runs(t.Context(), catalog.Query{Limit: 10})
	if err != nil || len(rows) != 4 {
		t.Fatalf("there are %d runs (%v), want four", len(rows), err)
	}
	h.get("/runs/"+id).want(t, http.StatusOK).tells(t, "A person played this run", "Flagged by a visitor").hides(t, "sealab run visitor", "Right kind named")
	h.get("/runs?poc=visitor").want(t, http.StatusOK).tells(t, id)
	for _, short := range []string{"/", "/experiments"} { // a class of players would push every detector off these lists
		h.get(short).want(t, http.StatusOK).tells(t, `href="/runs/`).hides(t, "/runs/"+id)
	}
	h.get("/api/v1/runs?query="+url.QueryEscape("poc = visitor AND recall > 0")).want(t, http.StatusOK).tells(t, id)
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	h.get("/compare?runs="+strings.Join(ids, ",")).want(t, http.StatusOK).tells(t, "visitor", "Bolt cut")
	h.get("/play/"+id+"?rate=1000").want(t, http.StatusOK).tells(t, "1 in 10")
	h.get("/play/"+id+"?rate=0").want(t, http.StatusUnprocessableEntity)
	h.get("/play/"+rows[slices.IndexFunc(rows, func(r catalog.Row) bool { return r.PoC == "null" })].ID).want(t, http.StatusNotFound)
}

// TestFlagsAreStampedByTheHub: whatever a browser does and however long it waits, a flag stands in the tick that the
// game had reached, no earlier than what was told before it and no later than the next answer, and it can be taken back
// as long as the world has not moved on.
func TestFlagsAreStampedByTheHub(t *testing.T) {
	t.Parallel()
	clock := newWallClock()
	h := MustHub(t, clock.in)
	rapid.Check(t, func(rt *rapid.T) {
		g, err := h.newGame(gameOrder{Seals: "12", Seed: "3"})
		if err != nil {
			rt.Fatal(err)
		}
		box := g.plan.Seals[0].Container
		var last int64
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			clock.pass(time.Duration(rapid.Int64Range(0, 20_000).Draw(rt, "wait ms")) * time.Millisecond)
			g.goOn(clock.now())
			at := g.see(0).T
			if at < last || at > g.end {
				rt.Fatalf("the clock went from %d to %d", last, at)
			}
			last = at
			switch rapid.SampledFrom([]string{"flag", "undo", "pause", "play", "fast", "look"}).Draw(rt, "what") {
			case "flag":
				if err := g.flag(box, clock.now()); err != nil {
					if !g.over() {
						rt.Fatal(err)
					}
					continue
				}
				f := g.flags[len(g.flags)-1]
				if stamp := g.start + f.Tick*g.tick; stamp > max(at, g.start+g.tick) || stamp <= at-g.tick || !g.undoable(f) {
					rt.Fatalf("flagged at %d, stamped %d", at, stamp)
				}
			case "undo":
				if n := len(g.flags); n > 0 {
					f := g.flags[n-1]
					moved := max(1, g.ticks()) != f.Tick
					if err := g.undo(f.N); (err != nil) != moved {
						rt.Fatalf("undo: %v, the world moved on: %v", err, moved)
					}
				}
			case "pause", "play":
				yes := rapid.Bool().Draw(rt, "on")
				if err := g.control(&yes, nil); err != nil {
					rt.Fatal(err)
				}
			case "fast":
				v := rapid.SampledFrom(playSpeeds).Draw(rt, "speed")
				if err := g.control(nil, &v); err != nil {
					rt.Fatal(err)
				}
			}
		}
		for i := 1; i < len(g.flags); i++ {
			if g.flags[i].Tick < g.flags[i-1].Tick {
				rt.Fatal("flags are out of order")
			}
		}
	})
}

func TestWorldStandsStill(t *testing.T) {
	clock := newWallClock()
	h := MustHub(t, clock.in)
	g := readGame(t, h.post("/api/v1/play", `{"seals":12}`).want(t, http.StatusCreated))
	api := "/api/v1/play/" + g.ID
	clock.pass(2 * time.Second)
	first := readGame(t, h.get(api))
	if first.T <= g.T {
		t.Error("the world does not move")
	}
	box := cutOut(t, h.get(api+"/plan").Body, `"c":"`, `"`)
	flagged := readGame(t, h.post(api+"/flags", `{"container":"`+box+`"}`))
	h.post(api+"/flags", `{"container":"`+box+`"}`) // a double tap
	clock.pass(2 * time.Second)
	still := readGame(t, h.get(api))
	if still.T != flagged.T || len(still.Flags) != 1 || !still.Flags[0].Undo || still.HoldMs == 0 {
		t.Errorf("after a flag the world went from %d to %d: %+v", flagged.T, still.T, still.Flags)
	}
	if back := readGame(t, h.do(http.MethodDelete, api+"/flags/1", "", "")); len(back.Flags) != 0 {
		t.Error("the flag was not taken back")
	}
	h.post(api+"/flags", `{"container":"`+box+`"}`).want(t, http.StatusOK)
	clock.pass(5 * time.Second)
	h.get(api)
	h.do(http.MethodDelete, api+"/flags/2", "", "").want(t, http.StatusConflict).tells(t, "too_late")
	before := readGame(t, h.get(api))
	clock.pass(10 * time.Minute) // the browser was gone
	away := readGame(t, h.get(api))
	if !away.Away || away.State != statePaused || away.T-before.T > int64(awayAfter.Milliseconds())*int64(away.PerMs+1) {
		t.Errorf("nobody was there and the world went from %d to %d, %s", before.T, away.T, away.State)
	}
	if on := readGame(t, h.post(api+"/control", `{"playing":true,"speed":4}`)); on.State != "playing" || on.Away || on.Speed != 4 {
		t.Errorf("it does not go on: %+v", on)
	}
	clock.pass(gameLives + time.Minute)
	h.get("/play/"+g.ID).want(t, http.StatusNotFound).tells(t, "forgotten")
}

func TestGamesRefuseWhatIsHostile(t *testing.T) {
	clock := newWallClock()
	h := MustHub(t, clock.in)
	g := readGame(t, h.post("/api/v1/play", `{}`).want(t, http.StatusCreated))
	api := "/api/v1/play/" + g.ID
	for body, field := range map[string]string{
		`{"seals":100000}`: "seals", `{"seals":-1}`: "seals", `{"attacks":0}`: "attacks", `{"seed":9007199254740992}`: "seed",
		`{"seed":"x"}`: "seed", `{"scenario":"toy"}`: "scenario", `{"guess":11}`: "guess", `{"sneak":1}`: "sneak", `{"seals":"many"}`: "seals",
	} {
		h.post("/api/v1/play", body).want(t, http.StatusUnprocessableEntity).tells(t, `"field":"`+field+`"`)
	}
	h.post("/api/v1/play", `{`).want(t, http.StatusBadRequest)
	h.post(api+"/flags", `{"container":"NOPE0000000"}`).want(t, http.StatusUnprocessableEntity).tells(t, "unknown_container")
	h.post(api+"/flags", `{"container":["x"]}`).want(t, http.StatusUnprocessableEntity)
	h.post(api+"/flags", `{"container":"`+strings.Repeat("x", 100)+`"}`).want(t, http.StatusUnprocessableEntity)
	h.post(api+"/control", `{"speed":1000}`).want(t, http.StatusUnprocessableEntity).tells(t, "bad_speed")
	h.do(http.MethodDelete, api+"/flags/7", "", "").want(t, http.StatusNotFound)
	h.get("/api/v1/play/none").want(t, http.StatusNotFound)
	h.post("/api/v1/play/none/end", ``).want(t, http.StatusNotFound)
	h.form("/play", url.Values{"seals": {"3"}, "seed": {"no"}}).want(t, http.StatusUnprocessableEntity).tells(t, "allowed is a whole number from 12 to 120", `value="no"`)
	h.form("/play/"+g.ID, url.Values{"step": {"cheat"}}).want(t, http.StatusUnprocessableEntity)
	game := h.games.find(g.ID, clock.now())
	for i := range maxFlags {
		game.at += game.tick
		if err := game.flag(game.plan.Seals[i%len(game.plan.Seals)].Container, clock.now()); err != nil {
			t.Fatal(err)
		}
	}
	game.at += game.tick
	h.post(api+"/flags", `{"container":"`+game.plan.Seals[0].Container+`"}`).want(t, http.StatusConflict).tells(t, "too_many_flags")
	for i := range maxGames {
		h.games.byID[fmt.Sprint(i)] = &seat{game: game, until: clock.now().Add(gameLives)}
	}
	h.post("/api/v1/play", `{}`).want(t, http.StatusTooManyRequests).tells(t, "too_many_games")
	h.form("/play", url.Values{}).want(t, http.StatusTooManyRequests)
}

// TestLinkForAClass: the address alone says which world is played.
func TestLinkForAClass(t *testing.T) {
	h := MustHub(t)
	page := h.get("/play?scenario=northern-corridor&seals=20&attacks=2&step=link").want(t, http.StatusOK)
	seed := cutOut(t, page.Body, "plays world ", ":")
	var digests []string
	for range 2 {
		g := readGame(t, h.post("/api/v1/play", `{"seals":20,"attacks":2,"seed":`+seed+`}`).want(t, http.StatusCreated))
		h.post("/api/v1/play/"+g.ID+"/end", "").want(t, http.StatusOK).tells(t, "/play/"+g.ID)
		run, err := h.cfg.Store.Run(t.Context(), g.ID)
		if err != nil {
			t.Fatal(err)
		}
		digests = append(digests, run.Digest)
		h.get("/play/"+g.ID).want(t, http.StatusOK).tells(t, "You set no flag", "seed="+seed)
	}
	if digests[0] != digests[1] {
		t.Error("one link, two worlds")
	}
	if n, err := h.cfg.Store.CountRuns(t.Context(), catalog.Query{}); err != nil || n != 5 {
		t.Errorf("two games in one world left %d runs (%v), want the rivals once", n, err)
	}
}
