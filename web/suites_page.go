// Suites: frozen sets of worlds, what is in them, how they are cited, and running somebody in one.

package web

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/pocs/experiment"
	"sealab/sim"
)

// suiteJSON is one suite in a list.
type suiteJSON struct {
	Name      string   `json:"name"`
	Title     string   `json:"title"`
	Version   string   `json:"version"`
	Doc       string   `json:"doc"`
	Challenge string   `json:"challenge"`
	Scenarios []string `json:"scenarios"`
	Seeds     string   `json:"seeds"`
	Worlds    int      `json:"worlds"`
	Hash      string   `json:"hash"`
	URL       string   `json:"url"`
}

func jsonOfSuite(su *experiment.Suite) suiteJSON {
	out := suiteJSON{Name: su.Name, Title: su.Title, Version: su.Version, Doc: su.Doc, Challenge: su.Challenge, Seeds: experiment.FormatSeeds(su.Seeds),
		Worlds: len(su.Scenarios) * len(su.Seeds), Hash: su.Hash(), URL: "/suites/" + su.Name}
	for _, sc := range su.Scenarios {
		out.Scenarios = append(out.Scenarios, sc.Name)
	}
	return out
}

func (s *Server) findSuite(name string) (*experiment.Suite, error) {
	for i := range s.cfg.Suites {
		if s.cfg.Suites[i].Name == name {
			return &s.cfg.Suites[i], nil
		}
	}
	return nil, notFound("suite", name, "GET /api/v1/suites lists them")
}

func (s *Server) suiteList() []suiteJSON {
	list := []suiteJSON{}
	for i := range s.cfg.Suites {
		list = append(list, jsonOfSuite(&s.cfg.Suites[i]))
	}
	return list
}

// entrants are the PoCs that may be entered: those of the challenge that are no baselines.
func (s *Server) entrants(challenge string) []choice {
	var list []choice
	for i := range s.cfg.PoCs {
		if p := &s.cfg.PoCs[i]; p.Challenge == challenge && !p.Baseline {
			list = append(list, choice{p.Name, firstSentence(p.Doc)})
		}
	}
	return list
}

// suiteForm is the form that runs a suite with somebody.
type suiteForm struct {
	Name     string
	Entrants []choice
}

func newSuiteForm(name string, entrants []choice) suiteForm { return suiteForm{name, entrants} }

func (s *Server) suitesPage(c *gin.Context) error {
	return s.page(c, "suites", struct{ List []suiteJSON }{s.suiteList()})
}

// suitePage is what the page of one suite shows.
type suitePage struct {
	suiteJSON
	Suite    *experiment.Suite
	Entrants []choice
	Plain    []string     // settings but for kinds and assumptions
	Groups   []namesUnder // the rest
	Boards   []choice     // scenario and address
	declared map[string][]sim.Setting
}

// namesUnder are settings under a heading.
type namesUnder struct {
	Heading string
	Names   []string
}

func (p *suitePage) title(*texts) string { return p.Title }

// Has reports whether a scenario has a setting, and Value what it is.
func (p *suitePage) Has(sc experiment.SuiteScenario, name string) bool {
	_, ok := sc.Set[name]
	return ok
}

// Value is a setting of a scenario, as a person writes it.
func (p *suitePage) Value(sc experiment.SuiteScenario, name string) string {
	for i := range p.declared[sc.Name] {
		if s := &p.declared[sc.Name][i]; s.Name == name {
			return s.Text(sc.Set[name])
		}
	}
	return sim.Number(sc.Set[name])
}

// Seed is the seed of world i.
func (p *suitePage) Seed(i int) uint64 { return p.Suite.Seeds[i] }

