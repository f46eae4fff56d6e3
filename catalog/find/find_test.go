// Searching the shipped use cases as readers do, and any made-up ones as a simpler program would.
package find_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sealab/catalog/find"
	"sealab/catalog/usecase"
	"sealab/catalog/usecases"
)

var day0 = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

func itemsOf(list []usecase.Entry) []find.Item {
	items := make([]find.Item, len(list))
	for i := range list {
		items[i] = find.Item{Entry: &list[i], Edition: "u-" + list[i].ID, Version: 1, Published: day0.Add(time.Duration(i) * time.Hour)}
	}
	return items
}

var shipped = find.New(itemsOf(usecases.List()))

func ids(list []*find.Item) (out []string) {
	for _, it := range list {
		out = append(out, it.Entry.ID)
	}
	return out
}

func TestWhatReadersAsk(t *testing.T) {
	for _, c := range []struct {
		text  string
		first []string // in any order, before all others
		miss  string   // not among the hits at all
	}{
		{"tradelens", []string{"tradelens"}, "kenya-ects"},
		{"TradeL", []string{"tradelens"}, ""}, // by its beginning
		{"blockchain stopped", []string{"tradelens"}, "kenya-ects"},
		{"Which blockchain initiatives were stopped, and why?", []string{"tradelens"}, ""},
		{"chaîne de blocs cadena", []string{"cadena"}, "kenya-ects"},
		{"chaine  BLOCS tradelens", []string{"tradelens"}, ""},
		{"scellés Kenya", []string{"kenya-ects"}, ""},
		{"seal kenya", []string{"kenya-ects"}, ""},
		{"AEO", []string{"cadena"}, "kenya-ects"},
		{"OEA", []string{"cadena"}, "kenya-ects"},
		{"NII", []string{"eu-acxis"}, "tradelens"},
		{"INI", []string{"eu-acxis"}, "tradelens"},
		{"Côte d'Ivoire", []string{"cote-divoire-mirror"}, ""},
		{"cote divoire", []string{"cote-divoire-mirror"}, ""},
		{"Corée", []string{"korea-ai-xray"}, "tradelens"}, // by the country's French name
		{"drones", []string{"dubai-drones", "nl-drones"}, "tradelens"},
		{`"never reached"`, []string{"tradelens"}, ""},
		{`"reached never"`, nil, "tradelens"},
		{"kenya-ects", []string{"kenya-ects"}, ""}, // by its id
		{"qqqzzz", nil, ""},
	} {
		r := shipped.Search(find.Query{Text: c.text})
		got := ids(r.Items(0, 0))
		if len(c.first) == 0 && len(got) > 0 && c.miss == "" {
			t.Errorf("%s: found %v", c.text, got)
		}
		for _, want := range c.first {
			if at := slices.Index(got, want); at < 0 || at >= len(c.first)+4 {
				t.Errorf("%s: %s is at %d of %v", c.text, want, at, got)
			}
		}
		if c.miss != "" && slices.Contains(got, c.miss) {
			t.Errorf("%s: %s was found", c.text, c.miss)
		}
	}
}

// TestFormsOfAWord: whoever writes a word in another form finds the same.
func TestFormsOfAWord(t *testing.T) {
	for _, same := range [][]string{
		{"seal", "Seals", "sealed", "SEALING"}, {"smuggling", "smuggled"}, {"déclaration", "declarations", "DECLARATION"},
	} {
		want := shipped.Search(find.Query{Text: same[0] + " ."})
		for _, text := range same[1:] {
			if r := shipped.Search(find.Query{Text: text}); r.Total < want.Total || want.Total == 0 {
				t.Errorf("%s finds %d, %s %d", same[0], want.Total, text, r.Total)
			}
		}
	}
}

func TestFrenchFindsWhatIsFiledSo(t *testing.T) {
	filed := shipped.Search(find.Query{Filter: map[string][]string{find.TechnologyFacet: {"blockchain"}}})
	for _, text := range []string{"chaîne de blocs", "CHAINE DE BLOCS", "chaînes bloc"} {
		if r := shipped.Search(find.Query{Text: text}); r.Total != filed.Total || r.Found != 2 {
			t.Errorf("%s: %d with %d words, want %d", text, r.Total, r.Found, filed.Total)
		}
	}
}

func TestOnlyAsManyWordsAsAnyHas(t *testing.T) {
	r := shipped.Search(find.Query{Text: "tradelens qqqzzz kenya"})
	if r.Words != 3 || r.Found != 1 || !slices.Contains(ids(r.Items(0, 0)), "tradelens") {
		t.Errorf("%d of %d words, %v", r.Found, r.Words, ids(r.Items(0, 0)))
	}
	if r := shipped.Search(find.Query{Text: "the"}); r.Total == 0 {
		t.Error("a lone stop word finds nothing")
	}
}

