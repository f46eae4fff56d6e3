package experiment

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"sealab/pocs"
	"sealab/pocs/coin"
	"sealab/pocs/null"
	"sealab/pocs/rules"
	"sealab/sim/worlds"
)

// realCatalogue has worlds that can be played.
func realCatalogue() Catalogue {
	return Catalogue{
		Challenges: []pocs.Challenge{{Name: "seals", Scenarios: worlds.All, Measures: pocs.SealMeasuresFor("bolt_cut"), Judge: pocs.JudgeSeals}},
		PoCs:       []pocs.PoC{coin.PoC, null.PoC, rules.PoC},
	}
}

const smallPlan = `
scenarios:
  - {name: land-bridge, set: {seals: 10, span_days: 5, attacks: 1}}
  - {name: asia-europe, set: {seals: 10, span_days: 5, attacks: 1}}
arms: [rules, 'null', coin, {poc: rules, name: again}, {poc: rules, name: seldom, set: {report_interval_s: 7200}}]
seeds: 1..3
`

func smallDesign(tb testing.TB) *Design {
	tb.Helper()
	d, err := mustParse(tb, smallPlan).Design(realCatalogue())
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// shelf is a store for tests: it breaks when so many runs are kept.
type shelf struct {
	mu     sync.Mutex
	runs   map[Job]*pocs.Run
	breaks int
	played int
	parts  []int // how many trials were played together
}

func (s *shelf) engine(d *Design) Engine {
	return Engine{
		Design: d, Workers: 2,
		Find: func(_ context.Context, j Job) (*Outcome, error) {
			if r := s.runs[j]; r != nil && r.Reason == "" {
				o := OutcomeOf(r)
				return &o, nil
			}
			return nil, nil
		},
		Dice: func(_ context.Context, j Job) (uint64, error) { return j.Seed + 100, nil },
		Keep: func(_ context.Context, j Job, r *pocs.Run) error {
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.breaks > 0 && len(s.runs) >= s.breaks {
				return errors.New("the lights went out")
			}
			r.ID = fmt.Sprint("r-", j.Arm, "-", j.Scenario, "-", j.Seed)
			s.runs[j] = r
			s.played++
			return nil
		},
		Together: func(ctx context.Context, trials []pocs.Trial) ([]*pocs.Run, error) {
			s.mu.Lock()
			s.parts = append(s.parts, len(trials))
			s.mu.Unlock()
			var runs []*pocs.Run
			for _, t := range trials {
				r, err := t.Play(ctx)
				if err != nil {
					return nil, err
				}
				runs = append(runs, r)
			}
			return runs, nil
		},
	}
}

func mustPlay(tb testing.TB, e Engine) map[Job]Outcome {
	tb.Helper()
	out, err := e.Run(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// TestBrokenOffAndResumed: however often it breaks off, the results are those of a run at one go, and nothing is
// played twice.
func TestBrokenOffAndResumed(t *testing.T) {
	d := smallDesign(t)
	whole := &shelf{runs: map[Job]*pocs.Run{}}
	want := mustPlay(t, whole.engine(d))
	if len(want) != 30 || whole.played != 24 {
		t.Fatalf("%d outcomes and %d trials played, want 30 and 24: an arm that differs by name only is played once", len(want), whole.played)
	}
	broken := &shelf{runs: map[Job]*pocs.Run{}}
	for _, broken.breaks = range []int{1, 7, 8, 20} {
		if _, err := broken.engine(d).Run(t.Context()); err == nil || !strings.Contains(err.Error(), "lights went out") {
			t.Fatalf("got error %v", err)
		}
	}
	broken.breaks = 0
	e := broken.engine(d)
	var last Progress
	e.Progress = func(p Progress) { last = p }
	got := mustPlay(t, e)
	if !reflect.DeepEqual(got, want) {
		t.Error("the outcomes differ from those of a run at one go")
	}
	if broken.played != 24 {
		t.Errorf("%d trials were kept, want 24", broken.played)
	}
	if last.Done != 30 || last.Total != 30 || last.Stored < 20 {
		t.Errorf("progress %+v", last)
	}
	if got[Job{0, 0, 1}].Digest != got[Job{3, 0, 1}].Digest {
		t.Error("equal arms have different outcomes")
	}
	if again := mustPlay(t, broken.engine(d)); !reflect.DeepEqual(again, want) || broken.played != 24 {
		t.Errorf("run again it played %d trials", broken.played-24)
	}
}

// TestCompanies: arms that hear the same world are played together, others not; few worlds are parted over the cores.
func TestCompanies(t *testing.T) {
	d := smallDesign(t)
	s := &shelf{runs: map[Job]*pocs.Run{}}
	mustPlay(t, s.engine(d))
	if len(s.parts) != 6 || s.parts[0] != 3 {
		t.Errorf("companies %v, want six of three", s.parts)
	}
	d.Seeds = d.Seeds[:1]
	s = &shelf{runs: map[Job]*pocs.Run{}}
	e := s.engine(d)
	e.Workers = 8
	mustPlay(t, e)
	if len(s.parts) != 2 || s.parts[0] != 2 { // 4 companies, 2 pieces each: 3 arms become 2 and 1
		t.Errorf("companies %v, want two of two", s.parts)
	}
}

// TestOneBadArm: a detector that cannot start stops the experiment, and the error names it.
func TestOneBadArm(t *testing.T) {
	d := smallDesign(t)
	bad := coin.PoC
	bad.New = func(pocs.Setup) (pocs.Detector, error) { return nil, errors.New("no coin") }
	d.Arms[2].PoC = &bad
	s := &shelf{runs: map[Job]*pocs.Run{}}
	_, err := s.engine(d).Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "play coin in ") {
		t.Errorf("got error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.engine(smallDesign(t)).Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v", err)
	}
}
