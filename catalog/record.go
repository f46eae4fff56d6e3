// What is kept of a run: the tables of its record, column by column.

package catalog

import (
	"time"

	"sealab/pocs"
	"sealab/sim"
)

// runParts belong to one run; truthParts to a world's truth, which runs share.
var (
	runParts   = []part{runPart(), settingPart(), findingPart(), judgementPart(), matchedPart(), scorePart()}
	truthParts = []part{truthPart(), incidentPart(), tripPart()}
)

// The tables about records, and no part of them.
var (
	manifestPart = part{table: "manifest", owner: "owner", columns: []string{"n", "name", "sha256"}, order: 1}
	sealPart     = part{table: "seal", owner: "owner", columns: []string{"records", "sha256"}}
	trashPart    = part{table: "trash", owner: "run_id", columns: []string{"deleted_ms"}}
)

func runPart() part {
	type R = pocs.Run
	return single("run", map[string]string{
		"grace_ns": "term grace", "base_rate": "term base_rate", "flow_per_day": "term flow_per_day",
		"check_cost": "term check_cost", "check_co2e_kg": "term check_co2e_kg", "code_commit": "commit",
		"events": "count events", "readings": "count readings", "findings": "count findings",
		"incidents": "count incidents", "unheard": "count unheard", "lookalikes": "count lookalikes", "hits": "count hits",
		"misses": "count misses", "repeats": "count repeats", "neither": "count neither",
		"false_findings": "count false_findings", "false_episodes": "count false_episodes",
		"digest": "digest joint", "world_digest": "digest world", "findings_digest": "digest findings",
		"started_ms": "started", "elapsed_ns": "elapsed", "truth_id": "truth",
	},
		text("room", func(r *R) *string { return &r.Room }),
		derived("state", func(r *R) any { return string(stateOf(r)) }),
		derived("identity", func(r *R) any { return IdentityOf(r).sum() }),
		text("challenge", func(r *R) *string { return &r.Challenge }),
		text("poc", func(r *R) *string { return &r.PoC }),
		text("scenario", func(r *R) *string { return &r.Scenario }),
		text("extends", func(r *R) *string { return &r.Extends }),
		whole("seed", func(r *R) *uint64 { return &r.Seed }),
		text("carrier", func(r *R) *string { return &r.Carrier }),
		text("code_commit", func(r *R) *string { return &r.Commit }),
		whole("dice_seed", func(r *R) *uint64 { return &r.DiceSeed }),
		whole("grace_ns", func(r *R) *time.Duration { return &r.Terms.Grace }),
		real("base_rate", func(r *R) *float64 { return &r.Terms.BaseRate }),
		real("flow_per_day", func(r *R) *float64 { return &r.Terms.FlowPerDay }),
		maybe("check_cost", func(r *R) **float64 { return &r.Terms.CheckCost }),
		maybe("check_co2e_kg", func(r *R) **float64 { return &r.Terms.CheckCO2eKg }),
		whole("events", func(r *R) *int { return &r.Events }),
		whole("readings", func(r *R) *int { return &r.Readings }),
		derived("findings", func(r *R) any { return int64(len(r.Findings)) }),
		whole("incidents", func(r *R) *int { return &r.Score.Counts.Incidents }),
		whole("unheard", func(r *R) *int { return &r.Score.Counts.Unheard }),
		whole("lookalikes", func(r *R) *int { return &r.Score.Counts.LookAlikes }),
		whole("hits", func(r *R) *int { return &r.Score.Counts.Hits }),
		whole("misses", func(r *R) *int { return &r.Score.Counts.Misses }),
		whole("repeats", func(r *R) *int { return &r.Score.Counts.Repeats }),
		whole("neither", func(r *R) *int { return &r.Score.Counts.Neither }),
		whole("false_findings", func(r *R) *int { return &r.Score.Counts.False }),
		whole("false_episodes", func(r *R) *int { return &r.Score.Counts.Episodes }),
		text("claim", func(r *R) *string { return &r.Claim }),
		text("verdict", func(r *R) *pocs.Verdict { return &r.Verdict }),
		text("digest", func(r *R) *string { return &r.Digest }),
		text("world_digest", func(r *R) *string { return &r.WorldDigest }),
		text("findings_digest", func(r *R) *string { return &r.FindingsDigest }),
		text("reason", func(r *R) *string { return &r.Reason }),
		instant("started_ms", func(r *R) *time.Time { return &r.Started }),
		whole("elapsed_ns", func(r *R) *time.Duration { return &r.Elapsed }),
		derived("truth_id", func(*R) any { return nil }), // put in when the truth is stored
	)
}

