//go:build !js

// Explaining what a stored run said, and what it missed, by playing its world again.

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"sealab/catalog"
	"sealab/catalog/proof"
	"sealab/catalog/query"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
)

// explainCmd explains one finding or one incident of a stored run. Whoever runs it may see the truth.
type explainCmd struct {
	RunID    string `arg:"" name:"run" help:"A run's id (sealab list runs)."`
	Finding  int    `xor:"what" required:"" placeholder:"N" help:"Which finding, from 1: what does it rest on?"`
	Incident string `xor:"what" required:"" placeholder:"ID" help:"Which incident, such as drag_off/1/SLB-00000005: why was it missed?"`
	execFlags
	dataFlags
	JSON bool `help:"Print one JSON object."`
}

// Run explains.
func (c *explainCmd) Run(s *session) error {
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	r, err := storedRun(s.ctx, store, c.RunID)
	if err != nil {
		return err
	}
	if r.Carrier == carrierLive && c.Incident == "" {
		return badInputf("explain run %s: it was carried live, and when its messages arrived comes only once", r.ID)
	}
	if err := sameWorld(s.ctx, r); err != nil {
		return err
	}
	if c.Incident != "" {
		return c.incident(s, store, r)
	}
	if err := c.sameProgram(s, "explain", r); err != nil {
		return err
	}
	known, err := c.catalogue(s)
	if err != nil {
		return err
	}
	t, err := proof.TrialOf(known, r)
	if err != nil {
		return err
	}
	return c.finding(s, r, t)
}

// sameWorld refuses a run of which this code makes another world. A finding can come out of that one too, and would then
// be explained by messages that its detector never heard.
func sameWorld(ctx context.Context, r *pocs.Run) error {
	if r.Commit == whoAmI().Commit || r.Reason != "" || r.Carrier == carrierLive {
		return nil // of a broken or live run there is no digest to compare with
	}
	known := houseCatalogue(0)
	if same, err := proof.MakesWorld(ctx, &known, r); err != nil || same {
		return err
	}
	return differs(r, fmt.Errorf("%w: another world comes from its seed, so explain it with the code that made it", pocs.ErrDiffers))
}

// differs says which codes are meant where this one does not come to the same.
func differs(r *pocs.Run, err error) error {
	if errors.Is(err, pocs.ErrDiffers) {
		return fmt.Errorf("%w (run by %s, this is %s)", err, r.Commit, whoAmI().Commit)
	}
	return err
}

func (c *explainCmd) finding(s *session, r *pocs.Run, t pocs.Trial) error {
	if c.Finding < 1 || c.Finding > len(r.Findings) {
		return badInputf("explain finding %d: run %s has %d", c.Finding, r.ID, len(r.Findings))
	}
	x, err := t.Explain(s.ctx, r, c.Finding-1)
	if err != nil {
		return differs(r, err)
	}
	out := explainedJSON{Run: r.ID, Finding: c.Finding, PoC: r.PoC, Params: orEmpty(r.Params), findingJSON: findingList(r)[c.Finding-1],
		Says: x.Basis, Messages: messagesOf(x.Heard), LeftOut: x.Left}
	for i := range out.Messages {
		out.Messages[i].Trigger = x.Trigger != 0 && out.Messages[i].N == x.Trigger
	}
	if c.JSON {
		return printJSON(s.stdout, out)
	}
	return printExplained(s.stdout, &out)
}

