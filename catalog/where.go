// A query of the query language as SQL: the same answers as query.Node.Match gives on RowOf.

package catalog

import (
	"strings"
	"time"

	"sealab/catalog/query"
	"sealab/pocs"
)

// runField is a field of a run in the query language, with the SQL that gives its value and the Go that does.
type runField struct {
	query.Field
	sql string
	of  func(*pocs.Run) any
}

var runFields = []runField{
	{query.Field{Name: "id", Doc: "the run's id"}, "id", func(r *pocs.Run) any { return r.ID }},
	{query.Field{Name: "challenge", Doc: "the family of scenarios"}, "challenge", func(r *pocs.Run) any { return r.Challenge }},
	{query.Field{Name: "poc", Doc: "the proof of concept"}, "poc", func(r *pocs.Run) any { return r.PoC }},
	{query.Field{Name: "scenario", Doc: "the scenario"}, "scenario", func(r *pocs.Run) any { return r.Scenario }},
	{query.Field{Name: "extends", Doc: "the scenario whose recipe that is, where it is another one"}, "extends", func(r *pocs.Run) any { return r.Extends }},
	{query.Field{Name: "seed", Kind: query.Number, Doc: "the world's seed"}, "seed", func(r *pocs.Run) any { return float64(r.Seed) }},
	{query.Field{Name: "carrier", Doc: "how batches travelled"}, "carrier", func(r *pocs.Run) any { return r.Carrier }},
	{query.Field{Name: "commit", Doc: "the code that ran it"}, "code_commit", func(r *pocs.Run) any { return r.Commit }},
	{query.Field{Name: "state", Doc: "how far it has come", Words: []string{string(Running), string(Done), string(Failed), string(Interrupted)}},
		"state", func(r *pocs.Run) any { return string(stateOf(r)) }},
	{query.Field{Name: "claim", Doc: "what the proof of concept claims"}, "claim", func(r *pocs.Run) any { return r.Claim }},
	{query.Field{Name: "verdict", Doc: "whether the claim holds", Words: []string{string(pocs.Pass), string(pocs.Fail), string(pocs.Unknown)}},
		"verdict", func(r *pocs.Run) any { return string(r.Verdict) }},
	{query.Field{Name: "reason", Doc: "why it failed"}, "reason", func(r *pocs.Run) any { return r.Reason }},
	{query.Field{Name: "digest", Doc: "SHA-256 over world and findings"}, "digest", func(r *pocs.Run) any { return r.Digest }},
	{query.Field{Name: "world_digest", Doc: "SHA-256 over what was heard"}, "world_digest", func(r *pocs.Run) any { return r.WorldDigest }},
	count("events", "events heard", func(r *pocs.Run) int { return r.Events }),
	count("readings", "readings heard", func(r *pocs.Run) int { return r.Readings }),
	count("findings", "findings of the detector", func(r *pocs.Run) int { return len(r.Findings) }),
	count("incidents", "hostile incidents heard", func(r *pocs.Run) int { return r.Score.Counts.Incidents }),
	count("lookalikes", "look-alikes", func(r *pocs.Run) int { return r.Score.Counts.LookAlikes }),
	count("hits", "incidents caught", func(r *pocs.Run) int { return r.Score.Counts.Hits }),
	count("misses", "incidents missed", func(r *pocs.Run) int { return r.Score.Counts.Misses }),
	count("false_findings", "false findings", func(r *pocs.Run) int { return r.Score.Counts.False }),
	count("false_episodes", "false episodes", func(r *pocs.Run) int { return r.Score.Counts.Episodes }),
	{query.Field{Name: "base_rate", Kind: query.Number, Unit: "per 10,000 trips", Doc: "attacks at which it was judged"},
		"base_rate", func(r *pocs.Run) any { return unsigned(r.Terms.BaseRate) }},
	{query.Field{Name: "started", Kind: query.Time, Nullable: true, Doc: "when it was started"}, "started_ms", startedOf},
	{query.Field{Name: "elapsed_s", Kind: query.Number, Unit: "s", Doc: "how long it took"}, "elapsed_ns / 1e9",
		func(r *pocs.Run) any { return float64(r.Elapsed) / 1e9 }},
}

func count(name, doc string, of func(*pocs.Run) int) runField {
	return runField{query.Field{Name: name, Kind: query.Number, Doc: doc}, name, func(r *pocs.Run) any { return float64(of(r)) }}
}

func startedOf(r *pocs.Run) any {
	if r.Started.IsZero() {
		return nil
	}
	return time.UnixMilli(r.Started.UnixMilli()).UTC()
}

// The fields that are not columns of the run: families of numbers, and what stands in tables beside it.
const (
	settingFamily = "set."
	paramFamily   = "param."
	tagField      = "tag"
	noteField     = "note"
	linkField     = "experiment"
	armField      = "arm"
	parentField   = "parent"
)

// RunFields are the fields by which runs are asked for: their columns, tags, note, experiments and arms, every setting as
// set.NAME and parameter as param.NAME, and these measures.
func RunFields(measures []pocs.Measure) []query.Field {
	list := make([]query.Field, 0, len(runFields)+len(measures)+5)
	for i := range runFields {
		list = append(list, runFields[i].Field)
	}
	list = append(list,
		query.Field{Name: tagField, Kind: query.Tags, Nullable: true, Doc: "what somebody marked it with"},
		query.Field{Name: linkField, Kind: query.Tags, Nullable: true, Doc: "ids of the experiments that rest on it"},
		query.Field{Name: armField, Kind: query.Tags, Nullable: true, Doc: "names of the arms for which experiments play it"},
		query.Field{Name: noteField, Nullable: true, Doc: "what somebody wrote about it"},
		query.Field{Name: parentField, Nullable: true, Doc: "the run that it was forked from"},
		query.Field{Name: settingFamily + "*", Kind: query.Number, Nullable: true, Doc: "a setting of the scenario"},
		query.Field{Name: paramFamily + "*", Kind: query.Number, Nullable: true, Doc: "a parameter of the proof of concept"})
	for _, m := range measures {
		list = append(list, query.Field{Name: m.Name, Kind: query.Number, Nullable: true, Unit: m.Unit, Doc: m.Doc})
	}
	return list
}

// Beside is what people wrote on a run or an experiment, and what rests on it.
type Beside struct {
	Tags        []string
	Note        string
	Experiments []string
	Arms        []string // for which experiments play a run
	Parent      string   // the run that a run was forked from
}

// RowOf gives a finished run as a row for query.Node.Match.
func RowOf(r *pocs.Run, b Beside) query.Row {
	return func(name string) any {
		for i := range runFields {
			if runFields[i].Name == name {
				return runFields[i].of(r)
			}
		}
		switch name {
		case tagField:
			return b.Tags
		case linkField:
			return b.Experiments
		case armField:
			return b.Arms
		case noteField:
			if b.Note == "" {
				return nil
			}
			return b.Note
		case parentField:
			if b.Parent == "" {
				return nil
			}
			return b.Parent
		}
		return numberOf(r, name)
	}
}

// numberOf gives a setting, a parameter or a measure, or nil.
func numberOf(r *pocs.Run, name string) any {
	if set, ok := strings.CutPrefix(name, settingFamily); ok {
		return lookUp(r.Settings, set)
	}
	if param, ok := strings.CutPrefix(name, paramFamily); ok {
		return lookUp(r.Params, param)
	}
	return nullable(r.Score.Values[name])
}

func lookUp(m map[string]float64, name string) any {
	if v, there := m[name]; there {
		return unsigned(v)
	}
	return nil
}