func TestMarksAreWhereTheWordsAre(t *testing.T) {
	r := shipped.Search(find.Query{Text: "competitors governance"})
	it := r.Items(0, 1)[0]
	s := r.Snippet(it)
	if it.Entry.ID != "tradelens" || s == nil || s.Field != "lessons" {
		t.Fatalf("%s: %+v", it.Entry.ID, s)
	}
	var marked []string
	for _, m := range s.Marks {
		marked = append(marked, s.Text[m.From:m.To])
	}
	if !slices.Equal(marked, []string{"Governance", "competitors"}) {
		t.Errorf("marked: %q", marked)
	}
	if m := r.Marks(it, "Gouvernance, GOVERNANCE, governing"); len(m) != 2 || m[0] != (find.Mark{From: 13, To: 23}) {
		t.Errorf("marks: %v", m)
	}
	r = shipped.Search(find.Query{Text: "tradelens"})
	if s := r.Snippet(r.Items(0, 1)[0]); s != nil {
		t.Errorf("the title has it already: %+v", s)
	}
	if r := shipped.Search(find.Query{}); r.Marks(it, "anything") != nil || r.Snippet(it) != nil {
		t.Error("nothing was asked and something is marked")
	}
}

func TestSnippetsOfLongTextsAreCut(t *testing.T) {
	filler := strings.Repeat("Plain words follow é on words here. ", 30)
	e := usecase.Entry{ID: "long", Title: "Long plain words", Summary: "Nothing in it.", Outcome: filler + "The zebra paid duty. " + filler}
	r := find.New(itemsOf([]usecase.Entry{e})).Search(find.Query{Text: "plain words zebra duty"})
	s := r.Snippet(r.Items(0, 1)[0])
	if s == nil || len(s.Text) > 260 || !s.Before || !s.After || !strings.Contains(s.Text, "zebra paid duty") {
		t.Errorf("%+v", s)
	}
}

func TestSimilarCases(t *testing.T) {
	for id, want := range map[string]string{"kenya-ects": "uganda-ects", "dubai-drones": "nl-drones", "bacuda-hs": "bacuda-date", "kalman": "rules", "nl-vr-training": "dubai-vr-training"} {
		if got := ids(shipped.Similar(id, 4)); len(got) != 4 || !slices.Contains(got, want) || slices.Contains(got, id) {
			t.Errorf("like %s: %v, without %s", id, got, want)
		}
	}
	if shipped.Similar("nobody", 4) != nil {
		t.Error("something is like what is not there")
	}
}

func TestOrders(t *testing.T) {
	list := []usecase.Entry{{ID: "b", Title: "Zebra"}, {ID: "a", Title: "élan"}, {ID: "d", Title: "Eland 10"}, {ID: "c", Title: "Eland 9"}}
	x := find.New(itemsOf(list))
	for sort, want := range map[string][]string{find.ByTitle: {"a", "c", "d", "b"}, find.ByNewest: {"c", "d", "a", "b"}, "": {"c", "d", "a", "b"}, find.ByRelevance: {"c", "d", "a", "b"}} {
		if got := ids(x.Search(find.Query{Sort: sort}).Items(0, 0)); !slices.Equal(got, want) {
			t.Errorf("by %q: %v, want %v", sort, got, want)
		}
	}
	r := x.Search(find.Query{Sort: find.ByTitle})
	if got := ids(r.Items(1, 2)); !slices.Equal(got, []string{"c", "d"}) || len(r.Items(9, 2)) != 0 {
		t.Errorf("a part of it: %v", got)
	}
}

func TestWaysOutOfNothing(t *testing.T) {
	r := shipped.Search(find.Query{Text: "tradelens", Filter: map[string][]string{find.TechnologyFacet: {"3d-printing"}, find.StageFacet: {"stopped"}}})
	if r.Total != 0 || len(r.Ways) != 1 || r.Ways[0] != (find.Way{Part: find.TechnologyFacet, Count: 1}) {
		t.Errorf("%d, %v", r.Total, r.Ways)
	}
	r = shipped.Search(find.Query{Text: "qqqzzz", Filter: map[string][]string{find.TechnologyFacet: {"iot"}}})
	if len(r.Ways) != 1 || r.Ways[0].Part != find.TextPart || r.Ways[0].Count != shipped.Search(find.Query{Filter: map[string][]string{find.TechnologyFacet: {"iot"}}}).Total {
		t.Errorf("%v", r.Ways)
	}
}

