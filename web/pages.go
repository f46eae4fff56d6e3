// Pages: html/template over what a handler found, one set a language, written to a buffer first so that a failing
// template is an error page and not half a page.

package web

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"
)

//go:embed templates
var templateFiles embed.FS

// pageSet is all pages in one language.
type pageSet struct {
	texts   *texts
	pages   map[string]*template.Template
	reports *reportSet
}

// frame is what the layout needs of every page; Data is the page's own.
type frame struct {
	Page, Nav, Sub string // names of the page, of its entry in the header, of its entry below it
	Title          string
	Lang, Theme    string
	Path           string // with the query: where to return after choosing a theme
	Script         string // the page's own entry script
	Sheet, Fonts   string
	BaseScript     string
	Assets, Texts  string // for data-assets, data-texts
	Unbuilt        bool
	Commit         string
	Query          string // of the search field
	Curator        bool   // who looks at a page of use cases may review
	Again          bool   // something plays: without a script the page looks again by itself
	Data           any
}

// place says where a page hangs in the navigation, and which script it has.
type place struct{ nav, sub, script string }

var places = map[string]place{
	"live":           {"live", "", "live.js"},
	"container":      {"live", "", "container.js"},
	"experiments":    {"experiments", "experiments", ""},
	"experiment":     {"experiments", "experiments", "compare.js"},
	"report":         {"experiments", "experiments", ""},
	"decide":         {"experiments", "experiments", ""},
	"proof":          {"experiments", "experiments", ""},
	"runs":           {"experiments", "runs", "runs.js"},
	"run":            {"experiments", "runs", "run.js"},
	"fork":           {"experiments", "runs", ""},
	"finding":        {"experiments", "runs", ""},
	"incident":       {"experiments", "runs", ""},
	"compare":        {"experiments", "compare", "compare.js"},
	"boards":         {"experiments", "boards", ""},
	"board":          {"experiments", "boards", ""},
	"suites":         {"experiments", "boards", ""},
	"suite":          {"experiments", "boards", ""},
	"usecases":       {"usecases", "usecases", "browse.js"},
	"coverage":       {"usecases", "map", ""},
	"lineup":         {"usecases", "usecases", ""},
	"usecase":        {"usecases", "usecases", ""},
	"entry_diff":     {"usecases", "usecases", ""},
	"lab":            {"lab", "lab", ""},
	"pocs":           {"lab", "pocs", ""},
	"poc":            {"lab", "pocs", ""},
	"lab_mqtt":       {"lab", "lab_mqtt", "lab.js"},
	"contract":       {"lab", "contract", ""},
	"library":        {"lab", "library", ""},
	"library_kind":   {"lab", "library", ""},
	"play":           {"lab", "play", ""},
	"play_game":      {"lab", "play", "play.js"},
	"play_end":       {"lab", "play", "lesson.js"},
	"calls":          {"usecases", "calls", ""},
	"call":           {"usecases", "calls", ""},
	"call_new":       {"usecases", "calls", ""},
	"call_mine":      {"usecases", "calls", ""},
	"enter":          {"usecases", "", ""},
	"review":         {"usecases", "review", ""},
	"review_edition": {"usecases", "review", ""},
	"submit":         {"usecases", "submit", ""},
	"submit_step":    {"usecases", "submit", "submit.js"},
	"mine":           {"usecases", "submit", ""},
	"help":           {"help", "", ""},
	"search":         {"", "", ""},
	"error":          {"", "", ""},
}

func loadPages(all map[string]*texts) (map[string]*pageSet, error) {
	sets := map[string]*pageSet{}
	for lang, t := range all {
		set := &pageSet{texts: t, pages: map[string]*template.Template{}}
		base, err := template.New("layout.html").Funcs(functions(t)).
			ParseFS(templateFiles, "templates/layout.html", "templates/parts/*.html")
		if err != nil {
			return nil, err
		}
		if set.reports, err = loadReports(base, t); err != nil {
			return nil, err
		}
		names, err := fs.Glob(templateFiles, "templates/*.html")
		if err != nil {
			return nil, err
		}
		for _, file := range names {
			name := strings.TrimSuffix(path.Base(file), ".html")
			if name == "layout" {
				continue
			}
			page, err := template.Must(base.Clone()).ParseFS(templateFiles, file)
			if err != nil {
				return nil, err
			}
			set.pages[name] = page
		}
		sets[lang] = set
	}
	return sets, nil
}

// titled is a page's data that brings its own title.
type titled interface{ title(*texts) string }

func (s *Server) frame(c *gin.Context, name string, set *pageSet, data any) frame {
	at := places[name]
	f := frame{Page: name, Nav: at.nav, Sub: at.sub, Lang: set.texts.Lang, Theme: themeOf(c), Data: data,
		Path: c.Request.URL.RequestURI(), Sheet: "/static/" + s.assets.cssName, Fonts: s.assets.url("fonts.css"),
		BaseScript: s.assets.url("base.js"), Assets: s.assets.resolved, Unbuilt: s.assets.unbuilt,
		Commit: s.cfg.Commit, Again: c.GetBool(againKey), Texts: fmt.Sprintf("/i18n/%s.json?v=%s", set.texts.Lang, set.texts.Tag)}
	f.Curator = at.nav == "usecases" && s.isCurator(c.Request.Context())
	if at.script != "" {
		f.Script = s.assets.url(at.script)
	}
	f.Title = set.texts.Or(name+".title", "")
	if t, ok := data.(titled); ok {
		f.Title = t.title(set.texts)
	}
	if name == "search" {
		f.Query = c.Query("q")
	}
	return f
}

// againKey marks a request whose page shows something that still plays.
const againKey = "again"

// lookAgain has the page look again by itself after three seconds, where no script does it more calmly.
func lookAgain(c *gin.Context) { c.Set(againKey, true) }

// render writes a page in the visitor's language.
func (s *Server) render(c *gin.Context, status int, name string, data any) {
	set := s.set(c)
	var out bytes.Buffer
	if err := set.pages[name].ExecuteTemplate(&out, "layout.html", s.frame(c, name, set, data)); err != nil {
		s.log.Error("render page", "page", name, "error", err)
		c.Data(http.StatusInternalServerError, "text/plain; charset=utf-8", []byte(set.texts.T("error.render")))
		return
	}
	c.Header("Vary", "Accept-Encoding, Cookie, Accept-Language")
	body := out.Bytes()
	if strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
		c.Header("Content-Encoding", "gzip")
		body = pack(body, gzip.BestSpeed)
	}
	c.Data(status, "text/html; charset=utf-8", body)
}

// page renders with 200; it returns nil so that handlers may end with it.
func (s *Server) page(c *gin.Context, name string, data any) error {
	s.render(c, http.StatusOK, name, data)
	return nil
}

// set picks the visitor's language: the cookie, then the first of Accept-Language that we have.
func (s *Server) set(c *gin.Context) *pageSet {
	wanted, _ := c.Cookie("lang")
	for _, part := range append([]string{wanted}, strings.Split(c.GetHeader("Accept-Language"), ",")...) {
		lang, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		lang, _, _ = strings.Cut(lang, "-")
		if set := s.pages[strings.ToLower(lang)]; set != nil {
			return set
		}
	}
	return s.pages[defaultLanguage]
}
