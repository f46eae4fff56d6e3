package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sealab/pocs/all"
	"sealab/sim"
	"sealab/sim/attacks"
)

// settingJSON is one number that a user may choose.
type settingJSON struct {
	Name    string   `json:"name"`
	Doc     string   `json:"doc"`
	Unit    string   `json:"unit"`
	Default float64  `json:"default"`
	Min     float64  `json:"min"`
	Max     float64  `json:"max"`
	Whole   bool     `json:"whole"`
	Mark    sim.Mark `json:"mark,omitempty"`
	Low     *float64 `json:"low,omitempty"`
	High    *float64 `json:"high,omitempty"`
	Words   []string `json:"words,omitempty"`
	Source  string   `json:"source,omitempty"`
}

func settingList(settings []sim.Setting) []settingJSON {
	list := make([]settingJSON, len(settings))
	for i := range settings {
		s := &settings[i]
		list[i] = settingJSON{Name: s.Name, Doc: s.Doc, Unit: s.Unit, Default: s.Default, Min: s.Min, Max: s.Max,
			Whole: s.Whole, Mark: s.Mark, Words: s.Words, Source: s.Source}
		if s.Low != 0 || s.High != 0 {
			list[i].Low, list[i].High = &s.Low, &s.High
		}
	}
	return list
}

type scenarioJSON struct {
	Name      string        `json:"name"`
	Extends   string        `json:"extends,omitempty"`
	Challenge string        `json:"challenge"`
	Doc       string        `json:"doc"`
	Start     time.Time     `json:"start"`
	SpanDays  float64       `json:"span_days"`
	TickS     float64       `json:"tick_s"`
	Settings  []settingJSON `json:"settings"`
}

func listScenarios(s *session, c *listCmd) error {
	chosen, err := c.scenarios()
	if err != nil {
		return err
	}
	list := []scenarioJSON{}
	rows := [][]string{{"NAME", "CHALLENGE", "DAYS", "WHAT HAPPENS"}}
	for _, x := range chosen {
		sc := x.scenario
		set, err := x.resolve(nil)
		if err != nil {
			return err
		}
		settings := slices.Clone(sc.Settings)
		for i := range settings {
			settings[i].Default = set[settings[i].Name]
		}
		days := sc.Span.Hours() / 24
		if v, ok := set["span_days"]; ok {
			days = v
		}
		list = append(list, scenarioJSON{sc.Name, sc.Extends, x.challenge.Name, sc.Doc, sc.Start.UTC(), days, sc.Tick.Seconds(), settingList(settings)})
		rows = append(rows, []string{sc.Name, x.challenge.Name, sim.Number(days), firstSentence(sc.Doc)})
	}
	if c.JSON {
		return printJSON(s.stdout, list)
	}
	if err := s.table(rows); err != nil {
		return err
	}
	if first := scenarioList(); len(first) > 0 {
		fmt.Fprintf(s.stdout, "\nSettings, for --set (all of a scenario, with ranges: sealab list scenarios --json):\n")
		fmt.Fprintf(s.stdout, "  %s\n", strings.Join(plainSettings(first[0].Settings), ", "))
	}
	return nil
}

// scenarios are those of the files that are named, or else all.
func (c *listCmd) scenarios() (list []chosen, err error) {
	for _, path := range c.Files {
		x, err := chooseScenario(path)
		if err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	if list != nil {
		return list, nil
	}
	for i := range all.Challenges {
		ch := &all.Challenges[i]
		for j := range ch.Scenarios {
			list = append(list, chosen{&ch.Scenarios[j], ch, nil})
		}
	}
	return list, nil
}

// plainSettings names the settings that most users want to turn; an assumption's prefix may be left out.
func plainSettings(list []sim.Setting) (names []string) {
	for i := range list {
		if s := &list[i]; !s.Rare {
			names = append(names, strings.TrimPrefix(s.Name, assumptionPrefix))
		}
	}
	return names
}

// scenarioList is all scenarios of all challenges.
func scenarioList() (list []sim.Scenario) {
	for i := range all.Challenges {
		list = append(list, all.Challenges[i].Scenarios...)
	}
	return list
}

// listAttacks shows attacks and look-alikes: what is done to seals, and what only resembles it.
func listAttacks(s *session, c *listCmd) error {
	list, scenarios := []attacks.Entry{}, scenarioList()
	rows := [][]string{{"NAME", "HOSTILE", "WHAT HAPPENS"}}
	for _, k := range attacks.All {
		list = append(list, attacks.Describe(k, scenarios))
		hostile := "no"
		if k.Hostile {
			hostile = "yes"
		}
		rows = append(rows, []string{k.Name, hostile, firstSentence(k.Doc)})
	}
	if c.JSON {
		return printJSON(s.stdout, list)
	}
	return s.table(rows)
}
