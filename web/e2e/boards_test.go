//go:build e2e

package e2e

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"sealab/pocs/all"
	"sealab/pocs/experiment"
)

// fewWorlds is a suite that is played in a second.
const fewWorlds = `name: few-worlds
title: Few worlds
version: "2026-01-01"
doc: Four small worlds.
challenge: seals
seeds: 1..4
scenarios: [{name: land-bridge, set: {seals: 20}}]
`

// suites are the house's, and one of few worlds.
var suites = sync.OnceValues(func() ([]experiment.Suite, error) {
	draft, err := experiment.ParseSuiteDraft([]byte(fewWorlds))
	if err != nil {
		return nil, err
	}
	few, err := draft.Freeze(context.Background(), experiment.Catalogue{Challenges: all.Challenges, PoCs: all.PoCs}, experiment.Making{Workers: 2})
	return append(all.Suites()[:len(all.Suites()):len(all.Suites())], few), err
})

var ranked sync.Once

// board is a leaderboard with somebody on it.
func (h *hub) board(tb testing.TB) string {
	tb.Helper()
	ranked.Do(func() {
		for _, poc := range []string{"kalman", "rules"} {
			var started struct{ ID string }
			h.call(tb, "POST", "/api/v1/suites/few-worlds/run", `{"poc":"`+poc+`"}`, &started)
			for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
				var at struct{ State string }
				if h.call(tb, "GET", "/api/v1/experiments/"+started.ID, "", &at); at.State == "done" {
					break
				}
				if time.Now().After(end) {
					tb.Fatalf("the suite is %s after a minute", at.State)
				}
			}
		}
	})
	return "/leaderboards/seals/land-bridge?suite=few-worlds"
}

// A visitor who finds a board empty fills it: one click, and the experiment plays.
func TestEmptyBoardIsFilledWithOneClick(t *testing.T) {
	t.Parallel()
	h, err := startHub(false, nil)
	defer h.Close()
	if err != nil {
		t.Fatal(err)
	}
	p := mustTab(t, h, desk).open("/leaderboards/seals/land-bridge?suite=few-worlds")
	p.until(`() => document.querySelector(".empty")`)
	p.eval(`() => { document.querySelector(".runsuite button").click(); return "" }`)
	p.until(`() => location.pathname.startsWith("/experiments/x-") && document.querySelector("#board")`)
	p.open("/leaderboards/seals/land-bridge?suite=few-worlds")
	if text := p.text(".board tbody"); !strings.Contains(text, "kalman") || !strings.Contains(text, "oracle") {
		t.Errorf("the board says %q", text)
	}
	p.leave()
}