func TestBadges(t *testing.T) {
	if b := shipped.BadgeOf("kalman"); b != find.Linked {
		t.Errorf("kalman is %s", b)
	}
	x := shipped.WithBadges(func(it *find.Item) find.Badge {
		if it.Entry.ID == "kalman" {
			return find.Verified
		}
		return ""
	})
	r := x.Search(find.Query{Filter: map[string][]string{find.BadgeFacet: {"verified"}}})
	if got := ids(r.Items(0, 0)); !slices.Equal(got, []string{"kalman"}) || x.BadgeOf("kalman") != find.Verified || x.BadgeOf("tradelens") != find.None {
		t.Errorf("verified: %v", got)
	}
	if shipped.BadgeOf("kalman") != find.Linked {
		t.Error("the first index changed")
	}
}

func TestCheckFilter(t *testing.T) {
	for _, c := range []struct{ facet, value, says string }{
		{"tech", "iot", ""}, {"country", "KE", ""}, {"year", "2019", ""}, {"evidence", "idea", ""},
		{"tech", "ito", "allowed are blockchain"}, {"country", "Kenya", "two capital letters"}, {"year", "soon", "a year"}, {"colour", "red", "facets are tech"},
	} {
		err := find.CheckFilter(map[string][]string{c.facet: {c.value}})
		var bad *find.BadValue
		if c.says == "" && err != nil || c.says != "" && (!errors.As(err, &bad) || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s = %s: %v", c.facet, c.value, err)
		}
	}
}

// pick draws some of a list, none or several.
func pick[T any](t *rapid.T, list []T, most int, label string) []T {
	var out []T
	for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, len(list)-1), 0, most, rapid.ID[int]).Draw(t, label) {
		out = append(out, list[i])
	}
	return out
}

var (
	vocabulary = strings.Fields("seal seals sealed zebra officer quartz quartzes port scanner xylophone")
	countries  = []string{"KE", "UG", "FR", "EU"}
)

func anyEntry(t *rapid.T, id string) usecase.Entry {
	words := func(label string) string { return strings.Join(pick(t, vocabulary, 5, label), " ") }
	e := usecase.Entry{ID: id, Origin: rapid.SampledFrom([]string{"compiled", "submitted"}).Draw(t, "origin"), Title: words("title"), Summary: words("summary"),
		Technologies: pick(t, usecase.Technologies, 3, "tech"), Process: pick(t, usecase.Processes, 3, "process"), Regions: pick(t, usecase.Regions, 2, "region"),
		Countries: pick(t, countries, 3, "country"), Stage: rapid.SampledFrom(usecase.Stages).Draw(t, "stage"), Outcome: words("outcome"),
		Evidence: rapid.SampledFrom(append([]string{""}, usecase.Evidences...)).Draw(t, "evidence"), PoCs: pick(t, []string{"kalman"}, 1, "pocs"),
		Started: rapid.SampledFrom([]string{"", "2019", "2019-05", "2021-01-02"}).Draw(t, "started")}
	if rapid.Bool().Draw(t, "party") {
		e.Submitter = &usecase.Party{Name: "Body", Kind: rapid.SampledFrom(usecase.Kinds).Draw(t, "kind")}
	}
	if rapid.Bool().Draw(t, "metric") {
		e.Metrics = []usecase.Metric{{Name: "m", Unit: "1"}}
	}
	if rapid.Bool().Draw(t, "reason") {
		e.StoppedWhy = "money"
	}
	return e
}

// plainly says which values of a facet an entry has, read from its fields by hand.
func plainly(e *usecase.Entry, facet string) []string {
	switch facet {
	case "tech":
		return e.Technologies
	case "process":
		return e.Process
	case "region":
		return e.Regions
	case "country":
		return e.Countries
	case "stage":
		return []string{e.Stage}
	case "origin":
		return []string{e.Origin}
	case "kind":
		if e.Submitter != nil {
			return []string{e.Submitter.Kind}
		}
	case "evidence":
		return []string{map[bool]string{true: "idea", false: e.Evidence}[e.Evidence == ""]}
	case "badge":
		return []string{map[bool]string{true: "linked", false: "none"}[len(e.PoCs) > 0]}
	case "metrics":
		return []string{map[bool]string{true: "yes", false: "no"}[len(e.Metrics) > 0]}
	case "stopped":
		if e.Stage == "stopped" {
			return []string{map[bool]string{true: "no-reason", false: "reason"}[e.StoppedWhy == ""]}
		}
	case "year":
		if e.Started != "" {
			return []string{e.Started[:4]}
		}
	}
	return nil
}

