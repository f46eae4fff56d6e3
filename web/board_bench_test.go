package web

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim"
)

// crowded is a hub with 10,000 runs in the worlds of its suite: 83 arms, each in every world. With SEALAB_BENCH_BOARD
// its store is kept between runs of the benchmark.
func crowded(b *testing.B) *house {
	b.Helper()
	h := MustHub(b, func(c *Config) {
		if dir := os.Getenv("SEALAB_BENCH_BOARD"); dir != "" {
			store, err := catalog.Open(b.Context(), dir)
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { _ = store.Close() })
			c.Store = store
		}
	})
	su := &h.cfg.Suites[0]
	rules, err := h.findPoC("rules")
	if err != nil {
		b.Fatal(err)
	}
	n, err := h.cfg.Store.CountRuns(b.Context(), catalog.Query{})
	if err != nil {
		b.Fatal(err)
	}
	for ; n < 83*len(su.Scenarios)*len(su.Seeds); n++ {
		arm, world := n%83, n/83
		sc, seed := &su.Scenarios[world%len(su.Scenarios)], world/len(su.Scenarios)
		h.stored(fmt.Sprintf("r-%08d", n), func(r *pocs.Run) {
			params, _ := sim.Resolve("parameter", rules.Params, nil)
			params[rules.Params[0].Name] = float64(arm)
			r.PoC, r.Scenario, r.Settings, r.Params, r.Seed, r.Terms = "rules", sc.Name, sc.Set, params, su.Seeds[seed], su.Terms(sc)
			r.Commit, r.WorldDigest = h.cfg.Commit, "sha256:"+sc.Worlds[seed]+strings.Repeat("0", 48)
			r.Score.Values = map[string]*float64{}
			for k, m := range h.cfg.Challenges[0].Measures {
				value := float64(arm) + float64((n*7919+k*31)%97)/10
				r.Score.Values[m.Name] = &value
			}
		})
	}
	return h
}

// BenchmarkLeaderboard shows one board of 83 arms in a store of 10,000 runs: first, when nothing is remembered of it, and
// again.
func BenchmarkLeaderboard(b *testing.B) {
	h := crowded(b)
	show := func(b *testing.B) {
		if page := h.get("/leaderboards/seals/land-bridge"); page.Status != 200 || strings.Count(page.Body, `scope="row"`) != 83 {
			b.Fatalf("status %d", page.Status)
		}
	}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			h.boards = newRecent[*experiment.Board](keptBoards)
			show(b)
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			show(b)
		}
	})
	b.Run("overview", func(b *testing.B) {
		for b.Loop() {
			h.get("/leaderboards")
		}
	})
}
