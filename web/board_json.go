// A leaderboard as JSON, CSV and pages show it.

package web

import (
	"context"
	"net/url"
	"slices"

	"sealab/pocs"
	"sealab/pocs/experiment"
)

// boardJSON is one leaderboard.
type boardJSON struct {
	Challenge  string         `json:"challenge"`
	Scenario   string         `json:"scenario"`
	Suite      string         `json:"suite"`
	Hash       string         `json:"suite_hash"`
	Seeds      string         `json:"seeds"`
	Worlds     int            `json:"worlds"`
	Measure    string         `json:"measure"`
	Unit       string         `json:"unit"`
	Better     string         `json:"better" enum:"higher,lower"`
	Places     []standingJSON `json:"places" doc:"best first; arms of one group cannot be told from its first"`
	Unranked   []string       `json:"unranked" doc:"arms for which the measure is null in every world"`
	Incomplete []partlyJSON   `json:"incomplete" doc:"arms that have not played every seed, by what they have"`
	Drifted    int            `json:"drifted" doc:"runs left out: their world is not the suite's, so they were made by code that makes other worlds"`
	URL        string         `json:"url"`
}

// standingJSON is one arm on a board.
type standingJSON struct {
	experiment.Place
	PoC     string           `json:"poc"`
	Params  pocs.Params      `json:"params" doc:"those that are not the defaults"`
	Seeds   int              `json:"seeds"`
	Passed  experiment.Share `json:"passed" doc:"runs in which the claim holds, of those in which it is decided"`
	Commits []string         `json:"commits" doc:"of the code that ran it"`
	Runs    string           `json:"runs_url"`
	Compare string           `json:"compare_url,omitempty" doc:"paired with the first that is no reference"`
}

// Shared reports whether the rank is one number.
func (p *standingJSON) Shared() bool { return p.RankLow != p.RankHigh }

// partlyJSON is an arm that lacks seeds.
type partlyJSON struct {
	Arm   string `json:"arm"`
	PoC   string `json:"poc"`
	Seeds int    `json:"seeds"`
	Runs  string `json:"runs_url"`
	Enter string `json:"enter" doc:"name of the proof of concept with which the suite can be run to its end; empty where this hub cannot"`
}

// Best are the first group of those that compete: the oracle, which sees the truth, is no measure of them.
func (b *boardJSON) Best() []standingJSON {
	var out []standingJSON
	for _, p := range b.Places {
		if p.Reference {
			continue
		}
		if len(out) > 0 && p.Group != out[0].Group {
			break
		}
		out = append(out, p)
	}
	return out
}

// First is the first that competes: whom the others are compared with.
func (b *boardJSON) First() string {
	if best := b.Best(); len(best) > 0 {
		return best[0].Arm
	}
	return ""
}

// board makes a leaderboard from the store.
func (s *Server) board(ctx context.Context, p *boardPlan) (*boardJSON, error) {
	arms, drifted, err := s.boardArms(ctx, p)
	if err != nil {
		return nil, err
	}
	out := &boardJSON{Challenge: p.challenge.Name, Scenario: p.scenario.Name, Suite: p.suite.Name, Hash: p.suite.Hash(),
		Seeds: experiment.FormatSeeds(p.suite.Seeds), Worlds: len(p.suite.Seeds), Measure: p.measure.Name, Unit: p.measure.Unit,
		Better: string(p.measure.Better), Places: []standingJSON{}, Unranked: []string{}, Incomplete: []partlyJSON{}, Drifted: drifted,
		URL: boardAddress(p.challenge.Name, p.scenario.Name, p.suite.Name, p.measure.Name)}
	var whole []*boardArm
	for _, a := range arms {
		if len(a.runs) == len(p.suite.Seeds) {
			whole = append(whole, a)
			continue
		}
		partly := partlyJSON{Arm: a.name, PoC: a.poc.Name, Seeds: len(a.runs), Runs: p.runsAddress(a)}
		if len(a.params) == 0 && a.poc.New != nil {
			partly.Enter = a.poc.Name
		}
		out.Incomplete = append(out.Incomplete, partly)
	}
	slices.SortStableFunc(out.Incomplete, func(a, b partlyJSON) int { return b.Seeds - a.Seeds })
	ranked, err := s.rank(p, whole)
	if err != nil || ranked == nil {
		return out, err
	}
	out.Unranked = ranked.Unranked
	byName := map[string]*boardArm{}
	for _, a := range whole {
		byName[a.name] = a
	}
	var first *boardArm
	for _, place := range ranked.Places {
		a := byName[place.Arm]
		if first == nil && !place.Reference {
			first = a
		}
		out.Places = append(out.Places, p.placeOf(place, a))
	}
	if first != nil {
		for i := range out.Places {
			out.Places[i].Compare = p.pairAddress(first, byName[out.Places[i].Arm])
		}
	}
	return out, nil
}

func (p *boardPlan) placeOf(place experiment.Place, a *boardArm) standingJSON {
	out := standingJSON{Place: place, PoC: a.poc.Name, Params: a.params, Seeds: len(a.runs), Runs: p.runsAddress(a)}
	passed, decided := 0, 0
	for _, seed := range p.suite.Seeds {
		e := a.runs[seed]
		if e.Verdict != pocs.Unknown {
			decided++
		}
		if e.Verdict == pocs.Pass {
			passed++
		}
		if !slices.Contains(out.Commits, e.Commit) {
			out.Commits = append(out.Commits, e.Commit)
		}
	}
	out.Passed = experiment.Wilson(passed, decided)
	return out
}

// boardAddress is where a board is shown; suite and measure only where they are given.
func boardAddress(challenge, scenario, suite, measure string) string {
	v := url.Values{}
	if suite != "" {
		v.Set("suite", suite)
	}
	if measure != "" {
		v.Set("m", measure)
	}
	return address("/leaderboards/"+url.PathEscape(challenge)+"/"+url.PathEscape(scenario), v)
}
