package main

import (
	"fmt"
	"io"
	"math"
	"sort"
	"strings"
	"text/tabwriter"
	"time"

	"sealab/pocs"
)

// shownIncidents is how many rows a person reads before the score is out of sight; --full prints the rest as JSON.
const shownIncidents = 20

// printRun tells a person how a run went: verdict, score, what was found beside what was true, what to try next.
func printRun(w io.Writer, r *pocs.Run, next string) error {
	c := countTruth(r.Truth.Incidents)
	fmt.Fprintf(w, "%s in %s, seed %d: %s  (claim: %s)\n\n", r.PoC, r.Scenario, r.Seed, strings.ToUpper(string(r.Verdict)), r.Claim)
	printScore(w, r)
	fmt.Fprintf(w, "\n%s of %s heard hostile incidents found; %d unheard, %d look-alikes\n",
		plain(len(hitsOf(r))), plain(c.Incidents), c.Unheard, c.LookAlikes)
	if err := printIncidents(w, r); err != nil {
		return err
	}
	printFalse(w, r)
	fmt.Fprintf(w, "\n%s readings, %s findings, carried %s, %.2f s\n%s\n", plain(r.Readings), plain(len(r.Findings)),
		r.Carrier, r.Elapsed.Seconds(), r.Digest)
	if next != "" {
		fmt.Fprintf(w, "\nNext: %s\n", next)
	}
	return nil
}

func hitsOf(r *pocs.Run) (hits []int) {
	for _, by := range r.Score.MatchedBy {
		if by >= 0 {
			hits = append(hits, by)
		}
	}
	return hits
}

// headline are the measures that a person reads first; the rest are in the JSON.
var headline = []struct{ measure, label string }{
	{"score_balanced", "score, balanced"},
	{"score_few_false_alarms", "score, few false alarms"},
	{"score_few_misses", "score, few misses"},
	{"recall", "recall"},
	{"precision", "precision"},
	{"nuisance_trips", "clean trips disturbed"},
	{"delay_p50_s", "median delay"},
}

func printScore(w io.Writer, r *pocs.Run) {
	for _, h := range headline {
		v, ok := r.Score.Values[h.measure]
		if !ok {
			continue
		}
		fmt.Fprintf(w, "  %-26s %s\n", h.label, measureText(h.measure, v))
	}
}

// measureText prints a measure for a person: a share in percent, seconds as a duration, null as a dash.
func measureText(name string, v *float64) string {
	switch {
	case v == nil:
		return "–"
	case strings.HasSuffix(name, "_s"):
		return delayText(*v)
	case strings.HasPrefix(name, "score_"):
		return fmt.Sprintf("%.1f", *v)
	case shares[name] || strings.HasPrefix(name, "recall_"):
		return fmt.Sprintf("%.1f %%", 100*(*v))
	case *v == math.Trunc(*v) && math.Abs(*v) < 1e9:
		return fmt.Sprintf("%.0f", *v)
	}
	return fmt.Sprintf("%.4g", *v)
}

var shares = map[string]bool{"recall": true, "precision": true, "f1": true, "nuisance_trips": true,
	"kind_accuracy": true, "precision_at_base_rate": true}

func delayText(seconds float64) string {
	d := time.Duration(seconds * float64(time.Second)).Round(time.Minute)
	if d < time.Hour {
		return fmt.Sprintf("%d min", int(d.Minutes()))
	}
	return fmt.Sprintf("%d h %02d min", int(d.Hours()), int(d.Minutes())%60)
}

// printIncidents is the table of hostile incidents with what was said of each.
func printIncidents(w io.Writer, r *pocs.Run) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	shown, hidden := 0, 0
	for i := range r.Truth.Incidents {
		in := &r.Truth.Incidents[i]
		switch {
		case !in.Hostile:
			continue
		case shown == shownIncidents:
			hidden++
			continue
		}
		shown++
		heard, found := "never heard", ""
		if in.Heard() {
			heard, found = in.HeardAt.UTC().Format("2006-01-02 15:04"), foundText(r, i)
		}
		fmt.Fprintf(table, "  %s\t%s\t%s\t%s\n", in.Kind, in.Container, heard, found)
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print incidents: %w", err)
	}
	if hidden > 0 {
		fmt.Fprintf(w, "  … and %d more (--json --full lists all)\n", hidden)
	}
	return nil
}

func foundText(r *pocs.Run, incident int) string {
	if incident >= len(r.Score.MatchedBy) || r.Score.MatchedBy[incident] < 0 {
		return "missed"
	}
	by := r.Score.MatchedBy[incident]
	f := &r.Findings[by]
	delay := "at once"
	if s := r.Score.Findings[by].DelayS; s > 0 {
		delay = "after " + delayText(s)
	}
	return fmt.Sprintf("found %s as %s, level %d", delay, f.Kind, f.Level)
}

// printFalse says how often an officer was sent for nothing, and what it looked like.
func printFalse(w io.Writer, r *pocs.Run) {
	if r.Score.Counts.Episodes == 0 {
		return
	}
	byKind := map[string]int{}
	for i, j := range r.Score.Findings {
		if j.Opens {
			byKind[r.Findings[i].Kind]++
		}
	}
	parts := make([]string, 0, len(byKind))
	for kind, n := range byKind {
		parts = append(parts, fmt.Sprintf("%s %d", kind, n))
	}
	sort.Strings(parts)
	fmt.Fprintf(w, "%d false episodes: %s\n", r.Score.Counts.Episodes, strings.Join(parts, ", "))
}

// plain prints a whole number with commas between the thousands.
func plain(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
