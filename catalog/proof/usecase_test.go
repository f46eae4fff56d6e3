package proof

import (
	"context"
	"crypto/rand"
	"database/sql"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim/event"
)

const (
	thisCode  = "1111111111111111111111111111111111111111"
	otherCode = "2222222222222222222222222222222222222222"
)

const plan = `name: small
scenarios: [{name: land-bridge, set: {seals: 10, span_days: 5, attacks: 1}}]
arms: [rules, 'null']
seeds: 1..3
`

var day0 = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// evidenceCase is a store with an experiment that was played for real, and a published use case that claims things of it.
type evidenceCase struct {
	*catalog.Store
	t       *testing.T
	edition *catalog.Edition
	runs    []*pocs.Run
}

func newEvidenceCase(t *testing.T, claims func(experiment string) []usecase.Claim) *evidenceCase {
	t.Helper()
	store, err := catalog.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	c := &evidenceCase{Store: store, t: t}
	c.publish(claims(c.play()))
	return c
}

// must fails the test on an error.
func (c *evidenceCase) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *evidenceCase) play() (id string) {
	c.t.Helper()
	ctx := c.t.Context()
	file, err := experiment.Parse([]byte(plan))
	c.must(err)
	d, err := file.Design(house())
	c.must(err)
	id, err = catalog.NewExperimentID(day0, rand.Reader)
	c.must(err)
	c.must(c.SaveExperiment(ctx, &catalog.Experiment{ID: id, Name: "small", File: plan, Hash: file.Hash(), State: catalog.Done, Commit: thisCode, Created: day0, Finished: day0}))
	keep := func(ctx context.Context, j experiment.Job, r *pocs.Run) (err error) {
		if r.ID, err = catalog.NewRunID(day0, rand.Reader); err != nil {
			return err
		}
		r.Room, r.Commit, r.Started = catalog.DefaultRoom, thisCode, day0
		c.runs = append(c.runs, r)
		if err := c.SaveRun(ctx, r); err != nil {
			return err
		}
		return c.LinkRun(ctx, id, catalog.Link{Arm: d.Arms[j.Arm].Name, Scenario: d.Scenarios[j.Scenario].Name, Seed: j.Seed, Run: r.ID})
	}
	dice := func(_ context.Context, j experiment.Job) (uint64, error) { return 1000 + j.Seed, nil }
	_, err = experiment.Engine{Design: d, Keep: keep, Dice: dice, Together: pocs.PlayTogether}.Run(ctx)
	c.must(err)
	return id
}

func (c *evidenceCase) publish(claims []usecase.Claim) {
	c.t.Helper()
	e := usecase.Entry{Origin: usecase.Submitted, Title: "Stamps that tell", Summary: "A stamp on the paper tells the officer by itself whether it was issued.",
		Problem: "Officers cannot tell a forged stamp from a true one.", Approach: "A stamp with a signature in it.", Technologies: []string{"iot"},
		Process: []string{"origin-certificates"}, Stage: usecase.Idea, Countries: []string{"KE"}, Regions: []string{"east-southern-africa"},
		Submitter: &usecase.Party{Name: "Customs of somewhere", Kind: "administration"}, PoCs: []string{"rules"}, Claims: claims}
	d, _, err := c.NewDraft(c.t.Context(), "", "", e, day0)
	c.must(err)
	curator := catalog.Actor{Role: review.Curator, Name: "c-1"}
	for _, step := range []catalog.Step{{To: review.Sent, By: catalog.Actor{Role: review.Submitter}}, {To: review.InReview, By: curator}, {To: review.Approved, By: curator}, {To: review.Published, By: curator}} {
		c.edition, err = c.Move(c.t.Context(), d.ID, step, day0)
		c.must(err)
	}
}

// check asks some code.
func (c *evidenceCase) check(known experiment.Catalogue, commit string) *Claimed {
	c.t.Helper()
	checker := &Checker{Known: known, Commit: commit, Now: func() time.Time { return day0.Add(time.Hour) }, Workers: 2}
	out, err := checker.Usecase(c.t.Context(), c.Store, c.edition, nil)
	c.must(err)
	if st := c.standing(); st.Badge != out.Badge {
		c.t.Errorf("the check says %s, the page %s", out.Badge, st.Badge)
	}
	return out
}

func (c *evidenceCase) standing() *Standing {
	c.t.Helper()
	all, err := Standings(c.t.Context(), c.Store, *c.edition)
	c.must(err)
	return all[c.edition.ID]
}

// alter changes the database behind the store's back.
func (c *evidenceCase) alter(statement string, args ...any) {
	c.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+c.Path())
	c.must(err)
	defer db.Close()
	done, err := db.Exec(statement, args...)
	c.must(err)
	if n, _ := done.RowsAffected(); n == 0 {
		c.t.Fatal("nothing was altered")
	}
}

func claims(measures ...string) func(string) []usecase.Claim {
	return func(id string) (list []usecase.Claim) {
		half := 0.5
		for _, m := range measures {
			arm, measure, _ := strings.Cut(m, " ")
			list = append(list, usecase.Claim{PoC: arm, Experiment: id, Measure: measure, Comparator: ">=", Value: &half})
		}
		return list
	}
}

