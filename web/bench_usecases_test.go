package web

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"sealab/catalog"
	"sealab/catalog/find"
	"sealab/catalog/usecase"
	"sealab/catalog/usecases"
)

// benchUsecases is how many use cases the design asks the catalogue for.
const benchUsecases = 10_000

// madeUp gives use cases of the length and the words of the shipped ones: each field is that of one of them with a few
// words of another, and what they are filed under is drawn anew.
func madeUp(n int) []usecase.Entry {
	shipped, dice := usecases.List(), rand.New(rand.NewPCG(7, 1))
	var words []string
	for _, e := range shipped {
		words = append(words, strings.Fields(e.Title+" "+e.Summary+" "+e.Problem+" "+e.Outcome)...)
	}
	text := func(of func(*usecase.Entry) string, most int) string {
		list := strings.Fields(of(&shipped[dice.IntN(len(shipped))]))
		for k := range list {
			if dice.IntN(4) == 0 {
				list[k] = words[dice.IntN(len(words))]
			}
		}
		out := strings.Join(list, " ")
		for len(out) < 60 {
			out += " " + words[dice.IntN(len(words))]
		}
		return strings.TrimSpace(strings.ToValidUTF8(out[:min(len(out), most)], ""))
	}
	some := func(list []string, most int) []string {
		var out []string
		for range 1 + dice.IntN(most) {
			if x := list[dice.IntN(len(list))]; !slices.Contains(out, x) {
				out = append(out, x)
			}
		}
		return out
	}
	countries := strings.Fields("AR AU BE BR CI CL CN CO DE ES FR GB GH IN IT JO JP KE KR MA MX MY NG NL NO NP NZ PE PH PL RW SE SG SN TH TR TZ UG US ZA")
	list := make([]usecase.Entry, n)
	for i := range list {
		e := &list[i]
		*e = shipped[dice.IntN(len(shipped))]
		e.ID, e.Lang, e.Origin, e.StoppedWhy, e.Started, e.Ended = fmt.Sprintf("case-%05d", i), "", usecase.Compiled, "", fmt.Sprint(2000+dice.IntN(26)), ""
		e.Title = text(func(e *usecase.Entry) string { return e.Title }, 110) + fmt.Sprint(" ", i)
		e.Summary = text(func(e *usecase.Entry) string { return e.Summary }, 400)
		e.Problem = text(func(e *usecase.Entry) string { return e.Problem }, 2000)
		e.Approach = text(func(e *usecase.Entry) string { return e.Approach }, 2000)
		e.Outcome = text(func(e *usecase.Entry) string { return e.Outcome }, 2000)
		e.Technologies, e.Process, e.Countries, e.Regions = some(usecase.Technologies[:6], 3), some(usecase.Processes, 3), some(countries, 3), some(usecase.Regions, 2)
		if e.Stage = usecase.Stages[dice.IntN(len(usecase.Stages))]; e.Stage == usecase.Stopped {
			e.StoppedWhy = text(func(e *usecase.Entry) string { return strings.Join(e.Caveats, " ") }, 400)
		}
	}
	return list
}

// fullShelf gives a hub a catalogue of 10,000; it is kept where SEALAB_BENCH_HUB names a directory.
func fullShelf(b *testing.B) *house {
	b.Helper()
	dir := os.Getenv("SEALAB_BENCH_HUB")
	if dir == "" {
		dir = b.TempDir()
	}
	store, err := catalog.Open(b.Context(), dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() }) // after the hub, which is made later
	if _, err := store.SeedUsecases(b.Context(), "", madeUp(benchUsecases), time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)); err != nil {
		b.Fatal(err)
	}
	return MustHub(b, func(c *Config) { c.Store = store })
}

// BenchmarkUsecases searches a catalogue of 10,000 use cases, as page and as JSON, and lists how the index was made.
func BenchmarkUsecases(b *testing.B) {
	h := fullShelf(b)
	b.Run("index", func(b *testing.B) { h.indexes(b) })
	ask := func(name, path string) {
		b.Run(name, func(b *testing.B) { h.median(b, path, nil) })
	}
	q := "/usecases?q="
	ask("plain", "/usecases")
	ask("word", q+"seal")
	ask("words", q+url.QueryEscape("which smart seals were opened on the way and did inspectors find false alarms"))
	ask("beginning", q+"con")
	ask("phrase", q+url.QueryEscape(`"customs administrations" trader`))
	ask("facets", "/usecases?tech=iot&tech=drones&stage=pilot&stage=stopped&country=KE&country=UG&region=global")
	ask("both", q+"seal+container&tech=iot&stage=stopped&year=2019&evidence=primary")
	ask("table", "/usecases?view=table&sort=title")
	ask("last", "/usecases?page=417")
	ask("map", "/usecases/map")
	ask("json", "/api/v1/usecases?q=seal+container&limit=100")
}

// indexes reports how long it takes to read the shelf and to make its index, and how much memory the two hold.
func (h *house) indexes(b *testing.B) {
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		list, err := h.cfg.Store.Shelf(b.Context(), "")
		if err != nil {
			b.Fatal(err)
		}
		items := make([]find.Item, len(list))
		for i := range list {
			entry := list[i].Entry
			items[i] = find.Item{Entry: &entry, Edition: list[i].ID, Version: list[i].Version, Published: list[i].Published}
		}
		list = nil
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-entries")
		entries := after.HeapAlloc
		began := time.Now()
		index := find.New(items)
		b.ReportMetric(float64(time.Since(began))/1e6, "ms-index")
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-entries)/1e6, "MB-index")
		if index.Len() < benchUsecases {
			b.Fatal(index.Len())
		}
	}
}