func (c *explainCmd) incident(s *session, store *catalog.Store, r *pocs.Run) error {
	i, ids := -1, make([]string, 0, len(r.Truth.Incidents))
	for k := range r.Truth.Incidents {
		ids = append(ids, r.Truth.Incidents[k].ID)
		if r.Truth.Incidents[k].ID == c.Incident {
			i = k
		}
	}
	if i < 0 {
		return badInputf("unknown incident %q of run %s: %s", c.Incident, r.ID, sim.Suggest(c.Incident, ids))
	}
	sc, _, err := all.FindScenario(cmp.Or(r.Extends, r.Scenario))
	if err != nil {
		return fmt.Errorf("make the world of run %s again: %w", r.ID, err)
	}
	if r.Extends != "" {
		sc = sc.As(r.Scenario, sc.Doc)
	}
	seen, err := pocs.See(s.ctx, sc, r, i)
	if err != nil {
		return differs(r, err)
	}
	out := seenJSON{Run: r.ID, PoC: r.PoC, incidentJSON: incidentList(r)[i], Opens: seen.Window.Opens.UTC(), Closes: seen.Window.Closes.UTC(),
		Missed: seen.Missed, Shown: seen.Shown, Said: []numberedFinding{}, Around: messagesOf(seen.Around), LeftOut: seen.Left}
	if seen.First != nil {
		first := messagesOf([]pocs.Delivery{*seen.First})[0]
		out.First = &first
		out.Differs = differencesOf(seen)
	}
	list := findingList(r)
	for _, k := range pocs.Said(r, i) {
		out.Said = append(out.Said, numberedFinding{k + 1, list[k]})
	}
	if out.Others, err = othersOf(s.ctx, store, r, c.Incident); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.stdout, out)
	}
	return printSeen(s.stdout, &out)
}

// mostOthers is how many other runs are asked.
const mostOthers = 50

// othersOf asks the other stored runs in the same world, newest first.
func othersOf(ctx context.Context, store *catalog.Store, r *pocs.Run, incident string) ([]otherRun, error) {
	where, err := query.Parse("world_digest = '"+r.WorldDigest+"'", catalog.RunFields(nil))
	if err != nil {
		return nil, err
	}
	rows, err := store.Runs(ctx, catalog.Query{Scenario: r.Scenario, Seed: &r.Seed, State: catalog.Done, Where: where, Limit: mostOthers})
	if err != nil {
		return nil, err
	}
	out := []otherRun{}
	for i := range rows {
		if rows[i].ID == r.ID {
			continue
		}
		other, err := store.Run(ctx, rows[i].ID)
		if err != nil {
			return nil, err
		}
		for k := range other.Truth.Incidents {
			if other.Truth.Incidents[k].ID != incident || k >= len(other.Score.MatchedBy) {
				continue
			}
			o := otherRun{Run: other.ID, PoC: other.PoC}
			if by := other.Score.MatchedBy[k]; by >= 0 {
				o.Found, o.DelayS = true, &other.Score.Findings[by].DelayS
			}
			out = append(out, o)
		}
	}
	return out, nil
}

// explainedJSON is what `explain --finding --json` prints.
type explainedJSON struct {
	Run     string      `json:"run"`
	Finding int         `json:"finding"`
	PoC     string      `json:"poc"`
	Params  pocs.Params `json:"params"`
	findingJSON
	Says     bool          `json:"says"` // the detector says what it rests on; else messages are what it had heard
	Messages []messageJSON `json:"messages"`
	LeftOut  int           `json:"left_out"`
}

// seenJSON is what `explain --incident --json` prints.
type seenJSON struct {
	Run string `json:"run"`
	PoC string `json:"poc"`
	incidentJSON
	Opens   time.Time         `json:"window_from"`
	Closes  time.Time         `json:"window_to"`
	First   *messageJSON      `json:"first"`            // null: no message shows it
	Missed  bool              `json:"missed,omitempty"` // a report that did not come showed it before any message
	Shown   int               `json:"shown"`
	Differs []differenceJSON  `json:"differs"` // from what the honest twin would have said; null: it would have said nothing, or is not known
	Said    []numberedFinding `json:"said"`
	Around  []messageJSON     `json:"around"`
	LeftOut int               `json:"left_out"`
	Others  []otherRun        `json:"others"`
}

type numberedFinding struct {
	Finding int `json:"finding"`
	findingJSON
}

type otherRun struct {
	Run    string   `json:"run"`
	PoC    string   `json:"poc"`
	Found  bool     `json:"found"`
	DelayS *float64 `json:"delay_s,omitempty"`
}
