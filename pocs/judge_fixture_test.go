// The small text format of hand-drawn judgements, in testdata/judge_*.txt.
//
//	incident|lookalike KIND CONTAINER START END HEARD|never     times are H:MM since the world's start
//	trip ID CONTAINER START END      sealdays N      grace H:MM      baserate N      flow N      cost N      co2e N
//	finding CONTAINER KIND AT = SORT [INCIDENT] [value V] [delay S] [kind] [opens]
//	want MEASURE NUMBER|null

package pocs

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"sealab/sim"
)

type fixture struct {
	truth    sim.Truth
	terms    Terms
	findings []Finding
	judged   []Judged
	want     map[string]*float64
}

var fixtureStart = time.Date(2031, 3, 1, 0, 0, 0, 0, time.UTC)

func mustFixture(tb testing.TB, path string) *fixture {
	tb.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	fx := &fixture{terms: DefaultTerms(), want: make(map[string]*float64)}
	fx.truth.Start, fx.truth.End = fixtureStart, fixtureStart.Add(240*time.Hour)
	for n, line := range strings.Split(string(text), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		if err := fx.read(words); err != nil {
			tb.Fatalf("%s:%d: %v", path, n+1, err)
		}
	}
	return fx
}

func (fx *fixture) read(w []string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	switch w[0] {
	case "incident", "lookalike":
		in := sim.Incident{ID: fmt.Sprint(w[1], "/", len(fx.truth.Incidents)), Kind: w[1], Container: w[2], Hostile: w[0] == "incident"}
		in.Start, in.End = clock(w[3]), clock(w[4])
		if w[5] != "never" {
			in.HeardAt = clock(w[5])
		}
		fx.truth.Incidents = append(fx.truth.Incidents, in)
	case "trip":
		fx.truth.Trips = append(fx.truth.Trips, sim.Trip{ID: w[1], Container: w[2], Start: clock(w[3]), End: clock(w[4])})
	case "finding":
		fx.findings = append(fx.findings, Finding{Container: w[1], Kind: w[2], At: clock(w[3])})
		fx.judged = append(fx.judged, readJudged(w[5:]))
	case "want":
		fx.want[w[1]] = nil
		if w[2] != "null" {
			fx.want[w[1]] = number(figure(w[2]))
		}
	case "grace":
		fx.terms.Grace = clock(w[1]).Sub(fixtureStart)
	case "sealdays":
		fx.truth.SealDays = figure(w[1])
	case "baserate":
		fx.terms.BaseRate = figure(w[1])
	case "flow":
		fx.terms.FlowPerDay = figure(w[1])
	case "cost":
		fx.terms.CheckCost = number(figure(w[1]))
	case "co2e":
		fx.terms.CheckCO2eKg = number(figure(w[1]))
	default:
		return fmt.Errorf("unknown word %q", w[0])
	}
	return nil
}

func readJudged(w []string) Judged {
	j := Judged{Sort: Sort(w[0]), Incident: -1}
	for i := 1; i < len(w); i++ {
		switch w[i] {
		case "value":
			i++
			j.Value = figure(w[i])
		case "delay":
			i++
			j.DelayS = figure(w[i])
		case "kind":
			j.KindOK = true
		case "opens":
			j.Opens = true
		default:
			j.Incident = int(figure(w[i]))
		}
	}
	return j
}

func figure(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(err)
	}
	return v
}

func clock(s string) time.Time {
	h, m, ok := strings.Cut(s, ":")
	if !ok {
		panic("time without colon: " + s)
	}
	return fixtureStart.Add(time.Duration(figure(h))*time.Hour + time.Duration(figure(m))*time.Minute)
}