func (s *Server) suitePage(c *gin.Context) error {
	su, err := s.findSuite(c.Param("name"))
	if err != nil {
		return err
	}
	p := &suitePage{suiteJSON: jsonOfSuite(su), Suite: su, Entrants: s.entrants(su.Challenge), declared: map[string][]sim.Setting{}}
	var kinds, assumed namesUnder
	for _, name := range settingNames(su) {
		switch {
		case strings.HasPrefix(name, sim.KindPrefix):
			kinds.Names = append(kinds.Names, name)
		case strings.HasPrefix(name, assumptionPrefix):
			assumed.Names = append(assumed.Names, name)
		default:
			p.Plain = append(p.Plain, name)
		}
	}
	t := s.set(c).texts
	kinds.Heading, assumed.Heading = t.T("form.kinds", "n", len(kinds.Names)), t.T("suite.assumptions", "n", len(assumed.Names))
	for _, g := range []namesUnder{kinds, assumed} {
		if len(g.Names) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	for _, sc := range su.Scenarios {
		if recipe, _, err := s.findScenario(sc.Name); err == nil {
			p.declared[sc.Name] = recipe.Settings
		}
		p.Boards = append(p.Boards, choice{sc.Name, boardAddress(su.Challenge, sc.Name, su.Name, "")})
	}
	return s.page(c, "suite", p)
}

// settingNames are the names of the settings of all scenarios.
func settingNames(su *experiment.Suite) []string {
	names := map[string]bool{}
	for _, sc := range su.Scenarios {
		for name := range sc.Set {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// suiteRun is whom a suite is run with.
type suiteRun struct {
	PoC string `json:"poc" doc:"name of a proof of concept of the suite's challenge"`
}

type suiteRunIn struct {
	Name string `path:"name" maxLength:"60"`
	Body suiteRun
}

// contest is the experiment file of a suite with one PoC beside the baselines.
func (s *Server) contest(name, poc string) (*experiment.Suite, experiment.File, error) {
	su, err := s.findSuite(name)
	if err != nil {
		return nil, experiment.File{}, err
	}
	var known []string
	for i := range s.cfg.PoCs {
		if s.cfg.PoCs[i].Challenge == su.Challenge {
			known = append(known, s.cfg.PoCs[i].Name)
		}
	}
	if _, err := oneOf("poc", poc, known); err != nil {
		return nil, experiment.File{}, err
	}
	return su, su.Contest(s.catalogue(), experiment.FileArm{PoC: poc}), nil
}

// runSuiteForm starts the suite's experiment, or fills in the form in which it can be changed first.
func (s *Server) runSuiteForm(c *gin.Context) error {
	su, file, err := s.contest(c.Param("name"), c.PostForm("poc"))
	if err != nil {
		return err
	}
	if c.PostForm("step") == "write" {
		f := s.planForm()
		f.Name, f.Question, f.Seeds, f.Baseline, f.Thresholds = file.Name, file.Question, experiment.FormatSeeds(su.Seeds), file.Arms[0].PoC, ""
		f.Arms, f.Scenarios, f.File = nil, nil, file.YAML()
		for i := range file.Arms {
			f.Arms = append(f.Arms, file.Arms[i].PoC)
		}
		for i := range file.Scenarios {
			f.Scenarios = append(f.Scenarios, file.Scenarios[i].Name)
		}
		return s.experimentsWith(c, http.StatusOK, f)
	}
	id, err := s.bench.take(c.Request.Context(), file.YAML())
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/experiments/"+id)
	return nil
}

func (s *Server) apiRunSuite(ctx context.Context, in *suiteRunIn) (*answerOf[experimentStarted], error) {
	_, file, err := s.contest(in.Name, in.Body.PoC)
	if err != nil {
		return nil, err
	}
	id, err := s.bench.take(ctx, file.YAML())
	if err != nil {
		return nil, err
	}
	return s.started(ctx, id)
}

func (s *Server) apiSuites(context.Context, *struct{}) (*answerOf[[]suiteJSON], error) {
	return ok(s.suiteList())
}

type suiteIn struct {
	Name string `path:"name" maxLength:"60"`
}

// suiteOut is a suite in the shape of its file (sealab schema suite).
type suiteOut struct {
	Name      string             `json:"name"`
	Title     string             `json:"title"`
	Version   string             `json:"version"`
	Doc       string             `json:"doc"`
	Challenge string             `json:"challenge"`
	Carrier   string             `json:"carrier"`
	Profile   string             `json:"profile"`
	BaseRate  float64            `json:"base_rate"`
	Seeds     string             `json:"seeds"`
	Scenarios []suiteScenarioOut `json:"scenarios"`
	Hash      string             `json:"hash"`
}

type suiteScenarioOut struct {
	Name   string             `json:"name"`
	Set    map[string]float64 `json:"set"`
	Digest string             `json:"digest"`
	Worlds []string           `json:"worlds" doc:"the first 16 hexadecimal digits of each world's digest, in the order of the seeds"`
}

func (s *Server) apiSuite(_ context.Context, in *suiteIn) (*answerOf[suiteOut], error) {
	su, err := s.findSuite(in.Name)
	if err != nil {
		return nil, err
	}
	out := suiteOut{Name: su.Name, Title: su.Title, Version: su.Version, Doc: su.Doc, Challenge: su.Challenge, Carrier: su.Carrier,
		Profile: su.Profile, BaseRate: su.BaseRate, Seeds: experiment.FormatSeeds(su.Seeds), Hash: su.Hash()}
	for _, sc := range su.Scenarios {
		out.Scenarios = append(out.Scenarios, suiteScenarioOut{sc.Name, sc.Set, sc.Digest, sc.Worlds})
	}
	return ok(out)
}
