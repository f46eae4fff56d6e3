package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim/attacks"
	"sealab/sim/mqtt"
)

// Config is what the hub is made of. Everything real is handed in.
type Config struct {
	Store      *catalog.Store
	Broker     *mqtt.Broker // nil: no demo, and runs are carried directly only
	PoCs       []pocs.PoC
	Challenges []pocs.Challenge
	Suites     []experiment.Suite
	SeesTruth  map[string]bool // PoCs that are given the truth: the oracle
	Watch      string          // the PoC whose findings are the live page's alarms
	Demo       bool            // play a demo world over MQTT
	Commit     string
	MaxTrials  int              // of one experiment; 0: 2,000
	TwoPersons bool             // whoever approves a use case does not publish it
	Now        func() time.Time // wall clock; nil: time.Now
	Logger     *slog.Logger     // nil: slog.Default
}

// Server is the hub's web face. Make one with New, then Start it; its Handler works from New on.
type Server struct {
	cfg         Config
	log         *slog.Logger
	assets      *assets
	texts       map[string]*texts   // by language
	pages       map[string]*pageSet // by language
	crossOrigin *http.CrossOriginProtection
	sessions    *sessions
	gates       gates
	desk        *desk
	runs        *recent[*pocs.Run]         // read last; shared, so nobody changes one
	plans       *recent[[]byte]            // of runs, by id
	explained   *recent[*pocs.Explanation] // findings, by run and number
	explaining  chan struct{}              // one at a time: it takes a core
	catching    chan struct{}              // those who catch up, two at a time
	oldNotes    *recent[string]            // that were just replaced, by run or experiment
	bench       *bench
	outcomes    *recent[experiment.Outcome] // of runs that experiments rest on, by id
	conclusions *recent[conclusion]         // of experiments
	boards      *recent[*experiment.Board]  // leaderboards, by the runs that they rest on
	verdicts    *recent[*callVerdict]       // of calls, by the runs that they rest on
	concluding  sync.Mutex                  // one at a time: it takes a core
	booked      *recent[booked]             // of runs, by id
	games       *games
	dealing     sync.Mutex                                // one game's world is made, or judged, at a time
	checks      checking                                  // of experiments, under way
	worlds      remakings                                 // of what this code makes with what other code heard
	traces      map[string]func() (*attacks.Trace, error) // of the library's kinds, each taken once
	hub         *hub
	engine      *gin.Engine
	handler     http.Handler
}

// defaultTrials is how many trials of one experiment a hub allows whose host says nothing: minutes on two cores.
const defaultTrials = 2_000

// New reads templates, texts and assets, and builds the routes.
func New(cfg Config) (*Server, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.Default()
	}
	s := &Server{cfg: cfg, log: cfg.Logger, crossOrigin: http.NewCrossOriginProtection()}
	if cfg.MaxTrials == 0 {
		s.cfg.MaxTrials = defaultTrials
	}
	s.sessions, s.gates = newSessions(cfg.Store, cfg.Now), newGates()
	s.worlds.open, s.checks.jobs = map[string]*remaking{}, map[string]*checkJob{}
	s.desk, s.bench, s.hub, s.games = newDesk(s), newBench(s), newHub(s), newGames()
	s.outcomes, s.conclusions = newRecent[experiment.Outcome](keptOutcomes), newRecent[conclusion](keptConclusions)
	s.boards = newRecent[*experiment.Board](keptBoards)
	s.verdicts = newRecent[*callVerdict](keptVerdicts)
	s.booked = newRecent[booked](keptBooks)
	s.explained, s.explaining = newRecent[*pocs.Explanation](keptExplanations), make(chan struct{}, 1)
	s.catching = make(chan struct{}, 2)
	s.runs, s.plans = newRecent[*pocs.Run](keptRecords), newRecent[[]byte](keptPlans)
	s.oldNotes = newRecent[string](keptNotes)
	s.traces = takeTraces()
	var err error
	if s.assets, err = loadAssets(); err != nil {
		return nil, fmt.Errorf("load assets: %w", err)
	}
	if s.texts, err = loadTexts(languageFiles); err != nil {
		return nil, fmt.Errorf("load texts: %w", err)
	}
	if s.pages, err = loadPages(s.texts); err != nil {
		return nil, fmt.Errorf("load pages: %w", err)
	}
	if s.assets.unbuilt {
		s.log.Warn("front end not built: make ui")
	}
	if s.handler, err = s.routes(); err != nil {
		return nil, fmt.Errorf("build routes: %w", err)
	}
	return s, nil
}

// Handler answers every request of the hub.
func (s *Server) Handler() http.Handler { return s.handler }

// HTTP wraps the handler in a server with limits: a slow or large request is cut, never waited for. A stream extends
// its own write deadline, event by event.
func (s *Server) HTTP() *http.Server {
	return &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: 3 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      15 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
}

// Start sets the demo world going, where there is one, and plays the example beside it.
func (s *Server) Start(ctx context.Context) error {
	if err := s.hub.start(ctx); err != nil {
		return fmt.Errorf("start live hub: %w", err)
	}
	if s.cfg.Demo {
		return s.example(ctx)
	}
	return nil
}

// Close ends the demo and every stream, and cancels the runs that have not ended.
func (s *Server) Close(ctx context.Context) error {
	return errors.Join(s.hub.close(ctx), s.bench.close(ctx), s.desk.close(ctx))
}
