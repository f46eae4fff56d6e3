package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// looksLikeKey finds what a missing text leaves on a page: its key.
var looksLikeKey = regexp.MustCompile(`>\s*(live|nav|runs|run|experiments|experiment|decide|form|compare|pair|help|mqtt|lab|chart|measure|state|verdict|container|usecase|usecases|poc|pocs|call|calls|call_new|error|time|page)\.[a-z_.]+\s*<|>\s*(tech|process|stage|region|evidence|party|origin|badge|facet|metrics|stopped|browse|coverage|lineup)\.[a-z0-9-]+\s*<`)

func TestEveryPageInEveryLanguage(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	h.shelve()
	a, b := h.MustRun("kalman", ""), h.MustRun("rules", "")
	box := h.containerOf(a)
	h.post("/api/v1/runs/"+b+"/reveal", "").want(t, http.StatusOK)
	pages := map[string]int{
		"/": 200, "/runs": 200, "/runs?sort=recall&dir=asc&poc=rules": 200, "/runs?start=rules/land-bridge/3": 200,
		"/runs/" + a: 200, "/runs/" + b: 200, "/experiments": 200, "/compare": 200, "/compare?runs=" + a + "," + b: 200,
		"/compare?a=kalman&b=rules&scenario=northern-corridor&seeds=1..2": 200, "/usecases": 200, "/usecases?tech=iot&view=table&q=seal&sort=title&page=2": 200, "/usecases/map?stage=pilot": 200, "/usecases/compare?ids=tradelens,cadena": 200,
		"/usecases?tech=3d-printing&q=zzz": 200, "/usecases?tech=ito": 422, "/usecases/compare?ids=tradelens": 422, "/usecases/compare?ids=tradelens,nobody": 404, "/usecases/tradelens": 200, "/pocs": 200, "/pocs/kalman": 200,
		"/leaderboards": 200, "/leaderboards/seals/asia-europe": 200, "/leaderboards/seals/asia-europe?m=recall&suite=seals-draft": 200,
		"/leaderboards/seals/moon": 404, "/leaderboards/seals/asia-europe?m=odd": 422, "/suites": 200, "/suites/seals-draft": 200, "/suites/x": 404,
		"/calls": 200, "/calls/new": 200, "/calls/k-none": 404, "/calls/mine/none": 404, "/lab": 200, "/lab/mqtt": 200, "/lab/contract": 200, "/help": 200, "/search": 200, "/search?q=kalman": 200, "/search?q=zzz": 200,
		"/containers/" + box + "?run=" + a: 200,
		"/containers/NOPE0000000":          503, "/containers/NOPE0000000?run=" + a: 404,
		"/nowhere": 404, "/runs/r-none": 404, "/usecases/klaman": 404, "/pocs/klaman": 404, "/runs?state=odd": 422, "/?sev=odd": 422,
		"/compare?runs=r-none": 404, "/compare?a=klaman&b=rules&scenario=asia-europe&seeds=x": 422,
	}
	for lang := range h.texts {
		for path, status := range pages {
			res := h.get(path, "Accept-Language", lang)
			if res.Status != status {
				t.Errorf("%s in %s: got %d, want %d", path, lang, res.Status, status)
				continue
			}
			checkPage(t, path+" in "+lang, lang, res)
		}
	}
}

func checkPage(t *testing.T, name, lang string, res answered) {
	t.Helper()
	if kind := res.Header.Get("Content-Type"); kind != "text/html; charset=utf-8" {
		t.Errorf("%s: content type %q", name, kind)
	}
	if n := strings.Count(res.Body, "<h1"); n != 1 {
		t.Errorf("%s: %d h1, want 1", name, n)
	}
	if !strings.Contains(res.Body, `<html lang="`+lang+`"`) || !strings.Contains(res.Body, "</html>") {
		t.Errorf("%s: not a whole page in its language", name)
	}
	if key := looksLikeKey.FindString(res.Body); key != "" {
		t.Errorf("%s: a text is missing: %s", name, key)
	}
	for _, banned := range []string{` style="`, "<script>", " onclick=", "javascript:", "ZgotmplZ", "<no value>", "%!"} {
		if strings.Contains(res.Body, banned) {
			t.Errorf("%s: the page holds %q", name, banned)
		}
	}
}

// containerOf names a container of a run.
func (h *house) containerOf(run string) string {
	h.tb.Helper()
	var plan planJSON
	h.get("/api/v1/runs/"+run+"/plan").want(h.tb, http.StatusOK).json(h.tb, &plan)
	if len(plan.Containers) != 20 || len(plan.Vehicles) == 0 || len(plan.Places) == 0 {
		h.tb.Fatalf("the plan has %d containers, %d vehicles, %d places", len(plan.Containers), len(plan.Vehicles), len(plan.Places))
	}
	return plan.Containers[0].C
}

func TestNavigationIsMarked(t *testing.T) {
	h := MustHub(t)
	for path, entry := range map[string]string{"/": "/", "/runs": "/experiments", "/compare": "/experiments", "/lab/mqtt": "/lab", "/help": "/help"} {
		body := h.get(path).Body
		if !regexp.MustCompile(`<a href="` + entry + `" aria-current="(page|true)"`).MatchString(body) {
			t.Errorf("%s does not mark %s as current", path, entry)
		}
	}
}

func TestUnbuiltBannerAndBuiltAssets(t *testing.T) {
	h := MustHub(t)
	h.assets = &assets{cssName: h.assets.cssName, manifest: map[string]string{}, resolved: "{}", unbuilt: true}
	for _, path := range []string{"/", "/runs", "/help"} {
		if !strings.Contains(h.get(path).want(t, 200).Body, "make ui") {
			t.Errorf("%s does not say that the front end is not built", path)
		}
	}
	h.assets = &assets{cssName: h.assets.cssName, manifest: map[string]string{"base.js": "base-AB.js", "live.js": "live-CD.js"}, resolved: "{}"}
	for path, script := range map[string]string{"/": "live-CD.js", "/help": "base-AB.js"} { // a page's own script holds the base
		body := h.get(path).Body
		if strings.Contains(body, "make ui") || !strings.Contains(body, `src="/assets/`+script+`"`) {
			t.Errorf("the built page %s does not load %s", path, script)
		}
	}
}

func TestThemeIsRememberedAndStaysHere(t *testing.T) {
	h := MustHub(t)
	res := h.form("/theme", map[string][]string{"theme": {"dark"}, "back": {"/help"}})
	if !strings.Contains(res.Body, `data-theme="dark"`) || !strings.Contains(res.Body, `data-page="help"`) {
		t.Errorf("the theme was not set, or the way back was lost")
	}
	h.form("/theme", map[string][]string{"theme": {"pink"}}).want(t, 422)
	for _, bad := range []string{"//evil.example", "https://evil.example", `/\evil.example`, "", "/a\r\nb"} {
		if got := localPath(bad); got != "/" {
			t.Errorf("localPath(%q) = %q", bad, got)
		}
	}
}
