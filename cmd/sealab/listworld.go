package main

import (
	"fmt"
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
	Challenge string        `json:"challenge"`
	Doc       string        `json:"doc"`
	Start     time.Time     `json:"start"`
	SpanDays  float64       `json:"span_days"`
	TickS     float64       `json:"tick_s"`
	Settings  []settingJSON `json:"settings"`
}

func listScenarios(s *session, c *listCmd) error {
	list := []scenarioJSON{}
	rows := [][]string{{"NAME", "CHALLENGE", "DAYS", "WHAT HAPPENS"}}
	for i := range all.Challenges {
		ch := &all.Challenges[i]
		for j := range ch.Scenarios {
			sc := &ch.Scenarios[j]
			days := sc.Span.Hours() / 24
			list = append(list, scenarioJSON{sc.Name, ch.Name, sc.Doc, sc.Start.UTC(), days, sc.Tick.Seconds(), settingList(sc.Settings)})
			rows = append(rows, []string{sc.Name, ch.Name, sim.Number(days), firstSentence(sc.Doc)})
		}
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