func TestEvidenceIsWhatComesOutAgain(t *testing.T) {
	c := newEvidenceCase(t, claims("rules recall", "null recall", "rules delay_p50_s"))
	if st := c.standing(); st.Badge != BadgeLinked || len(st.Claims) != 3 || st.Claims[0].Evidence != nil {
		t.Fatalf("never asked: %+v", st)
	}
	out := c.check(house(), thisCode)
	if out.Badge != BadgeVerified || len(out.Experiments) != 1 {
		t.Fatalf("got %s, %+v", out.Badge, out.Evidence)
	}
	sum, n := 0.0, 0
	for _, r := range c.runs {
		if v := r.Score.Values["recall"]; r.PoC == "rules" && v != nil {
			sum, n = sum+*v, n+1
		}
	}
	if ev := out.Evidence[0]; n != 3 || ev.Worlds != n || ev.Value == nil || *ev.Value != sum/float64(n) || ev.Holds == nil || *ev.Holds != (*ev.Value >= 0.5) || ev.Answer != string(Reproduced) {
		t.Errorf("rules: %+v, want the mean of %v over %d", ev, sum, n)
	}
	if ev := out.Evidence[1]; ev.Holds == nil || *ev.Holds || *ev.Value != 0 {
		t.Errorf("silence catches: %+v", ev)
	}
	check, err := c.CheckLog(t.Context())
	if err != nil || check.Altered != "" {
		t.Errorf("the log: %+v, %v", check, err)
	}
	if out = c.check(house(), otherCode); out.Badge != BadgeVerified || out.Evidence[0].Answer != string(ReproducedNewer) || out.Evidence[0].Commit != otherCode {
		t.Errorf("asked of newer code: %s, %+v", out.Badge, out.Evidence[0])
	}
	c.alter(`UPDATE evidence SET holds = 1, value = 0.99`)
	if check, err = c.CheckLog(t.Context()); err != nil || !strings.Contains(check.Altered, "evidence of edition "+c.edition.ID) {
		t.Errorf("evidence was typed in, and the log says %+v, %v", check, err)
	}
}

// TestEvidenceIsStaleWhenAnotherDigestComesOut: a new build whose detector says less.
func TestEvidenceIsStaleWhenAnotherDigestComesOut(t *testing.T) {
	c := newEvidenceCase(t, claims("rules recall"))
	first := c.check(house(), thisCode)
	changed := house()
	changed.PoCs = slices.Clone(changed.PoCs)
	for i := range changed.PoCs {
		if p := &changed.PoCs[i]; p.Name == "rules" {
			honest := p.New
			p.New = func(s pocs.Setup) (pocs.Detector, error) {
				d, err := honest(s)
				return &deaf{Detector: d}, err
			}
		}
	}
	out := c.check(changed, otherCode)
	ev := out.Evidence[0]
	if first.Badge != BadgeVerified || out.Badge != BadgeStale || ev.Answer != string(CodeDiffers) || ev.Value != nil || ev.Holds != nil || !strings.Contains(ev.Reason, thisCode) {
		t.Errorf("first %s, then %s: %+v", first.Badge, out.Badge, ev)
	}
	if again := c.check(house(), thisCode); again.Badge != BadgeVerified {
		t.Errorf("the old code again: %s", again.Badge)
	}
}

// deaf leaves out the first thing that its detector says.
type deaf struct {
	pocs.Detector
	said bool
}

func (d *deaf) Step(b event.Batch) ([]pocs.Finding, error) {
	list, err := d.Detector.Step(b)
	if !d.said && len(list) > 0 {
		d.said, list = true, list[1:]
	}
	return list, err
}

func TestAnAlteredRunIsNamed(t *testing.T) {
	c := newEvidenceCase(t, claims("rules recall"))
	c.check(house(), thisCode)
	c.alter(`UPDATE score SET value = 1 WHERE measure = 'recall' AND run_id IN (SELECT id FROM run WHERE poc = 'null')`)
	out := c.check(house(), thisCode)
	if out.Badge != BadgeAltered || !strings.Contains(out.Evidence[0].Reason, "recall") || out.Evidence[0].Value != nil {
		t.Errorf("got %s: %+v", out.Badge, out.Evidence[0])
	}
}

func TestEvidenceOfWhatIsGone(t *testing.T) {
	c := newEvidenceCase(t, claims("rules recall"))
	c.check(house(), thisCode)
	c.must(c.DeleteRun(t.Context(), c.runs[0].ID))
	if st := c.standing(); st.Badge != BadgeStale || !st.Claims[0].Changed {
		t.Errorf("a run was deleted: %+v", st)
	}
	c.must(c.UndeleteRun(t.Context(), c.runs[0].ID))
	if st := c.standing(); st.Badge != BadgeVerified {
		t.Errorf("it came back: %s", st.Badge)
	}
	c.alter(`UPDATE run SET digest = 'sha256:00' WHERE id = ?`, c.runs[0].ID)
	if st := c.standing(); st.Badge != BadgeStale {
		t.Errorf("a digest was altered, and the page does not see it: %s", st.Badge)
	}
}

func TestClaimsAboutNothing(t *testing.T) {
	for name, change := range map[string]func(*usecase.Claim){
		"no such experiment": func(cl *usecase.Claim) { cl.Experiment = "x-nowhere" },
		"no such arm":        func(cl *usecase.Claim) { cl.PoC = "kalman" },
		"no such measure":    func(cl *usecase.Claim) { cl.Measure = "beauty" },
	} {
		c := newEvidenceCase(t, func(id string) []usecase.Claim {
			list := claims("rules recall")(id)
			change(&list[0])
			return list
		})
		out := c.check(house(), thisCode)
		if out.Badge != BadgeFailed || out.Evidence[0].Answer != string(RunsMissing) || out.Evidence[0].Reason == "" {
			t.Errorf("%s: %s, %+v", name, out.Badge, out.Evidence[0])
		}
	}
}

func TestNothingClaimedIsNothing(t *testing.T) {
	for want, e := range map[Badge]*usecase.Entry{BadgeNone: {}, BadgeLinked: {PoCs: []string{"rules"}}} {
		if got := badgeOf(e, nil); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