// simply counts what a filter leaves over, entry by entry; only those that are found by the text alone count.
func simply(list []usecase.Entry, found map[string]bool, filter map[string][]string) (n int) {
	for i := range list {
		fits := found[list[i].ID]
		for facet, values := range filter {
			any := len(values) == 0
			for _, v := range values {
				any = any || slices.Contains(plainly(&list[i], facet), v)
			}
			fits = fits && any
		}
		if fits {
			n++
		}
	}
	return n
}

// byHand finds the entries that have the most of some words, whatever their form.
func byHand(list []usecase.Entry, words []string) map[string]bool {
	root := func(w string) string {
		return strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(w, "ed"), "es"), "s")
	}
	hits, most := map[string]int{}, 0
	for i := range list {
		e := &list[i]
		text := strings.Fields(e.Title + " " + e.Summary + " " + e.Outcome)
		for _, w := range words {
			if slices.ContainsFunc(text, func(x string) bool { return root(x) == root(w) }) {
				hits[e.ID]++
			}
		}
		most = max(most, hits[e.ID])
	}
	found := map[string]bool{}
	for i := range list {
		found[list[i].ID] = len(words) == 0 || most > 0 && hits[list[i].ID] == most
	}
	return found
}

// TestCountsAreThoseOfASimplerProgram compares totals and all counts of facets under any filter with a program that goes
// through the entries one by one.
func TestCountsAreThoseOfASimplerProgram(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []usecase.Entry
		for i := range rapid.IntRange(0, 12).Draw(t, "entries") {
			list = append(list, anyEntry(t, fmt.Sprintf("q%dq", i)))
		}
		x := find.New(itemsOf(list))
		filter := map[string][]string{}
		for _, name := range pick(t, find.FacetNames, 3, "facets") {
			filter[name] = pick(t, valuesOf(name), 2, name)
		}
		words := pick(t, []string{"seal", "zebra", "quartzes", "scanner", "xylophone"}, 3, "words")
		found := byHand(list, words)
		r := x.Search(find.Query{Text: strings.Join(words, " "), Filter: filter})
		if want := simply(list, found, filter); r.Total != want || len(r.Items(0, 0)) != want {
			t.Fatalf("total %d, want %d", r.Total, want)
		}
		for _, f := range r.Facets {
			for _, v := range f.Values {
				alone := map[string][]string{}
				for name, values := range filter {
					alone[name] = values
				}
				alone[f.Name] = []string{v.Value}
				if want := simply(list, found, alone); v.Count != want {
					t.Fatalf("%s = %s: count %d, want %d", f.Name, v.Value, v.Count, want)
				}
				if v.Chosen != slices.Contains(filter[f.Name], v.Value) {
					t.Fatalf("%s = %s: chosen is %v", f.Name, v.Value, v.Chosen)
				}
			}
			if f.Closed && len(f.Values) != len(valuesOf(f.Name)) {
				t.Fatalf("%s shows %d values", f.Name, len(f.Values))
			}
		}
	})
}

func valuesOf(facet string) []string {
	return map[string][]string{"tech": usecase.Technologies, "process": usecase.Processes, "stage": usecase.Stages, "region": usecase.Regions,
		"country": countries, "kind": usecase.Kinds, "evidence": append(slices.Clone(usecase.Evidences), "idea"), "origin": {"compiled", "submitted"},
		"badge": find.Badges, "metrics": {"yes", "no"}, "stopped": {"reason", "no-reason"}, "year": {"2019", "2021"}}[facet]
}

// FuzzSearch wants an answer, and marks within the text, for any text in any entry.
func FuzzSearch(f *testing.F) {
	f.Add("seal", "A seal «opened»")
	f.Add(`"a b`, "\xff\xfe 海关 œuvre ıİ")
	f.Add("'' ll's yyy", strings.Repeat("y", 100))
	f.Fuzz(func(t *testing.T, ask, text string) {
		x := find.New(itemsOf([]usecase.Entry{{ID: "one", Title: text, Lang: "fr", Outcome: text + text}, {ID: "two", Title: ask, Summary: text}}))
		r := x.Search(find.Query{Text: ask})
		for _, it := range r.Items(0, 0) {
			for _, m := range r.Marks(it, text) {
				if m.From < 0 || m.To > len(text) || m.From >= m.To {
					t.Fatalf("mark %v in %d bytes", m, len(text))
				}
			}
			if s := r.Snippet(it); s != nil {
				for _, m := range s.Marks {
					_ = s.Text[m.From:m.To]
				}
			}
		}
		x.Similar("one", 3)
	})
}
