// One arm's figures of a decision: each is a function of the rates that were measured in one world.

package experiment

import "sealab/pocs"

// question is a decision in the making.
type question struct {
	results
	Stakes
	reference int // −1: no seal
}

// rates are what one arm did in one world.
type rates struct{ recall, nuisance float64 }

// rates gives an arm's rates in one trial; false where one of them is null.
func (q *question) rates(arm, scenario int, seed uint64) (rates, bool) {
	if arm < 0 {
		return rates{}, true
	}
	r, u := q.value(arm, scenario, seed, RecallMeasure), q.value(arm, scenario, seed, NuisanceMeasure)
	if r == nil || u == nil {
		return rates{}, false
	}
	return rates{*r, *u}, true
}

// over pools a function of the arm's and the reference's rates over the worlds.
func (q *question) over(arm int, f func(x, ref rates) float64) pooled {
	return q.pool(func(scenario int, seed uint64) *float64 {
		x, ok := q.rates(arm, scenario, seed)
		ref, refOK := q.rates(q.reference, scenario, seed)
		if !ok || !refOK {
			return nil
		}
		return defined(f(x, ref))
	})
}

// mean is the figure of what was pooled.
func (p pooled) mean() Figure {
	if len(p.values) == 0 {
		return Figure{}
	}
	f := Figure{Value: defined(Mean(p.values))}
	if low, high, ok := StratifiedInterval(p.strata()); ok {
		f.Low, f.High = defined(low), defined(high)
	}
	return f
}

// times is a figure times a constant, plus another.
func (f Figure) times(k, plus float64) Figure {
	at := func(v *float64) *float64 {
		if v == nil {
			return nil
		}
		return defined(float64(k**v) + plus)
	}
	f.Value, f.Low, f.High = at(f.Value), at(f.Low), at(f.High)
	if k < 0 {
		f.Low, f.High = f.High, f.Low
	}
	return f
}

// within cuts an interval off at ends that the figure cannot pass, such as 0 and 1 for a share.
func (f Figure) within(least, most float64) Figure {
	if f.Low != nil {
		f.Low, f.High = defined(max(*f.Low, least)), defined(min(*f.High, most))
	}
	return f
}

// checks a trip costs on average.
func (q *question) checks(x rates) float64 {
	found, needless := pocs.Workload(q.BaseRate, x.recall, x.nuisance)
	return found + needless
}

func (q *question) p() float64 { return q.BaseRate / 10_000 }

// need lists those inputs that are missing.
func need(names []string, values ...*float64) []string {
	var list []string
	for i, v := range values {
		if v == nil {
			list = append(list, names[i])
		}
	}
	return list
}

// purchase is what the seals cost a year: seals × (price × (1/years + loss) + fee).
func (q *question) purchase() (float64, []string) {
	if missing := need([]string{"price", "fee", "loss"}, q.Price, q.Fee, q.Loss); missing != nil {
		return 0, missing
	}
	return float64(q.Seals * (float64(*q.Price*(1/q.Years+*q.Loss)) + *q.Fee)), nil
}

// perCheck is what a check costs.
func (q *question) perCheck() (float64, []string) {
	if missing := need([]string{"hours", "hour_cost"}, q.CheckHours, q.HourCost); missing != nil {
		return 0, missing
	}
	return float64(*q.CheckHours * *q.HourCost), nil
}

// worth is what one detected opening saves.
func (q *question) worth() (float64, []string) {
	if q.Value == nil {
		return 0, []string{"value"}
	}
	return float64(*q.Value * q.Saved), nil
}

func (q *question) decide(a int) ArmDecision {
	n, isRef := q.Trips(), a == q.reference
	checks := q.over(a, func(x, _ rates) float64 { return q.checks(x) })
	extra := q.over(a, func(x, ref rates) float64 { return x.recall - ref.recall })
	recall := q.over(a, func(x, _ rates) float64 { return x.recall }).mean().within(0, 1)
	nuisance := q.over(a, func(x, _ rates) float64 { return x.nuisance }).mean().within(0, 1)
	yearly := checks.mean().within(0, 1).times(n, 0)
	d := ArmDecision{Arm: q.Arms[a].Name, Reference: isRef, Worlds: len(checks.values), Recall: recall, Nuisance: nuisance,
		ChecksPerDay: yearly.times(1.0/365, 0), Detected: recall.times(float64(n*q.p()), 0),
		Extra: extra.mean().times(float64(n*q.p()), 0), Advice: CannotTell, Why: "nothing"}
	if d.CO2eKg.Needs = need([]string{"co2e"}, q.CheckCO2eKg); d.CO2eKg.Needs == nil {
		d.CO2eKg = nuisance.times(float64(float64(n*(1-q.p()))**q.CheckCO2eKg), 0)
	}
	q.price(&d, a, yearly)
	if isRef {
		d.Advice, d.Why = "", ""
	} else if recall.Value != nil {
		d.Pilot = q.pilot(*recall.Value, *nuisance.Value)
	}
	return d
}

