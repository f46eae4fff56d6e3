// The base-rate lesson: what the same recall and the same false flags would mean where attacks are rarer than in a game.

package web

import (
	"fmt"
	"html/template"
	"math"
	"net/url"
	"strconv"
	"strings"

	"sealab/pocs"
)

// lessonRates are the stops of the slider: attacks in 10,000 trips. What the world held is added to them.
var lessonRates = []float64{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000}

// shownRates are those with a link of their own, for whoever has no script.
var shownRates = []float64{1, 10, 100, 1000}

// lessonDots is how many flags the picture shows.
const lessonDots = 1000

// lesson is what the template shows.
type lesson struct {
	Rate    float64 // attacks in 10,000 trips
	OneIn   string
	Rates   []rateLink
	Stops   string // of the slider, for the script
	At      int    // its stop
	Last    int
	Right   int // of lessonDots flags; −1: there were none
	Bounded bool
	Share   float64 // of clean trips that were disturbed, or that cannot be ruled out
	Clean   int     // trips
	Checks  string  // a day
	Flow    string
	Between string // days between two attacks, where they are rarer than one a day
	Often   string // attacks a day, where they are not
	Dots    template.HTML
	Rows    []lessonRow
}

type rateLink struct {
	OneIn   string
	Href    string
	Current bool
}

// lessonRow is one player at this rate.
type lessonRow struct {
	PoC     string
	You     bool
	Bounded bool // the share is the most that cannot be ruled out
	Recall  *float64
	Share   *float64
	Right   string
	Checks  string
}

// teach works the lesson out for the runs, the visitor's first, at a rate in attacks per 10,000 trips; empty: 1.
func (s *Server) teach(t *texts, runs []*pocs.Run, rate string, guess int) (*lesson, error) {
	l := &lesson{Rate: 1, Right: -1, Last: len(lessonRates) - 1}
	if rate != "" {
		v, err := strconv.ParseFloat(rate, 64)
		if err != nil || math.IsNaN(v) || v < lessonRates[0] || v > lessonRates[l.Last] {
			return nil, invalid("bad_rate", "rate", rate, fmt.Sprintf("allowed is a number from %s to %s: attacks in 10,000 trips",
				decimals(0, lessonRates[0]), decimals(0, lessonRates[l.Last])))
		}
		l.Rate = v
	}
	l.OneIn = oneIn(l.Rate)
	l.links(guess)
	terms := runs[0].Terms
	terms.BaseRate = l.Rate
	l.Flow = whole(int(terms.FlowPerDay))
	if perDay := terms.FlowPerDay * l.Rate / 10_000; perDay >= 1 {
		l.Often = decimals(0, perDay)
	} else {
		l.Between = decimals(0, 1/perDay)
	}
	for i, r := range runs {
		if r.PoC == "null" { // it flags nothing, at any rate
			continue
		}
		v, bounded := reckoned(r)
		row := lessonRow{PoC: r.PoC, You: i == 0, Bounded: bounded, Recall: v["recall"], Share: v["nuisance_trips"], Right: "–", Checks: "–"}
		out := pocs.ProjectSeals(v, terms)
		if p := out["precision_at_base_rate"]; p != nil {
			right := int(math.Round(lessonDots * *p))
			row.Right = whole(right)
			if i == 0 {
				l.Right, l.Dots = right, dots(t, right)
			}
		}
		if c := out["checks_per_day"]; c != nil {
			row.Checks = checks(*c)
		}
		if i == 0 && row.Share != nil {
			l.Bounded, l.Share, l.Clean, l.Checks = bounded, *row.Share, cleanOf(r), row.Checks
		}
		l.Rows = append(l.Rows, row)
	}
	return l, nil
}

// reckoned gives a run's recall and nuisance. Whoever caught something and disturbed no clean trip among n may still
// disturb up to 3/n of them: with 95 % confidence no more can be said (rule of three; Hanley and Lippman-Hand, JAMA 249,
// 1983), and with that share is reckoned then.
func reckoned(r *pocs.Run) (v map[string]*float64, bounded bool) {
	v = map[string]*float64{"recall": r.Score.Values["recall"], "nuisance_trips": r.Score.Values["nuisance_trips"]}
	recall, share := v["recall"], v["nuisance_trips"]
	if recall == nil || share == nil || *share > 0 || *recall == 0 {
		return v, false
	}
	most := min(1, 3/float64(cleanOf(r)))
	v["nuisance_trips"] = &most
	return v, true
}

// cleanOf is how many trips of a world were not attacked, at least one.
func cleanOf(r *pocs.Run) int {
	attacked := map[string]bool{}
	for i := range r.Truth.Incidents {
		if in := &r.Truth.Incidents[i]; in.Hostile {
			attacked[in.Container] = true
		}
	}
	return max(1, len(r.Truth.Trips)-len(attacked))
}

// checks prints a number of checks a day: tenths where there are few.
func checks(n float64) string {
	if n < 10 {
		return decimals(1, n)
	}
	return whole(int(math.Round(n)))
}

// Wrong is how many of the flags were for nothing.
func (l *lesson) Wrong() int { return lessonDots - l.Right }

func (l *lesson) links(guess int) {
	stops := make([]string, len(lessonRates))
	for i, r := range lessonRates {
		stops[i] = decimals(0, r)
		if r <= l.Rate {
			l.At = i
		}
	}
	l.Stops = strings.Join(stops, " ")
	for _, r := range shownRates {
		q := url.Values{"rate": {decimals(0, r)}}
		if guess >= 0 {
			q.Set("guess", strconv.Itoa(guess))
		}
		l.Rates = append(l.Rates, rateLink{oneIn(r), "?" + q.Encode() + "#lesson", r == l.Rate})
	}
}

// oneIn says a rate per 10,000 as one in so many.
func oneIn(rate float64) string { return whole(int(math.Round(10_000 / rate))) }

// dots draws a thousand flags: those that are right as filled squares, the others as small rings of the same pitch.
func dots(t *texts, right int) template.HTML {
	const columns, pitch = 40, 9
	var yes, no strings.Builder
	for i := range lessonDots {
		x, y := i%columns*pitch, i/columns*pitch
		if i < right {
			fmt.Fprintf(&yes, "M%d %dh7v7h-7z", x+1, y+1)
		} else {
			fmt.Fprintf(&no, "M%d %dh3v3h-3z", x+3, y+3)
		}
	}
	title := t.T("play.dots", "right", right, "wrong", lessonDots-right)
	return template.HTML(fmt.Sprintf(`<svg class="dots" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s"><title>%s</title><path class="dots-no" d="%s"/><path class="dots-yes" d="%s"/></svg>`,
		columns*pitch, lessonDots/columns*pitch, columns*pitch, lessonDots/columns*pitch, template.HTMLEscapeString(title), template.HTMLEscapeString(title), no.String(), yes.String()))
}