func findingPart() part {
	type F = pocs.Finding
	return list("finding", "run_id", func(r *pocs.Run) *[]F { return &r.Findings }, numbered("finding"),
		instant("at_ms", func(f *F) *time.Time { return &f.At }),
		text("container", func(f *F) *string { return &f.Container }),
		text("kind", func(f *F) *string { return &f.Kind }),
		whole("level", func(f *F) *int { return &f.Level }),
		text("why", func(f *F) *string { return &f.Why }),
	)
}

func judgementPart() part {
	type J = pocs.Judged
	return list("judgement", "run_id", func(r *pocs.Run) *[]J { return &r.Score.Findings }, numbered("judgement"),
		text("sort", func(j *J) *pocs.Sort { return &j.Sort }),
		position("incident", func(j *J) *int { return &j.Incident }),
		real("value", func(j *J) *float64 { return &j.Value }),
		real("delay_s", func(j *J) *float64 { return &j.DelayS }),
		flag("kind_ok", func(j *J) *bool { return &j.KindOK }),
		flag("opens", func(j *J) *bool { return &j.Opens }),
	)
}

func matchedPart() part {
	return list("matched", "run_id", func(r *pocs.Run) *[]int { return &r.Score.MatchedBy }, numbered("match of incident"),
		position("finding", func(i *int) *int { return i }),
	)
}

func truthPart() part {
	type R = pocs.Run
	return single("truth", map[string]string{
		"room": "truth room", "start_ms": "truth start", "end_ms": "truth end", "seal_days": "truth seal_days",
	},
		derived("room", func(r *R) any { return r.Room }),
		instant("start_ms", func(r *R) *time.Time { return &r.Truth.Start }),
		instant("end_ms", func(r *R) *time.Time { return &r.Truth.End }),
		real("seal_days", func(r *R) *float64 { return &r.Truth.SealDays }),
	)
}

func incidentPart() part {
	type I = sim.Incident
	return list("incident", "truth_id", func(r *pocs.Run) *[]I { return &r.Truth.Incidents }, identified("incident"),
		text("id", func(i *I) *string { return &i.ID }),
		text("kind", func(i *I) *string { return &i.Kind }),
		flag("hostile", func(i *I) *bool { return &i.Hostile }),
		text("seal", func(i *I) *string { return &i.Seal }),
		text("container", func(i *I) *string { return &i.Container }),
		text("trip", func(i *I) *string { return &i.Trip }),
		instant("start_ms", func(i *I) *time.Time { return &i.Start }),
		instant("end_ms", func(i *I) *time.Time { return &i.End }),
		instant("heard_ms", func(i *I) *time.Time { return &i.HeardAt }),
		numbers("params", func(i *I) *map[string]float64 { return &i.Params }),
	)
}

func tripPart() part {
	type T = sim.Trip
	return list("trip", "truth_id", func(r *pocs.Run) *[]T { return &r.Truth.Trips }, identified("trip"),
		text("id", func(t *T) *string { return &t.ID }),
		text("seal", func(t *T) *string { return &t.Seal }),
		text("container", func(t *T) *string { return &t.Container }),
		text("from_node", func(t *T) *string { return &t.From }),
		text("to_node", func(t *T) *string { return &t.To }),
		instant("start_ms", func(t *T) *time.Time { return &t.Start }),
		instant("end_ms", func(t *T) *time.Time { return &t.End }),
	)
}