// price puts in what depends on money.
func (q *question) price(d *ArmDecision, a int, yearly Figure) {
	bought, missing := q.purchase()
	if d.Reference {
		bought, missing = 0, nil
	}
	perCheck, also := q.perCheck()
	if missing = append(missing, also...); missing != nil {
		lacks := Figure{Needs: missing}
		d.CostPerYear, d.CostPerDay, d.CostPerFound, d.CostPerExtra, d.Net, d.EvenValue, d.EvenRate = lacks, lacks, lacks, lacks, lacks, lacks, lacks
		if _, also = q.worth(); also != nil {
			d.Net.Needs = append(append([]string{}, missing...), also...)
			d.EvenRate.Needs = d.Net.Needs
		}
		if !d.Reference {
			d.Why = "needs"
		}
		return
	}
	d.CostPerYear = yearly.times(perCheck, bought)
	d.CostPerDay = d.CostPerYear.times(1.0/365, 0)
	n, p := q.Trips(), q.p()
	d.CostPerFound = q.ratio(a, func(x, _ rates) (over, under float64) {
		return bought + float64(float64(n*perCheck)*q.checks(x)), float64(n*p) * x.recall
	})
	if d.CostPerFound.Note == "no_gain" {
		d.CostPerFound.Note = "nothing"
	}
	if d.Reference {
		return
	}
	q.against(d, a, bought, perCheck)
}

// against puts in what compares the arm with the reference.
func (q *question) against(d *ArmDecision, a int, bought, perCheck float64) {
	n, p := q.Trips(), q.p()
	more := func(x, ref rates) float64 {
		return bought + float64(float64(n*perCheck)*(q.checks(x)-q.checks(ref)))
	}
	d.CostPerExtra = q.ratio(a, func(x, ref rates) (over, under float64) {
		return more(x, ref), float64(n*p) * (x.recall - ref.recall)
	})
	if d.EvenValue = d.CostPerExtra; q.Saved > 0 {
		d.EvenValue = d.CostPerExtra.times(1/q.Saved, 0)
	} else {
		d.EvenValue = Figure{Note: "never"}
	}
	worth, missing := q.worth()
	if missing != nil {
		d.Net, d.EvenRate, d.Why = Figure{Needs: missing}, Figure{Needs: missing}, "needs"
		return
	}
	d.Net = q.over(a, func(x, ref rates) float64 {
		return float64(float64(n*p)*(x.recall-ref.recall)*worth) - more(x, ref)
	}).mean()
	d.EvenRate = q.evenRate(a, bought, perCheck, worth)
	d.Advice, d.Why = advise(d.Net)
}

// evenRate solves Net = 0 for the base rate. Net is linear in p: with ΔR and ΔU the differences from the reference,
// p = (purchase/n + h·ΔU) / (ΔR·(worth − h) + h·ΔU).
func (q *question) evenRate(a int, bought, perCheck, worth float64) Figure {
	n := q.Trips()
	f := q.ratio(a, func(x, ref rates) (over, under float64) {
		disturbed := float64(perCheck * (x.nuisance - ref.nuisance))
		return bought/n + disturbed, float64((x.recall-ref.recall)*(worth-perCheck)) + disturbed
	}).times(10_000, 0)
	switch {
	case f.Note == "no_gain" || f.Value != nil && *f.Value > 10_000:
		return Figure{Note: "never"}
	case f.Value != nil && *f.Value <= 0:
		return Figure{Note: "always"}
	}
	return f
}

// advise says the word for a net benefit.
func advise(net Figure) (Advice, string) {
	switch {
	case net.Value == nil:
		return CannotTell, "nothing"
	case net.Low == nil:
		return CannotTell, "one_world"
	case *net.Low > 0:
		return Worth, "pays"
	case *net.High < 0:
		return NotWorth, "loses"
	}
	return CannotTell, "chance"
}
