package catalog

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"sealab/catalog/query"
	"sealab/pocs"
	"sealab/sim"
)

// realistic is a run as the defaults make it: 30 findings, 25 measures, 20 settings; five arms share a world of 40
// incidents and 150 trips.
func realistic(i int) *pocs.Run {
	r := sample(i)
	r.Seed = uint64(i/5) + 1
	r.PoC = []string{"rules", "kalman", "coin", "null", "oracle"}[i%5]
	r.Truth.SealDays = float64(i / 5)
	in, trip := r.Truth.Incidents[0], r.Truth.Trips[0]
	r.Truth.Incidents, r.Truth.Trips = nil, nil
	for n := range 40 {
		in.ID = fmt.Sprintf("bolt_cut/%d/SLB-%08d", n, n)
		r.Truth.Incidents = append(r.Truth.Incidents, in)
	}
	for n := range 150 {
		trip.ID = fmt.Sprintf("T-%08d", n)
		r.Truth.Trips = append(r.Truth.Trips, trip)
	}
	r.Findings, r.Score.Findings, r.Score.MatchedBy = r.Findings[:0], r.Score.Findings[:0], nil
	for n := range 30 {
		r.Findings = append(r.Findings, pocs.Finding{At: day0.Add(time.Duration(n) * time.Hour), Container: "MSKU1234565",
			Kind: "bolt_cut", Level: 900, Why: "the bolt was cut while the container stood at the terminal's edge"})
		r.Score.Findings = append(r.Score.Findings, pocs.Judged{Sort: pocs.False, Incident: -1})
	}
	for range 40 {
		r.Score.MatchedBy = append(r.Score.MatchedBy, -1)
	}
	r.Settings = sim.Settings{}
	for n := range 20 {
		r.Settings[fmt.Sprintf("setting_%d", n)] = float64(n) / 3
	}
	r.Score.Values = map[string]*float64{"score_balanced": number(float64(i%997) / 7)}
	for n := range 24 {
		r.Score.Values[fmt.Sprintf("measure_%d", n)] = number(float64(i) / 3)
	}
	r.FindingsDigest = pocs.FindingsDigest(r.Findings)
	r.Digest = pocs.JointDigest(r.WorldDigest, r.FindingsDigest)
	return r
}

func tenThousand(b *testing.B) (*Store, string) {
	dir := os.Getenv("SEALAB_BENCH_STORE") // kept between runs of the benchmark, where it is set
	if dir == "" {
		dir = b.TempDir()
	}
	s := mustOpen(b, dir)
	for i := must(s.CountRuns(context.Background(), Query{})); i < 10_000; i++ {
		mustSave(b, s, realistic(i))
	}
	return s, dir
}

func BenchmarkStoreOfTenThousandRuns(b *testing.B) {
	ctx := context.Background()
	s, dir := tenThousand(b)
	list := func(q Query) func(*testing.B) {
		return func(b *testing.B) {
			for b.Loop() {
				must(s.Runs(ctx, q))
				must(s.CountRuns(ctx, q))
			}
		}
	}
	page := Query{Limit: 50, Measures: []string{"score_balanced", "measure_1", "measure_2"}}
	b.Run("page", list(page))
	page.Order = "score_balanced"
	b.Run("page by measure", list(page))
	page.Order, page.Text = "poc", "kalm"
	b.Run("page by text", list(page))
	page.Text, page.Order = "", ""
	for _, text := range []string{"poc = kalman AND (measure_1 < 3600 OR NOT score_balanced < 0.9)", "tag = pilot OR set.setting_3 > 1", "measure_2 > 1e9"} {
		page.Where = must(query.Parse(text, RunFields([]pocs.Measure{{Name: "score_balanced"}, {Name: "measure_1"}, {Name: "measure_2"}})))
		b.Run("page by query "+text, list(page))
	}
	b.Run("all", list(Query{}))
	b.Run("all with measures", list(Query{Measures: page.Measures}))
	b.Run("one run", func(b *testing.B) {
		for b.Loop() {
			must(s.Run(ctx, "r-00005000"))
		}
	})
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			must(s.VerifyStored(ctx, "r-00005000"))
		}
	})
	s.Close() // or the check of the pages would be left to who opened it first
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			must(Open(ctx, dir)).Close()
		}
		info := must(os.Stat(database(dir)))
		b.ReportMetric(float64(info.Size())/10_000, "B/run")
	})
}

func BenchmarkSaveRun(b *testing.B) {
	s := mustOpen(b, b.TempDir())
	i := 0
	for b.Loop() {
		mustSave(b, s, realistic(i))
		i++
	}
}
