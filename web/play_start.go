// Starting a game: which worlds can be played, and what a visitor may ask of them.

package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"sealab/catalog"
	"sealab/pocs/visitor"
	"sealab/sim"
)

// gameOrder is what a visitor asks for, as it comes from a form, an address or JSON. Empty fields are the defaults.
type gameOrder struct {
	Scenario, Seals, Attacks, Seed, Guess string
}

// Bounds of a game: fewer containers leave nothing to watch, and nobody follows hundreds.
const (
	minGameSeals, maxGameSeals = 12, 120
	maxGameAttacks             = 5
	gameScenario               = "northern-corridor" // the default: everything happens on land and within days
	gameSeals                  = "36"
	gameAttacks                = "1" // of each kind
	// gameGrace is how long a flag still counts, h: six hours pass in as many seconds of a game, and nobody reads so fast.
	gameGrace = "24"
)

// gameDays shortens worlds in which a shorter span holds whole journeys.
var gameDays = map[string]string{"northern-corridor": "10"}

// blankGame is the form's first state.
func (s *Server) blankGame() gameOrder {
	o := gameOrder{Scenario: gameScenario, Seals: gameSeals, Attacks: gameAttacks}
	if _, _, err := s.findScenario(o.Scenario); err != nil {
		for _, c := range s.gameWorlds() {
			o.Scenario = c.Name
			break
		}
	}
	return o
}

// gameWorlds are the scenarios that can be played: those of the visitor's challenge.
func (s *Server) gameWorlds() []choice {
	var out []choice
	for i := range s.cfg.Challenges {
		c := &s.cfg.Challenges[i]
		if c.Name != visitor.New(nil).Challenge {
			continue
		}
		for _, sc := range c.Scenarios {
			out = append(out, choice{sc.Name, firstSentence(sc.Doc)})
		}
	}
	return out
}

// wholeWithin reads a whole number within bounds.
func wholeWithin(field, text string, low, high int) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < low || n > high {
		return 0, invalid("bad_"+field, field, text, fmt.Sprintf("allowed is a whole number from %d to %d", low, high))
	}
	return n, nil
}

// checked fills in an order's defaults and gives its settings and guess (−1: none), or everything that is wrong with it.
func (s *Server) checked(o *gameOrder) (settings map[string]string, guess int, wrong problemsOf) {
	blank := s.blankGame()
	for _, f := range []struct{ at, fallback *string }{{&o.Scenario, &blank.Scenario}, {&o.Seals, &blank.Seals}, {&o.Attacks, &blank.Attacks}} {
		*f.at = orText(strings.TrimSpace(*f.at), *f.fallback)
	}
	note := func(err error) {
		if err != nil {
			wrong = append(wrong, problemOf(err))
		}
	}
	_, err := wholeWithin("seals", o.Seals, minGameSeals, maxGameSeals)
	note(err)
	_, err = wholeWithin("attacks", o.Attacks, 1, maxGameAttacks)
	note(err)
	guess = -1
	if o.Guess != "" {
		guess, err = wholeWithin("guess", o.Guess, 0, 10)
		note(err)
	}
	names := []string{}
	for _, w := range s.gameWorlds() {
		names = append(names, w.Name)
	}
	_, err = oneOf("scenario", o.Scenario, names)
	note(err)
	settings = map[string]string{"seals": o.Seals, "attacks": o.Attacks, "grace_h": gameGrace}
	if d, ok := gameDays[o.Scenario]; ok {
		settings["span_days"] = d
	}
	return settings, guess, wrong
}

// newGame makes the game that an order asks for, or says what is wrong with it.
func (s *Server) newGame(o gameOrder) (*game, error) {
	settings, guess, wrong := s.checked(&o)
	seed := strings.TrimSpace(o.Seed)
	if seed == "" {
		var err error
		if seed, err = drawSeed(sim.MaxSeed); err != nil {
			return nil, err
		}
	}
	if _, err := parseSeed(seed); err != nil {
		wrong = append(wrong, problemOf(err))
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	t, err := s.trial(order{PoC: "null", Scenario: o.Scenario, Seed: seed, Carrier: "direct", Settings: settings})
	if err != nil {
		return nil, err
	}
	id, err := catalog.NewRunID(s.cfg.Now(), rand.Reader)
	if err != nil {
		return nil, err
	}
	g, err := newGame(id, t, guess, s.cfg.Now())
	var bad *sim.BadSetting
	if errors.As(err, &bad) { // settings that are each right and contradict each other
		return nil, problemsOf{problemOf(bad)}
	}
	return g, err
}

// startGame makes a game and keeps it. One world is made at a time, so that a class that starts together does not take
// every core from the pages.
func (s *Server) startGame(_ context.Context, o gameOrder) (*game, error) {
	if err := s.games.full(s.cfg.Now()); err != nil {
		return nil, err
	}
	s.dealing.Lock()
	defer s.dealing.Unlock()
	g, err := s.newGame(o)
	if err != nil {
		return nil, err
	}
	return g, s.games.add(g, s.cfg.Now())
}

// drawSeed draws a seed below most that nobody can guess.
func drawSeed(most int64) (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(most))
	if err != nil {
		return "", fmt.Errorf("draw seed: %w", err)
	}
	return n.String(), nil
}
